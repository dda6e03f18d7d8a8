import { expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  adfTest,
  halfLife,
  kpssTest,
  phillipsPerronTest,
  unitRootCriticalValues,
  unitRootPValue,
  varianceRatio,
} from "../../src/index.ts";

const truth = fixture(import.meta.url, "unit-roots.json");
/** What statsmodels' regressions through a pseudo-inverse leave of a t-statistic. */
const regression = solver(1e-9);

// biome-ignore-start lint/suspicious/noExplicitAny: a fixture has a shape of its own
truth.series.forEach(
  ({ name, x, adf, kpss, phillipsPerron, varianceRatio: ratios, halfLife: lives }: any) => {
    describe(`the series '${name}' of ${x.length} observations`, () => {
      test("has the Dickey–Fuller statistics, lags and p-values of statsmodels' adfuller", () => {
        for (const { trend, lags, statistic, pValue, used, observations, critical } of adf) {
          const got = adfTest(x, { trend, lags });
          expect([trend, lags, got.lags, got.observations]).toEqual([trend, lags, used, observations]);
          expectClose(got.statistic, statistic, regression);
          expectClose(got.pValue, pValue, regression, 1);
          const { percent1, percent5, percent10 } = got.criticalValues;
          expectClose([percent1, percent5, percent10], critical, rounding(8));
          expectClose(got.statistic, got.coefficient / got.standardError, rounding(4));
        }
      });

      test("has the stationarity statistics of statsmodels' kpss", () => {
        for (const { trend, lags, statistic, pValue, used } of kpss) {
          const got = kpssTest(x, { trend, lags });
          expect(got.lags).toBe(used);
          expectClose(got.statistic, statistic, regression);
          expectClose(got.pValue, pValue, regression, 1);
        }
      });

      test("has the Phillips–Perron statistics of arch", () => {
        for (const { trend, lags, statistic, used } of phillipsPerron) {
          const got = phillipsPerronTest(x, { trend, ...(lags === null ? {} : { lags }) });
          expect(got.lags).toBe(used);
          expectClose(got.statistic, statistic, regression);
        }
      });

      test("has the variance ratios of arch", () => {
        for (const { horizon, robust, ratio, statistic, pValue } of ratios) {
          const got = varianceRatio(x, { horizon, robust });
          expectClose(got.ratio, ratio, rounding(x.length));
          expectClose(got.statistic, statistic, rounding(x.length, 64));
          expectClose(got.pValue, pValue, rounding(x.length, 64), 1);
        }
      });

      test("has the half-lives of statsmodels' autoregression", () => {
        for (const { trend, ...wanted } of lives) {
          const got = halfLife(x, { trend });
          expectClose(got.persistence, wanted.persistence, regression);
          expectClose(got.persistenceError, wanted.persistenceError, regression);
          if (wanted.halfLife === null) expect(got.halfLife).toBe(Number.POSITIVE_INFINITY);
          else expectClose(got.halfLife, wanted.halfLife, solver(1e-7));
          expectClose(got.standardError, wanted.standardError, solver(1e-7));
        }
      });
    });
  },
);

test("one false tick of 1e9 leaves the statistic that mpmath finds in 60 digits, wherever it falls", () => {
  for (const { x, lags, statistic } of truth.ticks) {
    expectClose(adfTest(x, { lags }).statistic, statistic, solver(1e-6));
  }
});

describe("MacKinnon's response surfaces", () => {
  test("give statsmodels' p-values", () => {
    for (const { trend, series, statistics, pValues } of truth.pValues) {
      const got = statistics.map((tau: number) => unitRootPValue(tau, { trend, series }));
      expectClose(got, pValues, rounding(64), 1);
    }
  });

  test("give statsmodels' critical values", () => {
    for (const { trend, series, asymptotic, of80 } of truth.criticalValues) {
      const at = (observations?: number): number[] => {
        const asked = observations === undefined ? {} : { observations };
        const { percent1, percent5, percent10 } = unitRootCriticalValues({ trend, series, ...asked });
        return [percent1, percent5, percent10];
      };
      expectClose(at(), asymptotic, rounding(8));
      expectClose(at(80), of80, rounding(8));
    }
  });
});
// biome-ignore-end lint/suspicious/noExplicitAny: a fixture has a shape of its own
