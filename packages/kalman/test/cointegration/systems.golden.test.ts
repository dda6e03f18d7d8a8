import { Matrix } from "@astra-quant/core-linalg";
import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { engleGranger, hurstExponent, johansenTest } from "../../src/index.ts";

const { systems } = fixture(import.meta.url, "systems.json");
const { series } = fixture(import.meta.url, "hurst.json");
const regression = solver(1e-9);

// biome-ignore-start lint/suspicious/noExplicitAny: a fixture has a shape of its own
systems.forEach(({ X, johansen, engleGranger: pairs }: any) => {
  const matrix = Matrix.fromRows(X);
  const k = matrix.columns;

  describe(`a system of ${k} series`, () => {
    test("has the eigenvalues, vectors and statistics of statsmodels' coint_johansen", () => {
      for (const { trend, lags, ...wanted } of johansen) {
        const got = johansenTest(matrix, { trend, lags });
        expect([got.status, got.observations]).toEqual(["ok", wanted.observations]);
        expectClose(got.eigenvalues, wanted.eigenvalues, regression);
        expectClose(got.trace.statistic, wanted.trace, regression);
        expectClose(got.largestEigenvalue.statistic, wanted.largest, regression);
        expect(got.trace.criticalValues.toRows()).toEqual(wanted.traceCritical);
        expect(got.largestEigenvalue.criticalValues.toRows()).toEqual(wanted.largestCritical);
        for (let j = 0; j < k; j++) {
          const column = wanted.vectors.map((row: number[]) => row[j]!);
          const sign = Math.sign(column[0]);
          expectClose(
            got.vectors.column(j),
            column.map((value: number) => sign * value),
            solver(1e-7),
          );
        }
      }
    });

    test("has the statistics and p-values of statsmodels' coint", () => {
      for (const { trend, lags, statistic, pValue, critical } of pairs) {
        const x = matrix.selectColumns(Array.from({ length: k - 1 }, (_, j) => j + 1));
        const got = engleGranger(matrix.column(0), k === 2 ? x.column(0) : x, { trend, lags });
        expectClose(got.statistic, statistic, regression);
        expectClose(got.pValue, pValue, regression, 1);
        const { percent1, percent5, percent10 } = got.criticalValues;
        expectClose([percent1, percent5, percent10], critical, regression);
      }
    });
  });
});

series.forEach(({ x, hurst }: any, i: number) => {
  test(`the Hurst exponents of series ${i + 1} are those of numpy`, () => {
    for (const { method, windows, values, exponent, standardError } of hurst) {
      const got = hurstExponent(x, { method });
      expect(Array.from(got.windows)).toEqual(windows);
      expectClose(got.values, values, regression);
      expectClose(got.exponent, exponent, regression, 1);
      expectClose(got.standardError, standardError, regression, 1);
    }
  });
});
// biome-ignore-end lint/suspicious/noExplicitAny: a fixture has a shape of its own
