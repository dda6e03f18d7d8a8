import { bits, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import {
  type QuantileMethod,
  type RankMethod,
  RollingQuantile,
  rollingMax,
  rollingMedian,
  rollingMin,
  rollingQuantile,
  rollingRank,
} from "../../src/index.ts";

type Numbers = (number | null)[];

/** What pandas found for one series, window and min_periods, at some rows. */
interface Rolled {
  window: number;
  minPeriods: number;
  rows: number[];
  min: Numbers;
  max: Numbers;
  median: Numbers;
  quantiles: Numbers[];
  ranks: Record<RankMethod, [Numbers, Numbers]>;
}

const truth = fixture(import.meta.url, "order.json");
const numbers = (values: Numbers) => Float64Array.from(values, (v) => v ?? Number.NaN);

const TITLES: Readonly<Record<string, string>> = {
  returns: "daily returns",
  prices: "prices that wander",
  ties: "returns rounded to per cents",
  gaps: "rounded returns with gaps",
};

for (const [name, title] of Object.entries(TITLES)) {
  const x = numbers(truth.series[name]);
  for (const wanted of truth.rolled[name] as Rolled[]) {
    const { window, minPeriods, rows } = wanted;
    const options = { minPeriods };
    const at = (answer: Float64Array) => rows.map((t) => answer[t]!);

    describe(`windows of ${window} with ${minPeriods} present, over ${title}`, () => {
      test("smallest and largest are pandas' in bits", () => {
        expectClose(at(rollingMin(x, window, options)), wanted.min, bits);
        expectClose(at(rollingMax(x, window, options)), wanted.max, bits);
      });

      test("ranks are pandas' in bits, by each method, plain and as a fraction", () => {
        for (const method of ["average", "min", "max"] as const) {
          const [plain, fraction] = wanted.ranks[method];
          expectClose(at(rollingRank(x, window, { ...options, method })), plain, bits);
          expectClose(at(rollingRank(x, window, { ...options, method, pct: true })), fraction, bits);
        }
      });

      test("median and quantiles are pandas' to rounding", () => {
        expectClose(at(rollingMedian(x, window, options)), wanted.median, rounding());
        truth.levels.forEach((q: number, i: number) => {
          expectClose(at(rollingQuantile(x, window, q, options)), wanted.quantiles[i]!, rounding());
        });
      });
    });
  }
}

describe("windows of 16 over rounded returns with gaps", () => {
  const x = numbers(truth.series.gaps);
  for (const [method, wanted] of Object.entries<Numbers[]>(truth.methods)) {
    test(`the values present have numpy's quantiles by ${method}, in batch and stream`, () => {
      [0.0625, 0.5, 0.8125].forEach((q, i) => {
        const options = { minPeriods: 1, method: method as QuantileMethod };
        const answer = rollingQuantile(x, 16, q, options);
        const stream = new RollingQuantile(16, q, options);
        const streamed = Float64Array.from(x, (value) => stream.push(value));
        const ends = wanted[i]!.map((_, k) => 15 + 9 * k);
        const figures = (all: Float64Array) => ends.map((t) => all[t]!);
        expectClose(figures(answer), wanted[i]!, rounding());
        expectClose(figures(streamed), wanted[i]!, rounding());
      });
    });
  }
});
