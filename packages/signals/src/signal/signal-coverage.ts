import type { TableLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requireTable } from "@astra-quant/core-linalg/guards";

export interface SignalCoverageOptions {
  /** Returns that a first answer needs, as the streams and `Signal`s say. @defaultValue not known */
  readonly warmUp?: number;
}

/** What a signal says of one asset. */
export interface AssetCoverage {
  /** The column's name in a panel, else its number. */
  readonly asset: string;
  /** The first row with an answer; null when there is none. */
  readonly firstRow: number | null;
  /** Rows with an answer. */
  readonly answers: number;
  /** Rows without one after the first. */
  readonly holes: number;
}

export interface SignalCoverage {
  readonly rows: number;
  readonly assets: readonly AssetCoverage[];
  /** A sentence for each asset that has no answer, or has holes. */
  readonly notes: readonly string[];
}

const counted = (rows: number): string => (rows === 1 ? "1 row" : `${rows} rows`);

function noteOf(name: string, { answers, holes }: AssetCoverage, rows: number, warmUp?: number) {
  if (answers === 0) {
    const short = warmUp !== undefined && rows <= warmUp;
    const why = short ? `: the first needs ${warmUp} returns, ${Math.max(0, rows - 1)} are there` : "";
    return `${name} has no answer in ${counted(rows)}${why}`;
  }
  return holes > 0 ? `${name} has no answer in ${counted(holes)} after its first` : undefined;
}

/**
 * Where a signal answers, and a note where it does not: a history shorter than the windows gives NaN alone, and this says
 * so. `signal` is a vector, or time × assets (a matrix or `Panel`).
 *
 * @throws QuantError "shape" for a signal of a wrong form, "range" for a warmUp that is no integer ≥ 0.
 */
export function signalCoverage(signal: TableLike, options: SignalCoverageOptions = {}): SignalCoverage {
  requireKnownOptions(options, ["warmUp"]);
  const { warmUp } = options;
  if (warmUp !== undefined) requireInteger("warmUp", warmUp, 0);
  const { rows, columns, data } = requireTable("signal", signal);
  const names = (signal as { readonly columns?: unknown }).columns;
  const assets = Array.from({ length: columns }, (_, j): AssetCoverage => {
    let firstRow: number | null = null;
    let answers = 0;
    for (let t = 0; t < rows; t++) {
      if (Number.isNaN(data[t * columns + j])) continue;
      firstRow ??= t;
      answers++;
    }
    const holes = firstRow === null ? 0 : rows - firstRow - answers;
    return { asset: Array.isArray(names) ? String(names[j]) : String(j), firstRow, answers, holes };
  });
  const named = Array.isArray(names) ? "" : "column ";
  const notes = assets.flatMap((asset) => noteOf(named + asset.asset, asset, rows, warmUp) ?? []);
  return { rows, assets, notes };
}
