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
