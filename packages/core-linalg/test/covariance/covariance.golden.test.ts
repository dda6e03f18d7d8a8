import { describeGolden, describeRealData, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  correlation,
  Matrix,
  readCsvPanel,
  sampleCovariance,
  simpleReturns,
  symmetricEigen,
} from "../../src/index.ts";

describe("against numpy and pandas on seeded data", () => {
  const truth = fixture(import.meta.url, "covariance.json");
  const estimate = sampleCovariance(truth.returns);

  test("mean and covariance", () => {
    expectClose(estimate.mean, truth.mean, rounding(truth.returns.length, 1));
    expectClose(estimate.covariance, truth.covariance, rounding(10));
    expectClose(
      sampleCovariance(truth.returns, { ddof: 0 }).covariance,
      truth.covariance_ddof0,
      rounding(10),
    );
  });

  test("correlations and volatilities", () => {
    const split = correlation(truth.covariance);
    expectClose(split.correlation, truth.correlation, rounding(10));
    expectClose(split.volatility, truth.volatility, rounding(10));
  });

  test("Cholesky factor and eigenvalues", () => {
    const factor = cholesky(truth.covariance);
    expectClose(factor.status === "ok" ? factor.L : [], truth.cholesky, rounding(10));
    expectClose(symmetricEigen(truth.covariance).values, truth.eigenvalues, rounding(20));
    expectClose(estimate.condition.number, truth.eigenvalues.at(-1) / truth.eigenvalues[0], rounding(100));
  });
});

describeGolden("covariance.json", (truth, tolerance) => {
  test("Cholesky factors and eigenvalues of real covariances", () => {
    for (const name of ["u6_full", "u6_last504"]) {
      const { cov_ddof1, cholesky_lower, eigenvalues_ascending } = truth.cov[name];
      const factor = cholesky(cov_ddof1);
      expectClose(factor.status === "ok" ? factor.L : [], cholesky_lower, tolerance);
      expectClose(symmetricEigen(cov_ddof1).values, eigenvalues_ascending, tolerance);
    }
  });

  test("a covariance of rank 3 among 6 assets is answered as not positive definite", () => {
    expect(cholesky(truth.singular_case.cov)).toMatchObject({ status: "not-positive-definite", pivot: 3 });
  });

  describeRealData(["prices_daily.csv"], ([text]) => {
    const returns = simpleReturns(readCsvPanel(text!));

    test("returns are pandas' to the last digits", () => {
      expect(returns.rows).toBe(truth.rows_returns);
      expect(returns.columns).toEqual(truth.columns);
      truth.returns_sample.row_index_in_returns.forEach((row: number, k: number) => {
        expectClose(returns.values.row(row), truth.returns_sample.values[k], tolerance);
      });
    });

    test("sample covariances of the four universes", () => {
      for (const [name, wanted] of Object.entries<Record<string, never>>(truth.cov)) {
        const start = name.endsWith("last504") ? -504 : 0;
        const panel = returns.select(wanted.tickers!).slice(start);
        const estimate = sampleCovariance(panel.values);
        expect(estimate.observations).toBe(wanted.n_obs);
        expectClose(estimate.mean, wanted.mean!, tolerance);
        expectClose(estimate.covariance, wanted.cov_ddof1!, tolerance);
        const split = correlation(estimate.covariance);
        expectClose(split.correlation, wanted.corr!, tolerance);
        expectClose(split.volatility, wanted.std_ddof1!, tolerance);
        expectClose(estimate.condition.number, wanted.cond!, tolerance);
      }
    });

    test("the same numbers come from nested arrays", () => {
      const panel = returns.select(truth.cov.u6_full.tickers);
      const nested = sampleCovariance(panel.values.toRows());
      expectClose(nested.covariance, truth.cov.u6_full.cov_ddof1, tolerance);
      expect(nested.covariance).toBeInstanceOf(Matrix);
    });
  });
});
