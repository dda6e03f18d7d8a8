import {
  type DateLike,
  Matrix,
  rollingMean,
  rollingStd,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireKnownOptions,
  requireTable,
  requireTableLike,
} from "@astra-quant/core-linalg/guards";
import { fillInKind } from "../panel/fill-in-kind.ts";
import { withRoom } from "../panel/with-room.ts";
import { numberOrMissing } from "../signal/number-or-missing.ts";
import { requireAscendingDates } from "../stream/later-dates.ts";
import {
  CARRY_SETTINGS,
  type CarryParts,
  type CarryPartsSettings,
  type CarrySignalSettings,
  PARTS_SETTINGS,
  premiumOf,
  requireCarrySettings,
  reversionOf,
  seasonOf,
} from "./carry-settings.ts";

export interface CarrySignalOptions<X extends TableLike> extends CarrySignalSettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

interface Inputs {
  readonly levels: Matrix;
  readonly table: Matrix;
  readonly moments: Float64Array;
}

function requireInputs(prices: TableLike, returns: TableLike, dates: ArrayLike<DateLike>): Inputs {
  const levels = requireTable("prices", prices);
  const table = requireTableLike("returns", returns, "prices", levels);
  return { levels, table, moments: requireAscendingDates("dates", dates, levels.rows) };
}

function variancePremium({ table }: Inputs, settings: Required<CarrySignalSettings>): Matrix {
  const { impliedWindow, realizedWindow } = settings;
  const answer = new Matrix(table.rows, table.columns);
  withRoom(table, (room) => {
    const realized = rollingStd(table, realizedWindow, { out: room() });
    rollingStd(table, impliedWindow, { out: answer });
    fillPremiums(answer.data, realized.data, { ...settings, premiumWeight: 1 });
  });
  return answer;
}

function meanReversion({ levels }: Inputs, { averageWindow }: Required<CarrySignalSettings>): Matrix {
  const reversion = rollingMean(levels, averageWindow);
  const { data } = reversion;
  const prices = levels.data;
  for (let k = 0; k < data.length; k++) data[k] = reversionOf(prices[k]!, data[k]!);
  return reversion;
}

function season({ levels, moments }: Inputs, { seasonLength }: Required<CarrySignalSettings>): Matrix {
  const { rows, columns } = levels;
  const values = new Matrix(rows, columns);
  for (let t = 0; t < rows; t++) {
    values.data.fill(seasonOf(moments[t]!, seasonLength), t * columns, (t + 1) * columns);
  }
  return values;
}

/** The three parts, weighted and added up; a part of weight 0 is not even computed. */
function fillWeighedParts(
  signal: Matrix,
  room: () => Matrix,
  { levels, table, moments }: Inputs,
  settings: Required<CarrySignalSettings>,
): void {
  const { impliedWindow, realizedWindow, averageWindow, seasonLength } = settings;
  const { premiumWeight, reversionWeight, seasonalityWeight } = settings;
  if (premiumWeight === 0) signal.data.fill(0);
  else {
    const realized = rollingStd(table, realizedWindow, { out: room() });
    fillPremiums(rollingStd(table, impliedWindow, { out: signal }).data, realized.data, settings);
  }
  if (reversionWeight !== 0) {
    const average = rollingMean(levels, averageWindow, { out: room() });
    addReversions(signal.data, levels.data, average.data, reversionWeight);
  }
  const seasons = moments.map((moment) => {
    return seasonalityWeight === 0 ? 0 : 0 + seasonalityWeight * seasonOf(moment, seasonLength);
  });
  addSeasons(signal, seasons);
}

/** Puts the weighed premiums where the short volatilities were, those of a period. */
function fillPremiums(
  implied: Float64Array,
  realized: Float64Array,
  { impliedMarkup, premiumWeight, periodsPerYear }: Required<CarrySignalSettings>,
): void {
  const annual = Math.sqrt(periodsPerYear);
  for (let k = 0; k < implied.length; k++) {
    implied[k] = premiumWeight * premiumOf(implied[k]! * annual, realized[k]! * annual, impliedMarkup);
  }
}

function addReversions(
  signal: Float64Array,
  prices: Float64Array,
  average: Float64Array,
  weight: number,
): void {
  for (let k = 0; k < signal.length; k++) signal[k]! += weight * reversionOf(prices[k]!, average[k]!);
}

/** The last of the parts: what is then beyond the doubles is missing. */
function addSeasons({ columns, data }: Matrix, seasons: Float64Array): void {
  for (let t = 0, k = 0; t < seasons.length; t++) {
    const ofSeason = seasons[t]!;
    for (const end = k + columns; k < end; k++) data[k] = numberOrMissing(data[k]! + ofSeason);
  }
}

/**
 * Carry in three parts: a proxy of the variance premium (1.2 times the realised volatility of 5 days, standing for
 * the implied one, less that of 20 days), the distance of the price below its average of 252 days as a fraction of
 * that average, and the season sin(2π · day of year ÷ 365). The season is one number for all assets, so it says
 * nothing about one against another: `seasonalityWeight: 0` switches it off. {@link carryParts} has them one by one.
 *
 * 0.5 (1.2 σ₅ − σ₂₀) − 0.3 (p − mean p) ÷ mean p + 0.2 sin(2π d ÷ 365)
 *
 * `prices` are levels, a vector or time × assets (a matrix or `Panel`); `returns` are their simple returns with the
 * same shape, row 0 being NaN; `dates` are one ISO string, `Date` or epoch millisecond a row, each later than the one
 * before it, the day taken in UTC. The answer has the prices' form and size. Full windows only, looking back: with the
 * defaults row 251 is the first answer. A NaN in a window, or an average price of 0, is NaN. A part of weight 0 is left
 * out altogether, with its warm-up and its NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 2 (≥ 1 for the average) or a year that is not
 *   positive, "shape" for returns, dates or `out` that do not fit the prices, "data" for a date that is none or is not
 *   later than the one before it, "not-finite" for a weight.
 */
export function carrySignal<X extends TableLike>(
  prices: X,
  returns: TableLike,
  dates: ArrayLike<DateLike>,
  options: CarrySignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...CARRY_SETTINGS, "out"]);
  const settings = requireCarrySettings(options);
  const inputs = requireInputs(prices, returns, dates);
  const { levels, table } = inputs;
  return fillInKind(prices, levels, options.out, [levels, table], (signal, room) => {
    fillWeighedParts(signal, room, inputs, settings);
  });
}

/**
 * The three parts of {@link carrySignal}, unweighted and each in the form and size of the prices; arguments, NaN and
 * errors as there.
 */
export function carryParts<X extends TableLike>(
  prices: X,
  returns: TableLike,
  dates: ArrayLike<DateLike>,
  options: CarryPartsSettings = {},
): CarryParts<TableOf<X>> {
  requireKnownOptions(options, PARTS_SETTINGS);
  const settings = requireCarrySettings(options);
  const inputs = requireInputs(prices, returns, dates);
  const inKind = (part: Matrix): TableOf<X> => {
    part.data.forEach((value, k) => {
      part.data[k] = numberOrMissing(value);
    });
    return inKindOf(prices, part, undefined);
  };
  return {
    variancePremium: inKind(variancePremium(inputs, settings)),
    meanReversion: inKind(meanReversion(inputs, settings)),
    seasonality: inKind(season(inputs, settings)),
  };
}
