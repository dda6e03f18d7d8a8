import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { describeKernel } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import {
  type AskedSeries,
  regressionPanelTypescript,
  regressionPanelWebassembly,
} from "../../src/kernels/regression-panel.ts";
import { FIGURES, type KalmanRegressionFigure } from "../../src/regression/figures.ts";
import { type KalmanRegressionOptions, settingsOf } from "../../src/regression/options.ts";
import { RegressionFilter } from "../../src/regression/regression-filter.ts";

interface Case {
  readonly rows: number;
  readonly pairs: number;
  readonly spoilt: string;
  readonly options: KalmanRegressionOptions;
  readonly figures?: readonly KalmanRegressionFigure[];
}

type Spoil = (value: number, row: number, column: number, chance: number) => number;

const SPOILT: Readonly<Record<string, Spoil>> = {
  "prices as they are": (value) => value,
  "gaps here and there": (value, _row, _column, chance) => (chance < 0.05 ? Number.NaN : value),
  "more gaps than prices": (value, _row, _column, chance) => (chance < 0.8 ? Number.NaN : value),
  "prices near 1e8": (value) => 1e8 + value,
  "a column that stands still": (value, _row, column) => (column % 3 === 1 ? 7 : value),
  "a column that is missing": (value, _row, column) => (column % 4 === 2 ? Number.NaN : value),
  "a line that is determined late": (value, row, column) => (column % 2 === 0 && row < 70 ? 3 : value),
  "zeros of both signs": (value, _row, _column, chance) => (chance < 0.3 ? -0 : chance < 0.6 ? 0 : value),
  "tiny prices": (value) => value * 1e-140,
  "prices whose variances are beyond the doubles": (value, row) => (row < 20 ? value : value * 1e140),
};

const SHAPES: readonly (readonly [number, number])[] = [
  [0, 3],
  [1, 1],
  [3, 2],
  [90, 1],
  [90, 5],
  [200, 4],
  [37, 131],
  [700, 33],
];

const MODELS: readonly KalmanRegressionOptions[] = [
  {},
  { forgetting: 0.98, delta: 1e-7, observationVariance: 0.3 },
  { drift: "ratio", delta: 0.2, initial: "zero" },
  { delta: 1e40, initial: "zero" },
  {
    delta: 0,
    initial: {
      intercept: 1,
      slope: -2,
      covariance: [
        [1, 0.5],
        [0.5, 2],
      ],
    },
  },
];

const cases: Case[] = SHAPES.flatMap(([rows, pairs]) =>
  Object.keys(SPOILT).flatMap((spoilt, k) => [{ rows, pairs, spoilt, options: MODELS[k % MODELS.length]! }]),
);
for (const options of MODELS) {
  for (const spoilt of ["gaps here and there", "prices as they are"])
    cases.push({ rows: 300, pairs: 7, spoilt, options });
}

for (const figures of [[], ["slope"], ["innovationStd", "zScore"]] as const) {
  for (const spoilt of ["gaps here and there", "a line that is determined late"])
    cases.push({ rows: 300, pairs: 7, spoilt, options: {}, figures });
}

function problemOf({ rows, pairs, spoilt, options }: Case) {
  const random = createRandom(`panel ${rows} ${pairs}`);
  const walk = (start: number, step: number) => {
    const steps = random.fillNormal(new Float64Array(rows * pairs));
    const chances = random.fillUniform(new Float64Array(rows * pairs));
    const values = new Float64Array(rows * pairs);
    for (let k = 0; k < values.length; k++)
      values[k] = (k < pairs ? start : values[k - pairs]!) + step * steps[k]!;
    const spoil = SPOILT[spoilt]!;
    return new Matrix(
      rows,
      pairs,
      values.map((value, k) => spoil(value, Math.floor(k / pairs), k % pairs, chances[k]!)),
    );
  };
  const filters = Array.from({ length: pairs }, () => new RegressionFilter(settingsOf(options)));
  const nameOf = (name: string, entry: number) => `${name}[${entry}]`;
  return { x: walk(50, 0.3), y: walk(90, 0.5), nameOf, filters };
}

const emptySeries = ({ rows, pairs, figures = FIGURES }: Case): AskedSeries =>
  Object.fromEntries(figures.map((name) => [name, new Matrix(rows, pairs)]));

function run(input: Case, form: (problem: ReturnType<typeof problemOf>, out: AskedSeries) => unknown) {
  const problem = problemOf(input);
  const out = emptySeries(input);
  expect(form(problem, out)).not.toBe(false);
  return [
    ...Object.values(out).map(({ data }) => data),
    ...problem.filters.map(
      ({ level, slope, n00, n01, n11, d, s, squares, rescalings, missing, observations }) => [
        ...[level, slope, n00, n01, n11, d, s, squares, rescalings, missing, observations],
      ],
    ),
  ];
}

describeKernel<Case>({
  name: "the panel of regressions",
  cases,
  describeCase: ({ rows, pairs, spoilt, options, figures }) =>
    `${rows}×${pairs}, ${spoilt}, ${JSON.stringify(options)}${figures === undefined ? "" : `, [${figures}]`}`,
  typescript: (input) => run(input, regressionPanelTypescript),
  webassembly: (input) => run(input, regressionPanelWebassembly),
});

test("a price beyond what is taken is refused, unless no lane counts it", () => {
  const input = { rows: 90, pairs: 3, spoilt: "prices as they are", options: {} };
  for (const at of [3 * 80, 3 * 80 + 2]) {
    const problem = problemOf(input);
    problem.y.data[at] = -2e150;
    expect(regressionPanelWebassembly(problem, emptySeries(input))).toBe(false);
  }
});
