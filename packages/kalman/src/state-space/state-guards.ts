import { Matrix, QuantError } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireSymmetricMatrix } from "@astra-quant/core-linalg/guards";

/** A covariance in a state, row-major: symmetric up to rounding, without a negative variance. */
export function requireCarriedCovariance(name: string, given: unknown, size: number): Float64Array {
  const covariance = requireFiniteVector(name, given, size * size);
  for (let i = 0; i < size; i++) {
    const variance = covariance[i * size + i]!;
    if (variance >= 0) continue;
    throw new QuantError("data", `${name} must have no negative variance, got ${variance} for state ${i}`, {
      argument: name,
    });
  }
  return requireSymmetricMatrix(name, new Matrix(size, size, covariance)).data;
}

/** Directions of which nothing is known, row-major: a row for each of `size` states, at most as many columns. */
export function requireUnknownDirections(name: string, given: unknown, size: number): Float64Array {
  const unknown = requireFiniteVector(name, given);
  if (unknown.length % size === 0 && unknown.length <= size * size) return unknown;
  throw new QuantError(
    "data",
    `${name} must have ${size} rows of equal length, got ${unknown.length} entries`,
    { argument: name },
  );
}
