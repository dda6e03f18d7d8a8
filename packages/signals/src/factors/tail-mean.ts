import { type Matrix, rollingQuantile } from "@astra-quant/core-linalg";

/**
 * The quantile level of the largest return that belongs to the tail, by type R-7: the ⌈n·p⌉-th smallest of n. What
 * rounding adds to n·p when that is an integer does not count.
 */
export function tailBorderLevel(window: number, probability: number): number {
  const rank = Math.ceil(window * probability * (1 - 4 * Number.EPSILON)) - 1;
  return window === 1 ? 0 : rank / (window - 1);
}

/**
 * The mean of the worst n·p of each window's n returns, the last of them in part when n·p is no integer:
 * v − (1 ÷ np) Σ max(v − r, 0), where v is the largest return that belongs to the tail.
 */
export function tailMean(returns: Matrix, window: number, probability: number): Matrix {
  const { rows, columns, data } = returns;
  const mean = rollingQuantile(returns, window, tailBorderLevel(window, probability));
  const border = mean.data;
  const count = window * probability;
  const beyond = new Float64Array(columns);
  for (let t = window - 1; t < rows; t++) {
    const row = t * columns;
    beyond.fill(0);
    for (let k = row - (window - 1) * columns; k <= row; k += columns) {
      for (let j = 0; j < columns; j++) beyond[j]! += Math.max(border[row + j]! - data[k + j]!, 0);
    }
    for (let j = 0; j < columns; j++) border[row + j]! -= beyond[j]! / count;
  }
  return mean;
}

/** One window of {@link tailMean}: its returns, the latest last, and the largest of them that belongs to the tail. */
export function meanBeyond(returns: readonly number[], border: number, probability: number): number {
  let beyond = 0;
  for (const value of returns) beyond += Math.max(border - value, 0);
  return border - beyond / (returns.length * probability);
}
