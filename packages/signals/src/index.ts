export {
  BetaSignal,
  type BetaSignalOptions,
  type BetaSignalState,
  type BetaSignalWindows,
  betaSignal,
} from "./factors/beta.ts";
export { type CarrySignalOptions, carryParts, carrySignal } from "./factors/carry.ts";
export type { CarryParts, CarryPartsSettings, CarrySignalSettings } from "./factors/carry-settings.ts";
export { CarrySignal, type CarrySignalState } from "./factors/carry-stream.ts";
export {
  MomentumSignal,
  type MomentumSignalOptions,
  type MomentumSignalSettings,
  type MomentumSignalState,
  momentumSignal,
} from "./factors/momentum.ts";
export {
  TailRiskSignal,
  type TailRiskSignalOptions,
  type TailRiskSignalSettings,
  type TailRiskSignalState,
  tailRiskSignal,
} from "./factors/tail-risk.ts";
export {
  VolatilitySignal,
  type VolatilitySignalOptions,
  type VolatilitySignalState,
  type VolatilitySignalWindows,
  volatilitySignal,
} from "./factors/volatility.ts";
export type { Bar, Bars } from "./intraday/bars.ts";
export {
  IntradayMomentum,
  type IntradayMomentumOptions,
  type IntradayMomentumSettings,
  type IntradayMomentumState,
  intradayMomentum,
} from "./intraday/intraday-momentum.ts";
export {
  IntradayVolatility,
  type IntradayVolatilityOptions,
  type IntradayVolatilitySettings,
  type IntradayVolatilityState,
  intradayVolatility,
} from "./intraday/intraday-volatility.ts";
export {
  PriceAction,
  type PriceActionOptions,
  type PriceActionSettings,
  type PriceActionState,
  priceAction,
} from "./intraday/price-action.ts";
export type { VolatilityEstimator } from "./intraday/range-variance.ts";
export {
  Rsi,
  type RsiOptions,
  type RsiSettings,
  type RsiSmoothing,
  type RsiState,
  rsi,
  rsiSignal,
} from "./intraday/rsi.ts";
export type { SessionSettings } from "./intraday/session-clock.ts";
export {
  type VolumeBars,
  VwapDistance,
  type VwapDistanceOptions,
  type VwapDistanceState,
  vwapDistance,
} from "./intraday/vwap-distance.ts";
