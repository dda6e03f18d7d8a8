import type { EwmSettings } from "./ewm-decay.ts";

/** What an exponentially weighted past comes down to. */
export interface EwmRecord {
  /** Values seen so far. */
  count: number;
  mean: number;
  /** What the rounding of the mean left over: together they are the mean in twice the digits. */
  rest: number;
  /** The population's variance: weighted squares about the mean. */
  variance: number;
  /** 1 − Σp², with p each value's share of the weights: what the variance falls short of being unbiased. */
  spread: number;
  /** The weight of the past, in units in which the next value has its own. */
  weight: number;
}

/** What is read off a record. */
export interface EwmForm {
  readonly as: "mean" | "variance" | "std";
  /** The weighted squares as they are, without the factor that makes them unbiased. */
  readonly bias: boolean;
}

/** The answer that a record holds. */
export function readOff(record: EwmRecord, { as, bias }: EwmForm): number {
  if (as === "mean") return record.mean;
  const variance = bias ? record.variance : record.variance / record.spread;
  return as === "std" ? Math.sqrt(variance) : variance;
}

export function emptyEwmRecord(): EwmRecord {
  return { count: 0, mean: 0, rest: 0, variance: 0, spread: 0, weight: 0 };
}

/** Adds a step to the record's mean in twice the digits: a level far from zero takes none from the variance. */
function moveMean(record: EwmRecord, step: number): void {
  const moved = record.mean + step;
  const part = moved - record.mean;
  const rest = record.rest + (record.mean - (moved - part) + (step - part));
  record.mean = moved + rest;
  record.rest = rest - (record.mean - moved);
}

/**
 * Takes a value into the record; one that is not finite ages the past at most. With g the share of the new value and
 * d its distance from the mean so far: mean += g d, variance = (1 − g)(variance + g d²), and the sum over pairs
 * 1 − Σp² = (1 − g)²(1 − Σp²) + 2 g (1 − g), in which nothing cancels.
 */
export function takeIn(record: EwmRecord, x: number, settings: EwmSettings): void {
  const present = Number.isFinite(x);
  if (present || !settings.ignoreMissing) record.weight *= settings.decay;
  if (!present) return;
  record.count++;
  if (record.count === 1) {
    record.mean = x + 0; // −0 has no place in JSON
    record.weight = 1;
    return;
  }
  const own = settings.adjust ? 1 : settings.alpha;
  const total = record.weight + own;
  const past = record.weight / total;
  const share = own / total;
  const distance = x - record.mean - record.rest;
  moveMean(record, share * distance);
  record.variance = past * (record.variance + share * distance * distance);
  record.spread = past * past * record.spread + 2 * share * past;
  record.weight = settings.adjust ? total : 1;
}
