import type { ReportedResult } from "../reported-result.ts";

/** What one source has earned so far. */
export interface ProfitPart {
  /** "price", "cost", "carry", "hedge", "cash", or what the result calls it. */
  readonly source: string;
  /** Money since the start, one an entry of the record; negative when it cost. */
  readonly cumulative: Float64Array;
  readonly total: number;
}

/** The sums of a result's sources of profit; together they are the equity less that of the start. */
export function profitPartsOf({ pnl, firstBar }: ReportedResult): ProfitPart[] {
  return Object.entries(pnl).map(([source, series]) => {
    const cumulative = new Float64Array(series.length - firstBar + 1);
    for (let k = 1; k < cumulative.length; k++) {
      cumulative[k] = cumulative[k - 1]! + series[firstBar - 1 + k]!;
    }
    return { source, cumulative, total: cumulative.at(-1)! };
  });
}
