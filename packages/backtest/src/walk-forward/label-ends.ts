import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireInteger, requireVector } from "@astra-quant/core-linalg/guards";

/** What is learnt at a row may need later rows: a return over the next five, a barrier that is touched. */
export interface LabelOptions {
  /**
   * Rows after its own that the outcome of a row needs: 0 where it is known at the row's own time.
   * @defaultValue 0
   */
  readonly labelHorizon?: number;
  /** The last row that the outcome of each row needs, one a row, instead of one horizon for all. */
  readonly labelEnds?: VectorLike | Int32Array;
}

/** The last row that the outcome of each row needs; it may lie beyond the last row there is. */
export function labelEndsOf(rows: number, { labelHorizon, labelEnds }: LabelOptions): Float64Array {
  if (labelEnds === undefined) {
    const horizon = requireInteger("labelHorizon", labelHorizon ?? 0, 0);
    return Float64Array.from({ length: rows }, (_, row) => row + horizon);
  }
  if (labelHorizon !== undefined) {
    throw new QuantError("option", "give either labelHorizon or labelEnds, got both", {
      argument: "labelEnds",
    });
  }
  const given = labelEnds instanceof Int32Array ? Float64Array.from(labelEnds) : labelEnds;
  const ends = requireVector("labelEnds", given, rows);
  ends.forEach((end, row) => {
    requireInteger(`labelEnds[${row}]`, end, row);
  });
  return ends;
}

/** The most rows after its own that any outcome needs. */
export function longestHorizon(ends: Float64Array): number {
  return ends.reduce((most, end, row) => Math.max(most, end - row), 0);
}
