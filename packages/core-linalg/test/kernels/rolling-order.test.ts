import { describeKernel } from "@astra-quant/testkit";
import { createRandom, Matrix, type QuantileMethod, type RankMethod } from "../../src/index.ts";
import { rollingExtremaTypescript, rollingExtremaWebassembly } from "../../src/kernels/rolling-extrema.ts";
import { rollingQuantileByLists, rollingQuantileTypescript } from "../../src/kernels/rolling-quantile.ts";
import { rollingRankByCounting, rollingRankTypescript } from "../../src/kernels/rolling-rank.ts";
import { sortedQuantiles, sortedRanks } from "../../src/kernels/rolling-sorted.ts";
import { LARGEST, SMALLEST } from "../../src/rolling/extreme-window.ts";

/** What may stand in a table, by the name that a title gives it. */
const CONTENTS = {
  normals: (draw: () => number) => draw(),
  "normals with gaps": (draw: () => number) => (draw() > 1 ? Number.NaN : draw()),
  "ties, zeros of both signs and infinities": (draw: () => number) => {
    const roll = Math.trunc(2 * draw());
    return roll > 2
      ? Number.POSITIVE_INFINITY
      : roll < -2
        ? Number.NEGATIVE_INFINITY
        : roll * Math.sign(draw());
  },
  "values as far apart as doubles are": (draw: () => number) => draw() * 1e308,
  "nothing but missing values": () => Number.NaN,
};

interface Case {
  readonly content: keyof typeof CONTENTS;
  readonly rows: number;
  readonly columns: number;
  readonly window: number;
  readonly minPeriods: number;
}

const SHAPES = [
  { rows: 1, columns: 1, window: 1, minPeriods: 1 },
  { rows: 1, columns: 3, window: 5, minPeriods: 1 },
  { rows: 2, columns: 2, window: 2, minPeriods: 2 },
  { rows: 30, columns: 1, window: 1, minPeriods: 1 },
  { rows: 30, columns: 5, window: 7, minPeriods: 7 },
  { rows: 61, columns: 2, window: 20, minPeriods: 3 },
  { rows: 60, columns: 4, window: 20, minPeriods: 20 },
  { rows: 59, columns: 7, window: 59, minPeriods: 10 },
  { rows: 40, columns: 3, window: 1000, minPeriods: 1 },
  { rows: 40, columns: 3, window: 1000, minPeriods: 1000 },
  { rows: 300, columns: 2, window: 130, minPeriods: 100 },
  { rows: 200, columns: 3, window: 5, minPeriods: 5 },
  { rows: 250, columns: 5, window: 60, minPeriods: 60 },
];

const cases: Case[] = [
  ...Object.keys(CONTENTS).flatMap((content) =>
    SHAPES.map((shape) => ({ content: content as keyof typeof CONTENTS, ...shape })),
  ),
  // Beyond one stretch of rows.
  { content: "normals with gaps", rows: 40_000, columns: 1, window: 7, minPeriods: 5 },
  { content: "normals", rows: 1500, columns: 61, window: 9, minPeriods: 9 },
];

const describeCase = ({ content, rows, columns, window, minPeriods }: Case) =>
  `${content}, ${rows}×${columns}, window ${window}, ${minPeriods} present`;

function tableOf({ content, rows, columns }: Case): Matrix {
  const random = createRandom(content);
  const fill = CONTENTS[content];
  return new Matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => fill(() => random.normal())),
  );
}

/** The answer of a kernel in an array that holds something else before. */
function answerOf(input: Case, fill: (table: Matrix, answer: Float64Array) => unknown): Float64Array {
  const answer = new Float64Array(input.rows * input.columns).fill(7);
  fill(tableOf(input), answer);
  return answer;
}

for (const [name, extreme] of [
  ["rolling minimum", SMALLEST],
  ["rolling maximum", LARGEST],
] as const) {
  describeKernel<Case>({
    name,
    cases,
    describeCase,
    typescript: (input) =>
      answerOf(input, (table, answer) =>
        rollingExtremaTypescript(table, input.window, input.minPeriods, extreme, answer),
      ),
    webassembly: (input) =>
      answerOf(input, (table, answer) =>
        rollingExtremaWebassembly(table, input.window, input.minPeriods, extreme, answer),
      ),
  });
}

const LEVELS: readonly (readonly [number, QuantileMethod])[] = [
  [0, "R-7"],
  [0.05, "R-7"],
  [0.1, "R-7"],
  [0.95, "R-7"],
  [0.5, "R-7"],
  [0.8, "R-2"],
  [0.97, "R-8"],
  [1, "R-6"],
];

for (const [way, kernel] of [
  ["by lists", rollingQuantileByLists],
  ["from sorted windows", sortedQuantiles],
] as const) {
  for (const [q, method] of LEVELS) {
    describeKernel<Case>({
      name: `rolling quantile ${way}, level ${q} by ${method}`,
      cases,
      describeCase,
      typescript: (input) =>
        answerOf(input, (table, answer) =>
          rollingQuantileTypescript(table, input.window, input.minPeriods, q, method, answer),
        ),
      webassembly: (input) =>
        answerOf(input, (table, answer) => kernel(table, input.window, input.minPeriods, q, method, answer)),
    });
  }
}

const RANKS: readonly (readonly [RankMethod, boolean])[] = [
  ["average", false],
  ["min", true],
  ["max", false],
];

for (const [way, kernel] of [
  ["by counting", rollingRankByCounting],
  ["from sorted windows", sortedRanks],
] as const) {
  for (const [method, pct] of RANKS) {
    describeKernel<Case>({
      name: `rolling rank ${way}, ${method}${pct ? " as a fraction" : ""}`,
      cases,
      describeCase,
      typescript: (input) =>
        answerOf(input, (table, answer) =>
          rollingRankTypescript(table, input.window, input.minPeriods, method, pct, answer),
        ),
      webassembly: (input) =>
        answerOf(input, (table, answer) =>
          kernel(table, input.window, input.minPeriods, method, pct, answer),
        ),
    });
  }
}
