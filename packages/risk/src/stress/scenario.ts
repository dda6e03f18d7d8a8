import type { DateLike, MatrixLike, Panel, VectorLike } from "@astra-quant/core-linalg";

/** What any scenario may say of the days that follow it: the risk of the book is measured under it too. */
export interface StressedMarket {
  /** How the scenario is called in results. */
  readonly name?: string;
  /** Times the usual volatility, > 0. @defaultValue 1 */
  readonly volatilityMultiple?: number;
  /** The mean correlation between assets that correlations are raised to, in [−1, 1). @defaultValue as they are */
  readonly correlation?: number;
}

/** Moves by name; a fraction each, −0.1 is a fall of 10 %. */
export type Moves = Readonly<Record<string, number>>;

/**
 * A move of prices at once. The most particular move of an asset holds: its own, else its group's, else its class's, else
 * `everything`; moves of factors come on top, through the book's exposures.
 */
export interface ShockScenario extends StressedMarket {
  /** By name of an asset, or one for each asset of the book. */
  readonly assets?: Moves | VectorLike;
  /** By name of a group of the book. An asset in two groups that move needs a move of its own. */
  readonly groups?: Moves;
  /** By name of a class of the book. */
  readonly classes?: Moves;
  /** Of all assets that nothing else moves. */
  readonly everything?: number;
  /** By name of a factor: `market` acts through the book's betas, others through its exposures. */
  readonly factors?: Moves;
  /**
   * What assets do that nothing moves: stay, or go where the book's covariance expects them, given those that moved:
   * E[r_u | r_s] = Σ_us Σ_ss⁻¹ r_s. The latter not beside factors, which say that already.
   *
   * @defaultValue "unmoved"
   */
  readonly others?: "unmoved" | "conditional";
}

/** Moves day after day. */
export interface PathScenario extends StressedMarket {
  /** A shock a day, or returns of days × assets in the order of the book. */
  readonly path: readonly ShockScenario[] | MatrixLike;
}

/** A fall of the market, taken over by each asset through its beta. */
export interface CrisisScenario extends StressedMarket {
  readonly name: string;
  /** What the market loses in all, in [−1, 0). */
  readonly crash: number;
  /** Over how many trading days, in [1, 10 000]. */
  readonly days: number;
  readonly volatilityMultiple: number;
  /** What kind of crisis it is, in a few words. */
  readonly story?: string;
}

/** What once happened, to the book of today. */
export interface HistoricalScenario extends StressedMarket {
  /** Simple returns: a panel whose columns hold the book's assets by name, or days × assets in the order of the book. */
  readonly history: Panel | MatrixLike;
  /** The first day: a date of a panel, a row number of a matrix. @defaultValue the first */
  readonly from?: DateLike;
  /** The day after the last. @defaultValue the end */
  readonly until?: DateLike;
}

export type StressScenario = ShockScenario | PathScenario | CrisisScenario | HistoricalScenario;
