import { Matrix, type TableLike } from "@astra-quant/core-linalg";
import { requireTable, requireTableLike } from "@astra-quant/core-linalg/guards";
import { type Pairing, rowsBack } from "./pairing.ts";

/** Signals beside the outcomes that followed them: row t of both is known at t. */
export interface SignalOutcomes {
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

/** The tables of both, each signal moved down to the row in which its outcome is known; NaN before. */
export function signalOutcomes(signal: TableLike, returns: TableLike, pairing: Pairing): SignalOutcomes {
  const given = requireTable("signal", signal);
  const earned = requireTableLike("returns", returns, "signal", given);
  const { rows, columns } = given;
  const { horizon } = pairing;
  const back = Math.min(rowsBack(pairing), rows);
  const signals = new Matrix(rows, columns);
  const outcomes = new Matrix(rows, columns);
  signals.data.fill(Number.NaN, 0, back * columns);
  outcomes.data.fill(Number.NaN, 0, back * columns);
  signals.data.set(given.data.subarray(0, (rows - back) * columns), back * columns);
  for (let k = back * columns; k < rows * columns; k++) {
    outcomes.data[k] = compounded(earned.data, k, horizon, columns);
  }
  return { signals, outcomes };
}

/** Moves the rows of a causal answer up to those of the signals, in place, for the timing that looks ahead. */
export function inTiming(answer: Matrix, pairing: Pairing): Matrix {
  if (pairing.timing !== "look-ahead") return answer;
  const { data, rows, columns } = answer;
  const back = Math.min(rowsBack(pairing), rows);
  data.copyWithin(0, back * columns);
  data.fill(Number.NaN, (rows - back) * columns);
  return answer;
}
