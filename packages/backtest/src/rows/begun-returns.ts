import { QuantError } from "@astra-quant/core-linalg";
import { requireVector } from "@astra-quant/core-linalg/guards";

/** The returns from the first number on: NaN before it is not yet begun. */
export function begunReturns(x: unknown): Float64Array {
  const given = requireVector("returns", x);
  let first = 0;
  while (first < given.length && Number.isNaN(given[first])) first++;
  return given.subarray(first);
}

/** Refuses a gap; entries are counted from the first of `x`, as in {@link begunReturns}. */
export function requireNoGap(begun: Float64Array, x: unknown): void {
  const gap = begun.findIndex((r) => !Number.isFinite(r));
  if (gap < 0) return;
  const index = (x as ArrayLike<number>).length - begun.length + gap;
  throw new QuantError(
    "not-finite",
    `returns[${index}] must be finite once the returns have begun, got ${begun[gap]}`,
    { argument: "returns", index, value: begun[gap] },
  );
}
