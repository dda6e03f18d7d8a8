import { describeGolden, describeRealData, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { ledoitWolf, oas, readCsvPanel, type ShrunkCovariance, simpleReturns } from "../../src/index.ts";

interface Truth {
  readonly covariance: number[][];
  readonly shrinkage: number;
}

function agree(estimate: ShrunkCovariance, { covariance, shrinkage }: Truth): void {
  expectClose(estimate.shrinkage, shrinkage, rounding(20));
  expectClose(estimate.covariance, covariance, rounding(20));
}

describe.each(["daily", "wide"])(
  "against scikit-learn and the papers' sums written out: %s returns",
  (name) => {
    const truth = fixture(import.meta.url, "shrinkage.json")[name];
    const { returns, market } = truth;

    test("the identity target and OAS are scikit-learn's", () => {
      agree(ledoitWolf(returns), truth.identity);
      agree(oas(returns), truth.oas);
    });

    test("the constant-correlation target", () => {
      agree(ledoitWolf(returns, { target: "constant-correlation" }), truth.constant_correlation);
    });

    test("the single-factor target, the market being the mean of the assets or given", () => {
      agree(ledoitWolf(returns, { target: "single-factor" }), truth.single_factor);
      agree(ledoitWolf(returns, { target: "single-factor", market }), truth.given_market);
    });
  },
);

describeGolden("covariance.json", (truth, tolerance) => {
  describeRealData(["prices_daily.csv"], ([text]) => {
    const returns = simpleReturns(readCsvPanel(text!));

    test("Ledoit–Wolf and OAS of the four universes", () => {
      for (const [name, wanted] of Object.entries<Record<string, never>>(truth.cov)) {
        const start = name.endsWith("last504") ? -504 : 0;
        const X = returns.select(wanted.tickers!).slice(start).values;
        for (const [estimate, theirs] of [
          [ledoitWolf(X), wanted.ledoit_wolf!],
          [oas(X), wanted.oas!],
        ] as const) {
          const { shrinkage, cov } = theirs as { shrinkage: number; cov: number[][] };
          expectClose(estimate.shrinkage, shrinkage, tolerance);
          expectClose(estimate.covariance, cov, tolerance);
        }
      }
    });
  });
});
