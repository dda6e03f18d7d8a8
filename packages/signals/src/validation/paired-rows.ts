import { Matrix, type TableLike } from "@astra-quant/core-linalg";
import { requireTable, requireTableLike } from "@astra-quant/core-linalg/guards";
import { type Pairing, rowsBack } from "./pairing.ts";

/** Signals beside the outcomes that followed them, row by row; as many rows fewer than the tables as a signal waits. */
export interface PairedRows {
  readonly signals: Matrix;
  readonly outcomes: Matrix;
}

/** Π (1 + r) − 1 of `horizon` returns that end at `last`, every `stride` entries; r itself for one. */
export function compounded(
  returns: ArrayLike<number>,
  last: number,
  horizon: number,
  stride: number,
): number {
  if (horizon === 1) return returns[last]!;
  let growth = 1;
  for (let k = horizon - 1; k >= 0; k--) growth *= 1 + returns[last - k * stride]!;
  return growth - 1;
}

/** `rows` rows of a table from `first` on, without a copy. */
function rowsOf({ columns, data }: Matrix, first: number, rows: number): Matrix {
  return new Matrix(rows, columns, data.subarray(first * columns, (first + rows) * columns));
}

function waiting(pairing: Pairing, rows: number): number {
  return Math.min(rowsBack(pairing), rows);
}

/** The pairs of both tables; views of them where nothing has to be compounded. */
export function pairedRows(signal: TableLike, returns: TableLike, pairing: Pairing): PairedRows {
  const given = requireTable("signal", signal);
  const earned = requireTableLike("returns", returns, "signal", given);
  const { columns } = given;
  const back = waiting(pairing, given.rows);
  const rows = given.rows - back;
  const signals = rowsOf(given, 0, rows);
  if (pairing.horizon === 1) return { signals, outcomes: rowsOf(earned, back, rows) };
  const outcomes = new Matrix(rows, columns);
  for (let k = 0; k < outcomes.data.length; k++) {
    outcomes.data[k] = compounded(earned.data, back * columns + k, pairing.horizon, columns);
  }
  return { signals, outcomes };
}

/**
 * The part of an answer that belongs to the pairs, without a copy: from the row on in which the first outcome is known, or
 * from the first signal's for the timing that looks ahead. The other rows become NaN.
 */
export function answersOfPairs(answer: Matrix, pairing: Pairing): Matrix {
  const { rows, columns, data } = answer;
  const back = waiting(pairing, rows);
  const first = pairing.timing === "look-ahead" ? 0 : back;
  data.fill(Number.NaN, 0, first * columns).fill(Number.NaN, (first + rows - back) * columns);
  return rowsOf(answer, first, rows - back);
}

/** Row t without a copy. */
export function rowOf({ data, columns }: Matrix, t: number): Float64Array {
  return data.subarray(t * columns, (t + 1) * columns);
}
