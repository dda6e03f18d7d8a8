import { QuantError } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";

export interface PairSignalOptions {
  /**
   * A position is entered, against the deviation, where |z| exceeds this.
   * @defaultValue 2
   */
  readonly enter?: number;
  /**
   * A position is left where |z| falls below this; at most `enter`.
   * @defaultValue 0.5
   */
  readonly exit?: number;
  /**
   * Where |z| exceeds this the relation counts as broken: any position is left, none is entered, and none will be before
   * |z| has fallen below `rearm`. Above `enter`.
   * @defaultValue Infinity
   */
  readonly stop?: number;
  /**
   * After a stop, a time-out or an opposite extreme that does not flip, positions wait until |z| is below this; at most
   * `enter`. With 0 they wait for good.
   * @defaultValue exit
   */
  readonly rearm?: number;
  /**
   * Whether the opposite extreme turns the position round at once. Else it closes it, and the next one waits for `rearm`.
   * @defaultValue true
   */
  readonly flip?: boolean;
  /**
   * How many z-scores go by before the first position; a NaN does not count.
   * @defaultValue 0
   */
  readonly warmUp?: number;
  /**
   * A position that has been held for so many bars, NaN or not, is left, and the next one waits for `rearm`.
   * @defaultValue Infinity
   */
  readonly maxHoldingBars?: number;
  /**
   * The same limit in half-lives of the spread, rounded up to bars; needs `halfLife`.
   */
  readonly maxHoldingHalfLives?: number;
  /** Half-life of the spread in bars, as `halfLife` estimates it. */
  readonly halfLife?: number;
  /**
   * `'seed'` repeats the notebook: a position only on the very bars where |z| exceeds `enter`. Takes no other option
   * than `enter` and `exit`, which then says nothing.
   */
  readonly parity?: "seed";
}

/** The rule's numbers after validation. */
export interface PairSignalSettings {
  readonly enter: number;
  readonly exit: number;
  readonly stop: number;
  readonly rearm: number;
  readonly flip: boolean;
  readonly warmUp: number;
  readonly maxHoldingBars: number;
  readonly seedParity: boolean;
}

export const PAIR_SIGNAL_OPTIONS: readonly string[] = [
  "enter",
  "exit",
  "stop",
  "rearm",
  "flip",
  "warmUp",
  "maxHoldingBars",
  "maxHoldingHalfLives",
  "halfLife",
  "parity",
];

function refuse(message: string, details: Readonly<Record<string, unknown>>): never {
  throw new QuantError("range", message, details);
}

function holdingLimit({ maxHoldingBars = Number.POSITIVE_INFINITY, ...options }: PairSignalOptions): number {
  const { maxHoldingHalfLives, halfLife } = options;
  if (maxHoldingBars !== Number.POSITIVE_INFINITY) requireInteger("maxHoldingBars", maxHoldingBars, 1);
  if ((maxHoldingHalfLives === undefined) !== (halfLife === undefined)) {
    const [given, missing] =
      halfLife === undefined ? ["maxHoldingHalfLives", "halfLife"] : ["halfLife", "maxHoldingHalfLives"];
    throw new QuantError("option", `${missing} must be given with ${given}, got undefined`, {
      argument: missing,
    });
  }
  if (maxHoldingHalfLives === undefined) return maxHoldingBars;
  const bars =
    requirePositive("maxHoldingHalfLives", maxHoldingHalfLives) * requirePositive("halfLife", halfLife);
  return Math.min(maxHoldingBars, Math.ceil(bars));
}

/** Checks the options and fills in the defaults. */
export function pairSignalSettings(options: PairSignalOptions): PairSignalSettings {
  requireKnownOptions(options, PAIR_SIGNAL_OPTIONS);
  const { enter = 2, exit = 0.5, stop = Number.POSITIVE_INFINITY, flip = true, warmUp = 0, parity } = options;
  const { rearm = exit } = options;
  requirePositive("enter", enter);
  requireNonNegative("exit", exit);
  if (exit > enter) refuse(`exit must be at most enter (${enter}), got ${exit}`, { enter, exit });
  if (stop !== Number.POSITIVE_INFINITY) requirePositive("stop", stop);
  if (!(stop > enter)) refuse(`stop must be above enter (${enter}), got ${stop}`, { enter, stop });
  requireNonNegative("rearm", rearm);
  if (rearm > enter) refuse(`rearm must be at most enter (${enter}), got ${rearm}`, { enter, rearm });
  requireBoolean("flip", flip);
  requireInteger("warmUp", warmUp, 0);
  const maxHoldingBars = holdingLimit(options);
  if (parity !== undefined) requireOneOf("parity", parity, ["seed"]);
  const seedParity = parity === "seed";
  const idle = ["stop", "rearm", "flip", "warmUp", "maxHoldingBars", "maxHoldingHalfLives"] as const;
  const excess = seedParity ? idle.find((name) => options[name] !== undefined) : undefined;
  if (excess !== undefined) {
    throw new QuantError("option", `${excess} must be left out with parity 'seed', got ${options[excess]}`, {
      argument: excess,
      value: options[excess],
    });
  }
  return { enter, exit, stop, rearm, flip, warmUp, maxHoldingBars, seedParity };
}
