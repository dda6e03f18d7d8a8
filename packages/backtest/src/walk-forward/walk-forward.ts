import { QuantError } from "@astra-quant/core-linalg";
import type { PerformanceSummary } from "@astra-quant/risk";
import { type RowData, requireRowData } from "./data-rows.ts";
import { recordSummary } from "./record-summary.ts";
import { type EvaluatedFold, type Fold, meanOverFolds, runFolds, type WalkForwardSpec } from "./run-folds.ts";
import { type Steps, settle } from "./settle.ts";
import type { Split } from "./split.ts";
import { warningsOfWalk } from "./walk-warnings.ts";

export interface WalkForwardRun<Data extends RowData, Parameters> extends WalkForwardSpec<Data, Parameters> {
  /** As {@link walkForwardSplits} gives them; no row is tested twice. */
  readonly splits: readonly Split[];
}

export interface WalkForward<Parameters> {
  readonly folds: readonly Fold<Parameters>[];
  /** Out-of-sample returns, one entry a row of the data; NaN where nothing was tested. */
  readonly returns: Float64Array;
  /** Of the out-of-sample returns, joined. */
  readonly summary: PerformanceSummary;
  /** Means over folds, counted by their tested rows, of the annual Sharpe ratio in sample and out of sample. */
  readonly sharpe: { readonly inSample: number; readonly outOfSample: number };
  /** Mean return out of sample ÷ mean return in sample; NaN unless the latter is positive. */
  readonly efficiency: number;
  /** What must be known before the record is believed, in words. */
  readonly warnings: readonly string[];
}

function joinRecord(rows: number, evaluated: readonly EvaluatedFold<unknown>[]): Float64Array {
  const returns = new Float64Array(rows).fill(Number.NaN);
  const tested = new Uint8Array(rows);
  evaluated.forEach(({ fold, returns: parts }, k) => {
    fold.test.forEach(({ firstRow, lastRow }, i) => {
      const row = tested.subarray(0, lastRow + 1).indexOf(1, firstRow);
      if (row >= 0) {
        throw new QuantError(
          "data",
          `splits must test no row twice, got row ${row} again in splits[${k}]; combinatorialBacktest joins such tests to paths`,
          { row, split: k },
        );
      }
      tested.fill(1, firstRow, lastRow + 1);
      returns.set(parts[i]!, firstRow);
    });
  });
  return returns;
}

export function* walk<Data extends RowData, Parameters>(
  run: WalkForwardRun<Data, Parameters>,
  told?: (done: number) => void,
): Steps<WalkForward<Parameters>> {
  const evaluated = yield* runFolds(run, run.splits, told);
  const returns = joinRecord(requireRowData(run.data), evaluated);
  const folds = evaluated.map(({ fold }) => fold);
  const summary = recordSummary(returns, run.periodsPerYear);
  const sharpe = {
    inSample: meanOverFolds(folds, ({ inSample }) => inSample.sharpe),
    outOfSample: meanOverFolds(folds, ({ outOfSample }) => outOfSample.sharpe),
  };
  const inSampleReturn = meanOverFolds(folds, ({ inSample }) => inSample.meanReturn);
  const efficiency = inSampleReturn > 0 ? summary.meanReturn / inSampleReturn : Number.NaN;
  return { folds, returns, summary, sharpe, efficiency, warnings: warningsOfWalk(summary, efficiency) };
}

/**
 * Learns on each split's training rows, tests on the rows after them, and joins the tests to one out-of-sample record.
 * `fit` and `evaluate` get copies of the rows they may see and of nothing else. What a ruin leaves undefined is NaN.
 *
 * @throws QuantError "data" for splits that do not fit the data or test a row twice; "shape" for data whose parts differ
 *   in rows, or for an answer of another length; "not-finite" for returns with gaps; "option" for an unknown option or an
 *   answer that is a promise; what `fit` and `evaluate` throw.
 */
export function walkForward<Data extends RowData, Parameters>(
  spec: WalkForwardRun<Data, Parameters>,
): WalkForward<Parameters> {
  return settle(walk(spec), "; walkForwardAsync waits for it");
}
