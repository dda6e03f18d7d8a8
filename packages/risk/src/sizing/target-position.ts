import { requireKnownOptions, requireNonNegative } from "@astra-quant/core-linalg/guards";
import { decayFactor } from "./half-life.ts";
import { wholeLots } from "./lots.ts";
import { signalStrength } from "./signal-strength.ts";
import { requireSizingInputs, type SizingInputs } from "./sizing-inputs.ts";
import {
  requireSizingRules,
  type SizingRules,
  TARGET_OPTIONS,
  type TargetPositionOptions,
} from "./sizing-rules.ts";
import { scaleFor } from "./volatility-scale.ts";

/** Where a step leaves the position, and why. */
export interface SizingStep {
  readonly step:
    | "strength"
    | "conviction"
    | "volatility"
    | "decay"
    | "shares"
    | "position"
    | "liquidity"
    | "buffer";
  /** A strength in [−1, 1], then weights (fractions of equity), from `shares` on shares. */
  readonly value: number;
  readonly reason: string;
}

export interface TargetPosition {
  /** Whole lots to hold, signed. */
  readonly shares: number;
  /** shares · price, money. */
  readonly notional: number;
  /** notional ÷ equity. */
  readonly weight: number;
  /** The leverage that the strength was given. */
  readonly leverage: number;
  /** What changed the answer last, after the signal had been heard; null where nothing did. */
  readonly limitedBy: "position" | "liquidity" | "buffer" | null;
  /** Every step that was taken, in order. */
  readonly steps: readonly SizingStep[];
}

type Inputs = ReturnType<typeof requireSizingInputs>;
type Note = (step: SizingStep["step"], value: number, reason: string) => number;

function weightOf(inputs: Inputs, strength: number, rules: SizingRules, note: Note): number {
  const { conviction, targetVolatility, maxLeverage, halfLife } = rules;
  const leverage = conviction.leverage(strength);
  let weight = note("conviction", conviction.weight(strength), `leverage ${leverage} for this strength`);
  if (targetVolatility !== undefined) {
    const volatility = requireNonNegative("volatility", inputs.volatility);
    const factor = scaleFor(volatility, targetVolatility, maxLeverage);
    const reason = `× ${factor}: volatility ${volatility}, wanted ${targetVolatility}`;
    weight = note("volatility", weight * factor, reason);
  }
  const { age } = inputs;
  if (age === undefined) return weight;
  const factor = decayFactor(age, halfLife);
  return note("decay", weight * factor, `× ${factor}: age ${age}, half-life ${halfLife}`);
}

function clip(shares: number, cap: number): number {
  return Math.max(-cap, Math.min(cap, shares)) + 0;
}

export function sizePosition(given: SizingInputs, rules: SizingRules): TargetPosition {
  const inputs = requireSizingInputs(given);
  const { signal, confidence, equity, price, averageVolume, current } = inputs;
  const { gain, conviction, participation, lotSize, held, seed } = rules;
  const steps: SizingStep[] = [];
  let limitedBy: TargetPosition["limitedBy"] = null;
  const note: Note = (step, value, reason) => {
    steps.push({ step, value, reason });
    if (step === "position" || step === "liquidity" || step === "buffer") limitedBy = step;
    return value;
  };

  const strength = note(
    "strength",
    signalStrength(signal, { gain, confidence }),
    `tanh(${gain} × ${signal}) × confidence ${confidence}`,
  );
  const weight = weightOf(inputs, strength, rules, note);
  const called = wholeLots((equity * weight) / price, lotSize);
  let shares = note("shares", called, `whole lots of ${lotSize} at ${price}, towards zero`);

  const largest = wholeLots((equity * conviction.largest) / price, lotSize);
  if (Math.abs(shares) > largest) {
    const reason = `at most ${largest} shares, ${conviction.largest} of equity`;
    shares = note("position", clip(shares, largest), reason);
  }
  const liquid = wholeLots(averageVolume * participation, lotSize);
  if (Math.abs(shares) > liquid) {
    const reason = `at most ${liquid} shares, ${participation} of an average day's ${averageVolume}`;
    shares = note("liquidity", clip(shares, liquid), reason);
  }
  if (current !== undefined) {
    const kept = held(shares, current);
    // The buffer saves a trade, never a position that is larger than it may be.
    const lawful = seed || Math.abs(kept) <= Math.min(largest, liquid);
    if (lawful && !Object.is(kept, shares)) {
      const reason = `${current} held: a change to ${shares} is less than ${rules.buffer} of it`;
      shares = note("buffer", kept, reason);
    }
  }
  const notional = shares * price;
  const leverage = conviction.leverage(strength);
  return { shares, notional, weight: notional / equity, leverage, limitedBy, steps };
}

/**
 * The position that a signal calls for, and why: its strength (`signalStrength`), the weight for that strength
 * (`convictionWeight`), scaled to a volatility and decayed with age when asked, as whole shares, no larger than the
 * largest position and a share of the average volume, and left as it is when the change is within the buffer. A
 * position above its caps is brought down to them, buffer or not.
 *
 * @throws QuantError "not-finite" for a NaN, "range" for a confidence outside [0, 1], an equity or price that is not
 *   positive, a negative volume, age or volatility, "option" for an unknown name.
 */
export function targetPosition(inputs: SizingInputs, options: TargetPositionOptions = {}): TargetPosition {
  requireKnownOptions(options, TARGET_OPTIONS);
  return sizePosition(inputs, requireSizingRules(options));
}
