import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  backtest,
  commission,
  halfSpread,
  leverageOverlay,
  linearCost,
  squareRootImpact,
} from "../../src/index.ts";
import { keepBooks, type Terms } from "./double-entry.ts";

const [ROWS, COLUMNS] = [18, 3];
const DAY = 86_400_000;
/** Weekdays, so that a Friday is followed by three days; from before 1970 to after it. */
const dates = Array.from(
  { length: ROWS },
  (_, t) => Date.UTC(1969, 11, 22) + (t + 2 * Math.floor(t / 5)) * DAY,
);
const days = dates.map((date, t) => (t === 0 ? 0 : (date - dates[t - 1]!) / DAY));

const table = <T>(entry: fc.Arbitrary<T>) =>
  fc.array(fc.array(entry, { minLength: COLUMNS, maxLength: COLUMNS }), { minLength: ROWS, maxLength: ROWS });
const rare = (entry: fc.Arbitrary<number>, other: number) =>
  fc.oneof({ weight: 9, arbitrary: entry }, { weight: 1, arbitrary: fc.constant(other) });
/** In steps of a millionth: no weight is all but 0. */
const fraction = (most: number) =>
  fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((millionths) => millionths / 1e6);

/** Levels that move by up to a tenth, with gaps from the second row on. */
const prices = fc.tuple(table(fraction(0.1)), table(rare(fc.constant(1), 0))).map(([moves, there]) => {
  const level = Array.from({ length: COLUMNS }, (_, j) => 20 * (j + 1));
  return moves.map((row, t) =>
    row.map((move, j) => {
      level[j] = level[j]! * (1 + move);
      return t > 0 && there[t]![j] === 0 ? Number.NaN : level[j]!;
    }),
  );
});

const CHARGES = {
  none: { terms: [], charge: () => 0 },
  linear: { terms: [linearCost({ bps: 8 })], charge: (n: number, p: number) => n * p * 0.0008 },
  broker: {
    terms: [commission({ perShare: 0.01, minimum: 1, maximumFraction: 0.02 }), halfSpread({ spreadBps: 12 })],
    charge: (n: number, p: number) => Math.min(Math.max(0.01 * n, 1), 0.02 * n * p) + n * p * 0.0006,
  },
} as const;

const terms = fc.record({
  prices,
  weights: table(fc.oneof(fraction(0.5), fc.constantFrom(0, 0.25, Number.NaN))),
  dividends: table(rare(fc.constant(0), 0.4)),
  missing: fc.constantFrom("carry" as const, "close" as const),
  delisting: fc.constantFrom(0, -0.4, -1),
  lag: fc.constantFrom(1, 1, 2, 3),
  rule: fc.constantFrom<Terms["rule"]>(
    "every-bar",
    "on-change",
    { every: 4 },
    { threshold: 0.08 },
    { band: 0.05 },
  ),
  whole: fc.boolean(),
  cashAccount: fc.boolean(),
  maxGross: fc.constantFrom(0.6, 1e9),
  part: fc.constantFrom(0.1, 1),
  volume: table(rare(fc.double({ min: 1e4, max: 1e6, noNaN: true }), 0)),
  lendable: table(rare(fc.constant(1e12), 9_000)),
  longRate: fc.constantFrom(0, 0.0002),
  shortRates: fc.constantFrom([0, 0, 0], [-0.0001, 0.0003, 0.0009]),
  credit: fc.constantFrom(0, 0.0001),
  debit: fc.constantFrom(0, 0.0004),
  costs: fc.constantFrom(...(Object.keys(CHARGES) as (keyof typeof CHARGES)[]), "impact" as const),
});

describe("a drifting book against shares and cash kept by double entry", () => {
  test("equity, its parts and the shares agree with everything on, whatever the terms", () => {
    fc.assert(
      fc.property(terms, ({ costs, ...rest }) => {
        fc.pre(rest.weights.slice(0, ROWS - rest.lag).some((row) => row.some((w) => !Number.isNaN(w))));
        const impact = {
          terms: [squareRootImpact({ dollarVolume: rest.volume, volatility: 0.3, capBps: 40 })],
          charge: (n: number, p: number, volume: number) =>
            (n * p * Math.min(volume > 0 ? 5 + 15 * Math.sqrt((n * p) / volume) : 40, 40)) / 1e4,
        };
        const { terms: list, charge } = costs === "impact" ? impact : CHARGES[costs];
        const capital = 1e5;
        const truth = keepBooks({ ...rest, charge, days, capital });
        const run = backtest({
          prices: rest.prices,
          weights: rest.weights,
          dividends: rest.dividends,
          dates,
          lag: rest.lag,
          rebalance: rest.rule,
          missingPrices: rest.missing,
          ...(rest.missing === "close" && { delistingReturn: rest.delisting }),
          missingWeights: "hold",
          shares: rest.whole ? "whole" : "fractional",
          account: rest.cashAccount ? "cash" : "margin",
          overlays: [leverageOverlay({ maxGross: rest.maxGross, maxNet: 1e9 })],
          participation: { max: rest.part, dollarVolume: rest.volume },
          borrow: { available: rest.lendable },
          costs: list,
          financing: { long: rest.longRate, short: rest.shortRates, per: "day" },
          cash: { credit: rest.credit, debit: rest.debit },
          capital,
          periodsPerYear: 252,
        });
        const close = rounding(4000);
        expectClose(run.equity, truth.equity, close, capital);
        const { price, cost, carry, cash, hedge } = run.pnl;
        for (const [ours, theirs] of [
          [price, truth.price],
          [cost, truth.cost],
          [carry, truth.carry],
          [cash, truth.cash],
        ] as const) {
          expectClose(ours, theirs, close, capital);
        }
        expect(hedge.every((money) => money === 0)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
