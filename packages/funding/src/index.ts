export type { BusinessDays } from "./calendar/business-days.ts";
export { MarketCalendar, type MarketCalendarOptions } from "./calendar/market-calendar.ts";
export { type Holiday, type Market, marketHolidays, marketYears } from "./calendar/market-holidays.ts";
export type { CouponPeriod } from "./day-count/actual-actual.ts";
export {
  type DayCountBasis,
  type DayCountOptions,
  dayCountFraction,
} from "./day-count/day-count-fraction.ts";
export type { Thirty360 } from "./day-count/thirty-360.ts";
export {
  type MarginFinancing,
  type MarginFinancingOptions,
  marginFinancing,
} from "./margin/margin-financing.ts";
export {
  type MarginModel,
  type MarginPosition,
  type MarginRequirement,
  marginRequirement,
} from "./margin/margin-model.ts";
export { type ScenarioMarginOptions, scenarioMargin } from "./margin/scenario-margin.ts";
export {
  type FlatHaircutOptions,
  flatHaircut,
  type RegTMarginOptions,
  regTMargin,
} from "./margin/stock-margin.ts";
export type { AccountOptions } from "./pricing/account.ts";
export {
  type AccruedDay,
  type AccruedPosition,
  type AccrueFundingOptions,
  accrueFunding,
  type FundingAccrual,
} from "./pricing/accrue-funding.ts";
export {
  type BreakevenAlpha,
  type BreakevenAlphaOptions,
  type BreakevenRow,
  breakevenAlpha,
} from "./pricing/breakeven-alpha.ts";
export type { FundingBalance } from "./pricing/charge-day.ts";
export type { FundingComponents } from "./pricing/components.ts";
export {
  type FundingCostSeries,
  type FundingCostSeriesOptions,
  fundingCostSeries,
} from "./pricing/cost-series.ts";
export { type FundingCostTermsOptions, fundingCostTerms } from "./pricing/cost-terms.ts";
export {
  type FundingChange,
  type FundingSensitivityOptions,
  fundingSensitivity,
} from "./pricing/funding-sensitivity.ts";
export type { ComponentMatrices, FundingAmount } from "./pricing/ledger.ts";
export type { Position } from "./pricing/position.ts";
export {
  type FundingPrice,
  type FundingRow,
  type PriceFundingOptions,
  priceFunding,
} from "./pricing/price-funding.ts";
export { roundHalfAway } from "./pricing/round-half-away.ts";
export type { Trade } from "./pricing/settled-book.ts";
export type { Side } from "./pricing/side.ts";
export type { CostTermsOptions, FundingCostTerms } from "./pricing/unit-cost.ts";
export {
  type BillOptions,
  type BondEquivalentOptions,
  billPrice,
  bondEquivalentYield,
  moneyMarketYield,
} from "./rates/bank-discount.ts";
export { type CompoundedRate, type CompoundedRateOptions, compoundedRate } from "./rates/compounded-rate.ts";
export { ForwardCurve, type ForwardCurveOptions } from "./rates/forward-curve.ts";
export type { MissingFixing, RateSeries } from "./rates/rate-series.ts";
export type { BalanceTier, SpreadBps } from "./schedule/balance-tiers.ts";
export type { BorrowFeeBps, DatedFee } from "./schedule/borrow-fee.ts";
export type { CollateralMarks } from "./schedule/collateral.ts";
export type { DayCount } from "./schedule/day-count.ts";
export type { Netting } from "./schedule/netting.ts";
export type { RateFloors } from "./schedule/rate-floors.ts";
export { type FundingSchedule, type FundingScheduleOptions, fundingSchedule } from "./schedule/schedule.ts";
export type { FundingDriver } from "./schedule/shift-schedule.ts";
export type { Dividend } from "./swap/dividends.ts";
export {
  type EquitySwap,
  type EquitySwapOptions,
  equitySwap,
  type SwapPeriod,
  type SwapRateOptions,
} from "./swap/equity-swap.ts";
