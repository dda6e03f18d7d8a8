import type { VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  QuantError,
  requireApart,
  requireFiniteVector,
  requireKnownOptions,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { type Exposure, exposureOf, requirePrices } from "./exposure.ts";
import { wholeLots } from "./lots.ts";

export interface LeverageLimits {
  /** The most that longs and shorts together may be, a multiple of equity, positive. @defaultValue 3 */
  readonly maxGross?: number;
  /** The most that longs and shorts may differ, a multiple of equity, positive. @defaultValue 1.5 */
  readonly maxNet?: number;
}

export interface ScaleToLeverageOptions extends LeverageLimits {
  /** n positive prices, when positions are shares. @defaultValue none: positions are weights */
  readonly prices?: VectorLike;
  /** Money, positive; needed with prices. */
  readonly equity?: number;
  /** Shares are whole numbers of these, towards zero, positive. @defaultValue 1 */
  readonly lotSize?: number;
  /** n entries; receives the positions. */
  readonly out?: Float64Array;
}

export interface ScaledToLeverage {
  /** n positions in the unit given, within both limits. */
  readonly positions: Float64Array;
  /** What each was multiplied with, in [0, 1], before shares became whole again. */
  readonly factor: number;
  /** Multiples of equity, of `positions`. */
  readonly exposure: Exposure;
  /** Multiples of equity, of what was given. */
  readonly before: Exposure;
  /** The limit that asked for the factor; null where none did. */
  readonly limitedBy: "gross" | "net" | null;
}

interface Book {
  readonly x: Float64Array;
  readonly maxGross: number;
  readonly maxNet: number;
  /** Money of one unit of each position, and of the equity: 1 for weights. */
  readonly prices: Float64Array;
  readonly capital: number;
  readonly round: (position: number) => number;
}

function requireBook(positions: VectorLike, options: ScaleToLeverageOptions): Book {
  const { maxGross = 3, maxNet = 1.5, prices, equity, lotSize = 1 } = options;
  const x = requireFiniteVector("positions", positions);
  const limits = {
    maxGross: requirePositive("maxGross", maxGross),
    maxNet: requirePositive("maxNet", maxNet),
  };
  if (prices === undefined) {
    const lonely = (["equity", "lotSize"] as const).find((name) => options[name] !== undefined);
    if (lonely === undefined)
      return {
        x,
        ...limits,
        prices: new Float64Array(x.length).fill(1),
        capital: 1,
        round: (position) => position + 0,
      };
    throw new QuantError("option", `${lonely} needs prices: without them positions are weights`, {
      option: lonely,
    });
  }
  const lot = requirePositive("lotSize", lotSize);
  return {
    x,
    ...limits,
    prices: requirePrices(prices, x.length),
    capital: requirePositive("equity", equity),
    round: (position) => wholeLots(position, lot),
  };
}

function scaled({ x, round }: Book, factor: number): Float64Array {
  return x.map((position) => round(position * factor));
}

function leverageOf({ prices, capital }: Book, positions: Float64Array): Exposure {
  const { gross, net } = exposureOf(positions.map((position, i) => position * prices[i]!));
  return { gross: gross / capital, net: net / capital };
}

/** How far the exposure must shrink to be within both limits. */
function excess({ gross, net }: Exposure, { maxGross, maxNet }: Book): number {
  return Math.min(1, maxGross / gross, maxNet / Math.abs(net));
}

/**
 * Positions shrunk in one proportion until gross and net exposure are within their limits; what is within already stays
 * as it is, to the bit. The limits hold for the answer itself, after rounding: twice is the same as once.
 *
 * Positions are weights, or with `prices` and `equity` shares, which become whole lots again, towards zero.
 *
 * @throws QuantError "not-finite" for a NaN, "range" for limits, prices or an equity that are not positive or a leverage
 *   beyond the doubles, "shape" for lengths that do not fit, "option" for an equity or a lot size without prices.
 */
export function scaleToLeverage(
  positions: VectorLike,
  options: ScaleToLeverageOptions = {},
): ScaledToLeverage {
  requireKnownOptions(options, ["maxGross", "maxNet", "prices", "equity", "lotSize", "out"]);
  const book = requireBook(positions, options);
  const before = leverageOf(book, book.x);
  const answer = outputVector(options.out, book.x.length);
  requireApart(answer, "positions", book.x);
  if (!Number.isFinite(before.gross)) {
    throw new QuantError("range", `positions must have a finite gross leverage, got ${before.gross}`, {
      argument: "positions",
    });
  }
  let factor = excess(before, book);
  if (factor === 1) {
    answer.set(book.x);
    return { positions: answer, factor, exposure: before, before, limitedBy: null };
  }
  const limitedBy = book.maxGross / before.gross <= book.maxNet / Math.abs(before.net) ? "gross" : "net";
  let exposure: Exposure;
  // Rounding may leave an ulp, whole lots of one side a lot: each further step gives up twice as much more.
  for (let more = Number.EPSILON; ; more *= 2) {
    answer.set(scaled(book, factor));
    exposure = leverageOf(book, answer);
    const rest = excess(exposure, book);
    if (rest === 1) break;
    factor *= rest * Math.max(0, 1 - more);
  }
  return { positions: answer, factor, exposure, before, limitedBy };
}
