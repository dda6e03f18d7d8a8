import { mean, QuantError, std } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";
import type { PerformanceSummary } from "@astra-quant/risk";
import type { CombinatorialSplits } from "./combinatorial-splits.ts";
import { type RowData, requireRowData } from "./data-rows.ts";
import { recordSummary } from "./record-summary.ts";
import { type EvaluatedFold, type Fold, runFolds, type WalkForwardSpec } from "./run-folds.ts";
import { type Steps, settle } from "./settle.ts";

export interface CombinatorialRun<Data extends RowData, Parameters>
  extends WalkForwardSpec<Data, Parameters> {
  /** As {@link combinatorialSplits} gives them. */
  readonly splits: CombinatorialSplits;
}

/** One history put together from tests: every row once. */
export interface TestedPath {
  /** One entry a row of the data. */
  readonly returns: Float64Array;
  readonly summary: PerformanceSummary;
}

export interface CombinatorialBacktest<Parameters> {
  readonly folds: readonly Fold<Parameters>[];
  readonly paths: readonly TestedPath[];
  /**
   * The annual Sharpe ratio over the paths that have one: mean, standard deviation (ddof 1) and the share below 0. The
   * paths share data, so their spread understates how far the mean may be off.
   */
  readonly sharpe: { readonly mean: number; readonly deviation: number; readonly shareBelowZero: number };
}

function requireCombinatorial(splits: unknown): CombinatorialSplits {
  const given = splits as Partial<CombinatorialSplits> | null | undefined;
  if (Array.isArray(given?.splits) && Array.isArray(given.paths) && Array.isArray(given.groups)) {
    return given as CombinatorialSplits;
  }
  throw new QuantError(
    "data",
    `splits must be what combinatorialSplits gives { groups, splits, paths }, got ${show(splits)}`,
    { argument: "splits" },
  );
}

function pathOf(
  rows: number,
  { groups, splits }: CombinatorialSplits,
  path: readonly number[],
  evaluated: readonly EvaluatedFold<unknown>[],
): Float64Array {
  const returns = new Float64Array(rows).fill(Number.NaN);
  groups.forEach(({ firstRow }, group) => {
    const split = path[group]!;
    const part = splits[split]!.testGroups.indexOf(group);
    returns.set(evaluated[split]!.returns[part]!, firstRow);
  });
  return returns;
}

function* combine<Data extends RowData, Parameters>(
  run: CombinatorialRun<Data, Parameters>,
): Steps<CombinatorialBacktest<Parameters>> {
  const plan = requireCombinatorial(run.splits);
  const evaluated = yield* runFolds(run, plan.splits);
  const rows = requireRowData(run.data);
  const paths = plan.paths.map((path) => {
    const returns = pathOf(rows, plan, path, evaluated);
    return { returns, summary: recordSummary(returns, run.periodsPerYear) };
  });
  const ratios = paths.map(({ summary }) => summary.sharpe).filter((ratio) => !Number.isNaN(ratio));
  return {
    folds: evaluated.map(({ fold }) => fold),
    paths,
    sharpe: {
      mean: ratios.length > 0 ? mean(ratios) : Number.NaN,
      deviation: ratios.length > 1 ? std(ratios) : Number.NaN,
      shareBelowZero:
        ratios.length > 0 ? ratios.filter((ratio) => ratio < 0).length / ratios.length : Number.NaN,
    },
  };
}

/**
 * Combinatorial purged cross-validation of a strategy: every choice of test groups once, and the tests joined to whole
 * histories, each of which tests every row with parameters that have not seen it. Where a walk forward gives one record,
 * this gives a distribution of them.
 *
 * @throws QuantError as {@link walkForward}.
 */
export function combinatorialBacktest<Data extends RowData, Parameters>(
  spec: CombinatorialRun<Data, Parameters>,
): CombinatorialBacktest<Parameters> {
  return settle(combine(spec));
}
