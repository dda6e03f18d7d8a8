import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type EwmWindowOptions, ewmMean, ewmStd, ewmVariance } from "../../src/index.ts";

const truth = fixture(import.meta.url, "moments.json");
const step: number = truth.step;
const numbers = (values: (number | null)[]) => Float64Array.from(values, (v) => v ?? Number.NaN);

interface Case {
  readonly options: EwmWindowOptions;
  readonly mean: (number | null)[];
  readonly variance: (number | null)[];
  readonly biased: (number | null)[];
}

describe("exponentially weighted moments are pandas', gaps included", () => {
  for (const { options, mean, variance, biased } of truth.ewm as Case[]) {
    test(`with ${JSON.stringify(options)}`, () => {
      const x = numbers(truth.series.gaps).slice(0, mean.length);
      expectClose(ewmMean(x, options), mean, rounding(2));
      expectClose(ewmVariance(x, options), variance, rounding(8));
      const every = ewmVariance(x, { ...options, bias: true }).filter((_, t) => t % step === 0);
      expectClose(every, biased, rounding(8));
    });
  }
});

test("on a level of 1e8 a weighted standard deviation has its own last digits: exact arithmetic", () => {
  const { alpha, offset } = truth.ewmStd;
  const std = ewmStd(numbers(truth.series.offset), { alpha });
  expect(offset.length).toBeGreaterThan(5);
  (offset as (number | null)[]).forEach((wanted, i) => {
    expectClose(std[i * step]!, wanted, rounding(1));
  });
});
