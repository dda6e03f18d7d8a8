import { QuantError } from "@astra-quant/core-linalg";
import { requireInteger, requireOneOf, show } from "@astra-quant/core-linalg/guards";

const TIMINGS = ["causal", "look-ahead", "contemporaneous"] as const;

/**
 * Which row a figure stands in.
 *
 * | name | row t is made of |
 * |---|---|
 * | `causal` | signals and the returns that followed them, all known at t |
 * | `look-ahead` | the same figures, each in the row of its last signal: it needs returns after t |
 * | `contemporaneous` | signals and returns of the same row: what a signal describes, not what it predicts |
 */
export type Timing = (typeof TIMINGS)[number];

export interface PairingOptions {
  /** Rows from a signal to the first return that it is held to predict, an integer ≥ 1. @defaultValue 1 */
  readonly lag?: number;
  /** Returns that are compounded into the outcome, an integer ≥ 1. @defaultValue 1 */
  readonly horizon?: number;
  /** @defaultValue "causal" */
  readonly timing?: Timing;
}

/** How signals meet returns, checked. */
export interface Pairing {
  readonly lag: number;
  readonly horizon: number;
  readonly timing: Timing;
}

export const PAIRING_OPTIONS = ["lag", "horizon", "timing"] as const;

/** Row t of an answer pairs the signal of this many rows before with the outcome that ends in t. */
export function rowsBack({ lag, horizon }: Pairing): number {
  return lag + horizon - 1;
}

export function requirePairing(options: PairingOptions): Pairing {
  const { horizon = 1, timing = "causal" } = options;
  requireOneOf("timing", timing, TIMINGS);
  requireInteger("horizon", horizon, 1);
  if (timing !== "contemporaneous") {
    return { lag: requireLag(options.lag), horizon, timing };
  }
  const { lag = 0 } = options;
  if (lag === 0 && horizon === 1) return { lag, horizon, timing };
  throw new QuantError(
    "option",
    `timing 'contemporaneous' must go with lag 0 and horizon 1, got ${show(lag)} and ${horizon}`,
    { lag, horizon, timing },
  );
}

function requireLag(lag: unknown = 1): number {
  if (lag === 0) {
    throw new QuantError(
      "range",
      "lag must be an integer ≥ 1, got 0; a signal against the return of its own row needs timing: 'contemporaneous'",
      { argument: "lag", value: lag },
    );
  }
  return requireInteger("lag", lag, 1);
}

/** Refuses the timing that a stream cannot have. */
export function requireStreamTiming({ timing }: Pairing): void {
  requireOneOf("timing", timing, ["causal", "contemporaneous"]);
}
