import { bits, expectClose, ordinaryNumber } from "@astra-quant/testkit";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { panelFromArrow, panelToArrow } from "../../src/arrow/index.ts";
import { Matrix, Panel } from "../../src/index.ts";

const NaN_ = Number.NaN;
const panel = new Panel({
  index: [-1, 0, Date.UTC(2024, 1, 29)],
  columns: ["10", "b", "9"],
  values: [
    [1, NaN_, -0],
    [NaN_, Number.NEGATIVE_INFINITY, 5e-324],
    [1e300, 0.1, Number.POSITIVE_INFINITY],
  ],
});

describe("panelToArrow", () => {
  test("writes timestamps and doubles, columns in the panel's order, missing values as nulls", () => {
    const table = panelToArrow(panel, arrow);
    expect(table.schema.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      "time: Timestamp<MILLISECOND, UTC>",
      "10: Float64",
      "b: Float64",
      "9: Float64",
    ]);
    expect(table.numRows).toBe(3);
    expect(table.getChild("10")!.nullCount).toBe(1);
    expect(table.getChild("b")!.get(0)).toBeNull();
    expect(table.getChild("9")!.nullCount).toBe(0);
    expect(table).toBeInstanceOf(arrow.Table);
  });

  test("keeps NaN on request, and names the times and their zone", () => {
    const table = panelToArrow(panel, arrow, { missing: "nan", time: "t", timeZone: null });
    expect(String(table.schema.fields[0])).toBe("t: Timestamp<MILLISECOND>");
    expect(table.getChild("b")!.nullCount).toBe(0);
    expect(table.getChild("b")!.get(0)).toBeNaN();
  });

  test("does not share the panel's memory", () => {
    const table = panelToArrow(panel, arrow);
    expect((table.getChild("10")!.toArray() as Float64Array).buffer).not.toBe(panel.values.data.buffer);
  });

  test("refuses a name twice, times between milliseconds, and what is no apache-arrow", () => {
    expect(() => panelToArrow(panel, arrow, { time: "b" })).toThrow(
      'column "b" has the name of the times; choose another in time',
    );
    const fine = new Panel({ index: [0.5], columns: ["x"], values: [[1]] });
    expect(() => panelToArrow(fine, arrow)).toThrow("row 0: time 0.5 is no whole millisecond");
    expect(() => panelToArrow(panel, {} as never)).toThrow(
      "arrow must be the apache-arrow module, but has no Table",
    );
    expect(() => panelToArrow(panel, undefined as never)).toThrow("arrow must be the apache-arrow module");
    expect(() => panelToArrow([[1]] as never, arrow)).toThrow("panel must be a Panel, got Array(1)");
    expect(() => panelToArrow(panel, arrow, { missing: "zero" as never })).toThrow(
      "missing must be one of 'null', 'nan', got \"zero\"",
    );
    expect(() => panelToArrow(panel, arrow, { zone: "UTC" } as never)).toThrow("unknown option 'zone'");
  });
});

describe("panelFromArrow", () => {
  test("gives back what panelToArrow wrote, in bits, through memory and through a file", () => {
    const cell = fc.oneof(ordinaryNumber, fc.double(), fc.constantFrom(NaN_, -0, 5e-324));
    const panels = fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 4 })).chain(([rows, columns]) =>
      fc.array(cell, { minLength: rows * columns, maxLength: rows * columns }).map(
        (values) =>
          new Panel({
            index: Array.from({ length: rows }, (_, t) => t * 86_400_000 - 5),
            columns: Array.from({ length: columns }, (_, j) => `${9 - j}`),
            values: new Matrix(rows, columns, Float64Array.from(values)),
          }),
      ),
    );
    fc.assert(
      fc.property(panels, fc.constantFrom("null" as const, "nan" as const), (x, missing) => {
        const table = panelToArrow(x, arrow, { missing });
        for (const read of [table, arrow.tableFromIPC(arrow.tableToIPC(table))]) {
          const back = panelFromArrow(read, { time: "time" });
          expect(back.columns).toEqual(x.columns);
          expectClose(back.index, x.index, bits);
          expectClose(back.values, x.values, bits);
        }
      }),
    );
  });

  test("reads the columns that are asked for, in that order", () => {
    const back = panelFromArrow(panelToArrow(panel, arrow), { time: "time", columns: ["b", "10"] });
    expect(back.columns).toEqual(["b", "10"]);
    expectClose(back.values, panel.select(["b", "10"]).values, bits);
  });

  test("joins the chunks of a table put together", () => {
    const both = panelToArrow(panel.slice(0, 1), arrow).concat(panelToArrow(panel.slice(1), arrow));
    expectClose(panelFromArrow(both, { time: "time" }).values, panel.values, bits);
  });

  test("refuses times that do not ascend, naming the row", () => {
    const same = panelToArrow(panel.slice(0, 1), arrow);
    expect(() => panelFromArrow(same.concat(same), { time: "time" })).toThrow(
      "row 1: time 1969-12-31T23:59:59.999Z occurs twice",
    );
  });

  test("refuses what is no table, names that occur twice, and lists that are none", () => {
    for (const junk of [undefined, null, [[1]], { schema: {} }, panel]) {
      expect(() => panelFromArrow(junk as never, { time: "time" })).toThrow(
        "table must be an Arrow table, got",
      );
    }
    const column = { name: "x" };
    const twice = { numRows: 0, schema: { fields: [column, column] }, getChildAt: () => null };
    expect(() => panelFromArrow(twice, { time: "x" })).toThrow('column "x" occurs twice');
    const table = panelToArrow(panel, arrow);
    expect(() => panelFromArrow(table, { time: "time", columns: "b" as never })).toThrow(
      'columns must be an array of names, got "b"',
    );
    expect(() => panelFromArrow(table, { time: "time", columns: ["b", "b"] })).toThrow(
      'column "b" occurs twice',
    );
    expect(() => panelFromArrow(table, { tim: "time" } as never)).toThrow(
      "unknown option 'tim'; did you mean 'time'?",
    );
    expect(() => panelFromArrow(table, { time: "time", subMillisecond: "round" as never })).toThrow(
      "subMillisecond must be one of 'refuse', 'floor', got \"round\"",
    );
  });

  test("refuses names and zones that are no text", () => {
    const table = panelToArrow(panel, arrow);
    expect(() => panelFromArrow(table, {} as never)).toThrow(
      "time must be the name of a column, got undefined",
    );
    expect(() => panelToArrow(panel, arrow, { time: 5 as never })).toThrow("time must be a name, got 5");
    expect(() => panelToArrow(panel, arrow, { timeZone: 5 as never })).toThrow(
      "timeZone must be a zone's name or null, got 5",
    );
  });

  test("refuses the timestamps of an apache-arrow that keeps them in halves", () => {
    const times = {
      type: { typeId: 10, unit: 1, toString: () => "Timestamp<MILLISECOND>" },
      length: 1,
      nullCount: 0,
      isValid: () => true,
      get: () => 0,
      toArray: () => new Int32Array(2),
    };
    const old = { numRows: 1, schema: { fields: [{ name: "t" }] }, getChildAt: () => times };
    expect(() => panelFromArrow(old, { time: "t" })).toThrow(
      'column "t" must hold its timestamps as bigint: apache-arrow 17 or newer',
    );
  });
});
