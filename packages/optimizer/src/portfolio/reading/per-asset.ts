import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireFinite, requireFiniteVector, requireVector, show } from "@astra-quant/core-linalg/guards";
import { lasting, lastingCopy } from "../../scratch.ts";

/** One finite number an asset, from one for all or from a vector. */
export function readRates(name: string, given: number | VectorLike | undefined, n: number): Float64Array {
  if (given === undefined) return lasting(n);
  if (typeof given === "number") return lasting(n).fill(requireFinite(name, given));
  return readVector(name, given, n);
}

/** A copy of n finite numbers. */
export function readVector(name: string, given: VectorLike | undefined, n: number): Float64Array {
  return lastingCopy(requireFiniteVector(name, given, n));
}

/** The same, where ±∞ is no bound. */
export function readBounds(
  name: string,
  bound: number | VectorLike | undefined,
  n: number,
  absent: number,
): Float64Array {
  if (bound === undefined) return lasting(n).fill(absent);
  if (typeof bound === "number") return lasting(n).fill(requireBound(name, bound, absent));
  const bounds = lastingCopy(requireVector(name, bound, n));
  for (let i = 0; i < n; i++) {
    if (!isBound(bounds[i]!, absent)) requireBound(`${name}[${i}]`, bounds[i], absent);
  }
  return bounds;
}

function isBound(value: unknown, absent: number): value is number {
  return typeof value === "number" && !Number.isNaN(value) && value !== -absent;
}

/** A number, or the infinity that is no bound: −∞ of a min, ∞ of a max. */
export function requireBound(name: string, value: unknown, absent: number): number {
  if (isBound(value, absent)) return value;
  if (typeof value !== "number" || Number.isNaN(value)) {
    throw new QuantError("not-finite", `${name} must be a number or infinite, got ${show(value)}`, {
      argument: name,
    });
  }
  throw new QuantError("range", `${name} must be finite, or ${absent} for no bound, got ${value}`, {
    argument: name,
    value,
  });
}
