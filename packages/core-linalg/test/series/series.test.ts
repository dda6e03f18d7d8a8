import { bits, expectClose, fixture, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cumulativeReturn,
  dropMissing,
  forwardFill,
  innerJoin,
  logReturns,
  Matrix,
  Panel,
  parseTime,
  readCsvPanel,
  simpleReturns,
} from "../../src/index.ts";

const NaN_ = Number.NaN;
const csv = "date,A,B\n2024-01-02,1,10\n2024-01-03,,11\n2024-01-04,3,12\n";

describe("readCsvPanel", () => {
  test("reads times, names and numbers; blank cells are missing", () => {
    const panel = readCsvPanel(csv);
    expect(panel.columns).toEqual(["A", "B"]);
    expect(Array.from(panel.index)).toEqual(
      ["2024-01-02", "2024-01-03", "2024-01-04"].map((d) => Date.parse(d)),
    );
    expectClose(
      panel.values,
      [
        [1, 10],
        [NaN_, 11],
        [3, 12],
      ].flat(),
      bits,
    );
  });

  test("a byte-order mark, CRLF, quotes, blank lines and spaces do no harm", () => {
    const panel = readCsvPanel('\ufeffdate, "A" ,B\r\n2024-01-02, 1 ,"2e3"\r\n\r\n2024-01-03,-.5,+4.\r\n');
    expect(panel.values.toRows()).toEqual([
      [1, 2000],
      [-0.5, 4],
    ]);
    expect(panel.columns[1]).toBe("B");
  });

  test("a time without a zone is a label read as UTC; a zone is honoured", () => {
    const panel = readCsvPanel(
      "t,x\n2019-02-11T09:31:00,1\n2019-02-11 09:32:00,2\n2019-02-11T05:33:00-05:00,3\n",
    );
    expect(Array.from(panel.index)).toEqual([
      Date.UTC(2019, 1, 11, 9, 31),
      Date.UTC(2019, 1, 11, 9, 32),
      Date.UTC(2019, 1, 11, 10, 33),
    ]);
  });

  test("columns may be chosen, and the time's column named", () => {
    const panel = readCsvPanel("A,when,B\n1,2024-01,2\n3,2024-02,4\n", { time: "when", columns: ["B"] });
    expect(panel.columns).toEqual(["B"]);
    expect(Array.from(panel.column("B"))).toEqual([2, 4]);
  });

  test.each([
    ["", "f.csv: the file is empty"],
    ["date,A\n", "f.csv: there is a header but no row below it"],
    ["date,A\n2024-01-02,1,2\n", "f.csv: line 2 has 3 fields, the header has 2"],
    ["date,A\n2024-01-02\n", "f.csv: line 2 has 1 fields, the header has 2"],
    ["date,A\n2024-01-02,abc\n", 'f.csv: line 2, column "A": "abc" is not a number'],
    ["date,A\n2024-01-02,1e999\n", 'f.csv: line 2, column "A": "1e999" is not a number'],
    ["date,A\n02/01/2024,1\n", 'f.csv: line 2: "02/01/2024" is not an ISO date or time'],
    ["date,A\n2024-02-30,1\n", 'f.csv: line 2: "2024-02-30" is not an ISO date or time'],
    ["date,A\n2024-01-02,1\n2024-01-02,2\n", "f.csv: line 3: 2024-01-02 occurs twice"],
    ["date,A\n2024-01-03,1\n2024-01-02,2\n", "f.csv: line 3: 2024-01-02 is earlier than the line before it"],
    ["date,A,A\n2024-01-02,1,2\n", 'f.csv: header "A" occurs twice'],
  ])("refuses %j", (text, message) => {
    expect(() => readCsvPanel(text, { name: "f.csv" })).toThrow(message);
  });

  test("the years before 100 are those years, and a zone has at most 23:59", () => {
    expect(new Date(parseTime("0050-03-01")).toISOString()).toBe("0050-03-01T00:00:00.000Z");
    expect(parseTime("2024-01-02T10:00+23:59")).toBe(Date.UTC(2024, 0, 1, 10, 1));
    for (const text of [
      "2024-01-02T10:00+24:00",
      "2024-01-02T10:00-05:60",
      "2024-01-02T24:00",
      "2023-02-29",
    ]) {
      expect(parseTime(text)).toBeNaN();
    }
    expect(parseTime(20240102 as never)).toBeNaN();
  });

  test("columns that are no list are refused", () => {
    expect(() => readCsvPanel(csv, { columns: "A" as never })).toThrow(
      'columns must be an array of headers, got "A"',
    );
  });

  test("a column that is not there is named with those that are", () => {
    expect(() => readCsvPanel(csv, { columns: ["C"] })).toThrow(
      'csv: there is no column "C"; the header has date, A, B',
    );
  });
});

describe("Panel", () => {
  test("select and slice keep times and names together", () => {
    const panel = readCsvPanel(csv).select(["B"]).slice(-2);
    expect(panel.values.toRows()).toEqual([[11], [12]]);
    expect(panel.index[0]).toBe(Date.parse("2024-01-03"));
    expect(readCsvPanel(csv).slice(0, 1).rows).toBe(1);
    expect(readCsvPanel(csv).slice(5).rows).toBe(0);
    expect(
      readCsvPanel(csv)
        .slice(1.5 as number)
        .values.toRows(),
    ).toEqual(readCsvPanel(csv).slice(1).values.toRows());
  });

  test("parts that do not fit are refused", () => {
    expect(() => new Panel({ index: [2, 1], columns: ["x"], values: [[1], [2]] })).toThrow(
      "row 1: time 1970-01-01T00:00:00.001Z is earlier than the row before it",
    );
    expect(() => new Panel({ index: [1], columns: ["x", "y"], values: [[1]] })).toThrow(
      /columns must be 1 names/,
    );
    expect(() => new Panel({ index: [1, 2], columns: ["x"], values: [[1]] })).toThrow(
      "index must have 1 entries, got 2",
    );
    expect(() => new Panel({ index: [1], columns: ["x", "x"], values: [[1, 2]] })).toThrow(
      'column "x" occurs twice',
    );
    expect(() => readCsvPanel(csv).column("Z")).toThrow('no column "Z"; the panel has A, B');
    expect(() => readCsvPanel(csv).select("A" as never)).toThrow(
      'names must be an array of column names, got "A"',
    );
    expect(() => new Panel({ index: [1], columns: [7 as never], values: [[1]] })).toThrow(
      "columns[0] must be a name, got 7",
    );
    expect(() => new Panel({ index: [1e300, 1e300], columns: ["x"], values: [[1], [2]] })).toThrow(
      "row 1: time 1e+300 occurs twice",
    );
  });
});

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
});

describe("filling and joining", () => {
  test("forwardFill never looks ahead: leading gaps stay", () => {
    expectClose(forwardFill([NaN_, 1, NaN_, NaN_, 2]), [NaN_, 1, 1, 1, 2], bits);
    const x = [
      [NaN_, 1],
      [5, NaN_],
      [NaN_, NaN_],
    ];
    expectClose(forwardFill(x), [NaN_, 1, 5, 1, 5, 1], bits);
    expect(x[2]![0]).toBeNaN();
  });

  test("innerJoin keeps the common times only", () => {
    const a = new Panel({ index: [1, 2, 4], columns: ["a"], values: [[1], [2], [4]] });
    const b = new Panel({ index: [2, 3, 4, 5], columns: ["b"], values: [[20], [30], [40], [50]] });
    const joined = innerJoin(a, b);
    expect(Array.from(joined.index)).toEqual([2, 4]);
    expect(joined.values.toRows()).toEqual([
      [2, 20],
      [4, 40],
    ]);
    expect(() => innerJoin(a, a)).toThrow('column "a" is in both panels; select or rename first');
    expect(() => innerJoin(a, [[1]] as never)).toThrow("right must be a Panel, got Array(1)");
  });

  test("dropMissing says how many rows it left out", () => {
    expect(() => dropMissing(null as never)).toThrow("panel must be a Panel, got null");
    const { panel, dropped } = dropMissing(readCsvPanel(csv));
    expect(dropped).toBe(1);
    expect(panel.values.toRows()).toEqual([
      [1, 10],
      [3, 12],
    ]);
  });
});
