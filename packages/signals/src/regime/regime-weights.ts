import { Matrix, type MatrixLike, multiply } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions, requireMatrix } from "@astra-quant/core-linalg/guards";

/**
 * Weights that follow the regime: one a row for each signal, Σ_k p_tk w_k. `probabilities` are time × regimes, such as
 * `hiddenRegimes` gives; `weights` names each signal's weight in every regime. The answer is what `combineSignals` takes; a
 * row whose probabilities are NaN has NaN weights.
 *
 * @throws QuantError "shape" for probabilities that are no matrix or weights of another number of regimes, "not-finite" for
 *   a weight that is no finite number.
 */
export function regimeWeights(
  probabilities: MatrixLike,
  weights: Readonly<Record<string, readonly number[]>>,
): Record<string, Float64Array> {
  requireKnownOptions(weights, Object.keys(weights ?? {}), "weights");
  const p = requireMatrix("probabilities", probabilities);
  return Object.fromEntries(
    Object.entries(weights).map(([name, each]) => {
      const w = requireFiniteVector(`weights.${name}`, each, p.columns);
      return [name, multiply(p, new Matrix(p.columns, 1, w)).data];
    }),
  );
}
