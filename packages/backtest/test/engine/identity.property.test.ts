import { Matrix } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BacktestResult,
  type BacktestSpec,
  backtest,
  bufferOverlay,
  commission,
  decayOverlay,
  halfSpread,
  hedgeOverlay,
  leverageOverlay,
  limitsOverlay,
  linearCost,
  type Rebalance,
  squareRootImpact,
  volatilityOverlay,
} from "../../src/index.ts";

const [ROWS, COLUMNS] = [24, 3];
const DAY = 86_400_000;
/** Weekdays from Monday 2026-01-05, so that Fridays are followed by three days. */
const dates = Array.from(
  { length: ROWS },
  (_, t) => Date.UTC(2026, 0, 5) + (t + 2 * Math.floor(t / 5)) * DAY,
);

const basisPoints = (most: number) => fc.integer({ min: -most, max: most }).map((bps) => bps / 10_000);
const table = (entry: fc.Arbitrary<number>) =>
  fc
    .array(entry, { minLength: ROWS * COLUMNS, maxLength: ROWS * COLUMNS })
    .map((data) => new Matrix(ROWS, COLUMNS, Float64Array.from(data)));
const prices = table(basisPoints(600)).map((moves) => {
  const level = moves.data.slice();
  for (let k = 0; k < level.length; k++) {
    level[k] = Math.round(100 * (k < COLUMNS ? 50 : level[k - COLUMNS]!) * (1 + moves.data[k]!)) / 100;
  }
  return new Matrix(ROWS, COLUMNS, level);
});
const weights = table(fc.oneof(fc.constant(0), basisPoints(4000)));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const rebalance = fc.constantFrom<Rebalance>(
  "constant-weights",
  "every-bar",
  "on-change",
  { every: 3 },
  { calendar: "week" },
  { threshold: 0.1 },
  { band: 0.05 },
);
const cost = fc.constantFrom(
  linearCost({ bps: 8 }),
  commission({ perShare: 0.01, minimum: 1, maximumFraction: 0.02 }),
  halfSpread({ spreadBps: [5, 10, 20] }),
  squareRootImpact({ dollarVolume: 2e5, volatility: [0.1, 0.3, 0.5] }),
);
const market = Float64Array.from({ length: ROWS }, (_, t) => (t % 4 === 0 ? -0.03 : 0.01));
const overlay = fc.constantFrom(
  decayOverlay({ halfLife: 5 }),
  bufferOverlay({ buffer: 0.2 }),
  leverageOverlay({ maxGross: 0.8, maxNet: 0.5 }),
  limitsOverlay({
    drawdown: [
      { at: -0.04, action: "reduce" },
      { at: -0.09, action: "liquidate" },
    ],
  }),
  hedgeOverlay({ marketReturns: market, activateAt: -0.02 }),
  volatilityOverlay({ target: 0.1, window: 5 }),
);

const spec: fc.Arbitrary<BacktestSpec> = fc
  .record({
    prices,
    weights,
    rebalance,
    costs: fc.array(cost, { maxLength: 3 }),
    overlays: fc.array(overlay, { maxLength: 3 }),
    whole: fc.boolean(),
    account: fc.constantFrom("margin" as const, "cash" as const),
    volume: maybe(table(fc.integer({ min: 0, max: 300_000 }))),
    available: maybe(table(fc.integer({ min: 0, max: 30_000 }))),
    financing: maybe(fc.constant({ long: 0.0001, short: [0, -0.0001, 0.0004], per: "day" as const })),
    cash: maybe(fc.constant({ credit: 0.0001, debit: 0.0003 })),
  })
  .map(({ whole, volume, available, financing, cash, rebalance: rule, ...rest }) => ({
    ...rest,
    rebalance: whole && rule === "constant-weights" ? "every-bar" : rule,
    shares: whole ? "whole" : "fractional",
    ...(volume && { participation: { max: 0.2, dollarVolume: volume } }),
    ...(available && { borrow: { available } }),
    ...(financing && { financing }),
    ...(cash && { cash }),
    dates,
    capital: 1e5,
    periodsPerYear: 252,
  }));

/** Charges that do not grow with the order, and those whose terms are of an asset. */
const charged = new Set(["commission", "square-root-impact"]);
const byAsset = new Set(["half-spread", "square-root-impact"]);

function rowSum({ columns, data }: Matrix, row: number): number {
  let total = 0;
  for (let j = 0; j < columns; j++) total += data[row * columns + j]!;
  return total;
}

function requireIdentity({ equity, pnl, positions, returns }: BacktestResult): void {
  for (let t = 1; t < equity.length; t++) {
    const [price, cost, carry] = [pnl.price[t]!, pnl.cost[t]!, pnl.carry[t]!];
    expect(equity[t]).toBe(equity[t - 1]! + (price + cost + carry + pnl.hedge[t]! + pnl.cash[t]!));
    expect(rowSum(positions.price, t)).toBe(price);
    expect(rowSum(positions.cost, t)).toBe(cost);
    expect(rowSum(positions.carry, t)).toBe(carry);
    if (equity[t] !== equity[t - 1])
      expectClose(returns[t]!, equity[t]! / equity[t - 1]! - 1, rounding(8), 1);
  }
}

describe("laws of every backtest", () => {
  test("the parts make the whole, by position and in total, to the bit", () => {
    fc.assert(
      fc.property(spec, (given) => requireIdentity(backtest(given))),
      { numRuns: 400 },
    );
  });

  test("the same spec gives the same result, and an overlay can serve twice", () => {
    fc.assert(
      fc.property(spec, (given) => {
        expect(backtest(given).hash).toBe(backtest(given).hash);
      }),
    );
  });

  test("the future cannot change the past", () => {
    fc.assert(
      fc.property(spec, fc.integer({ min: 6, max: ROWS - 1 }), (given, rows) => {
        const cut = (x: Matrix) => new Matrix(rows, COLUMNS, x.data.slice(0, rows * COLUMNS));
        const { participation, borrow, overlays } = given;
        fc.pre(!overlays!.some(({ name }) => name === "tail-hedge")); // its market is as long as the whole
        const part = backtest({
          ...given,
          prices: cut(given.prices as Matrix),
          weights: cut(given.weights as Matrix),
          dates: dates.slice(0, rows),
          ...(participation && {
            participation: { ...participation, dollarVolume: cut(participation.dollarVolume as Matrix) },
          }),
          ...(borrow && { borrow: { available: cut(borrow.available as Matrix) } }),
        });
        expect(part.equity).toEqual(backtest(given).equity.slice(0, rows));
      }),
    );
  });

  test("the trades share everything between them that positions booked", () => {
    fc.assert(
      fc.property(spec, (given) => {
        const { trades, pnl, positions } = backtest(given);
        const sum = (values: Iterable<number>) =>
          Array.from(values).reduce((total, value) => total + value, 0);
        const close = (got: number, wanted: number) => expectClose(got, wanted, rounding(400), 1e5);
        close(sum(trades.map(({ pricePnl }) => pricePnl)), sum(pnl.price));
        close(sum(trades.map((trade) => trade.cost)), sum(pnl.cost));
        close(sum(trades.map(({ carry }) => carry)), sum(pnl.carry));
        for (const { asset, side, firstRow, lastRow, maxAdverse, maxFavourable } of trades) {
          for (let t = firstRow; t <= lastRow; t++)
            expect(Math.sign(positions.value.get(t, asset))).toBe(side);
          expect(maxAdverse <= 0 && maxFavourable >= 0).toBe(true);
        }
      }),
    );
  });

  test("twice the capital, volume and loans are twice the money, to the bit, where no charge is of an order", () => {
    fc.assert(
      fc.property(spec, (given) => {
        fc.pre(given.shares === "fractional" && !given.costs!.some(({ name }) => charged.has(name)));
        const double = (x: Matrix) =>
          new Matrix(
            ROWS,
            COLUMNS,
            x.data.map((value) => 2 * value),
          );
        const { participation, borrow } = given;
        const one = backtest(given);
        const two = backtest({
          ...given,
          capital: 2 * given.capital!,
          ...(participation && {
            participation: { ...participation, dollarVolume: double(participation.dollarVolume as Matrix) },
          }),
          ...(borrow && { borrow: { available: double(borrow.available as Matrix) } }),
        });
        expect(two.equity).toEqual(one.equity.map((value) => 2 * value));
        expect(two.turnover).toEqual(one.turnover);
      }),
    );
  });

  test("the order of the assets does not matter, but for rounding", () => {
    const mirror = (x: Matrix) => Matrix.fromRows(x.toRows().map((row) => row.toReversed()));
    fc.assert(
      fc.property(spec, (given) => {
        // Rounding may tip what is decided by a comparison: whole shares, thresholds, limits and buffers.
        fc.pre(
          given.shares === "fractional" &&
            !given.overlays!.some(({ name }) => name === "limits" || name === "buffer"),
        );
        fc.pre(["constant-weights", "every-bar"].includes(given.rebalance as string));
        const { participation, borrow, financing } = given;
        const costs = given.costs!.filter(({ name }) => !byAsset.has(name));
        const one = backtest({ ...given, costs });
        const other = backtest({
          ...given,
          costs,
          prices: mirror(given.prices as Matrix),
          weights: mirror(given.weights as Matrix),
          ...(participation && {
            participation: { ...participation, dollarVolume: mirror(participation.dollarVolume as Matrix) },
          }),
          ...(borrow && { borrow: { available: mirror(borrow.available as Matrix) } }),
          ...(financing && {
            financing: { ...financing, short: (financing.short as number[]).toReversed() },
          }),
        });
        expectClose(other.equity, one.equity, rounding(2000));
        expect(other.events.length).toBe(one.events.length);
      }),
    );
  });

  test("a day split into bars without a move changes nothing but the count of bars", () => {
    fc.assert(
      fc.property(prices, weights, (given, wanted) => {
        const twice = (x: Matrix) => Matrix.fromRows(x.toRows().flatMap((row) => [row, row]));
        const plain = {
          costs: [linearCost({ bps: 8 })],
          rebalance: "on-change" as const,
          periodsPerYear: 252,
        };
        const one = backtest({ prices: given, weights: wanted, ...plain });
        const two = backtest({ prices: twice(given), weights: twice(wanted), ...plain });
        // What row t decides is paid for at its second half, so a bar earlier; the last row's is not paid for at all.
        const rows = one.equity.length - 1;
        expectClose(
          two.equity.filter((_, t) => t % 2 === 1).slice(0, rows),
          one.equity.map((value, t) => value + (one.pnl.cost[t + 1] ?? 0)).slice(0, rows),
          rounding(200),
        );
      }),
    );
  });
});
