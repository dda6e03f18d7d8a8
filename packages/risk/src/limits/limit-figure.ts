/** What can be limited. */
export const LIMIT_NAMES = [
  "drawdown",
  "dailyLoss",
  "totalLoss",
  "grossLeverage",
  "netLeverage",
  "position",
  "concentration",
  "valueAtRisk",
] as const;

/**
 * - `drawdown`: equity over its highest so far, less 1: ≤ 0
 * - `dailyLoss`: equity over its last value of the day before, less 1
 * - `totalLoss`: equity over its first value, less 1
 * - `grossLeverage`: longs plus shorts ÷ equity
 * - `netLeverage`: |longs less shorts| ÷ equity
 * - `position`: each position's size ÷ equity
 * - `concentration`: each position's size ÷ longs plus shorts
 * - `valueAtRisk`: as observed, a positive loss, in the unit of its limit
 */
export type LimitName = (typeof LIMIT_NAMES)[number];

/** How a figure is read: which way is worse, and how it is written. */
export interface FigureKind {
  /** Losses break a limit where they reach it, from above; the others where they exceed it. */
  readonly loss: boolean;
  /** One figure an asset. */
  readonly byAsset: boolean;
  show(value: number): string;
}

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
const times = (value: number): string => `${value.toFixed(3)}×`;

const LOSS: FigureKind = { loss: true, byAsset: false, show: percent };
const LEVERAGE: FigureKind = { loss: false, byAsset: false, show: times };
const SHARE: FigureKind = { loss: false, byAsset: true, show: percent };

export const FIGURES: Readonly<Record<LimitName, FigureKind>> = {
  drawdown: LOSS,
  dailyLoss: LOSS,
  totalLoss: LOSS,
  grossLeverage: LEVERAGE,
  netLeverage: LEVERAGE,
  position: SHARE,
  concentration: SHARE,
  valueAtRisk: { loss: false, byAsset: false, show: String },
};

/** True where the value breaks a limit at that threshold. */
export function breaks(loss: boolean, value: number, threshold: number): boolean {
  return loss ? value <= threshold : value > threshold;
}

/** True where the value is back on the safe side of the release. */
export function isReleased(loss: boolean, value: number, release: number): boolean {
  return loss ? value >= release : value <= release;
}
