import { Matrix, type TableLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireInteger,
  requireKnownOptions,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { answersOfPairs, pairedRows } from "./paired-rows.ts";
import { rowCorrelations } from "./row-correlations.ts";

export interface RankAutocorrelationOptions {
  /** Rows between the two rankings, an integer ≥ 1. @defaultValue 1 */
  readonly lag?: number;
  /** Assets that must have a signal in both rows, an integer ≥ 2. @defaultValue 3 */
  readonly minAssets?: number;
  /** Where to write the answer: one entry a row, memory of its own. */
  readonly out?: Float64Array;
}

/**
 * How much of the ranking of assets lasts: in each row, Spearman's correlation across assets of the signals with those of
 * `lag` rows before, in [−1, 1]. Near 1 the ranking stays and trades little.
 *
 * `signal` is time × assets (a matrix or `Panel`); the answer is a vector of one entry a row, NaN in the first `lag` rows
 * and where fewer than `minAssets` assets count or either ranking is one tie.
 *
 * @throws QuantError "range" for a lag or minAssets out of range, "shape" for a signal or `out` of a wrong form.
 */
export function rankAutocorrelation(
  signal: TableLike,
  options: RankAutocorrelationOptions = {},
): Float64Array {
  requireKnownOptions(options, ["lag", "minAssets", "out"]);
  const { lag = 1, minAssets = 3 } = options;
  requireInteger("lag", lag, 1);
  requireInteger("minAssets", minAssets, 2);
  const table = requireTable("signal", signal);
  const pairing = { lag, horizon: 1, timing: "causal" } as const;
  const { signals: before, outcomes: after } = pairedRows(table, table, pairing);
  const answer = outputVector(options.out, table.rows);
  const { data } = answersOfPairs(new Matrix(table.rows, 1, answer), pairing);
  rowCorrelations(before, after, "spearman", minAssets, data);
  return answer;
}
