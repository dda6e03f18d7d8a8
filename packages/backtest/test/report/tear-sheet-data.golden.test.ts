import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { backtest, linearCost, tearSheetData } from "../../src/index.ts";

const truth = fixture(import.meta.url, "record.json");
const numbers = (values: (number | null)[]): number[] => values.map((x) => x ?? Number.NaN);

describe("the numbers of a tear sheet against pandas", () => {
  const result = backtest({
    prices: truth.prices,
    weights: truth.weights.map(numbers),
    dates: truth.dates,
    costs: [linearCost({ bps: 5 })],
    capital: 1e6,
    periodsPerYear: 252,
  });
  const data = tearSheetData(result, { rollingWindow: truth.window });
  const compounding = rounding(4 * truth.prices.length);

  test("the record begins with the row before the first decision earns", () => {
    expect(result.firstBar).toBe(truth.firstBar);
    expect(data.firstRow).toBe(truth.firstBar - 1);
    expect(data.span.from).toBe(truth.dates[truth.firstBar - 1]);
  });

  test("drawdowns are those below the running maximum", () => {
    expectClose(data.drawdown, truth.drawdown, compounding);
  });

  test("months and years compound to their groups' products", () => {
    expect(data.returnGrid.rows.map(({ name }) => Number(name))).toEqual(truth.years);
    data.returnGrid.rows.forEach(({ cells, total }, i) => {
      expectClose(cells, numbers(truth.months[i]), compounding);
      expectClose(total, truth.totals[i], compounding);
    });
  });

  test("the Sharpe ratio of the last bars rolls", () => {
    expectClose(data.rollingSharpe!.values.subarray(1), numbers(truth.rollingSharpe), rounding(1e5));
  });

  test("turnover is the mean of its block, a year", () => {
    expect(data.turnover.barsPerBlock).toBe(5);
    expectClose(data.turnover.annual, truth.turnover, compounding);
  });
});
