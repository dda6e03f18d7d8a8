import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { rollingRankCorrelation } from "../../src/index.ts";

type Numbers = (number | null)[];

/** What scipy found for one pair of series, window and least number of rows, at some rows. */
interface Rolled {
  window: number;
  minPeriods: number;
  rows: number[];
  answers: Numbers;
}

const truth = fixture(import.meta.url, "ranks.json");
const series = truth.series as Record<string, Numbers>;
const numbers = (values: Numbers) => Float64Array.from(values, (v) => v ?? Number.NaN);

describe("rolling rank correlation against scipy", () => {
  for (const { x, y, rolled } of truth.pairs as { x: string; y: string; rolled: Rolled[] }[]) {
    for (const { window, minPeriods, rows, answers } of rolled) {
      test(`${x} with ${y}, window ${window}, ${minPeriods} present`, () => {
        const answer = rollingRankCorrelation(numbers(series[x]!), numbers(series[y]!), window, {
          minPeriods,
        });
        const at = Float64Array.from(rows, (row) => answer[row]!);
        expectClose(at, numbers(answers), rounding(window), 1);
      });
    }
  }
});
