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

/** The moments of `blocks` even blocks of the returns, row t being entry `offset + t · stride`. */
export function blockMoments(
  data: Float64Array,
  blocks: number,
  { rows = data.length, offset = 0, stride = 1 }: { rows?: number; offset?: number; stride?: number } = {},
): BlockMoments {
  const counts = new Float64Array(blocks);
  const means = new Float64Array(blocks);
  const squares = new Float64Array(blocks);
  evenBlocks(rows, blocks).forEach(({ firstRow, lastRow }, k) => {
    const n = lastRow - firstRow + 1;
    let sum = 0;
    for (let t = firstRow; t <= lastRow; t++) sum += data[offset + t * stride]!;
    const mean = sum / n;
    let square = 0;
    for (let t = firstRow; t <= lastRow; t++) {
      const d = data[offset + t * stride]! - mean;
      square += d * d;
    }
    counts[k] = n;
    means[k] = mean;
    squares[k] = square;
  });
  return { counts, means, squares };
}
