import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { thinnedRows } from "../../src/index.ts";

const long = Float64Array.from({ length: 1000 }, (_, t) => t % 7);

describe("the rows that a line needs", () => {
  test("are all of a short series", () => {
    expect(Array.from(thinnedRows([3, 1, 2]))).toEqual([0, 1, 2]);
    expect(thinnedRows(long).length).toBe(1000);
    expect(thinnedRows([]).length).toBe(0);
  });

  test("keep one bad tick among thousands", () => {
    const series = new Float64Array(50_000).fill(1);
    series[31_415] = 0.2;
    expect(thinnedRows(series, { columns: 100 })).toContain(31_415);
  });

  test("keep a gap, so that no line is drawn across it", () => {
    const series = new Float64Array(5000).fill(1);
    series[2500] = Number.NaN;
    expect(thinnedRows(series, { columns: 100 })).toContain(2500);
  });

  test("refuse what is no number of columns", () => {
    expect(() => thinnedRows(long, { columns: 0 })).toThrow("columns must be an integer ≥ 1, got 0");
    expect(() => thinnedRows(long, { column: 3 } as never)).toThrow(
      "unknown option 'column'; did you mean 'columns'?",
    );
    expect(() => thinnedRows("x" as never)).toThrow('values must be a vector of numbers, got "x"');
  });

  test("of any series: ascending, with its ends, and the extremes of each column", () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, 1, Number.NaN));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 40 }),
        (series, columns) => {
          const rows = Array.from(thinnedRows(series, { columns }));
          expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
          expect(rows[0]).toBe(0);
          expect(rows.at(-1)).toBe(series.length - 1);
          if (series.length <= 2 * columns) return;
          expect(rows.length).toBeLessThanOrEqual(3 * columns + 2);
          for (let c = 0; c < columns; c++) {
            const from = Math.floor((c * series.length) / columns);
            const end = Math.floor(((c + 1) * series.length) / columns);
            const all = series.slice(from, end).filter(Number.isFinite);
            const kept = rows
              .filter((t) => t >= from && t < end)
              .map((t) => series[t]!)
              .filter(Number.isFinite);
            expect(Math.min(...kept) === Math.min(...all)).toBe(true);
            expect(Math.max(...kept) === Math.max(...all)).toBe(true);
          }
        },
      ),
    );
  });
});
