import { CompensatedSum } from "@astra-quant/core-linalg";
import type { PortfolioProblem, RowLimit, SizeLimit } from "./problem.ts";

/** a_r'w of each row, and the size that each size limits. */
export interface LimitUse {
  readonly rows: Float64Array;
  readonly sizes: Float64Array;
}

export function limitUse({ rows, sizes, current }: PortfolioProblem, weights: Float64Array): LimitUse {
  return {
    rows: Float64Array.from(rows, (row) => rowValue(row, weights)),
    sizes: Float64Array.from(sizes, (size) => sizeValue(size, weights, current)),
  };
}

function rowValue({ loadings }: RowLimit, weights: Float64Array): number {
  const sum = new CompensatedSum();
  for (let i = 0; i < weights.length; i++) sum.add(loadings[i]! * weights[i]!);
  return sum.value;
}

function sizeValue({ of, members }: SizeLimit, weights: Float64Array, current: Float64Array): number {
  const sum = new CompensatedSum();
  for (let i = 0; i < weights.length; i++) {
    if (members[i] === 1) sum.add(Math.abs(of === "weights" ? weights[i]! : weights[i]! - current[i]!));
  }
  return sum.value;
}

/** The largest overrun of any limit, in its own units; 0 when all hold. */
export function limitViolation(
  { lower, upper, rows, sizes }: PortfolioProblem,
  weights: Float64Array,
  use: LimitUse,
): number {
  let most = 0;
  rows.forEach(({ min, max }, r) => {
    most = Math.max(most, min - use.rows[r]!, use.rows[r]! - max);
  });
  sizes.forEach(({ max }, s) => {
    most = Math.max(most, use.sizes[s]! - max);
  });
  for (let i = 0; i < weights.length; i++) {
    most = Math.max(most, lower[i]! - weights[i]!, weights[i]! - upper[i]!);
  }
  return most;
}
