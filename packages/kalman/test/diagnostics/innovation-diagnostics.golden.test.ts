import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { innovationDiagnostics } from "../../src/index.ts";

const { z, ...truth } = fixture(import.meta.url, "innovations.json");
const sums = rounding(1000);

test("every statistic and p-value is statsmodels' and scipy's", () => {
  const found = innovationDiagnostics(z, { lags: 12 });
  expectClose(found.autocorrelation.statistic, truth.autocorrelation.statistic, sums);
  expectClose(found.autocorrelation.pValue, truth.autocorrelation.pValue, sums);
  for (const key of ["statistic", "pValue", "skewness", "kurtosis"] as const) {
    expectClose(found.normality[key], truth.normality[key], sums);
  }
  expect(found.heteroscedasticity.window).toBe(truth.heteroscedasticity.window);
  for (const key of ["statistic", "pValue"] as const) {
    expectClose(found.heteroscedasticity[key], truth.heteroscedasticity[key], sums);
  }
  for (const key of ["statistic", "pValue", "lower", "upper"] as const) {
    expectClose(found.consistency[key], truth.consistency[key], sums);
  }
});
