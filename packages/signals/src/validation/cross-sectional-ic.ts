import { Matrix, type TableLike } from "@astra-quant/core-linalg";
import { outputVector, requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { type IcMethod, requireIcMethod } from "./information-coefficient.ts";
import { PAIRING_OPTIONS, type PairingOptions, requirePairing } from "./pairing.ts";
import { RowCorrelation } from "./row-correlation.ts";
import { inTiming, signalOutcomes } from "./signal-outcomes.ts";

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
  const { signals, outcomes } = signalOutcomes(signal, returns, pairing);
  const row = new RowCorrelation(signals.columns, method, minAssets);
  const answer = new Matrix(signals.rows, 1, outputVector(options.out, signals.rows));
  for (let t = 0; t < signals.rows; t++) {
    answer.data[t] = row.of(rowOf(signals, t), rowOf(outcomes, t));
  }
  return inTiming(answer, pairing).data;
}

/** Row t without a copy. */
export function rowOf({ data, columns }: Matrix, t: number): Float64Array {
  return data.subarray(t * columns, (t + 1) * columns);
}
