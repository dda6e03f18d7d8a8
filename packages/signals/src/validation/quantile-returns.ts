import { Matrix, type NeweyWest, neweyWest, type TableLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requireTable } from "@astra-quant/core-linalg/guards";
import { centredRanks } from "./centred-ranks.ts";
import { answersOfPairs, pairedRows, rowOf } from "./paired-rows.ts";
import { PAIRING_OPTIONS, type PairingOptions, requirePairing } from "./pairing.ts";

export interface QuantileReturnsOptions extends PairingOptions {
  /** Portfolios, an integer ≥ 2. @defaultValue 5 */
  readonly quantiles?: number;
}

export interface QuantileReturns {
  /** Time × portfolios: the mean outcome of the assets in each, the lowest signals first; NaN for an empty one. */
  readonly returns: Matrix;
  /** The highest portfolio's outcome less the lowest's, one entry a row. */
  readonly spread: Float64Array;
  /** Each portfolio's mean over the rows in which it has one. */
  readonly means: Float64Array;
  /** The mean spread, with a standard error that is right under autocorrelation; undefined with fewer than two spreads. */
  readonly meanSpread: NeweyWest | undefined;
}

/** Puts the mean outcome of each portfolio of one row into `out`, by the middle of an asset's rank. */
function fillRow(signals: Float64Array, outcomes: Float64Array, out: Float64Array): void {
  const known = signals
    .map((_, j) => j)
    .filter((j) => Number.isFinite(signals[j]!) && Number.isFinite(outcomes[j]!));
  const n = known.length;
  const q = out.length;
  const ranks = new Float64Array(n);
  centredRanks(
    known.map((j) => signals[j]!),
    ranks,
  );
  const counts = new Float64Array(q);
  out.fill(0);
  for (let i = 0; i < n; i++) {
    const portfolio = Math.min(q - 1, Math.floor(((ranks[i]! + n) * q) / (2 * n))); // (rank − ½) ÷ n
    out[portfolio]! += outcomes[known[i]!]!;
    counts[portfolio]!++;
  }
  for (let k = 0; k < q; k++) out[k] = counts[k] === 0 ? Number.NaN : out[k]! / counts[k]!;
}

function meanOfKnown(x: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of x) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/**
 * What portfolios sorted by the signal earned: in each row the assets are ranked by the signal into `quantiles` groups of
 * equal size (to within one; the asset of rank k of n is in group ⌊(k − ½) q ÷ n⌋, ties share their mean rank), and each
 * group's mean outcome is taken. Row t is made of what is known at t: with the defaults, signals of t − 1 and returns of t.
 * Outcomes over a horizon above 1 overlap; the standard error of the mean spread counts at least as many lags.
 *
 * `signal` and `returns` are time × assets of one shape; an asset counts where both of its numbers are finite.
 *
 * @throws QuantError "range" for quantiles, lag or horizon out of range, "shape" for tables that do not fit, "option" for
 *   an unknown name or timing.
 */
export function quantileReturns(
  signal: TableLike,
  returns: TableLike,
  options: QuantileReturnsOptions = {},
): QuantileReturns {
  requireKnownOptions(options, ["quantiles", ...PAIRING_OPTIONS]);
  const { quantiles = 5 } = options;
  requireInteger("quantiles", quantiles, 2);
  const pairing = requirePairing(options);
  const { signals, outcomes } = pairedRows(signal, returns, pairing);
  const earned = new Matrix(requireTable("signal", signal).rows, quantiles);
  const ofPairs = answersOfPairs(earned, pairing);
  for (let t = 0; t < signals.rows; t++) {
    fillRow(rowOf(signals, t), rowOf(outcomes, t), rowOf(ofPairs, t));
  }
  const spread = Float64Array.from({ length: earned.rows }, (_, t) => {
    return earned.get(t, quantiles - 1) - earned.get(t, 0);
  });
  return {
    returns: earned,
    spread,
    means: Float64Array.from({ length: quantiles }, (_, k) => meanOfKnown(earned.column(k))),
    meanSpread: meanWithError(
      spread.filter((value) => !Number.isNaN(value)),
      pairing.horizon,
    ),
  };
}

function meanWithError(series: Float64Array, horizon: number): NeweyWest | undefined {
  if (series.length < 2) return undefined;
  const automatic = neweyWest(series);
  const lags = Math.min(horizon - 1, series.length - 1);
  return automatic.lags >= lags ? automatic : neweyWest(series, { lags });
}
