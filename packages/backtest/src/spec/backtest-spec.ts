import type { DateLike, VectorLike } from "@astra-quant/core-linalg";
import type { CostTerm } from "../costs/cost-term.ts";
import type { Borrow } from "../fills/borrow.ts";
import type { Participation } from "../fills/participation.ts";
import type { CashInterest } from "../financing/cash-interest.ts";
import type { Financing } from "../financing/financing.ts";
import type { Overlay } from "../overlay/overlay.ts";
import type { Rebalance } from "../rebalance/rebalance.ts";
import type { MissingWeights } from "./decisions.ts";
import type { MissingPrices } from "./market.ts";
import type { TimeByAsset } from "./time-by-asset.ts";

export interface BacktestSpec {
  /** Time × assets (a vector for one asset), positive; give these or `returns`. NaN where there is none. */
  readonly prices?: TimeByAsset;
  /**
   * Simple returns, time × assets, fractions: row t is the move from row t − 1 to row t. Row 0 is only the
   * moment at which the capital is counted, and its values are not used.
   */
  readonly returns?: TimeByAsset;
  /**
   * Money a share pays, time × assets, on the day that it is quoted without; a short position pays it. For prices that
   * are not adjusted for dividends. @defaultValue none
   */
  readonly dividends?: TimeByAsset;

  /**
   * What is wanted: fractions of capital, same shape, negative when short. Row t is decided with data up to and
   * including row t. NaN at the beginning of a column means not decided yet, and nothing is held.
   */
  readonly weights?: TimeByAsset;
  /** Or shares, which drift with their prices and are traded where they change. Need prices. */
  readonly positions?: TimeByAsset;
  /** Or scores: each row's weights are in proportion to them, NaN being no opinion. */
  readonly signals?: TimeByAsset;
  /** What the sizes of a row of signals add up to, a multiple of capital. @defaultValue 1 */
  readonly gross?: number;

  /**
   * Rows between a decision and the first bar that earns with it.
   * @defaultValue 1
   */
  readonly lag?: number;
  /**
   * Lets `lag` be 0, to show what look-ahead is worth; the result is stamped with it.
   * @defaultValue false
   */
  readonly allowLookAhead?: boolean;
  /** @defaultValue `'constant-weights'`; `'every-bar'` where shares are whole. Positions have no rule. */
  readonly rebalance?: Rebalance;
  /** `'whole'` trades no fractions of shares. Needs prices. @defaultValue 'fractional' */
  readonly shares?: "fractional" | "whole";

  /**
   * What becomes of a position whose price (or return) is missing:
   *
   * - `'refuse'`: an error names row and column
   * - `'carry'`: it stays as it is, worth its last price, and is not traded; when the price is back the whole move is
   *   booked (of returns, the missing move is lost)
   * - `'close'`: it ends in the first bar without a price, at its last price and `delistingReturn`
   *
   * @defaultValue 'refuse'
   */
  readonly missingPrices?: MissingPrices;
  /** What `'close'` loses or gains on the last price, a fraction ≥ −1, one or an entry an asset. @defaultValue 0 */
  readonly delistingReturn?: number | VectorLike;
  /**
   * What a NaN after the first number of a column means: an error, or that what is held stays (of
   * `'constant-weights'`, that the last weight does). Of signals it is no opinion, and there is nothing to choose.
   * @defaultValue 'refuse'
   */
  readonly missingWeights?: MissingWeights;

  /** @defaultValue [] */
  readonly costs?: readonly CostTerm[];
  /** @defaultValue no limit on what is traded */
  readonly participation?: Participation;
  /** @defaultValue everything can be borrowed */
  readonly borrow?: Borrow;
  /**
   * `'cash'` neither sells short nor borrows to buy; charges may still overdraw it until something is sold.
   * @defaultValue 'margin'
   */
  readonly account?: "margin" | "cash";
  /** What positions cost to hold, as funding's cost terms say. @defaultValue nothing */
  readonly financing?: Financing;
  /** Interest on what is in no position; beside `financing`, which charges longs in full, on the owner's money alone. @defaultValue nothing */
  readonly cash?: CashInterest;
  /** Rules between decisions and positions, in their order. @defaultValue [] */
  readonly overlays?: readonly Overlay[];

  /** Bars in a year: 252 for daily, 252 · 390 for one-minute bars of US stocks. */
  readonly periodsPerYear: number;
  /**
   * Initial capital, positive.
   * @defaultValue 1
   */
  readonly capital?: number;
  /** Names of the columns. @defaultValue those of a panel, else none */
  readonly assets?: readonly string[];
  /** Moments of the rows, ascending. @defaultValue those of a panel, else none */
  readonly dates?: readonly DateLike[] | Float64Array;
}

export const SPEC_NAMES: readonly (keyof BacktestSpec)[] = [
  "prices",
  "returns",
  "dividends",
  "weights",
  "positions",
  "signals",
  "gross",
  "lag",
  "allowLookAhead",
  "rebalance",
  "shares",
  "missingPrices",
  "delistingReturn",
  "missingWeights",
  "costs",
  "participation",
  "borrow",
  "account",
  "financing",
  "cash",
  "overlays",
  "periodsPerYear",
  "capital",
  "assets",
  "dates",
];
