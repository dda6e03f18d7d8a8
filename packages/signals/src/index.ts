export { type BetaSignalOptions, betaSignal } from "./factors/beta.ts";
export { type CarrySignalOptions, carrySignal } from "./factors/carry.ts";
export type { DateLike } from "./factors/day-of-year.ts";
export { type MomentumSignalOptions, momentumSignal } from "./factors/momentum.ts";
export { type TailRiskSignalOptions, tailRiskSignal } from "./factors/tail-risk.ts";
export { type VolatilitySignalOptions, volatilitySignal } from "./factors/volatility.ts";
