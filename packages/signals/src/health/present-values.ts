import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireVector } from "@astra-quant/core-linalg/guards";

/** The values of a sample that are no NaN, in memory of their own; a `QuantError` where there is none. */
export function requirePresentValues(name: string, x: VectorLike): Float64Array {
  const values = requireVector(name, x).filter((value) => !Number.isNaN(value));
  if (values.length > 0) return values;
  throw new QuantError("range", `${name} must hold at least one number`, { argument: name });
}
