import { Matrix, mean, std, type TableLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireInteger,
  requireKnownOptions,
  requirePositive,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { answersOfPairs, pairedRows } from "../validation/paired-rows.ts";
import { requirePairing } from "../validation/pairing.ts";
import { type PositionRule, positionOf, requirePositionRule } from "../validation/position.ts";

export interface SignalPnlOptions {
  /** Rows from a signal to the return that its position earns, an integer ≥ 1. @defaultValue 1 */
  readonly lag?: number;
  /** The position that a signal asks for, as in `turnover`. @defaultValue "tanh" */
  readonly position?: PositionRule;
  /** Where to write the answer: one entry a row, memory of its own. */
  readonly out?: Float64Array;
}

export interface SignalSharpeOptions extends Omit<SignalPnlOptions, "out"> {
  /** Rows in a year. @defaultValue 252 */
  readonly periodsPerYear?: number;
}

/**
 * What a signal earns by itself, before costs: in each row, the mean over assets of the position of `lag` rows before times
 * the return. A fraction of the largest position a period; NaN where no asset has both.
 *
 * `signal` and `returns` are vectors or time × assets of one shape; the answer is one entry a row.
 *
 * @throws QuantError "range" for a lag that is no integer ≥ 1, "shape" for tables or `out` that do not fit, "option" for an
 *   unknown name or rule.
 */
export function signalPnl(
  signal: TableLike,
  returns: TableLike,
  options: SignalPnlOptions = {},
): Float64Array {
  requireKnownOptions(options, ["lag", "position", "out"]);
  const { lag = 1, position = "tanh" } = options;
  requireInteger("lag", lag, 1);
  requirePositionRule(position);
  const pairing = requirePairing({ lag });
  const { signals, outcomes } = pairedRows(signal, returns, pairing);
  const { rows } = requireTable("signal", signal);
  const pnl = outputVector(options.out, rows);
  const answers = answersOfPairs(new Matrix(rows, 1, pnl), pairing).data;
  const { columns } = signals;
  for (let t = 0; t < answers.length; t++) {
    let sum = 0;
    let count = 0;
    for (let k = t * columns; k < (t + 1) * columns; k++) {
      const earned = positionOf(signals.data[k]!, position) * outcomes.data[k]!;
      if (!Number.isFinite(earned)) continue;
      sum += earned;
      count++;
    }
    answers[t] = count === 0 ? Number.NaN : sum / count;
  }
  return pnl;
}

/**
 * The annualised Sharpe ratio of {@link signalPnl}, mean ÷ standard deviation (n − 1) · √periodsPerYear, over the rows that
 * have one; NaN with fewer than two or when the P&L does not vary.
 *
 * @throws QuantError as `signalPnl` does; "range" for a year that is not positive.
 */
export function signalSharpe(
  signal: TableLike,
  returns: TableLike,
  options: SignalSharpeOptions = {},
): number {
  requireKnownOptions(options, ["lag", "position", "periodsPerYear"]);
  const { periodsPerYear = 252, ...rest } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const pnl = signalPnl(signal, returns, rest).filter((value) => !Number.isNaN(value));
  const spread = std(pnl);
  return spread > 0 ? (mean(pnl) / spread) * Math.sqrt(periodsPerYear) : Number.NaN;
}
