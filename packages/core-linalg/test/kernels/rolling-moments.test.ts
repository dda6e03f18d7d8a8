import { describeKernel, sameBits } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { createRandom, Matrix } from "../../src/index.ts";
import { sharedMemory } from "../../src/kernels/arena.ts";
import { ewmTypescript, ewmWebassembly } from "../../src/kernels/ewm.ts";
import { rollingPowersTypescript, rollingPowersWebassembly } from "../../src/kernels/rolling-powers.ts";
import { rollingProductsTypescript, rollingProductsWebassembly } from "../../src/kernels/rolling-products.ts";
import { rollingSquaresTypescript, rollingSquaresWebassembly } from "../../src/kernels/rolling-squares.ts";
import { rollingSumsTypescript, rollingSumsWebassembly } from "../../src/kernels/rolling-sums.ts";
import { requireEwmSettings } from "../../src/rolling/ewm-decay.ts";

type Spoil = (value: number, k: number, chance: number) => number;

const { NaN: missing, POSITIVE_INFINITY: infinity } = Number;

const SPOILT: Readonly<Record<string, Spoil>> = {
  "returns as they are": (value) => value,
  "a level of 1e8": (value) => 1e8 + value,
  "gaps here and there": (value, _, chance) => (chance < 0.02 ? missing : value),
  "more gaps than values": (value, _, chance) => (chance < 0.7 ? missing : value),
  "infinities of both signs": (value, _, chance) =>
    chance < 0.05 ? infinity : chance < 0.1 ? -infinity : value,
  "zeros of both signs": (value, _, chance) => (chance < 0.4 ? -0 : chance < 0.8 ? 0 : value),
  "spikes of 1e8": (value, _, chance) => (chance < 0.03 ? 1e8 : value),
  "sums beyond the doubles": (value, _, chance) => (chance < 0.1 ? 1.5e308 * Math.sign(value) : value),
  "squares beyond the doubles": (value, _, chance) => (chance < 0.1 ? value * 1e200 : value),
  "squares below the doubles": (value) => value * 1e-170,
  "a NaN at the very end": (value, k) => (k === 511 ? missing : value),
  "one column that is missing": (value, k) => (k % 5 === 3 ? missing : value),
};

const SHAPES = [
  { rows: 1, columns: 1, window: 1, minPeriods: 1 },
  { rows: 3, columns: 2, window: 7, minPeriods: 2 },
  { rows: 12, columns: 3, window: 1, minPeriods: 1 },
  { rows: 64, columns: 5, window: 2, minPeriods: 1 },
  { rows: 101, columns: 4, window: 10, minPeriods: 10 },
  { rows: 128, columns: 6, window: 64, minPeriods: 30 },
  { rows: 127, columns: 7, window: 64, minPeriods: 64 },
  { rows: 512, columns: 1, window: 20, minPeriods: 5 },
  { rows: 60, columns: 9, window: 60, minPeriods: 7 },
  { rows: 59, columns: 8, window: 60, minPeriods: 59 },
] as const;

/** More than a kernel is handed at a time. */
const LONG_SHAPES = [
  { rows: 1700, columns: 30, window: 9, minPeriods: 6 },
  { rows: 1500, columns: 25, window: 700, minPeriods: 650 },
] as const;
const LONG_SPOILT = ["returns as they are", "gaps here and there", "squares beyond the doubles"];

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly window: number;
  readonly minPeriods: number;
  readonly name: string;
}

const cases: readonly Case[] = [
  ...SHAPES.flatMap((shape) => Object.keys(SPOILT).map((name) => ({ ...shape, name }))),
  ...LONG_SHAPES.flatMap((shape) => LONG_SPOILT.map((name) => ({ ...shape, name }))),
];
const describeCase = ({ rows, columns, window, minPeriods, name }: Case) =>
  `${rows}×${columns}, ${minPeriods} of ${window}, ${name}`;

function matrixOf({ rows, columns, name }: Case, seed: string): Matrix {
  const random = createRandom(`${seed} ${rows} ${columns}`);
  const values = random.fillNormal(new Float64Array(rows * columns));
  const chances = random.fillUniform(new Float64Array(rows * columns));
  return new Matrix(
    rows,
    columns,
    values.map((value, k) => SPOILT[name]!(value, k, chances[k]!)),
  );
}

const answerOf = ({ rows, columns }: Case) => new Float64Array(rows * columns).fill(7);

describeKernel<Case>({
  name: "rolling sums",
  cases,
  describeCase,
  typescript: (input) => sums(rollingSumsTypescript, input),
  webassembly: (input) => sums(rollingSumsWebassembly, input),
});

function sums(
  run: typeof rollingSumsTypescript | typeof rollingSumsWebassembly,
  input: Case,
): Float64Array[] {
  return [true, false].map((asMean) => {
    const answer = answerOf(input);
    run(matrixOf(input, "x"), { window: input.window, minPeriods: input.minPeriods, asMean }, answer);
    return answer;
  });
}

describeKernel<Case>({
  name: "rolling squares",
  cases,
  describeCase,
  typescript: (input) => squares(rollingSquaresTypescript, input),
  webassembly: (input) => squares(rollingSquaresWebassembly, input),
});

function squares(
  run: typeof rollingSquaresTypescript | typeof rollingSquaresWebassembly,
  input: Case,
): Float64Array[] {
  const { window, minPeriods } = input;
  return [
    { ddof: 1, root: true },
    { ddof: 0, root: false },
    { ddof: 3, root: true },
  ].map((form) => {
    const answer = answerOf(input);
    run(matrixOf(input, "x"), { window, minPeriods, ...form }, answer);
    return answer;
  });
}

describeKernel<Case>({
  name: "rolling products",
  cases,
  describeCase,
  typescript: (input) => products(rollingProductsTypescript, input),
  webassembly: (input) => products(rollingProductsWebassembly, input),
});

function products(
  run: typeof rollingProductsTypescript | typeof rollingProductsWebassembly,
  input: Case,
): Float64Array[] {
  const x = matrixOf(input, "x");
  const forms = [{ as: "covariance", ddof: 1 }, { as: "beta" }, { as: "correlation" }] as const;
  return forms.flatMap((form) =>
    [matrixOf(input, "y"), matrixOf({ ...input, columns: 1 }, "y")].map((y) => {
      const answer = answerOf(input);
      run(x, y, input, form, answer);
      return answer;
    }),
  );
}

describeKernel<Case>({
  name: "rolling powers",
  cases,
  describeCase,
  typescript: (input) => powers(rollingPowersTypescript, input),
  webassembly: (input) => powers(rollingPowersWebassembly, input),
});

function powers(
  run: typeof rollingPowersTypescript | typeof rollingPowersWebassembly,
  input: Case,
): Float64Array[] {
  const { window, minPeriods } = input;
  const forms = (["skewness", "kurtosis"] as const).flatMap((as) => [
    { as, bias: false },
    { as, bias: true },
  ]);
  return forms.map((form) => {
    const answer = answerOf(input);
    run(matrixOf(input, "x"), { window, minPeriods, ...form }, answer);
    return answer;
  });
}

describeKernel<Case>({
  name: "exponentially weighted moments",
  cases,
  describeCase,
  typescript: (input) => weighted(ewmTypescript, input),
  webassembly: (input) => weighted(ewmWebassembly, input),
});

function weighted(run: typeof ewmTypescript | typeof ewmWebassembly, input: Case): Float64Array[] {
  const forms = [
    { as: "mean", bias: false },
    { as: "variance", bias: true },
    { as: "std", bias: false },
  ] as const;
  const switches = [
    { adjust: true, ignoreMissing: false, minPeriods: 1 },
    { adjust: false, ignoreMissing: true, minPeriods: 3 },
  ];
  return forms.flatMap((form) =>
    switches.map((options) => {
      const answer = answerOf(input);
      run(matrixOf(input, "x"), requireEwmSettings({ span: input.window, ...options }), form, answer);
      return answer;
    }),
  );
}

test("where the arena cannot grow the twin answers", () => {
  const memory = sharedMemory();
  const x = new Matrix(memory.buffer.byteLength / 64, 8);
  const answer = new Float64Array(x.data.length).fill(7);
  Object.defineProperty(memory, "grow", {
    configurable: true,
    value: () => {
      throw new RangeError("no more pages");
    },
  });
  const settings = { window: x.rows, minPeriods: 1, asMean: true };
  try {
    expect(rollingSumsWebassembly(x, settings, answer)).toBe(false);
    expect(answer.every((value) => value === 7)).toBe(true);
  } finally {
    Reflect.deleteProperty(memory, "grow");
  }
  expect(rollingSumsWebassembly(x, settings, answer)).toBe(true);
  expect(sameBits(answer, new Float64Array(answer.length))).toBe(true);
});
