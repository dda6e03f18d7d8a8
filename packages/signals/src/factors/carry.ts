import { Matrix, rollingMean, sin, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requirePositive,
  requireTable,
  requireTableLike,
} from "@astra-quant/core-linalg/guards";
import { type DateLike, daysOfYear } from "./day-of-year.ts";
import { realizedVolatility } from "./realized-volatility.ts";

export interface CarrySignalOptions<X extends TableLike> {
  /** Returns in the short volatility that stands for the implied one. @defaultValue 5 */
  readonly impliedWindow?: number;
  /** What the short volatility is multiplied by to stand for the implied one. @defaultValue 1.2 */
  readonly impliedMarkup?: number;
  /** Returns in the realised volatility. @defaultValue 20 */
  readonly realizedWindow?: number;
  /** Prices in the average that prices return to. @defaultValue 252 */
  readonly averageWindow?: number;
  /** Returns in a year. @defaultValue 252 */
  readonly periodsPerYear?: number;
  /** Days in the season's year. @defaultValue 365 */
  readonly seasonLength?: number;
  /** Weight of the variance premium. @defaultValue 0.5 */
  readonly premiumWeight?: number;
  /** Weight of mean reversion. @defaultValue 0.3 */
  readonly reversionWeight?: number;
  /** Weight of the season, which is the same for all assets. @defaultValue 0.2 */
  readonly seasonalityWeight?: number;
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

const OPTIONS: readonly string[] = [
  "impliedWindow",
  "impliedMarkup",
  "realizedWindow",
  "averageWindow",
  "periodsPerYear",
  "seasonLength",
  "premiumWeight",
  "reversionWeight",
  "seasonalityWeight",
  "out",
];

/** What the implied volatility, by its proxy, stands above the realised one. */
function variancePremium(implied: Matrix, markup: number, realized: Matrix): Matrix {
  const premium = new Matrix(realized.rows, realized.columns);
  for (let k = 0; k < premium.data.length; k++) {
    premium.data[k] = markup * implied.data[k]! - realized.data[k]!;
  }
  return premium;
}

/** How far the price lies below its average, as a fraction of the average. */
function meanReversion(prices: Matrix, window: number): Matrix {
  const average = rollingMean(prices, window);
  const reversion = new Matrix(prices.rows, prices.columns);
  for (let k = 0; k < reversion.data.length; k++) {
    const level = average.data[k]!;
    reversion.data[k] = level === 0 ? Number.NaN : -(prices.data[k]! - level) / level;
  }
  return reversion;
}

function season(days: Float64Array, columns: number, length: number): Matrix {
  const values = new Matrix(days.length, columns);
  days.forEach((day, t) => {
    values.data.fill(sin((2 * Math.PI * day) / length), t * columns, (t + 1) * columns);
  });
  return values;
}

/** Adds weight · part to the signal; a part of weight 0 is left out, with its warm-up and its NaN. */
function addPart(signal: Matrix, weight: number, part: Matrix): void {
  if (weight === 0) return;
  for (let k = 0; k < signal.data.length; k++) signal.data[k]! += weight * part.data[k]!;
}

/**
 * Carry in three parts: a proxy of the variance premium (1.2 times the realised volatility of 5 days, standing for
 * the implied one, less that of 20 days), the distance of the price below its average of 252 days as a fraction of
 * that average, and the season sin(2π · day of year ÷ 365). The season is one number for all assets, so it says
 * nothing about one against another.
 *
 * 0.5 (1.2 σ₅ − σ₂₀) − 0.3 (p − mean p) ÷ mean p + 0.2 sin(2π d ÷ 365)
 *
 * `prices` are levels, a vector or time × assets (a matrix or `Panel`); `returns` are their simple returns with the
 * same shape, row 0 being NaN; `dates` are one ISO string, `Date` or epoch millisecond a row, the day taken in UTC.
 * The answer has the prices' form and size. Full windows only, looking back: with the defaults row 251 is the first
 * answer. A NaN in a window, or an average price of 0, is NaN. A part of weight 0 is left out altogether.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 2 (≥ 1 for the average) or a year that is not
 *   positive, "shape" for returns, dates or `out` that do not fit the prices, "data" for a date that is none,
 *   "not-finite" for a weight.
 */
export function carrySignal<X extends TableLike>(
  prices: X,
  returns: TableLike,
  dates: ArrayLike<DateLike>,
  options: CarrySignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, OPTIONS);
  const { impliedWindow = 5, impliedMarkup = 1.2, realizedWindow = 20, averageWindow = 252 } = options;
  const { periodsPerYear = 252, seasonLength = 365 } = options;
  const { premiumWeight = 0.5, reversionWeight = 0.3, seasonalityWeight = 0.2, out } = options;
  requireInteger("impliedWindow", impliedWindow, 2);
  requireFinite("impliedMarkup", impliedMarkup);
  requireInteger("realizedWindow", realizedWindow, 2);
  requireInteger("averageWindow", averageWindow, 1);
  requirePositive("periodsPerYear", periodsPerYear);
  requirePositive("seasonLength", seasonLength);
  requireFinite("premiumWeight", premiumWeight);
  requireFinite("reversionWeight", reversionWeight);
  requireFinite("seasonalityWeight", seasonalityWeight);

  const levels = requireTable("prices", prices);
  const table = requireTableLike("returns", returns, "prices", levels);
  const days = daysOfYear(dates, levels.rows);
  const implied = realizedVolatility(table, impliedWindow, periodsPerYear);
  const realized = realizedVolatility(table, realizedWindow, periodsPerYear);
  const signal = new Matrix(levels.rows, levels.columns);
  addPart(signal, premiumWeight, variancePremium(implied, impliedMarkup, realized));
  addPart(signal, reversionWeight, meanReversion(levels, averageWindow));
  addPart(signal, seasonalityWeight, season(days, levels.columns, seasonLength));
  return inKindOf(prices, signal, out);
}
