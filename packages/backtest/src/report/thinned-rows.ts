import type { VectorLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requireVector } from "@astra-quant/core-linalg/guards";

export interface ThinnedRowsOptions {
  /** Columns of pixels that the line is drawn over. @defaultValue 1000 */
  readonly columns?: number;
}

/**
 * The entries that a line needs to look as if all were drawn: the least and the greatest of each column of pixels, the
 * first and the last of the series, and one of each gap, so that no peak and no drawdown is lost. All of them where the
 * series has no more than two entries a column.
 *
 * @param values any length; what is not finite is a gap.
 * @returns indices, ascending.
 * @throws QuantError "shape" for no vector, "range" for columns that are no integer ≥ 1, "option" for an unknown option.
 */
export function thinnedRows(values: VectorLike, options: ThinnedRowsOptions = {}): Int32Array {
  requireKnownOptions(options, ["columns"]);
  const { columns = 1000 } = options;
  requireInteger("columns", columns, 1);
  const series = requireVector("values", values);
  const n = series.length;
  if (n <= 2 * columns) return Int32Array.from({ length: n }, (_, t) => t);
  const rows = new Set<number>();
  const keep = (...found: number[]): void => {
    for (const t of found.sort((a, b) => a - b)) if (t >= 0) rows.add(t);
  };
  for (let c = 0; c < columns; c++) {
    const from = Math.floor((c * n) / columns);
    const end = Math.floor(((c + 1) * n) / columns);
    let least = -1;
    let greatest = -1;
    let gap = -1;
    for (let t = from; t < end; t++) {
      const value = series[t]!;
      if (!Number.isFinite(value)) gap = t;
      else {
        if (least < 0 || value < series[least]!) least = t;
        if (greatest < 0 || value > series[greatest]!) greatest = t;
      }
    }
    keep(least, greatest, gap, c === 0 ? 0 : -1, c === columns - 1 ? n - 1 : -1);
  }
  return Int32Array.from(rows);
}
