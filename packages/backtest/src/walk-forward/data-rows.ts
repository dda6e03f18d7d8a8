import { Matrix, Panel, QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";
import { type RowRange, rowsIn } from "../rows/row-range.ts";

type NumberArray =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** A series, a list with one entry a row, a time × columns matrix or a panel. */
export type Rows = NumberArray | readonly unknown[] | Matrix | Panel;

/** One series or table, or several by name, all of the same rows. */
export type RowData = Rows | Readonly<Record<string, Rows>>;

function isNumberArray(x: unknown): x is NumberArray {
  return ArrayBuffer.isView(x) && "length" in x;
}

function isPanelShape(x: object): x is Panel {
  return "index" in x && "columns" in x && "values" in x;
}

function isMatrixShape(x: object): x is Matrix {
  return "rows" in x && "columns" in x && "data" in x && isNumberArray(x.data);
}

function isRows(x: unknown): x is Rows {
  if (typeof x !== "object" || x === null) return false;
  return isNumberArray(x) || Array.isArray(x) || isPanelShape(x) || isMatrixShape(x);
}

function lengthOf(x: Rows): number {
  if (isNumberArray(x) || Array.isArray(x)) return x.length;
  return isPanelShape(x) ? x.index.length : (x as Matrix).rows;
}

function takeNumbers<T extends NumberArray>(x: T, ranges: readonly RowRange[], width: number): T {
  const out = new (x.constructor as new (length: number) => T)(rowsIn(ranges) * width);
  let at = 0;
  for (const { firstRow, lastRow } of ranges) {
    out.set(x.subarray(firstRow * width, (lastRow + 1) * width), at);
    at += (lastRow + 1 - firstRow) * width;
  }
  return out;
}

function take(x: Rows, ranges: readonly RowRange[]): Rows {
  if (isNumberArray(x)) return takeNumbers(x, ranges, 1);
  if (Array.isArray(x)) {
    const rows = ranges.flatMap(({ firstRow, lastRow }) => x.slice(firstRow, lastRow + 1));
    return rows.map((row) => (Array.isArray(row) || isNumberArray(row) ? row.slice() : row));
  }
  if (isPanelShape(x)) {
    const index = takeNumbers(x.index, ranges, 1);
    return new Panel({ index, columns: x.columns, values: take(x.values, ranges) as Matrix });
  }
  const { columns, data } = x as Matrix;
  return new Matrix(rowsIn(ranges), columns, takeNumbers(data, ranges, columns));
}

/** How many rows the data have: as many in every part. */
export function requireRowData(data: unknown): number {
  if (isRows(data)) return lengthOf(data);
  const parts = typeof data === "object" && data !== null ? Object.entries(data) : [];
  if (parts.length === 0) {
    throw new QuantError("shape", `data must be a series, a table or several by name, got ${show(data)}`, {
      argument: "data",
    });
  }
  let rows = -1;
  for (const [name, part] of parts) {
    if (!isRows(part)) {
      throw new QuantError("shape", `data.${name} must be a series or a table, got ${show(part)}`, {
        argument: `data.${name}`,
      });
    }
    if (rows < 0) rows = lengthOf(part);
    if (lengthOf(part) !== rows) {
      throw new QuantError(
        "shape",
        `data.${name} must have ${rows} rows like the rest, got ${lengthOf(part)}`,
        {
          argument: `data.${name}`,
          expected: rows,
        },
      );
    }
  }
  return rows;
}

/** The data of these rows alone, as copies with nothing behind them. */
export function dataOfRows<Data extends RowData>(data: Data, ranges: readonly RowRange[]): Data {
  if (isRows(data)) return take(data, ranges) as Data;
  const parts = Object.entries(data as Record<string, Rows>).map(([name, part]) => [
    name,
    take(part, ranges),
  ]);
  return Object.fromEntries(parts) as Data;
}
