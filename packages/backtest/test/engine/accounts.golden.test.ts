import { Matrix } from "@astra-quant/core-linalg";
import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { backtest, commission, halfSpread, linearCost, squareRootImpact } from "../../src/index.ts";

const truth = fixture(import.meta.url, "accounts.json");
const { prices, dates, capital } = truth;
const weights: number[][] = truth.weights.map((row: (number | null)[]) =>
  row.map((weight) => weight ?? Number.NaN),
);
const shape = { rows: prices.length, columns: prices[0].length };
const compounding = rounding(4 * shape.rows);

describe("a drifting book against vectorbt", () => {
  const spec = { prices, dates, weights, capital, costs: [linearCost({ bps: 7 })], periodsPerYear: 252 };
  const runs = {
    everyBar: backtest({ ...spec, rebalance: "every-bar" }),
    monthly: backtest({ ...spec, rebalance: { calendar: "month" } }),
  };
  for (const [name, run] of Object.entries(runs)) {
    test(`${name}: equity before the next fill's fees, fees and turnover agree at every row`, () => {
      const wanted = truth[name];
      expectClose(run.equity, wanted.equity, compounding);
      // vectorbt books the fees of a fill in its row, ours in the bar that it is for.
      expectClose(
        run.pnl.cost.slice(1).map((cost) => 0 - cost),
        wanted.fees.slice(0, -1),
        compounding,
      );
      expectClose(run.turnover.slice(1), wanted.turnover.slice(0, -1), compounding);
    });
  }

  test("a month's book trades at its first row alone", () => {
    const traded = Array.from(runs.monthly.turnover.keys()).filter((t) => runs.monthly.turnover[t]! > 0);
    const months = traded.map((t) => dates[t - 1].slice(0, 7));
    expect(months).toEqual([...new Set(months)].sort());
    expect(traded.length).toBe(6); // from the first decision in January to June
  });
});

describe("every charge at once against books kept by double entry", () => {
  const { books } = truth;
  const table = (entry: (t: number, j: number) => number): Matrix => {
    const { rows, columns } = shape;
    const data = Float64Array.from({ length: rows * columns }, (_, k) =>
      entry(Math.floor(k / columns), k % columns),
    );
    return new Matrix(rows, columns, data);
  };
  const [room, from, to, few] = books.lendable;
  const dividends = table(() => 0);
  for (const [t, j, paid] of books.dividends) dividends.set(t, j, paid);
  const run = backtest({
    prices,
    dates,
    weights,
    capital,
    dividends,
    shares: "whole",
    missingWeights: "hold",
    costs: [
      commission({ perShare: 0.005, minimum: 1, maximumFraction: 0.01 }),
      halfSpread({ spreadBps: 8 }),
      squareRootImpact({
        dollarVolume: books.volume,
        volatility: 0.3,
        spreadBps: 4,
        impactBps: 30,
        capBps: 25,
      }),
    ],
    participation: { max: 0.1, dollarVolume: books.volume },
    borrow: { available: table((t, j) => (t >= from && t < to && j < few ? room : 1e9)) },
    financing: { long: books.longRate, short: books.shortRates, per: "day" },
    cash: { credit: books.credit, debit: books.debit },
    periodsPerYear: 252,
  });

  test("equity and each of its parts agree at every row", () => {
    expectClose(run.equity, books.equity, compounding);
    const { price, cost, carry, cash } = run.pnl;
    for (const [name, part] of Object.entries({ price, cost, carry, cash })) {
      expectClose(part, books[name], compounding, 1e5);
    }
  });

  test("the shares held are the same whole numbers", () => {
    const shares = table((t, j) => (t === 0 ? 0 : run.positions.value.get(t, j) / prices[t - 1][j]));
    expectClose(
      shares.data.map((share) => Math.round(share)),
      books.shares.flat(),
      rounding(0),
    );
    expectClose(shares.data, books.shares.flat(), rounding(8), 1e4);
  });

  test("what stood in the way is an event where it began", () => {
    const kinds = new Set(run.events.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(["participation", "borrow"]));
    expect(run.events.find(({ kind }) => kind === "borrow")).toEqual({
      row: 62,
      asset: 0,
      kind: "borrow",
      reason: "5000 can be borrowed: no more is sold short",
    });
  });
});
