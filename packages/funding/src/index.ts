export type { DayCount } from "./day-count.ts";
export type { Position } from "./position.ts";
export { type FundingPrice, type FundingRow, priceFunding } from "./price-funding.ts";
export { roundHalfAway } from "./round-half-away.ts";
export {
  type BorrowFeeBps,
  type FundingSchedule,
  type FundingScheduleOptions,
  fundingSchedule,
} from "./schedule.ts";
export type { Side } from "./side.ts";
