import { Matrix, QuantError, type TableLike, type TableOf, type VectorLike } from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { requireSignals } from "./signal-correlation.ts";

const MISSING = ["reweight", "missing"] as const;

export interface CombineSignalsOptions<X extends TableLike> {
  /**
   * Where a signal has no number: `reweight` shares its weight among those that have one, `missing` makes the composite NaN.
   *
   * @defaultValue "reweight"
   */
  readonly missing?: (typeof MISSING)[number];
  /** Where to write the composite: of its form and size. */
  readonly out?: TableOf<X>;
}

export interface CombinedSignals<X extends TableLike> {
  /** Σ w s; 0 everywhere when no signal has a weight, NaN where none that has one has a number. */
  readonly signal: TableOf<X>;
  /** Time × assets: the share of the row's weight whose signals have a number, in [0, 1]. */
  readonly coverage: Matrix;
  /** Why the composite is flat or a signal has no part in it. */
  readonly reasons: readonly string[];
}

/** One weight a row, ≥ 0; NaN is no weight yet. */
function requireWeights(name: string, weight: number | VectorLike, rows: number): Float64Array {
  if (typeof weight === "number") return new Float64Array(rows).fill(requireNonNegative(name, weight));
  const series = requireVector(name, weight, rows);
  const wrong = series.findIndex((value) => value < 0 || value === Number.POSITIVE_INFINITY);
  if (wrong < 0) return series;
  throw new QuantError("range", `${name}[${wrong}] must be non-negative and finite, got ${series[wrong]}`, {
    index: wrong,
    value: series[wrong],
  });
}

/**
 * The composite of several signals: Σ w s in each cell. The signals are of one shape, vectors or time × assets, and
 * standardised to one scale before, with the signs that they have; `weights` names each one's weight, ≥ 0: a number, or one
 * a row (regimes). A row whose weights are all 0 is flat; a NaN weight is one that is not yet known and counts as 0.
 *
 * @throws QuantError "shape" for no signal, signals of two shapes or weights that do not fit, "range" for a negative weight,
 *   "option" for a signal without a weight, a weight without a signal or an unknown name.
 */
export function combineSignals<X extends TableLike>(
  signals: Readonly<Record<string, X>>,
  weights: Readonly<Record<string, number | VectorLike>>,
  options: CombineSignalsOptions<X> = {},
): CombinedSignals<X> {
  requireKnownOptions(options, ["missing", "out"]);
  const { missing = "reweight" } = options;
  requireOneOf("missing", missing, MISSING);
  const tables = requireSignals(signals);
  requireKnownOptions(weights, Object.keys(signals), "weights");
  const { rows, columns } = tables[0]![1];
  const shares = tables.map(([name]) => {
    if (Object.hasOwn(weights, name)) return requireWeights(`weights.${name}`, weights[name]!, rows);
    throw new QuantError("option", `weights.${name} must be given, 0 for a signal that is left out`, {
      signal: name,
    });
  });
  const composite = new Matrix(rows, columns);
  const coverage = new Matrix(rows, columns);
  for (let k = 0; k < composite.data.length; k++) {
    const t = Math.floor(k / columns);
    let sum = 0;
    let present = 0;
    let total = 0;
    for (let i = 0; i < tables.length; i++) {
      const weight = shares[i]![t]!;
      if (!(weight > 0)) continue;
      total += weight;
      const value = tables[i]![1].data[k]!;
      if (!Number.isFinite(value)) continue;
      sum += weight * value;
      present += weight;
    }
    coverage.data[k] = total === 0 ? 0 : present / total;
    if (total === 0) composite.data[k] = 0;
    else if (present === 0 || (missing === "missing" && present < total)) composite.data[k] = Number.NaN;
    else composite.data[k] = present === total ? sum : (sum / present) * total;
  }
  const [, first] = Object.entries(signals)[0]!;
  return {
    signal: inKindOf(first, composite, options.out),
    coverage,
    reasons: reasonsOf(
      tables.map(([name]) => name),
      shares,
    ),
  };
}

function reasonsOf(names: readonly string[], shares: readonly Float64Array[]): string[] {
  const silent = names.filter((_, i) => !shares[i]!.some((weight) => weight > 0));
  const reasons = silent.map((name) => `${name} has no weight`);
  return silent.length === names.length
    ? [...reasons, "no signal has a weight: the composite is flat"]
    : reasons;
}
