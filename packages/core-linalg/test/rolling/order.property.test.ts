import { bits, describeStream, expectClose, ordinaryNumber } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, test } from "vitest";
import {
  Matrix,
  type QuantileMethod,
  quantile,
  RollingMax,
  RollingMin,
  RollingQuantile,
  RollingRank,
  rollingMax,
  rollingMin,
  rollingQuantile,
  rollingRank,
} from "../../src/index.ts";
import { QUANTILE_METHODS } from "../../src/statistics/quantile.ts";

const missing = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
/** Values of any size, many of them equal, some missing. */
const value = fc.oneof(
  { weight: 4, arbitrary: ordinaryNumber },
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0) },
  { weight: 1, arbitrary: missing },
);
const series = fc.array(value, { maxLength: 60 });
const setting = fc
  .integer({ min: 1, max: 25 })
  .chain((window) =>
    fc.record({ window: fc.constant(window), minPeriods: fc.integer({ min: 1, max: window }) }),
  );
const level = fc.oneof(fc.constantFrom(0, 0.05, 0.5, 0.95, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const method = fc.constantFrom<QuantileMethod>(...QUANTILE_METHODS);
const rankMethod = fc.constantFrom("average", "min", "max");

/** What `answer` says of each window's values present, sorted, and of the latest; NaN with too few of them. */
function naive(
  x: readonly number[],
  { window, minPeriods }: { window: number; minPeriods: number },
  answer: (sorted: number[], latest: number) => number,
): number[] {
  return x.map((latest, t) => {
    const present = x.slice(Math.max(0, t - window + 1), t + 1).filter(Number.isFinite);
    const sorted = present.map((v) => v + 0).sort((a, b) => a - b);
    return sorted.length < minPeriods ? Number.NaN : answer(sorted, latest);
  });
}

function naiveRank(sorted: number[], latest: number, by: "average" | "min" | "max"): number {
  if (!Number.isFinite(latest)) return Number.NaN;
  const lowest = sorted.filter((v) => v < latest).length + 1;
  const highest = sorted.filter((v) => v <= latest).length;
  return { average: (lowest + highest) / 2, min: lowest, max: highest }[by];
}

/** The series as every column of a table wide and long enough for the kernels. */
function asTable(x: readonly number[], columns: number): Matrix {
  return new Matrix(
    x.length,
    columns,
    Float64Array.from({ length: x.length * columns }, (_, k) => x[Math.floor(k / columns)]!),
  );
}

const RUNS = { numRuns: 1000 };

describe("each window's answer is that of its values sorted anew, bit for bit", () => {
  test("smallest and largest", () => {
    fc.assert(
      fc.property(series, setting, fc.integer({ min: 1, max: 9 }), (x, { window, minPeriods }, columns) => {
        const smallest = naive(x, { window, minPeriods }, (sorted) => sorted[0]!);
        const largest = naive(x, { window, minPeriods }, (sorted) => sorted[sorted.length - 1]!);
        expectClose(rollingMin(x, window, { minPeriods }), smallest, bits);
        expectClose(rollingMax(x, window, { minPeriods }), largest, bits);
        const table = asTable(x, columns);
        expectClose(rollingMin(table, window, { minPeriods }).column(columns - 1), smallest, bits);
        expectClose(rollingMax(table, window, { minPeriods }).column(columns - 1), largest, bits);
      }),
      RUNS,
    );
  });

  test("quantiles by every method", () => {
    fc.assert(
      fc.property(series, setting, level, method, fc.integer({ min: 1, max: 9 }), (x, at, q, by, columns) => {
        const wanted = naive(x, at, (sorted) => quantile(sorted, q, { method: by }));
        const options = { minPeriods: at.minPeriods, method: by };
        expectClose(rollingQuantile(x, at.window, q, options), wanted, bits);
        const answer = rollingQuantile(asTable(x, columns), at.window, q, options);
        expectClose(answer.column(columns - 1), wanted, bits);
      }),
      RUNS,
    );
  });

  test("ranks by every method", () => {
    fc.assert(
      fc.property(series, setting, rankMethod, fc.integer({ min: 1, max: 9 }), (x, at, by, columns) => {
        const wanted = naive(x, at, (sorted, latest) => naiveRank(sorted, latest, by));
        const shares = naive(x, at, (sorted, latest) => naiveRank(sorted, latest, by) / sorted.length);
        const options = { minPeriods: at.minPeriods, method: by };
        expectClose(rollingRank(x, at.window, options), wanted, bits);
        const answer = rollingRank(asTable(x, columns), at.window, { ...options, pct: true });
        expectClose(answer.column(columns - 1), shares, bits);
      }),
      RUNS,
    );
  });
});

describe("laws of rolling order statistics", () => {
  test("the largest is the smallest of the negated values, negated", () => {
    fc.assert(
      fc.property(series, setting, (x, { window, minPeriods }) => {
        const mirrored = rollingMin(
          x.map((v) => -v),
          window,
          { minPeriods },
        ).map((v) => 0 - v);
        expectClose(rollingMax(x, window, { minPeriods }), mirrored, bits);
      }),
    );
  });

  test("ranks do not change under a growing map", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 60 }),
        setting,
        (x, { window }) => {
          const cubes = x.map((v) => v * v * v + 1e6);
          expectClose(rollingRank(cubes, window), rollingRank(x, window), bits);
        },
      ),
    );
  });

  test("the rows after a time cannot change the answer at it", () => {
    fc.assert(
      fc.property(series, setting, fc.nat(), (x, { window, minPeriods }, seed) => {
        const head = x.slice(0, seed % (x.length + 1));
        for (const roll of [rollingMin, rollingMax, rollingRank] as const)
          expectClose(
            roll(head, window, { minPeriods }),
            roll(x, window, { minPeriods }).slice(0, head.length),
            bits,
          );
      }),
    );
  });
});

const inputs = series;

for (const [name, Stream, roll] of [
  ["the rolling minimum", RollingMin, rollingMin],
  ["the rolling maximum", RollingMax, rollingMax],
] as const) {
  describeStream<RollingMin, number>({
    name,
    inputs,
    create: () => new Stream(7, { minPeriods: 3 }),
    push: (stream, x) => [stream.push(x)],
    batch: (x) => Array.from(roll(x, 7, { minPeriods: 3 }), (answer) => [answer]),
    state: (stream) => stream.state,
    resume: (state) => Stream.from(state as RollingMin["state"]),
  });
}

describeStream<RollingQuantile, number>({
  name: "the rolling quantile",
  inputs,
  create: () => new RollingQuantile(7, 0.3, { minPeriods: 3, method: "R-8" }),
  push: (stream, x) => [stream.push(x)],
  batch: (x) =>
    Array.from(rollingQuantile(x, 7, 0.3, { minPeriods: 3, method: "R-8" }), (answer) => [answer]),
  state: (stream) => stream.state,
  resume: (state) => RollingQuantile.from(state as RollingQuantile["state"]),
});

describeStream<RollingRank, number>({
  name: "the rolling rank",
  inputs,
  create: () => new RollingRank(7, { minPeriods: 3, method: "min", pct: true }),
  push: (stream, x) => [stream.push(x)],
  batch: (x) =>
    Array.from(rollingRank(x, 7, { minPeriods: 3, method: "min", pct: true }), (answer) => [answer]),
  state: (stream) => stream.state,
  resume: (state) => RollingRank.from(state as RollingRank["state"]),
});
