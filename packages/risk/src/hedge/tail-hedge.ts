import {
  isQuantError,
  QuantError,
  refuseField,
  requireFinite,
  requireKnownOptions,
  requireStateNumber,
  requireStateRecord,
} from "@astra-quant/core-linalg/guards";
import { HedgeMachine } from "./hedge-machine.ts";
import {
  HEDGE_SETTINGS,
  requireHedgeSettings,
  type TailHedgeOptions,
  type TailHedgeSettings,
} from "./tail-hedge-options.ts";

/** One period of a book and of the market that its hedge is on. */
export interface HedgedPeriod {
  /** The book's simple return without its hedge, greater than −1. */
  readonly portfolioReturn: number;
  /** The market's simple return. */
  readonly marketReturn: number;
}

/** What the hedge did in a period, and why. */
export interface TailHedgeStep {
  readonly active: boolean;
  /** True where it was put on or taken off at this period. */
  readonly switched: boolean;
  /** The drawdown that decided, ≤ 0. */
  readonly drawdown: number;
  /** What the hedge paid, a fraction of equity, ≥ 0. */
  readonly payoff: number;
  /** What the hedge cost, a fraction of equity, ≤ 0; 0 while it is off. */
  readonly cost: number;
  /** portfolioReturn + payoff + cost */
  readonly netReturn: number;
  readonly reason: string;
}

/** Where a {@link TailHedge} stands, as plain JSON. */
export interface TailHedgeState {
  readonly version: 1;
  readonly settings: TailHedgeSettings;
  readonly active: boolean;
  /** Equity over its high, of the book that is looked at, in [0, 1]. */
  readonly level: number;
}

function requirePortfolioReturn(value: unknown): number {
  const r = requireFinite("portfolioReturn", value);
  if (r > -1) return r;
  throw new QuantError("range", `portfolioReturn must be greater than -1 to be compounded, got ${r}`, {
    argument: "portfolioReturn",
    value: r,
  });
}

/**
 * A convex hedge that is on in drawdowns only, as a machine of two states: put on below `activateAt`, taken off above
 * `deactivateAt`, and left as it is between. While it is on it pays `hedgePayoff` of the market's fall and costs
 * `costBps` a period; while it is off it does neither. The drawdown is that of the hedged equity at the end of the period
 * before, unless an option says otherwise: nothing of a period decides on that period.
 */
export class TailHedge {
  readonly #machine: HedgeMachine;

  /**
   * @throws QuantError "range" for thresholds that are not in order or negative sizes and costs, "option" for an unknown
   *   name or choice.
   */
  constructor(options: TailHedgeOptions = {}) {
    this.#machine = new HedgeMachine(requireHedgeSettings(options));
  }

  /**
   * Takes one period.
   *
   * @throws QuantError "not-finite" for a NaN, "range" for a portfolio return ≤ −1; the machine is then as it was.
   */
  step(period: HedgedPeriod): TailHedgeStep {
    requireKnownOptions(period, ["portfolioReturn", "marketReturn"], "period");
    const portfolioReturn = requirePortfolioReturn(period.portfolioReturn);
    const marketReturn = requireFinite("marketReturn", period.marketReturn);
    this.#machine.advance(portfolioReturn, marketReturn);
    const { active, switched, drawdown, payoff, cost, netReturn, reason } = this.#machine;
    return { active, switched, drawdown, payoff, cost, netReturn, reason };
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): TailHedgeState {
    const { settings, active, level } = this.#machine;
    return { version: 1, settings, active, level };
  }

  /**
   * The machine that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: TailHedgeState): TailHedge {
    const { settings, active, level } = requireStateRecord(state);
    const hedge = new TailHedge(requireStateSettings(settings));
    if (typeof active !== "boolean") refuseField("state.active", "true or false", active);
    hedge.#machine.active = active as boolean;
    hedge.#machine.level = requireStateNumber("state.level", "in [0, 1]", level, (x) => x >= 0 && x <= 1);
    return hedge;
  }
}

/** The settings in full: what this version writes leaves nothing to a default. */
function requireStateSettings(settings: unknown): TailHedgeSettings {
  const fields = (settings ?? {}) as Readonly<Record<string, unknown>>;
  const missing = HEDGE_SETTINGS.find((name) => fields[name] === undefined);
  if (missing !== undefined) refuseField(`state.settings.${missing}`, "given", undefined);
  try {
    return requireHedgeSettings(settings as TailHedgeOptions);
  } catch (error) {
    if (!isQuantError(error)) throw error;
    throw new QuantError("data", `state.settings: ${error.message}`, error.details);
  }
}
