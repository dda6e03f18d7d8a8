import { CompensatedSum } from "@astra-quant/core-linalg";
import type { PortfolioProblem, RowLimit, SizeLimit } from "./problem.ts";

/** a_r'w of each row, and the size that each size limits. */
export interface LimitUse {
  readonly rows: Float64Array;
  readonly sizes: Float64Array;
}

export function limitUse({ rows, sizes, current }: PortfolioProblem, weights: Float64Array): LimitUse {
  const held = heldIn(weights);
  const use = { rows: new Float64Array(rows.length), sizes: new Float64Array(sizes.length) };
  for (let r = 0; r < rows.length; r++) use.rows[r] = rowValue(rows[r]!, weights, held);
  for (let s = 0; s < sizes.length; s++) {
    const size = sizes[s]!;
    use.sizes[s] = size.of === "weights" ? grossOf(size, weights, held) : turnoverOf(size, weights, current);
  }
  return use;
}

/** The assets whose weight is not zero: most portfolios hold few. */
export function heldIn(weights: Float64Array): number[] {
  const held: number[] = [];
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) held.push(i);
  return held;
}

function rowValue({ loadings }: RowLimit, weights: Float64Array, held: readonly number[]): number {
  const sum = new CompensatedSum();
  for (const i of held) sum.add(loadings[i]! * weights[i]!);
  return sum.value;
}

function grossOf({ members }: SizeLimit, weights: Float64Array, held: readonly number[]): number {
  const sum = new CompensatedSum();
  for (const i of held) if (members[i] === 1) sum.add(Math.abs(weights[i]!));
  return sum.value;
}

function turnoverOf({ members }: SizeLimit, weights: Float64Array, current: Float64Array): number {
  const sum = new CompensatedSum();
  for (let i = 0; i < weights.length; i++) {
    if (members[i] === 1) sum.add(Math.abs(weights[i]! - current[i]!));
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
  for (let r = 0; r < rows.length; r++) {
    const { min, max } = rows[r]!;
    most = Math.max(most, min - use.rows[r]!, use.rows[r]! - max);
  }
  for (let s = 0; s < sizes.length; s++) most = Math.max(most, use.sizes[s]! - sizes[s]!.max);
  for (let i = 0; i < weights.length; i++) {
    most = Math.max(most, lower[i]! - weights[i]!, weights[i]! - upper[i]!);
  }
  return most;
}
