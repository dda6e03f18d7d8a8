import { Matrix } from "@astra-quant/core-linalg";
import { describeGolden, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  backtest,
  type CostTerm,
  commission,
  estimateSlippage,
  halfSpread,
  squareRootImpact,
} from "../../src/index.ts";

const NAN = Number.NaN;
const prices = [
  [10, 40],
  [10, 40],
  [10, 40],
];
const weights = [
  [0.5, -0.25],
  [0.5, -0.2],
  [0, 0],
];

function costOf(term: CostTerm): number[][] {
  const { positions } = backtest({ prices, weights, capital: 1000, costs: [term], periodsPerYear: 252 });
  return positions.cost.toRows();
}

describe("a cost term", () => {
  test("sees copies of the prices, which it cannot change", () => {
    const given = Matrix.fromRows(prices);
    const scribbler: CostTerm = {
      name: "scribbler",
      charge: ({ prices: seen, values }) => {
        seen!.fill(1);
        values.fill(1);
      },
    };
    const spec = { prices: given, weights, periodsPerYear: 252 };
    expect(backtest({ ...spec, costs: [scribbler] }).hash).toBe(backtest(spec).hash);
    expect(given.toRows()).toEqual(Matrix.fromRows(prices).toRows());
  });

  test("of one asset takes its terms over time", () => {
    const over = { prices: [10, 10, 10], weights: [0.5, 0.2, 0], capital: 1000, periodsPerYear: 252 };
    const { pnl } = backtest({ ...over, costs: [halfSpread({ spreadBps: [20, 40, 80] })] });
    expectClose(pnl.cost, [0, -0.5, -0.002 * 0.3 * 999.5], rounding(8));
    expect(() => backtest({ ...over, costs: [halfSpread({ spreadBps: [] })] })).toThrow(
      "spreadBps must have an entry for row 0 of the one asset, got 0",
    );
    expect(() => costOf(halfSpread({ spreadBps: [1, 2, 3] }))).toThrow(
      "spreadBps must have 2 entries, one an asset, got 3",
    );
  });
});

describe("a commission", () => {
  test("counts shares and notional, asset by asset", () => {
    // 50 shares for 500 and 6.25 for 250; then a twentieth of what is left, of the second alone.
    const [, first, second] = costOf(commission({ perShare: 0.02, bps: 10 }));
    expectClose(first!, [-1.5, -0.375], rounding(4));
    expectClose(second![1]!, -0.05 * (1000 - 1.875) * (0.02 / 40 + 0.001), rounding(16));
    expect(second![0]).toBe(0);
  });

  test("is at least the minimum of an order and at most a fraction of its notional", () => {
    expectClose(costOf(commission({ perShare: 0.01, minimum: 1 }))[1]!, [-1, -1], rounding(4));
    const capped = costOf(commission({ minimum: 4, maximumFraction: 0.01 }))[1]!;
    expectClose(capped, [-4, -2.5], rounding(4));
  });

  test("of a share needs prices", () => {
    expect(() =>
      backtest({
        returns: [0, 0],
        weights: [1, 1],
        costs: [commission({ perShare: 1 })],
        periodsPerYear: 252,
      }),
    ).toThrow("perShare counts shares, which needs prices; the backtest was given returns");
  });
});

describe("half of the spread", () => {
  test("is paid on every trade: one for all, one an asset, or by time", () => {
    expectClose(costOf(halfSpread({ spreadBps: 20 }))[1]!, [-0.5, -0.25], rounding(4));
    expectClose(costOf(halfSpread({ spreadBps: [20, 40] }))[1]!, [-0.5, -0.5], rounding(4));
    const byTime = Matrix.fromRows([
      [40, 0],
      [9, 9],
      [9, 9],
    ]);
    expectClose(costOf(halfSpread({ spreadBps: byTime }))[1]!, [-1, 0], rounding(4)); // of the fill's row
  });
});

describe("square root impact", () => {
  test("grows with the root of the part of the volume and with volatility, up to its cap", () => {
    const options = { spreadBps: 0, impactBps: 100, volatility: [0.2, 0.4] };
    const [, paid] = costOf(squareRootImpact({ ...options, dollarVolume: [50_000, 25_000], capBps: 1000 }));
    expectClose(paid!, [-500 * 1e-3, -250 * 2e-3], rounding(8));
    const [, capped] = costOf(squareRootImpact({ ...options, dollarVolume: [50_000, 25_000], capBps: 15 }));
    expectClose(capped!, [-0.5, -250 * 15e-4], rounding(8));
  });

  test("without a volume or a volatility charges the cap", () => {
    const [, paid] = costOf(squareRootImpact({ dollarVolume: [0, 1e6], volatility: [0.2, NAN] }));
    expectClose(paid!, [-5, -2.5], rounding(4));
  });

  test("estimates an order as it charges a trade", () => {
    const bps = estimateSlippage({ shares: -50, averageDailyVolume: 5000, volatility: 0.3 });
    expectClose(bps, 5 + 10 * 0.1 * 1.5, rounding(4));
    const term = squareRootImpact({ dollarVolume: 50_000, volatility: 0.3 });
    expectClose(costOf(term)[1]![0]!, (-500 * bps) / 1e4, rounding(8));
  });

  describeGolden("execution.json", ({ slippage_bps }, tolerance) => {
    test("the seed's estimates", () => {
      for (const { shares, adv, vol, bps } of slippage_bps) {
        expectClose(estimateSlippage({ shares, averageDailyVolume: adv, volatility: vol }), bps, tolerance);
      }
    });
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, () => unknown, string][] = [
    [
      "a negative commission",
      () => commission({ perShare: -1 }),
      "perShare must be non-negative and finite, got -1",
    ],
    [
      "a misspelt option",
      () => commission({ pershare: 1 } as never),
      "unknown option 'pershare'; did you mean 'perShare'?",
    ],
    [
      "a negative spread",
      () => halfSpread({ spreadBps: [1, -2] }),
      "spreadBps[1] must be non-negative and finite, got -2",
    ],
    [
      "no spread",
      () => halfSpread({} as never),
      "spreadBps must be a vector, a matrix or a panel, got undefined",
    ],
    [
      "spreads of other assets",
      () => costOf(halfSpread({ spreadBps: [1, 2, 3] })),
      "spreadBps must have 2 entries, one an asset, got 3",
    ],
    [
      "a negative volume",
      () => squareRootImpact({ dollarVolume: -1, volatility: 0.1 }),
      "dollarVolume must be non-negative or NaN, got -1",
    ],
    [
      "no reference",
      () => squareRootImpact({ dollarVolume: 1, volatility: 0.1, referenceVolatility: 0 }),
      "referenceVolatility must be positive and finite, got 0",
    ],
    [
      "half of an order",
      () => estimateSlippage({ shares: NAN, averageDailyVolume: 1, volatility: 1 }),
      "shares must be a finite number, got NaN",
    ],
  ];
  for (const [what, attempt, message] of refusals) test(what, () => expect(attempt).toThrow(message));
});
