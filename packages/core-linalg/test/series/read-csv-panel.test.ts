import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { parseTime, readCsvPanel } from "../../src/index.ts";

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

  test("fields may stand apart by semicolons, tabs or bars", () => {
    for (const mark of [";", "\t", "|"]) {
      const text = ["date,x,y", "2024-01-02,1.5,2", "2024-01-03,2.5,"].join("\n").replaceAll(",", mark);
      const panel = readCsvPanel(text);
      expect(panel.columns).toEqual(["x", "y"]);
      expect([...panel.column("x")]).toEqual([1.5, 2.5]);
    }
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
