import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireFinite, requireFiniteVector, requireVector, show } from "@astra-quant/core-linalg/guards";

/** One finite number an asset, from one for all or from a vector. */
export function readRates(name: string, given: number | VectorLike | undefined, n: number): Float64Array {
  if (given === undefined) return new Float64Array(n);
  if (typeof given === "number") return new Float64Array(n).fill(requireFinite(name, given));
  return requireFiniteVector(name, given, n).slice();
}

/** The same, where ±∞ is no bound. */
export function readBounds(
  name: string,
  bound: number | VectorLike | undefined,
  n: number,
  absent: number,
): Float64Array {
  if (bound === undefined) return new Float64Array(n).fill(absent);
  if (typeof bound === "number") return new Float64Array(n).fill(requireBound(name, bound, absent));
  const bounds = requireVector(name, bound, n).slice();
  bounds.forEach((value, i) => {
    requireBound(`${name}[${i}]`, value, absent);
  });
  return bounds;
}

/** A number, or the infinity that is no bound: −∞ of a min, ∞ of a max. */
export function requireBound(name: string, value: unknown, absent: number): number {
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new QuantError("not-finite", `${name} must be a number or infinite, got ${show(value)}`, {
      argument: name,
    });
  }
  if (value !== -absent) return value;
  throw new QuantError("range", `${name} must be finite, or ${absent} for no bound, got ${value}`, {
    argument: name,
    value,
  });
}
