import { describe, expect, test } from "vitest";
import { Matrix, Panel, readCsvPanel } from "../../src/index.ts";

const csv = "date,A,B\n2024-01-02,1,10\n2024-01-03,,11\n2024-01-04,3,12\n";

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
      /columns must hold a name for each column of values, 1 in all/,
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

  test("rename gives other names and shares the values", () => {
    const panel = readCsvPanel(csv);
    const renamed = panel.rename({ A: "alpha" });
    expect(renamed.columns).toEqual(["alpha", "B"]);
    expect(renamed.values.data).toBe(panel.values.data);
    expect(panel.rename({ A: "B", B: "A" }).columns).toEqual(["B", "A"]);
    expect(panel.columns).toEqual(["A", "B"]);
    expect(() => panel.rename({ A: "B" })).toThrow('column "B" occurs twice');
    expect(() => panel.rename({ Z: "a" })).toThrow('no column "Z"; the panel has A, B');
    expect(() => panel.rename({ A: 7 as never })).toThrow("columns[0] must be a name, got 7");
    expect(() => panel.rename(undefined as never)).toThrow(
      "names must be an object of new names by old, got undefined",
    );
  });

  test("between takes its first moment and leaves its last", () => {
    const panel = readCsvPanel(csv);
    expect(Array.from(panel.between("2024-01-02", "2024-01-04").column("B"))).toEqual([10, 11]);
    expect(Array.from(panel.between(new Date("2024-01-03"), Date.UTC(2024, 1)).column("B"))).toEqual([
      11, 12,
    ]);
    expect(panel.between("2024-01-02T00:00:00.001", "2024-01-03").rows).toBe(0);
    expect(panel.between("2025-01", "2026-01").rows).toBe(0);
    expect(panel.between("2024-01-04", "2024-01-02").rows).toBe(0);
    expect(panel.between(-8.64e15, 8.64e15).rows).toBe(3);
    expect(() => panel.between("soon", "2026-01")).toThrow(
      'from must be an ISO date, a Date or epoch milliseconds, got "soon"',
    );
    expect(() => panel.between(0, Number.NaN)).toThrow("until must be an ISO date");
  });

  test("a panel may be empty, in rows or in columns", () => {
    const rowless = new Panel({ index: [], columns: ["x"], values: new Matrix(0, 1) });
    expect([rowless.rows, rowless.slice(0, 3).rows, rowless.between(0, 1).rows]).toEqual([0, 0, 0]);
    expect(new Panel({ index: [], columns: ["x", "y"], values: [] }).select(["y"]).rows).toBe(0);
    expect(() => new Panel({ index: [0], columns: ["x"], values: [] })).toThrow(
      "index must have 0 entries, got 1",
    );
    expect(() => new Panel({ index: [], columns: undefined as never, values: [] })).toThrow(
      "columns must hold a name for each column of values, 0 in all, got undefined",
    );
    const columnless = readCsvPanel(csv).select([]);
    expect([columnless.rows, columnless.slice(1).rows]).toEqual([3, 2]);
  });

  test("times are finite, at either end and between", () => {
    const rows = [[1], [2], [3]];
    for (const [t, value] of [
      [0, Number.NEGATIVE_INFINITY],
      [1, Number.NaN],
      [2, Number.POSITIVE_INFINITY],
    ] as const) {
      const index = [0, 1, 2].with(t, value);
      expect(() => new Panel({ index, columns: ["x"], values: rows })).toThrow(
        `index[${t}] must be finite, got ${value}`,
      );
    }
    expect(() => new Panel({ index: [Number.NaN], columns: ["x"], values: [[1]] })).toThrow(
      "index[0] must be finite, got NaN",
    );
    const farthest = [-Number.MAX_VALUE, 0, Number.MAX_VALUE];
    expect(new Panel({ index: farthest, columns: ["x"], values: rows }).rows).toBe(3);
    expect(() => new Panel(null as never)).toThrow("fields must be an object, got null");
  });

  test("−0 and 0 are one time", () => {
    expect(() => new Panel({ index: [-0, 0], columns: ["x"], values: [[1], [2]] })).toThrow(
      "row 1: time 1970-01-01 occurs twice",
    );
  });
});
