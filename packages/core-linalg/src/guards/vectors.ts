import { QuantError, show } from "./quant-error.ts";

/** A vector as callers may pass it. */
export type VectorLike = Float64Array | readonly number[];

/** True for a `Float64Array` or a plain array whose first entry is a number (or that is empty). */
export function isVector(x: unknown): x is VectorLike {
  return x instanceof Float64Array || (Array.isArray(x) && (x.length === 0 || typeof x[0] === "number"));
}

/**
 * The vector as a `Float64Array`: the caller's own when it is one already (never to be written to), else a
 * copy. NaN passes; use {@link requireFiniteVector} where none may be.
 */
export function requireVector(name: string, x: unknown, length?: number): Float64Array {
  if (!(x instanceof Float64Array || Array.isArray(x))) {
    throw new QuantError("shape", `${name} must be a vector of numbers, got ${show(x)}`, { argument: name });
  }
  if (length !== undefined && x.length !== length) {
    throw new QuantError("shape", `${name} must have ${length} entries, got ${x.length}`, {
      argument: name,
      expected: length,
      length: x.length,
    });
  }
  if (x instanceof Float64Array) return x;
  for (let i = 0; i < x.length; i++) {
    if (typeof x[i] !== "number") {
      throw new QuantError("data", `${name}[${i}] must be a number, got ${show(x[i])}`, {
        argument: name,
        index: i,
        value: x[i],
      });
    }
  }
  return Float64Array.from(x);
}

/** As {@link requireVector}, and every entry finite. */
export function requireFiniteVector(name: string, x: unknown, length?: number): Float64Array {
  const vector = requireVector(name, x, length);
  for (let i = 0; i < vector.length; i++) {
    if (!Number.isFinite(vector[i])) {
      throw new QuantError("not-finite", `${name}[${i}] must be finite, got ${vector[i]}`, {
        argument: name,
        index: i,
        value: vector[i],
      });
    }
  }
  return vector;
}

/** Refuses an output that lies over the input of that name, wholly or in part: inputs are never changed. */
export function requireApart(out: Float64Array, name: string, input: Float64Array): void {
  const apart =
    out.buffer !== input.buffer ||
    out.byteOffset >= input.byteOffset + input.byteLength ||
    input.byteOffset >= out.byteOffset + out.byteLength;
  if (apart) return;
  throw new QuantError("option", `out must not share memory with ${name}: inputs are never changed`, {
    argument: "out",
  });
}

/** The array to write a result of `length` into: `out` when given (its length is checked), else a new one. */
export function outputVector(out: Float64Array | undefined, length: number): Float64Array {
  if (out === undefined) return new Float64Array(length);
  if (!(out instanceof Float64Array) || out.length !== length) {
    throw new QuantError("shape", `out must be a Float64Array of ${length} entries, got ${show(out)}`, {
      argument: "out",
      expected: length,
    });
  }
  return out;
}
