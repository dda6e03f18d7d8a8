import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { type BufferOptions, requireBufferLaw } from "./apply-buffer.ts";
import { type ConvictionOptions, requireConvictionLaw } from "./conviction-weight.ts";
import { decayFactor } from "./half-life.ts";
import type { LiquidityOptions } from "./liquidity-cap.ts";
import { wholeLots } from "./lots.ts";
import { requireSeedParity } from "./parity.ts";
import { signalStrength } from "./signal-strength.ts";
import { scaleFor } from "./volatility-scale.ts";

/** What is known of one asset when its position is decided. */
export interface SizingInputs {
  /** The signal, of any size; its sign is the position's. */
  readonly signal: number;
  /** What the signal is trusted with, in [0, 1]. @defaultValue 1 */
  readonly confidence?: number;
  /** Money, positive. */
  readonly equity: number;
  /** Positive. */
  readonly price: number;
  /** Shares a day, ≥ 0, of the days before: see `averageDailyVolume`. */
  readonly averageVolume: number;
  /** Shares held now, signed: asks for the buffer. @defaultValue nothing is held */
  readonly current?: number;
  /** Periods since the position was taken, ≥ 0: asks for its decay. */
  readonly age?: number;
  /** The asset's volatility, ≥ 0, in the unit of `targetVolatility`, which asks for it. */
  readonly volatility?: number;
}

export interface TargetPositionOptions extends ConvictionOptions, LiquidityOptions {
  /** As in `signalStrength`. @defaultValue 2 */
  readonly gain?: number;
  /** The volatility that a position is scaled to, positive. @defaultValue positions are not scaled */
  readonly targetVolatility?: number;
  /** As in `decayPosition`. @defaultValue 10 */
  readonly halfLife?: number;
  /** As in `applyBuffer`. @defaultValue 0.15 */
  readonly buffer?: number;
}

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
  /** The last of these that changed the answer; null where none did. */
  readonly limitedBy: "position" | "liquidity" | "buffer" | null;
  /** Every step taken, in order. */
  readonly steps: readonly SizingStep[];
}

export const INPUT_NAMES: readonly (keyof SizingInputs)[] = [
  "signal",
  "confidence",
  "equity",
  "price",
  "averageVolume",
  "current",
  "age",
  "volatility",
];
export const OPTION_NAMES: readonly (keyof TargetPositionOptions)[] = [
  "gain",
  "minLeverage",
  "maxLeverage",
  "maxPositionSize",
  "participation",
  "lotSize",
  "targetVolatility",
  "halfLife",
  "buffer",
  "parity",
];

interface SizingRules {
  readonly size: (inputs: SizingInputs) => TargetPosition;
}

function clip(shares: number, cap: number): number {
  return Math.max(-cap, Math.min(cap, shares)) + 0;
}

/** The options read once, for one asset or many. */
export function requireSizingRules(options: TargetPositionOptions): SizingRules {
  const {
    gain = 2,
    targetVolatility,
    halfLife = 10,
    participation = 0.1,
    lotSize = 1,
    buffer = 0.15,
  } = options;
  requirePositive("gain", gain);
  requirePositive("halfLife", halfLife);
  requirePositive("participation", participation);
  requirePositive("lotSize", lotSize);
  if (targetVolatility !== undefined) requirePositive("targetVolatility", targetVolatility);
  const { maxLeverage = 3 } = options;
  const conviction = requireConvictionLaw(options);
  const seed = requireSeedParity(options.parity);
  const bufferOptions: BufferOptions = seed ? { buffer, parity: "seed" } : { buffer };
  const held = requireBufferLaw(bufferOptions);

  const size = (inputs: SizingInputs): TargetPosition => {
    const { confidence = 1, current, age, volatility } = inputs;
    const signal = requireFinite("signal", inputs.signal);
    requireFinite("confidence", confidence);
    const equity = requirePositive("equity", inputs.equity);
    const price = requirePositive("price", inputs.price);
    const averageVolume = requireNonNegative("averageVolume", inputs.averageVolume);
    if (current !== undefined) requireFinite("current", current);
    const steps: SizingStep[] = [];
    const note = (step: SizingStep["step"], value: number, reason: string): number => {
      steps.push({ step, value, reason });
      return value;
    };

    const strength = note(
      "strength",
      signalStrength(signal, { gain, confidence }),
      `tanh(${gain} × ${signal}) × confidence ${confidence}`,
    );
    const leverage = conviction.leverage(strength);
    let weight = note(
      "conviction",
      conviction.weight(strength),
      `leverage ${leverage} for this strength, at most ${conviction.largest} of equity`,
    );
    if (targetVolatility !== undefined) {
      const sigma = requireNonNegative("volatility", volatility);
      const factor = scaleFor(sigma, targetVolatility, maxLeverage);
      weight = note(
        "volatility",
        weight * factor,
        `× ${factor}: volatility ${sigma}, wanted ${targetVolatility}`,
      );
    }
    if (age !== undefined) {
      const factor = decayFactor(requireNonNegative("age", age), halfLife);
      weight = note("decay", weight * factor, `× ${factor}: age ${age}, half-life ${halfLife}`);
    }

    const shares = note(
      "shares",
      wholeLots((equity * weight) / price, lotSize),
      `whole lots of ${lotSize} at ${price}, towards zero`,
    );
    const positionCap = wholeLots((equity * conviction.largest) / price, lotSize);
    const liquidityLimit = wholeLots(averageVolume * participation, lotSize);
    let limitedBy: TargetPosition["limitedBy"] = null;
    let wanted = clip(shares, positionCap);
    if (wanted !== shares) {
      limitedBy = "position";
      note("position", wanted, `at most ${positionCap} shares, ${conviction.largest} of equity`);
    }
    const liquid = clip(wanted, liquidityLimit);
    if (liquid !== wanted) {
      limitedBy = "liquidity";
      const reason = `at most ${liquidityLimit} shares, ${participation} of an average day's ${averageVolume}`;
      wanted = note("liquidity", liquid, reason);
    }
    if (current !== undefined) {
      const kept = held(wanted, current);
      const cap = Math.min(positionCap, liquidityLimit);
      // The buffer saves trades, never a position that is larger than it may be.
      const lawful = seed || Math.abs(kept) <= cap;
      if (lawful && kept !== wanted) {
        limitedBy = "buffer";
        wanted = note("buffer", kept, `held: a change to ${wanted} is less than ${buffer} of ${current}`);
      }
    }
    const notional = wanted * price;
    return { shares: wanted, notional, weight: notional / equity, leverage, limitedBy, steps };
  };
  return { size };
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
  requireKnownOptions(inputs, INPUT_NAMES, "inputs");
  requireKnownOptions(options, OPTION_NAMES);
  return requireSizingRules(options).size(inputs);
}
