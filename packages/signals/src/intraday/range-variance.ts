import { log } from "@astra-quant/core-linalg";

/** How a volatility is read off bars. */
export type VolatilityEstimator =
  | "close-to-close"
  | "parkinson"
  | "garman-klass"
  | "rogers-satchell"
  | "yang-zhang";

export const ESTIMATORS: readonly VolatilityEstimator[] = [
  "close-to-close",
  "parkinson",
  "garman-klass",
  "rogers-satchell",
  "yang-zhang",
];

// ln²(h ÷ l) ÷ (4 ln 2)
export function parkinsonTerm(high: number, low: number): number {
  const range = log(high / low);
  return (range * range) / (4 * Math.LN2);
}

// ½ ln²(h ÷ l) − (2 ln 2 − 1) ln²(c ÷ o)
export function garmanKlassTerm(open: number, high: number, low: number, close: number): number {
  const range = log(high / low);
  const move = log(close / open);
  return 0.5 * range * range - (2 * Math.LN2 - 1) * move * move;
}

// ln(h ÷ c) ln(h ÷ o) + ln(l ÷ c) ln(l ÷ o)
export function rogersSatchellTerm(open: number, high: number, low: number, close: number): number {
  return log(high / close) * log(high / open) + log(low / close) * log(low / open);
}

// k = 0.34 ÷ (1.34 + (n + 1) ÷ (n − 1)):  σ² = var(night) + k var(day) + (1 − k) mean(Rogers–Satchell)
export function yangZhangVariance(night: number, day: number, range: number, window: number): number {
  const k = 0.34 / (1.34 + (window + 1) / (window - 1));
  return night + k * day + (1 - k) * range;
}

/** The deviation a year of a variance a bar; NaN for one below zero, which bars that contradict themselves may have. */
export function annualDeviation(variance: number, periodsPerYear: number): number {
  const deviation = Math.sqrt(variance) * Math.sqrt(periodsPerYear);
  return Number.isFinite(deviation) ? deviation : Number.NaN;
}
