import { backtest } from "@astra-quant/backtest";
import { Matrix } from "@astra-quant/core-linalg";
import { fundingCostSeries, fundingSchedule } from "@astra-quant/funding";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { DECK_BOOK, DECK_SCHEDULE, SPREADS } from "../funding-desk/desk-terms.ts";
import { fundedMarket } from "../funding-desk/load-prices.ts";
import { compareConducts } from "../funding-desk/measure-saving.ts";
import { oneDayThreeWays } from "../funding-desk/one-day-three-ways.ts";
import { optimiseWithFunding, optimiseWithoutFunding } from "../funding-desk/optimise-with-funding.ts";
import { simulateMarket } from "../market-simulator/simulate.ts";

const assets = DECK_BOOK.map(({ asset }) => asset);

describe("funding-desk", () => {
  test("pricing, the optimizer's cost and the backtest's carry are one amount, the deck's to the cent", () => {
    const weights = Float64Array.from(DECK_BOOK, (line) => (line as { notional: number }).notional / 1e6);
    const day = { from: "2026-02-04", to: "2026-02-05" };
    const { priced, optimised, carried } = oneDayThreeWays(assets, weights, 1e6, DECK_SCHEDULE, day);
    expect(priced.toFixed(2)).toBe("-41.48");
    expectClose([optimised, carried], [priced, priced], rounding(8), 210);
  });

  test("a weekend is carried as three days", () => {
    const carry = (dates: string[]) =>
      backtest({
        returns: Matrix.zeros(2, 2),
        weights: [
          [1, -1],
          [1, -1],
        ],
        financing: fundingCostSeries(DECK_SCHEDULE, { assets: ["X", "Y"], dates }),
        periodsPerYear: 252,
      }).pnl.carry[1]!;
    expect(carry(["2026-02-05", "2026-02-06"])).toBeLessThan(0);
    expectClose(carry(["2026-02-06", "2026-02-09"]), 3 * carry(["2026-02-05", "2026-02-06"]), rounding(4));
  });

  test("an asset is never held long and short at once, and free funding changes nothing", () => {
    const estimate = {
      mean: Float64Array.from([0.001, -0.001]),
      covariance: Matrix.fromRows([
        [0.0004, 0.0001],
        [0.0001, 0.0003],
      ]),
    };
    const free = optimiseWithoutFunding(estimate);
    const dear = optimiseWithFunding(estimate, {
      long: Float64Array.of(0.0002, 0.0002),
      short: Float64Array.of(0.0002, 0.0002),
    });
    expect(free[0]).toBeGreaterThan(0);
    expect(Math.abs(dear[0]!) + Math.abs(dear[1]!)).toBeLessThanOrEqual(
      Math.abs(free[0]!) + Math.abs(free[1]!) + 1e-9,
    );
  });

  test("with funding in the objective less is paid for it, and both ways pay the rate of what they hold", () => {
    const { prices, baseRate } = fundedMarket(simulateMarket({ seed: "astra/0", days: 400, sessions: 1 }));
    const { blind, aware } = compareConducts(
      prices,
      fundingSchedule({ baseRate, ...SPREADS, borrowFeeBps: { GS: 400, MS: 400 }, generalCollateralBps: 40 }),
    );
    expect(aware.funding).toBeGreaterThan(blind.funding);
    for (const { funding, gross, before, after } of [blind, aware]) {
      expect(-funding / gross).toBeGreaterThan(0.002);
      expect(-funding / gross).toBeLessThan(0.025);
      expectClose(before + funding, after, rounding(8));
    }
  });
});
