import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { describeKernel } from "@astra-quant/testkit";
import { expect } from "vitest";
import { positionChangesTypescript, positionChangesWebassembly } from "../../src/kernels/position-changes.ts";
import type { PositionRule } from "../../src/validation/position.ts";

/** What may stand in a table, by the name that a title gives it. */
const CONTENTS = {
  normals: (normal: number) => normal,
  "small signals": (normal: number) => normal * 0.1,
  "signals with gaps": (normal: number, chance: number) => (chance < 0.3 ? Number.NaN : normal),
  "zeros of both signs and infinities": (normal: number) =>
    normal > 1 ? Number.POSITIVE_INFINITY : normal < -1 ? Number.NEGATIVE_INFINITY : normal > 0 ? 0 : -0,
  "signals around the two ways": (normal: number) =>
    Math.sign(normal) * (0.275 + 1e-16 * Math.round(3 * normal)),
  "signals that saturate": (normal: number) => normal * 12,
  "values as far apart as doubles are": (normal: number) => normal * 1e308,
  "values as small as doubles are": (normal: number) => Math.round(9 * normal) * Number.MIN_VALUE,
};

interface Case {
  readonly content: keyof typeof CONTENTS;
  readonly rows: number;
  readonly columns: number;
  readonly rule: PositionRule;
}

const SHAPES: readonly (readonly [number, number])[] = [
  [0, 3],
  [1, 1],
  [7, 2],
  [40, 5],
  [200, 401],
];

const cases: Case[] = Object.keys(CONTENTS).flatMap((content) =>
  SHAPES.flatMap(([rows, columns]) =>
    (["tanh", "raw"] as const).map((rule) => ({
      content: content as keyof typeof CONTENTS,
      rows,
      columns,
      rule,
    })),
  ),
);

function answerOf(
  { content, rows, columns, rule }: Case,
  form: typeof positionChangesTypescript | typeof positionChangesWebassembly,
) {
  const random = createRandom(content);
  const next = () => CONTENTS[content](random.normal(), random.uniform());
  const signals = new Matrix(rows, columns, Float64Array.from({ length: rows * columns }, next));
  const held = Float64Array.from({ length: columns }, (_, j) => (j % 2 === 0 ? Number.NaN : 0.5));
  const out = new Float64Array(rows * columns).fill(7);
  expect(form(signals, rule, held, out)).not.toBe(false);
  return [out, held];
}

describeKernel<Case>({
  name: "changes of position",
  cases,
  describeCase: ({ content, rows, columns, rule }) => `${content}, ${rows}×${columns}, ${rule}`,
  typescript: (input) => answerOf(input, positionChangesTypescript),
  webassembly: (input) => answerOf(input, positionChangesWebassembly),
});
