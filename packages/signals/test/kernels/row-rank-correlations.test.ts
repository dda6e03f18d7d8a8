import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { describeKernel } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import {
  rowRankCorrelationsTypescript,
  rowRankCorrelationsWebassembly,
} from "../../src/kernels/row-rank-correlations.ts";

/** What may stand in a table, by the name that a title gives it. */
const CONTENTS = {
  normals: (normal: number) => normal,
  "normals with gaps": (normal: number, chance: number) => (chance < 0.3 ? Number.NaN : normal),
  "more gaps than values": (normal: number, chance: number) => (chance < 0.9 ? Number.NaN : normal),
  "ties, zeros of both signs and infinities": (normal: number) => {
    const roll = Math.trunc(2 * normal);
    return roll > 3 ? Number.POSITIVE_INFINITY : roll * Math.sign(normal);
  },
  "one value far from the rest": (normal: number, chance: number) => (chance < 0.02 ? 1e300 : 1e-3) * normal,
  "values as far apart as doubles are": (normal: number) => normal * 1e308,
  "values as small as doubles are": (normal: number) => Math.round(9 * normal) * Number.MIN_VALUE,
  "prices near 1e8": (normal: number) => 1e8 + normal * 1e-6,
  "a constant": () => 7,
};

interface Case {
  readonly content: keyof typeof CONTENTS;
  readonly rows: number;
  readonly columns: number;
  readonly least: number;
}

const SHAPES: readonly Omit<Case, "content">[] = [
  { rows: 0, columns: 3, least: 2 },
  { rows: 5, columns: 0, least: 2 },
  { rows: 5, columns: 1, least: 2 },
  { rows: 40, columns: 2, least: 2 },
  { rows: 30, columns: 7, least: 3 },
  { rows: 20, columns: 129, least: 50 },
  { rows: 90, columns: 500, least: 3 },
];

const cases: Case[] = [
  ...Object.keys(CONTENTS).flatMap((content) =>
    SHAPES.map((shape) => ({ content: content as keyof typeof CONTENTS, ...shape })),
  ),
  { content: "normals", rows: 2, columns: 65_536, least: 3 },
];

function answerOf(
  { content, rows, columns, least }: Case,
  form: typeof rowRankCorrelationsTypescript | typeof rowRankCorrelationsWebassembly,
): Float64Array {
  const tableOf = (seed: string) => {
    const random = createRandom(`${content} ${seed}`);
    const next = () => CONTENTS[content](random.normal(), random.uniform());
    return new Matrix(rows, columns, Float64Array.from({ length: rows * columns }, next));
  };
  const out = new Float64Array(rows).fill(7);
  expect(form(tableOf("x"), tableOf("y"), least, out)).not.toBe(false);
  return out;
}

describeKernel<Case>({
  name: "rank correlations of rows",
  cases,
  describeCase: ({ content, rows, columns, least }) => `${content}, ${rows}×${columns}, at least ${least}`,
  typescript: (input) => answerOf(input, rowRankCorrelationsTypescript),
  webassembly: (input) => answerOf(input, rowRankCorrelationsWebassembly),
});

test("a row that is too long for sixteen bits is left to the TypeScript", () => {
  const wide = new Matrix(1, 65_537);
  expect(rowRankCorrelationsWebassembly(wide, wide, 2, new Float64Array(1))).toBe(false);
});
