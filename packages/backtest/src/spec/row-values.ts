import { type Matrix, QuantError, type TableLike, type VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireFinite, requireFiniteVector } from "@astra-quant/core-linalg/guards";
import type { Market } from "./market.ts";
import { requireTimeByAsset } from "./time-by-asset.ts";

/** One number for all, one an asset, or a time × assets table. */
export type ByAsset = number | VectorLike | TableLike;

/** One number for all bars, or one a row. */
export type ByRow = number | VectorLike;

/** The values of every row as a time × assets matrix, or of all rows as one row that repeats. */
export interface AssetRows {
  readonly data: Float64Array;
  /** Entries from a row to the next: 0 where the values are the same on every row. */
  readonly stride: number;
}

/** Reads a number, a value an asset or a table; with one asset, a vector as long as time is over time. */
export function requireAssetRows(name: string, given: ByAsset, market: Market): AssetRows {
  const { rows, columns } = market;
  if (typeof given === "number") {
    return { data: new Float64Array(columns).fill(requireFinite(name, given)), stride: 0 };
  }
  if (isVector(given) && !(columns === 1 && given.length === rows)) {
    return { data: requireFiniteVector(name, given, columns), stride: 0 };
  }
  const { data } = requireTimeByAsset(name, given as TableLike, market);
  const broken = data.findIndex((value) => !Number.isFinite(value));
  if (broken < 0) return { data, stride: columns };
  const [row, column] = [Math.floor(broken / columns), broken % columns];
  throw new QuantError("not-finite", `${name}[${row}][${column}] must be finite, got ${data[broken]}`, {
    argument: name,
    row,
    column,
    value: data[broken],
  });
}

/** Reads a number for all bars or one a row. */
export function requireRowValues(name: string, given: ByRow, rows: number): Float64Array {
  if (typeof given === "number") return new Float64Array(rows).fill(requireFinite(name, given));
  return requireFiniteVector(name, given, rows);
}

/** A table of money ≥ 0, infinity being no limit; a missing entry is none at all. */
export function requireRoom(name: string, given: TableLike, market: Market): Matrix {
  const table = requireTimeByAsset(name, given, market);
  const { columns, data } = table;
  for (let k = 0; k < data.length; k++) {
    if (!(data[k]! < 0)) continue;
    const [row, column] = [Math.floor(k / columns), k % columns];
    throw new QuantError("range", `${name}[${row}][${column}] must not be negative, got ${data[k]}`, {
      argument: name,
      row,
      column,
      value: data[k],
    });
  }
  return table;
}
