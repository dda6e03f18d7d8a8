import { describeGolden, expectClose } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import {
  annualVolatility,
  leastVariance,
  longShort,
  volatilityAsPrinted,
} from "../long-short-desk/portfolios.ts";

describeGolden("optimise.json", (truth, tolerance) => {
  describeGolden("covariance.json", (covariances) => {
    const universe = "u6_last504";
    const {
      tickers: assets,
      mu: mean,
      min_variance_long_only: least,
      long_short_utility: items,
    } = truth[universe];
    const estimate = { assets, mean, covariance: covariances.cov[universe].cov_ddof1 };

    test("the fifth cell's weights are the notebook's", () => {
      expectClose(leastVariance(estimate).weights, least.weights, tolerance, 1);
    });

    test("the sixth cell's, and module A's, are those of the optimum", () => {
      for (const { gamma, gross_limit: gross, net_limit: net, weights } of items) {
        const book = longShort(estimate, { riskAversion: gamma, gross, net });
        expect(book.status).toBe("optimal");
        expectClose(book.weights, weights, tolerance, 1);
      }
    });

    test("a year's volatility is that of w'Σw; what the app prints is the root of the utility", () => {
      for (const item of items) {
        const book = longShort(estimate, {
          riskAversion: item.gamma,
          gross: item.gross_limit,
          net: item.net_limit,
        });
        expectClose(annualVolatility(book), item.vol_annual, tolerance, 1);
        expectClose(volatilityAsPrinted(book), item.app_py_projected_vol, tolerance, 1);
      }
    });
  });
});
