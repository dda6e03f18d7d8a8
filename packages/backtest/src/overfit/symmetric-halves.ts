import type { BlockMoments } from "./block-moments.ts";
import { HalfSums } from "./half-sums.ts";

/** A variance below this fraction of the squared mean is what rounding leaves of returns that do not vary. */
const ROUNDING = 1e-20;

/** Blocks of all strategies, each strategy's returns counted from its own mean so that squares do not cancel. */
interface CentredBlocks {
  readonly centres: Float64Array;
  readonly counts: Float64Array;
  /** One vector over strategies a block. */
  readonly sums: readonly Float64Array[];
  readonly squares: readonly Float64Array[];
}

function centredBlocks(strategies: readonly BlockMoments[]): CentredBlocks {
  const counts = Float64Array.from(strategies[0]!.counts);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const vectors = (): Float64Array[] => Array.from(counts, () => new Float64Array(strategies.length));
  const [sums, squares] = [vectors(), vectors()];
  const centres = new Float64Array(strategies.length);
  strategies.forEach(({ means, squares: within }, j) => {
    const centre = means.reduce((sum, mean, k) => sum + counts[k]! * mean, 0) / rows;
    centres[j] = centre;
    counts.forEach((n, k) => {
      const d = means[k]! - centre;
      sums[k]![j] = n * d;
      squares[k]![j] = within[k]! + n * d * d;
    });
  });
  return { centres, counts, sums, squares };
}

/** The Sharpe ratio of one row for every strategy over one half; 0 where returns do not vary. */
function sharpes(half: HalfSums, centres: Float64Array, out: Float64Array): void {
  const { count, sums, squares } = half;
  const [share, freedom] = [1 / count, 1 / (count - 1)];
  for (let j = 0; j < out.length; j++) {
    const sum = sums[j]!;
    const d = sum * share;
    const mean = centres[j]! + d;
    const variance = (squares[j]! - sum * d) * freedom;
    out[j] = variance > ROUNDING * (mean * mean) ? mean / Math.sqrt(variance) : 0;
  }
}

/**
 * Goes through every way to cut the blocks into two halves of equally many, half the ways in fact: those whose first half
 * holds block 0, in lexicographic order. Exchanging the halves gives the other ways, in reverse order. `visit` gets the
 * ratios of one row over each half; the arrays are used again.
 */
export function forEachHalving(
  strategies: readonly BlockMoments[],
  visit: (first: Float64Array, second: Float64Array) => void,
): void {
  const { centres, counts, sums, squares } = centredBlocks(strategies);
  const blocks = counts.length;
  const size = blocks / 2;
  const halves = [new HalfSums(centres.length, size), new HalfSums(centres.length, size)] as const;
  const [first, second] = [new Float64Array(centres.length), new Float64Array(centres.length)];
  const assign = (block: number): void => {
    if (block === blocks) {
      sharpes(halves[0], centres, first);
      sharpes(halves[1], centres, second);
      visit(first, second);
      return;
    }
    for (const half of block === 0 ? halves.slice(0, 1) : halves) {
      if (half.level === size) continue;
      half.take(counts[block]!, sums[block]!, squares[block]!);
      assign(block + 1);
      half.putBack();
    }
  };
  assign(0);
}
