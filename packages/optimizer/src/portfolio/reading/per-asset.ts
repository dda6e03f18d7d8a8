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
  if (typeof bound === "number") return new Float64Array(n).fill(requireBound(name, bound));
  const bounds = requireVector(name, bound, n).slice();
  bounds.forEach((value, i) => {
    requireBound(`${name}[${i}]`, value);
  });
  return bounds;
}

/** A number that may be infinite. */
export function requireBound(name: string, value: unknown): number {
  if (typeof value === "number" && !Number.isNaN(value)) return value;
  throw new QuantError("not-finite", `${name} must be a number or infinite, got ${show(value)}`, {
    argument: name,
  });
}
