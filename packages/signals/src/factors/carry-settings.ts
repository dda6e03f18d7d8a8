import { sin } from "@astra-quant/core-linalg";
import { requireFinite, requireInteger, requirePositive } from "@astra-quant/core-linalg/guards";
import { dayOfYear } from "./day-of-year.ts";

export interface CarryPartsSettings {
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
}

export interface CarrySignalSettings extends CarryPartsSettings {
  /** Weight of the variance premium; 0 leaves it out. @defaultValue 0.5 */
  readonly premiumWeight?: number;
  /** Weight of mean reversion; 0 leaves it out. @defaultValue 0.3 */
  readonly reversionWeight?: number;
  /** Weight of the season, which is the same for all assets; 0 switches it off. @defaultValue 0.2 */
  readonly seasonalityWeight?: number;
}

/** The three parts of carry, whatever holds them. */
export interface CarryParts<Values> {
  /** What the implied volatility, by its proxy, stands above the realised one; annual fractions. */
  readonly variancePremium: Values;
  /** How far the price lies below its average, as a fraction of the average. */
  readonly meanReversion: Values;
  /** The season, in [−1, 1], the same for all assets. */
  readonly seasonality: Values;
}

export const PARTS_SETTINGS: readonly string[] = [
  "impliedWindow",
  "impliedMarkup",
  "realizedWindow",
  "averageWindow",
  "periodsPerYear",
  "seasonLength",
];
export const CARRY_SETTINGS: readonly string[] = [
  ...PARTS_SETTINGS,
  "premiumWeight",
  "reversionWeight",
  "seasonalityWeight",
];

export function requireCarrySettings(
  options: CarrySignalSettings,
  within = "",
): Required<CarrySignalSettings> {
  const { impliedWindow = 5, impliedMarkup = 1.2, realizedWindow = 20, averageWindow = 252 } = options;
  const { periodsPerYear = 252, seasonLength = 365 } = options;
  const { premiumWeight = 0.5, reversionWeight = 0.3, seasonalityWeight = 0.2 } = options;
  return {
    impliedWindow: requireInteger(`${within}impliedWindow`, impliedWindow, 2),
    impliedMarkup: requireFinite(`${within}impliedMarkup`, impliedMarkup),
    realizedWindow: requireInteger(`${within}realizedWindow`, realizedWindow, 2),
    averageWindow: requireInteger(`${within}averageWindow`, averageWindow, 1),
    periodsPerYear: requirePositive(`${within}periodsPerYear`, periodsPerYear),
    seasonLength: requirePositive(`${within}seasonLength`, seasonLength),
    premiumWeight: requireFinite(`${within}premiumWeight`, premiumWeight),
    reversionWeight: requireFinite(`${within}reversionWeight`, reversionWeight),
    seasonalityWeight: requireFinite(`${within}seasonalityWeight`, seasonalityWeight),
  };
}

// 1.2 σ₅ − σ₂₀
export function premiumOf(implied: number, realized: number, markup: number): number {
  return markup * implied - realized;
}

// −(p − mean p) ÷ mean p; an infinity or NaN where the average is 0
export function reversionOf(price: number, average: number): number {
  return -(price - average) / average;
}

// sin(2π · day of year ÷ 365)
export function seasonOf(epoch: number, seasonLength: number): number {
  return sin((2 * Math.PI * dayOfYear(epoch)) / seasonLength);
}
