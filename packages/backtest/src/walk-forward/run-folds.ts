import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requirePositive,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import type { PerformanceSummary } from "@astra-quant/risk";
import { type RowRange, rowsIn } from "../rows/row-range.ts";
import { dataOfRows, type RowData, requireRowData } from "./data-rows.ts";
import { recordSummary } from "./record-summary.ts";
import type { Steps } from "./settle.ts";
import type { Split } from "./split.ts";

/** What `fit` sees. */
export interface TrainingRows<Data> {
  /** Copies of the rows to learn from, one range after the other. */
  readonly data: Data;
  readonly ranges: readonly RowRange[];
}

/** What `evaluate` sees. */
export interface TestedRows<Data> {
  /** Copies of up to `history` rows before the tested ones, and of the tested ones. */
  readonly data: Data;
  /** Which rows are tested, in the whole data. */
  readonly range: RowRange;
  /** Where the tested rows begin in `data`. */
  readonly firstTested: number;
}

export interface WalkForwardSpec<Data extends RowData, Parameters> {
  /** Series or tables with one row a moment; those under names have equally many. */
  readonly data: Data;
  /** What is learnt from these rows; nothing else of the data is at hand. */
  readonly fit: (training: TrainingRows<Data>) => Parameters;
  /**
   * The returns that the parameters earn, fractions: one for each tested row, or one for each row of `data`, whose
   * history is then left out. NaN at the beginning is not yet begun. Called for the rows learnt from as well.
   */
  readonly evaluate: (tested: TestedRows<Data>, parameters: Parameters) => VectorLike;
  /**
   * Rows before the tested ones that `evaluate` may see, to warm up with.
   * @defaultValue 0
   */
  readonly history?: number;
  /** Rows in a year. */
  readonly periodsPerYear: number;
}

/** One lesson and its test. */
export interface Fold<Parameters> extends Split {
  readonly parameters: Parameters;
  /** Of what the parameters earned on the rows they were learnt from. */
  readonly inSample: PerformanceSummary;
  /** And on the tested rows. */
  readonly outOfSample: PerformanceSummary;
}

/** A fold and its returns: one vector a range of the test. */
export interface EvaluatedFold<Parameters> {
  readonly fold: Fold<Parameters>;
  readonly returns: readonly Float64Array[];
}

function requireFunction(name: string, x: unknown): void {
  if (typeof x === "function") return;
  throw new QuantError("option", `${name} must be a function, got ${show(x)}`, { argument: name });
}

function requireRanges(name: string, ranges: unknown, rows: number): asserts ranges is readonly RowRange[] {
  if (!Array.isArray(ranges) || ranges.length === 0) {
    throw new QuantError("data", `${name} must be ranges of rows, at least one, got ${show(ranges)}`, {
      argument: name,
    });
  }
  (ranges as readonly RowRange[]).forEach((range, i) => {
    requireInteger(`${name}[${i}].firstRow`, range?.firstRow, 0, rows - 1);
    requireInteger(`${name}[${i}].lastRow`, range.lastRow, range.firstRow, rows - 1);
  });
}

/** Refuses splits that do not fit the data, or in which a row is learnt from and tested on. */
function requireSplits(splits: unknown, rows: number): readonly Split[] {
  if (!Array.isArray(splits) || splits.length === 0) {
    throw new QuantError("data", `splits must be a list of splits, at least one, got ${show(splits)}`, {
      argument: "splits",
    });
  }
  (splits as readonly Split[]).forEach((split, k) => {
    const name = `splits[${k}]`;
    requireRanges(`${name}.train`, split?.train, rows);
    requireRanges(`${name}.test`, split.test, rows);
    const used = new Uint8Array(rows);
    for (const { firstRow, lastRow } of split.train) used.fill(1, firstRow, lastRow + 1);
    for (const { firstRow, lastRow } of split.test) {
      const row = used.subarray(0, lastRow + 1).indexOf(1, firstRow);
      if (row < 0) continue;
      throw new QuantError("data", `${name} must not test on a row it learns from, got row ${row}`, { row });
    }
  });
  return splits;
}

function returnsOf(answer: unknown, tested: TestedRows<unknown>): Float64Array {
  const { firstRow, lastRow } = tested.range;
  const rows = lastRow - firstRow + 1;
  const given = requireVector("what evaluate answers", answer);
  if (given.length !== rows && given.length !== tested.firstTested + rows) {
    throw new QuantError(
      "shape",
      `evaluate must answer with ${rows} returns, one a tested row, got ${given.length} for rows ${firstRow} to ${lastRow}`,
      { expected: rows, length: given.length },
    );
  }
  const returns = given.slice(given.length - rows);
  let begun = false;
  returns.forEach((r, t) => {
    begun ||= !Number.isNaN(r);
    if (Number.isFinite(r) || !begun) return;
    throw new QuantError(
      "not-finite",
      `evaluate must answer with finite returns once they have begun, got ${r} at row ${firstRow + t}`,
      { row: firstRow + t, value: r },
    );
  });
  return returns;
}

function* evaluateOn<Data extends RowData, Parameters>(
  spec: WalkForwardSpec<Data, Parameters>,
  range: RowRange,
  parameters: Parameters,
): Steps<Float64Array> {
  const from = Math.max(0, range.firstRow - (spec.history ?? 0));
  const data = dataOfRows(spec.data, [{ firstRow: from, lastRow: range.lastRow }]);
  const tested = { data, range, firstTested: range.firstRow - from };
  return returnsOf(yield spec.evaluate(tested, parameters), tested);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Learns and tests split by split. `told` hears how many are done. */
export function* runFolds<Data extends RowData, Parameters>(
  spec: WalkForwardSpec<Data, Parameters>,
  splits: readonly Split[],
  told: (done: number) => void = () => {},
): Steps<EvaluatedFold<Parameters>[]> {
  requireKnownOptions(spec, ["data", "splits", "fit", "evaluate", "history", "periodsPerYear"], "spec");
  requireFunction("fit", spec.fit);
  requireFunction("evaluate", spec.evaluate);
  requireInteger("history", spec.history ?? 0, 0);
  const periodsPerYear = requirePositive("periodsPerYear", spec.periodsPerYear);
  const rows = requireRowData(spec.data);
  const evaluated: EvaluatedFold<Parameters>[] = [];
  for (const { train, test } of requireSplits(splits, rows)) {
    const lesson = { data: dataOfRows(spec.data, train), ranges: train };
    const parameters = (yield spec.fit(lesson)) as Parameters;
    const learnt: Float64Array[] = [];
    for (const range of train) learnt.push(yield* evaluateOn(spec, range, parameters));
    const returns: Float64Array[] = [];
    for (const range of test) returns.push(yield* evaluateOn(spec, range, parameters));
    evaluated.push({
      fold: {
        train,
        test,
        parameters,
        inSample: recordSummary(joined(learnt), periodsPerYear),
        outOfSample: recordSummary(joined(returns), periodsPerYear),
      },
      returns,
    });
    told(evaluated.length);
  }
  return evaluated;
}

/** Mean of a figure over folds, each counted by its rows; what is undefined is left out, NaN where all is. */
export function meanOverFolds(
  folds: readonly Fold<unknown>[],
  figure: (fold: Fold<unknown>) => number,
): number {
  let [sum, weight] = [0, 0];
  for (const fold of folds) {
    const value = figure(fold);
    if (!Number.isFinite(value)) continue;
    const rows = rowsIn(fold.test);
    sum += rows * value;
    weight += rows;
  }
  return weight > 0 ? sum / weight : Number.NaN;
}
