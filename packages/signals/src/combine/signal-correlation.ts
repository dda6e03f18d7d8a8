import { correlationBetween, Matrix, QuantError, type TableLike } from "@astra-quant/core-linalg";
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

/**
 * How alike signals are: the correlation of each with each over all rows and assets in which every one of them has a number,
 * so that the matrix is positive semidefinite. Give it the past only where it shall be causal.
 *
 * @throws QuantError "shape" for no signal or signals of two shapes.
 */
export function signalCorrelation(signals: Readonly<Record<string, TableLike>>): SignalCorrelation {
  const tables = requireSignals(signals);
  const cells = tables[0]![1].data
    .map((_, k) => k)
    .filter((k) => tables.every(([, table]) => Number.isFinite(table.data[k]!)));
  const columns = tables.map(([, table]) => cells.map((k) => table.data[k]!));
  const n = tables.length;
  const correlation = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const between = correlationBetween(columns[i]!, columns[j]!);
      const value = i === j && !Number.isNaN(between) ? 1 : between;
      correlation.set(i, j, value);
      correlation.set(j, i, value);
    }
  }
  return { names: tables.map(([name]) => name), correlation, observations: cells.length };
}
