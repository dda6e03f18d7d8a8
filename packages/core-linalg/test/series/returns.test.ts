import { bits, expectClose, fixture, price, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cumulativeReturn, logReturns, Matrix, Panel, readCsvPanel, simpleReturns } from "../../src/index.ts";

const NaN_ = Number.NaN;
const csv = "date,A,B\n2024-01-02,1,10\n2024-01-03,,11\n2024-01-04,3,12\n";

describe("returns", () => {
  const truth = fixture(new URL("../covariance/", import.meta.url).href, "covariance.json");

  test("are pandas' pct_change and diff of logs", () => {
    expectClose(
      simpleReturns(truth.prices as number[][], { firstRow: "nan" }),
      truth.simple_returns.flat(),
      rounding(2),
    );
    expectClose(
      logReturns(truth.prices as number[][], { firstRow: "nan" }),
      truth.log_returns.flat(),
      rounding(300, 1),
    );
  });

  test("a vector gives a vector, a matrix a matrix, a panel a panel without its first time", () => {
    expect(Array.from(simpleReturns([1, 2, 1]))).toEqual([1, -0.5]);
    expect(simpleReturns([[1], [2]])).toBeInstanceOf(Matrix);
    const panel = simpleReturns(readCsvPanel(csv));
    expect(panel.rows).toBe(2);
    expect(panel.index[0]).toBe(Date.parse("2024-01-03"));
    expect(simpleReturns(readCsvPanel(csv), { firstRow: "nan" }).rows).toBe(3);
    expect(simpleReturns([]).length).toBe(0);
  });

  test("next to a missing price there is no return", () => {
    expectClose(simpleReturns([1, NaN_, 3, 6]), [NaN_, NaN_, 1], bits);
  });

  test("what is no vector, matrix or panel is told what may be one", () => {
    expect(() => simpleReturns(new Float32Array(3) as never)).toThrow(
      "prices must be a vector, a matrix or a panel, got Float32Array(3)",
    );
  });

  test("a price of zero or below is refused", () => {
    expect(() =>
      simpleReturns([
        [1, 2],
        [3, 0],
      ]),
    ).toThrow("prices must be positive and finite, got 0 in row 1, column 1");
    expect(() => simpleReturns([1, -2])).toThrow(/got -2/);
    expect(() => simpleReturns([1, Number.POSITIVE_INFINITY])).toThrow(/got Infinity/);
  });

  test("compounding the returns gives the prices back", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 50, max: 200, noNaN: true }), { minLength: 2, maxLength: 60 }),
        (prices) => {
          const growth = cumulativeReturn(simpleReturns(prices));
          expectClose(
            (1 + growth.at(-1)!) * prices[0]!,
            prices.at(-1)!,
            rounding(prices.length),
            Math.max(...prices),
          );
        },
      ),
    );
  });

  test("over several rows they overlap, and as many rows have none", () => {
    expectClose(simpleReturns([1, 2, 4, 6], { periods: 2 }), [3, 2], bits);
    expectClose(simpleReturns([1, 2, 4], { periods: 2, firstRow: "nan" }), [NaN_, NaN_, 3], bits);
    const panel = simpleReturns(readCsvPanel(csv), { periods: 2 });
    expect(Array.from(panel.index)).toEqual([Date.parse("2024-01-04")]);
    expectClose(panel.values, [2, 12 / 10 - 1], bits);
    expect(simpleReturns([1, 2], { periods: 2 }).length).toBe(0);
    expectClose(simpleReturns([1, 2], { periods: 5, firstRow: "nan" }), [NaN_, NaN_], bits);
    expect(simpleReturns(readCsvPanel(csv), { periods: 9 }).rows).toBe(0);
    expect(() => simpleReturns([1, 2], { periods: 0 })).toThrow("periods must be an integer ≥ 1, got 0");
    expect(() => logReturns([1, 2], { periods: 1.5 })).toThrow("periods must be an integer ≥ 1, got 1.5");
  });

  test("a logarithmic return over k rows is the sum of k logarithmic returns", () => {
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 4, maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        (prices, k) => {
          const single = logReturns(prices);
          const sums = Array.from({ length: prices.length - k }, (_, t) =>
            single.subarray(t, t + k).reduce((sum, r) => sum + r, 0),
          );
          expectClose(logReturns(prices, { periods: k }), sums, rounding(4 * k), 20);
        },
      ),
    );
  });

  test("out takes the answer, in the input's form", () => {
    const vector = new Float64Array(2);
    expect(simpleReturns([1, 2, 1], { out: vector })).toBe(vector);
    expectClose(vector, [1, -0.5], bits);
    const matrix = new Matrix(3, 2);
    const prices = [
      [1, 10],
      [2, 5],
      [3, 5],
    ];
    expect(logReturns(prices, { firstRow: "nan", out: matrix })).toBe(matrix);
    expectClose(matrix, logReturns(prices, { firstRow: "nan" }), bits);
    const growth = readCsvPanel(csv).rename({});
    const room = new Panel({ index: growth.index, columns: growth.columns, values: new Matrix(3, 2) });
    expect(cumulativeReturn(growth, { out: room })).toBe(room);
    expectClose(room.values, cumulativeReturn(growth).values, bits);
    expect(() => simpleReturns([1, 2, 1], { out: new Float64Array(3) })).toThrow(
      "out must be a Float64Array of 2 entries, got Float64Array(3)",
    );
    expect(() => simpleReturns(prices, { out: new Matrix(3, 2) })).toThrow(
      "out must be a Matrix of 2×2, got 3×2",
    );
    const own = Float64Array.of(1, 2, 3);
    expect(() => simpleReturns(own, { firstRow: "nan", out: own })).toThrow(
      "out must not share memory with prices: inputs are never changed",
    );
    expect(() => simpleReturns(own, { first: "nan" } as never)).toThrow(
      "unknown option 'first'; known options: firstRow, periods, out",
    );
  });
});
