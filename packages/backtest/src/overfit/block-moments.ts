import { evenBlocks } from "../rows/even-blocks.ts";

/**
 * What overfitting statistics need of one strategy's returns: the moments of each of its blocks of rows, whichever their
 * number. Plain numbers, so that they travel between workers.
 */
export interface BlockMoments {
  /** Returns in each block. */
  readonly counts: Float64Array;
  /** Their mean. */
  readonly means: Float64Array;
  /** Σ (r − mean)². */
  readonly squares: Float64Array;
}

/** The moments of so many even blocks of the returns. */
export function blockMoments(returns: Float64Array, blocks: number): BlockMoments {
  const counts = new Float64Array(blocks);
  const means = new Float64Array(blocks);
  const squares = new Float64Array(blocks);
  evenBlocks(returns.length, blocks).forEach(({ firstRow, lastRow }, k) => {
    const n = lastRow - firstRow + 1;
    // Counted from the block's own first return: squares of what does not vary are 0.
    const origin = returns[firstRow]!;
    let sum = 0;
    let square = 0;
    for (let t = firstRow; t <= lastRow; t++) {
      const d = returns[t]! - origin;
      sum += d;
      square += d * d;
    }
    counts[k] = n;
    means[k] = origin + sum / n;
    squares[k] = Math.max(0, square - (sum / n) * sum);
  });
  return { counts, means, squares };
}
