import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import { type Aggregate, requireReducer } from "./aggregate.ts";
import { BIN_OPTIONS, type BinOptions } from "./bin-options.ts";
import { type Bins, binsOf } from "./bins.ts";
import { requirePanel } from "./in-kind.ts";
import { Panel } from "./panel.ts";

export interface ResampleOptions extends BinOptions {
  /**
   * One rule for all columns, or a rule a column; then the answer has the columns that are named, in the panel's order.
   * @defaultValue "last"
   */
  readonly aggregate?: Aggregate | Readonly<Record<string, Aggregate>>;
}

/** Coarser bars of a panel. */
export interface Resampled {
  /** One row a bar, at its label. */
  readonly panel: Panel;
  /** When each bar begins, in epoch milliseconds. */
  readonly starts: Float64Array;
  /** When each bar ends, in epoch milliseconds: the moment from which it is known. */
  readonly ends: Float64Array;
  /** How many rows each bar was made of; 0 for one that was kept without any. */
  readonly counts: Float64Array;
  /** False when the last bar is not over yet by `until`, and may still change. */
  readonly complete: boolean;
}

/** One column of the bars to be, and where its values stand: data[offset + row · step]. */
export interface BarColumn {
  readonly name: string;
  readonly aggregate: Aggregate;
  readonly data: Float64Array;
  readonly offset: number;
  readonly step: number;
}

/** The bars of those columns. */
export function reduceBins(columns: readonly BarColumn[], bins: Bins): Resampled {
  const { starts, ends, labels, firstRows, complete } = bins;
  const values = new Matrix(starts.length, columns.length);
  const reducers = columns.map(({ name, aggregate }) => requireReducer(`aggregate of ${name}`, aggregate));
  // Bar by bar, so that the rows of a bar are read once from memory for all columns.
  for (let b = 0; b < starts.length; b++) {
    for (let j = 0; j < columns.length; j++) {
      const { data, offset, step } = columns[j]!;
      const end = offset + firstRows[b + 1]! * step;
      values.data[b * columns.length + j] = reducers[j]!(data, offset + firstRows[b]! * step, end, step);
    }
  }
  const panel = new Panel({ index: labels, columns: columns.map(({ name }) => name), values });
  const counts = starts.map((_, b) => firstRows[b + 1]! - firstRows[b]!);
  return { panel, starts, ends, counts, complete };
}

/** The rule of each column that has one, in the panel's order. */
function rulesOf(panel: Panel, aggregate: ResampleOptions["aggregate"] = "last"): Map<string, Aggregate> {
  if (typeof aggregate !== "object" || aggregate === null) {
    requireReducer("aggregate", aggregate);
    return new Map(panel.columns.map((name) => [name, aggregate]));
  }
  const stranger = Object.keys(aggregate).find((name) => !panel.columns.includes(name));
  if (stranger !== undefined) {
    throw new QuantError("data", `aggregate names ${show(stranger)}, which is no column of the panel`, {
      column: stranger,
    });
  }
  const named = panel.columns.filter((name) => Object.hasOwn(aggregate, name));
  return new Map(named.map((name) => [name, aggregate[name]!]));
}

/**
 * A panel in coarser bars: each column's first, last, least, … value within each bar. Missing values (NaN) are passed
 * over: a bar without any value is NaN, its sum and count 0. Sums are compensated; one with an infinity is NaN. A bar
 * knows its last value at its end only, which is therefore its label unless `label: "start"` is asked for.
 *
 * @throws QuantError "option" for an unknown rule, interval, zone or choice, "data" for a rule of a column that is not
 *   there, "range" for an interval in hours or less that is longer than a day, and for `until` before the last row.
 */
export function resample(panel: Panel, options: ResampleOptions): Resampled {
  requireKnownOptions(options, [...BIN_OPTIONS, "aggregate"]);
  const source = requirePanel("panel", panel);
  const { columns, index, values } = source;
  const bars = Array.from(rulesOf(source, options.aggregate), ([name, aggregate]) => {
    return { name, aggregate, data: values.data, offset: columns.indexOf(name), step: columns.length };
  });
  return reduceBins(bars, binsOf(index, options));
}
