import { QuantError, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { FINITE, type Figure, type FigureOf, KNOWN, mapFigure, type OutFigure } from "./figure.ts";
import { requireSeedParity } from "./parity.ts";

export interface BufferOptions {
  /** The smallest change that is traded, as a fraction of the position held, in [0, 1). @defaultValue 0.15 */
  readonly buffer?: number;
  /**
   * `'seed'` divides by the signed position: a short is never changed and never closed, and from flat there is no
   * answer (NaN).
   */
  readonly parity?: "seed";
}

export interface ApplyBufferOptions<X extends Figure> extends BufferOptions, OutFigure<X> {}

/** What is held next, of a target and what is held now. */
export type BufferLaw = (target: number, current: number) => number;

/** A change counts where |target − current| ÷ |current| ≥ buffer; from flat, where that is ∞ or 0 ÷ 0, it always does. */
export function bufferLaw(buffer: number): BufferLaw {
  return (target, current) => {
    if (Number.isNaN(target)) return current + 0;
    return Math.abs(target - current) / Math.abs(current) < buffer ? current : target + 0;
  };
}

function seedBufferLaw(buffer: number): BufferLaw {
  return (target, current) => {
    if (current === 0) return Number.NaN;
    if (Number.isNaN(target)) return current;
    return Math.abs(target - current) / current < buffer ? current : target + 0;
  };
}

export function requireBuffer(buffer: unknown): number {
  if (typeof buffer === "number" && buffer >= 0 && buffer < 1) return buffer;
  throw new QuantError("range", `buffer must be in [0, 1), got ${show(buffer)}`, {
    argument: "buffer",
    value: buffer,
  });
}

export function requireBufferLaw({ buffer = 0.15, parity }: BufferOptions): BufferLaw {
  const size = requireBuffer(buffer);
  return requireSeedParity(parity) ? seedBufferLaw(size) : bufferLaw(size);
}

/**
 * The position to hold: the target, or what is held already when the change is smaller than `buffer` times it. Longs and
 * shorts are treated alike; from flat every target is taken, and a position is always closed or turned round when the
 * target says so, since that is a change of the whole of it. A missing target (NaN) asks for nothing: what is held stays.
 *
 * @param target - signed, in any unit: a number, a vector, a time × assets matrix or a panel; the answer has its form
 * @param current - held now, in the same unit: one number, one an asset, or one an entry
 * @throws QuantError "not-finite" for an infinite target or a position that is not known, "range" for a buffer outside
 *   [0, 1), "shape" for positions that do not fit.
 */
export function applyBuffer<X extends Figure>(
  target: X,
  current: Figure,
  options: ApplyBufferOptions<X> = {},
): FigureOf<X> {
  requireKnownOptions(options, ["buffer", "parity", "out"]);
  const held = requireBufferLaw(options);
  return mapFigure("target", target, FINITE, options.out, (beside) => {
    const now = beside("current", current, KNOWN);
    return (value, k) => held(value, now(k));
  });
}
