import { asOfJoin, Matrix, Panel, QuantError, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  isPanel,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  requireTable,
  requireTableLike,
  show,
} from "@astra-quant/core-linalg/guards";
import { agreement } from "./agreement.ts";

const MISSING = ["reweight", "silent", "missing"] as const;
const LABELS = ["end", "start"] as const;

/** Where in its bar a row's time lies. */
export type BarLabel = (typeof LABELS)[number];

export interface FuseTimeframesOptions {
  /** Weight of each timeframe, > 0; only ratios count. @defaultValue 0.7 for daily, 0.3 for hourly */
  readonly weights?: Readonly<Record<string, number>>;
  /** The timeframe whose rows the answer has. @defaultValue the last one */
  readonly clock?: string;
  /**
   * For panels, where in its bar a row's time lies: at its `end`, when it is known, or at its `start`, and it is known when
   * the next one begins. It must be said of a timeframe whose times are all midnights UTC when those of the clock are not.
   *
   * @defaultValue "end"
   */
  readonly labels?: Readonly<Record<string, BarLabel>>;
  /** For panels, how long a signal stands, in milliseconds ≥ 0, by timeframe. @defaultValue until the next one */
  readonly maxAge?: Readonly<Record<string, number>>;
  /**
   * Where a timeframe has no number: `reweight` shares its weight among the others, `silent` takes it for 0, `missing` makes
   * the answer NaN.
   *
   * @defaultValue "reweight"
   */
  readonly missing?: (typeof MISSING)[number];
}

export interface FusedSignal<X extends TableLike> {
  /** The weighted mean of the timeframes, on the rows of the clock; NaN where none has a number. */
  readonly signal: TableOf<X>;
  /** How far the timeframes agree, in [0, 1]; ½ where one is silent or missing, NaN where all are missing. */
  readonly confidence: TableOf<X>;
}

const WEIGHTS: Readonly<Record<string, number>> = { daily: 0.7, hourly: 0.3 };
const DAY = 86_400_000;

const atMidnight = ({ index }: Panel): boolean => index.every((time) => time % DAY === 0);

/** The panel on the times at which its rows are known. */
function known(name: string, panel: Panel, label: BarLabel | undefined, clock: Panel): Panel {
  if (label === undefined && atMidnight(panel) && !atMidnight(clock)) {
    throw new QuantError(
      "option",
      `labels.${name} must be given, 'start' or 'end' of the bar: its times are all midnights, and those of the clock are not`,
      { timeframe: name },
    );
  }
  if (label !== "start") return panel;
  const { index, columns, values } = panel;
  const rows = Math.max(0, index.length - 1);
  const past = new Matrix(rows, columns.length, values.data.slice(0, rows * columns.length));
  return new Panel({ index: index.slice(1), columns, values: past });
}

/** The panel's columns on the rows of the clock: what was last known at each of its times. */
function onClock(name: string, panel: Panel, clock: Panel, maxAge: number | undefined): Matrix {
  const { index, values } = panel.select(clock.columns);
  const columns = clock.columns.map((column) => `${name} ${column}`);
  const bare = new Panel({ index: clock.index, columns: [], values: new Matrix(clock.index.length, 0) });
  const other = new Panel({ index, columns, values });
  return asOfJoin(bare, other, maxAge === undefined ? {} : { tolerance: maxAge }).values;
}

function tablesOf(
  timeframes: Readonly<Record<string, TableLike>>,
  names: readonly string[],
  clock: string,
  options: FuseTimeframesOptions,
): Matrix[] {
  const own = timeframes[clock]!;
  const table = requireTable(clock, own);
  if (!isPanel(own)) {
    if (options.labels !== undefined || options.maxAge !== undefined) {
      throw new QuantError(
        "option",
        "labels and maxAge must go with panels: a vector or matrix has no times",
      );
    }
    return names.map((name) => requireTableLike(name, timeframes[name]!, clock, table));
  }
  const { labels = {}, maxAge = {} } = options;
  requireKnownOptions(labels, names, "labels");
  requireKnownOptions(maxAge, names, "maxAge");
  return names.map((name) => {
    if (name === clock) return table;
    const panel = timeframes[name]!;
    if (!isPanel(panel)) {
      throw new QuantError("shape", `${name} must be a Panel, as ${clock} is, got ${show(panel)}`, {
        timeframe: name,
      });
    }
    const label = labels[name];
    if (label !== undefined) requireOneOf(`labels.${name}`, label, LABELS);
    const age = maxAge[name];
    if (age !== undefined) requireNonNegative(`maxAge.${name}`, age);
    return onClock(name, known(name, panel, label, own), own, age);
  });
}

function requireWeightOf(name: string, weights: Readonly<Record<string, number>>): number {
  if (Object.hasOwn(weights, name)) return requirePositive(`weights.${name}`, weights[name]);
  throw new QuantError("option", `weights.${name} must be given`, { timeframe: name });
}

/**
 * One signal from several timeframes: their weighted mean, 0.7 daily + 0.3 hourly by default, on the rows of the clock, and
 * how far they agree. Each row takes what a timeframe last said at or before the row's time; a bar that is still open says
 * nothing.
 *
 * The timeframes are panels with the clock's columns among theirs, joined by time, whatever the sessions or the clock's
 * summer time; or vectors or matrices of one shape, joined row by row by the caller.
 *
 * The confidence of two is ½ (1 + s·m/M) with s the sign of their product and m, M the smaller and larger magnitude: 1 for
 * equal signals, ½ where one is silent, 0 for equal and opposite ones. That of more is the mean over pairs, each weighted by
 * the product of its weights.
 *
 * @throws QuantError "shape" for fewer than two timeframes or tables that do not fit, "range" for a weight that is not
 *   positive or a negative age, "option" for an unknown name or label, a timeframe without a weight, or midnight times
 *   without a label, "data" for a panel without a column of the clock's.
 */
export function fuseTimeframes<X extends TableLike>(
  timeframes: Readonly<Record<string, X>>,
  options: FuseTimeframesOptions = {},
): FusedSignal<X> {
  requireKnownOptions(timeframes, Object.keys(timeframes ?? {}), "timeframes");
  requireKnownOptions(options, ["weights", "clock", "labels", "maxAge", "missing"]);
  const names = Object.keys(timeframes);
  if (names.length < 2) {
    throw new QuantError("shape", `timeframes must be at least two, got ${names.length}`, { names });
  }
  const { weights = WEIGHTS, clock = names.at(-1)!, missing = "reweight" } = options;
  if (options.weights !== undefined) requireKnownOptions(weights, names, "weights");
  requireOneOf("clock", clock, names);
  requireOneOf("missing", missing, MISSING);
  const shares = Float64Array.from(names, (name) => requireWeightOf(name, weights));
  const tables = tablesOf(timeframes, names, clock, options);
  const { rows, columns } = tables[0]!;
  const signal = new Matrix(rows, columns);
  const confidence = new Matrix(rows, columns);
  const values = new Float64Array(names.length);
  for (let k = 0; k < signal.data.length; k++) {
    for (let i = 0; i < names.length; i++) values[i] = tables[i]!.data[k]!;
    signal.data[k] = weightedMean(values, shares, missing);
    confidence.data[k] = agreement(values, shares);
  }
  const own = timeframes[clock]!;
  return {
    signal: inKindOf(own, signal, undefined),
    confidence: inKindOf(own, confidence, undefined),
  };
}

/** Σ w s ÷ Σ w over the timeframes that have a number, over all of them where a missing one is taken for silent. */
function weightedMean(
  values: Float64Array,
  weights: Float64Array,
  missing: (typeof MISSING)[number],
): number {
  let sum = 0;
  let present = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    if (!Number.isFinite(values[i]!)) continue;
    sum += weights[i]! * values[i]!;
    present += weights[i]!;
  }
  if (present === 0 || (missing === "missing" && present < total)) return Number.NaN;
  return sum / (missing === "silent" ? total : present);
}
