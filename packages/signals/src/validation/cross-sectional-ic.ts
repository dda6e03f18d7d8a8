import { Matrix, type TableLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireInteger,
  requireKnownOptions,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { type IcMethod, requireIcMethod } from "./information-coefficient.ts";
import { answersOfPairs, pairedRows } from "./paired-rows.ts";
import { PAIRING_OPTIONS, type PairingOptions, requirePairing } from "./pairing.ts";
import { rowCorrelations } from "./row-correlations.ts";

export interface CrossSectionalIcOptions extends PairingOptions {
  /** @defaultValue "spearman" */
  readonly method?: IcMethod;
  /** Assets that must have a signal and an outcome, an integer ≥ 2. @defaultValue 3 */
  readonly minAssets?: number;
  /** Where to write the answer: one entry a row, memory of its own. */
  readonly out?: Float64Array;
}

/**
 * The cross-sectional information coefficient: in each row, the correlation across assets of the signals with the returns
 * that followed them, in [−1, 1]. Row t is made of what is known at t: with the defaults, signals of t − 1 and returns
 * of t.
 *
 * `signal` and `returns` are time × assets of one shape (matrices or `Panel`s); the answer is a vector of one entry a row.
 * An asset counts where both of its numbers are finite; NaN where fewer than `minAssets` do or where either side does not
 * vary.
 *
 * @throws QuantError "range" for a lag, horizon or minAssets out of range, "shape" for tables or `out` that do not fit,
 *   "option" for an unknown name, method or timing.
 */
export function crossSectionalIc(
  signal: TableLike,
  returns: TableLike,
  options: CrossSectionalIcOptions = {},
): Float64Array {
  requireKnownOptions(options, ["method", "minAssets", ...PAIRING_OPTIONS, "out"]);
  const { method = "spearman", minAssets = 3 } = options;
  requireIcMethod("method", method);
  requireInteger("minAssets", minAssets, 2);
  const pairing = requirePairing(options);
  const { signals, outcomes } = pairedRows(signal, returns, pairing);
  const { rows } = requireTable("signal", signal);
  const answer = outputVector(options.out, rows);
  const { data } = answersOfPairs(new Matrix(rows, 1, answer), pairing);
  rowCorrelations(signals, outcomes, method, minAssets, data);
  return answer;
}
