import { expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { kalmanRegression } from "../../src/index.ts";

const { first, every, cases } = fixture(import.meta.url, "hard-lines.json");
const SERIES = ["intercept", "slope", "innovationStd", "zScore"] as const;

/** NaN for JSON's null. */
const numbers = (values: readonly (number | null)[]) =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

describe("lines that are hard on digits keep what Joseph's form keeps of sixty digits, and seven where that loses all", () => {
  for (const [name, { x, y, mean, covariance, delta, R, forgetting, joseph, ...wanted }] of Object.entries<
    Record<string, never>
  >(cases)) {
    test(name, () => {
      const series = kalmanRegression(numbers(x!), numbers(y!), {
        delta: delta!,
        observationVariance: R!,
        forgetting: forgetting!,
        initial: { intercept: mean![0]!, slope: mean![1]!, covariance: covariance! },
      });
      for (const each of SERIES) {
        const relative = Math.min(2 * joseph![each]! + rounding(500).relative, solver(1e-7).relative);
        const shown = series[each].filter((_, bar) => bar >= first && (bar - first) % every === 0);
        expectClose(shown, numbers(wanted[each]!), { name: "Joseph's form", relative });
      }
    });
  }
});

test("Joseph's form does lose all digits of some", () => {
  const losses = Object.values<{ joseph: { zScore: number } }>(cases).map(({ joseph }) => joseph.zScore);
  expect(losses.filter((loss) => loss > 0.5).length).toBeGreaterThanOrEqual(3);
});
