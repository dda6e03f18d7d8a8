import { bits, expectClose, fixture } from "@astra-quant/testkit";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { panelFromArrow } from "../../src/arrow/index.ts";

const truth = fixture(import.meta.url, "arrow.json");
const table = tableFromIPC(Buffer.from(truth.stream, "base64"));
const columns = Object.keys(truth.values);

describe("a stream of two batches that pyarrow wrote", () => {
  test("has its numbers read in every width, nulls as NaN", () => {
    expect(table.batches.length).toBe(2);
    const panel = panelFromArrow(table, { time: "ms", columns });
    for (const name of columns) expectClose(panel.column(name), truth.values[name], bits);
  });

  for (const [time, moments] of Object.entries(truth.times)) {
    test(`has its times read from ${time}`, () => {
      const panel = panelFromArrow(table, { time, columns: ["float64"], subMillisecond: "floor" });
      expectClose(panel.index, moments as number[], bits);
    });
  }

  test("a slice of it is read from its own first row on", () => {
    const panel = panelFromArrow(table.slice(1, 4), { time: "us", columns });
    expectClose(panel.index, truth.times.us.slice(1), bits);
    for (const name of columns) expectClose(panel.column(name), truth.values[name].slice(1), bits);
  });

  test.each([
    ["fine", "column \"fine\" row 0: -750 µs is no whole millisecond; subMillisecond: 'floor' cuts it off"],
    ["holes", 'column "holes" row 1: a time may not be null'],
    ["float64", 'column "float64" is Float64; times must be dates or timestamps, whose unit is known'],
    ["int64", 'column "int64" is Int64; times must be dates or timestamps, whose unit is known'],
    ["nothing", 'there is no column "nothing"; the table has ms, us, ns, '],
  ])("times in %s are refused", (time, message) => {
    expect(() => panelFromArrow(table, { time, columns: [] })).toThrow(message);
  });

  test.each([
    ["wide", 'column "wide" row 0: 9007199254740993 is no double'],
    ["text", 'column "text" is Utf8, not integers or floating-point numbers; choose among the columns'],
    ["category", 'column "category" is Dictionary<Int32, Utf8>, not integers'],
    ["decimal", 'column "decimal" is Decimal'],
    ["flag", 'column "flag" is Bool, not integers'],
    ["us", 'column "us" is Timestamp<MICROSECOND, America/New_York>, not integers'],
  ])("values in %s are refused", (name, message) => {
    expect(() => panelFromArrow(table, { time: "ms", columns: [name] })).toThrow(message);
  });
});
