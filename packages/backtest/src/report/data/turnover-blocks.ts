/** Turnover by blocks of bars, annualised. */
export interface TurnoverBlocks {
  readonly barsPerBlock: number;
  /** Times the capital a year, one a block; the last block may be shorter, and counts its own bars. */
  readonly annual: Float64Array;
  /** Of the whole record. */
  readonly mean: number;
}

const MOST_BLOCKS = 120;

/** @param turnover one a bar of the record */
export function turnoverBlocksOf(turnover: Float64Array, periodsPerYear: number): TurnoverBlocks {
  const bars = turnover.length;
  const barsPerBlock = Math.ceil(bars / MOST_BLOCKS);
  const annual = new Float64Array(Math.ceil(bars / barsPerBlock));
  let total = 0;
  for (let b = 0; b < annual.length; b++) {
    const end = Math.min((b + 1) * barsPerBlock, bars);
    let sum = 0;
    for (let t = b * barsPerBlock; t < end; t++) sum += turnover[t]!;
    annual[b] = (sum / (end - b * barsPerBlock)) * periodsPerYear;
    total += sum;
  }
  return { barsPerBlock, annual, mean: (total / bars) * periodsPerYear };
}
