import { correlation, Matrix, QuantError, sampleCovariance, type TableLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireTable, requireTableLike } from "@astra-quant/core-linalg/guards";

export interface SignalCorrelation {
  /** The signals, in the order of the matrix. */
  readonly names: readonly string[];
  /** Correlations over all cells that every signal has; NaN for a signal that does not vary over them. */
  readonly correlation: Matrix;
  /** Cells that count. */
  readonly observations: number;
}

/** The signals as tables of one shape, that of the first. */
export function requireSignals(signals: Readonly<Record<string, TableLike>>): [string, Matrix][] {
  requireKnownOptions(signals, Object.keys(signals ?? {}), "signals");
  const names = Object.keys(signals);
  const [first] = names;
  if (first === undefined) {
    throw new QuantError("shape", "signals must hold at least one signal, got none", { argument: "signals" });
  }
  const shape = requireTable(`signals.${first}`, signals[first]!);
  return names.map((name) => [
    name,
    requireTableLike(`signals.${name}`, signals[name]!, `signals.${first}`, shape),
  ]);
}

/** The cells in which every signal has a number, one row a cell; each signal in a unit in which its square is a double. */
function commonCells(tables: readonly Matrix[]): Matrix {
  const cells = tables[0]!.data
    .map((_, k) => k)
    .filter((k) => {
      for (const { data } of tables) if (!Number.isFinite(data[k]!)) return false;
      return true;
    });
  const common = new Matrix(cells.length, tables.length);
  tables.forEach(({ data }, i) => {
    let farthest = Number.MIN_VALUE;
    for (const k of cells) farthest = Math.max(farthest, Math.abs(data[k]!));
    for (let c = 0; c < cells.length; c++) common.data[c * tables.length + i] = data[cells[c]!]! / farthest;
  });
  return common;
}

/**
 * How alike signals are: the correlation of each with each over all rows and assets in which every one of them has a number,
 * so that the matrix is positive semidefinite. Give it the past only where it shall be causal.
 *
 * @throws QuantError "shape" for no signal or signals of two shapes.
 */
export function signalCorrelation(signals: Readonly<Record<string, TableLike>>): SignalCorrelation {
  const tables = requireSignals(signals);
  const names = tables.map(([name]) => name);
  const common = commonCells(tables.map(([, table]) => table));
  const observations = common.rows;
  if (observations < 2) {
    const unknown = new Matrix(names.length, names.length);
    unknown.data.fill(Number.NaN);
    return { names, correlation: unknown, observations };
  }
  const { covariance } = sampleCovariance(common);
  return { names, correlation: correlation(covariance).correlation, observations };
}
