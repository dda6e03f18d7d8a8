import { QuantError } from "@astra-quant/core-linalg";
import { requireVector } from "@astra-quant/core-linalg/guards";

/** The returns from the first number on: NaN before it is not yet begun. */
export function begunReturns(x: unknown): Float64Array {
  const given = requireVector("returns", x);
  let first = 0;
  while (first < given.length && Number.isNaN(given[first])) first++;
  const returns = given.subarray(first);
  let gap = 0;
  while (gap < returns.length && Number.isFinite(returns[gap])) gap++;
  if (gap === returns.length) return returns;
  throw new QuantError(
    "not-finite",
    `returns[${first + gap}] must be finite once the returns have begun, got ${returns[gap]}`,
    { argument: "returns", index: first + gap, value: returns[gap] },
  );
}
