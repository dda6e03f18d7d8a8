import type { VectorLike } from "@astra-quant/core-linalg";
import { QuantError, requireFiniteVector } from "@astra-quant/core-linalg/guards";

/** At least one finite return. */
export function requireReturns(name: string, x: unknown, length?: number): Float64Array {
  const returns = requireFiniteVector(name, x as VectorLike, length);
  if (returns.length > 0) return returns;
  throw new QuantError("shape", `${name} must have at least one entry, got 0`, { argument: name });
}

/** As {@link requireReturns}, and each leaves something to go on with: a loss of everything cannot be compounded. */
export function requireCompoundableReturns(name: string, x: unknown, length?: number): Float64Array {
  const returns = requireReturns(name, x, length);
  let ruin = 0;
  while (ruin < returns.length && returns[ruin]! > -1) ruin++;
  if (ruin === returns.length) return returns;
  throw new QuantError(
    "range",
    `${name}[${ruin}] must be greater than -1 to be compounded, got ${returns[ruin]}`,
    { argument: name, index: ruin, value: returns[ruin] },
  );
}
