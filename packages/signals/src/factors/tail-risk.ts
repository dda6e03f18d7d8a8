import { Matrix, QuantError, rollingQuantile, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requireProbability,
  requireTable,
} from "@astra-quant/core-linalg/guards";

export interface TailRiskSignalOptions<X extends TableLike> {
  /** Returns in each window. @defaultValue 60 */
  readonly window?: number;
  /** Probability of each tail, below ½. @defaultValue 0.05 */
  readonly tailProbability?: number;
  /**
   * What stands for the loss in the tail: its border, the quantile, or the mean of what lies beyond it, the
   * expected shortfall.
   *
   * @defaultValue "quantile"
   */
  readonly tail?: "quantile" | "expected-shortfall";
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/**
 * The mean of the worst n·p of each window's n returns, the last of them in part when n·p is no integer:
 * v − (1 ÷ np) Σ max(v − r, 0), where v is the largest return that belongs to the tail.
 */
function tailMean(returns: Matrix, window: number, probability: number): Matrix {
  const { rows, columns, data } = returns;
  const count = window * probability;
  const rank = Math.ceil(count * (1 - 4 * Number.EPSILON)) - 1;
  const mean = rollingQuantile(returns, window, window === 1 ? 0 : rank / (window - 1));
  for (let t = window - 1; t < rows; t++) {
    for (let j = 0; j < columns; j++) {
      const border = mean.data[t * columns + j]!;
      let beyond = 0;
      for (let s = t - window + 1; s <= t; s++) beyond += Math.max(border - data[s * columns + j]!, 0);
      mean.data[t * columns + j] = border - beyond / count;
    }
  }
  return mean;
}

/**
 * Tail risk: the loss in the lower tail, scaled by how lopsided the two tails are: with q the rolling quantiles,
 * −tail · (q₉₅ + q₀₅) ÷ (q₉₅ − q₀₅), where tail is q₀₅ itself or, by option, the mean of the returns beyond it
 * (a return, negative as a rule). Quantiles are of type R-7.
 *
 * Returns are simple fractions a period, a vector or time × assets (a matrix or `Panel`); the answer has their form
 * and size and is a fraction. Full windows only, looking back: with the default window and a NaN in row 0, as
 * returns that keep the rows of their prices have it, row 60 is the first answer. A NaN in a window, or tails that
 * coincide (as of constant prices), is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or a probability outside (0, ½), "option" for an
 *   unknown tail, "shape" for returns or `out` of a wrong form.
 */
export function tailRiskSignal<X extends TableLike>(
  returns: X,
  options: TailRiskSignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["window", "tailProbability", "tail", "out"]);
  const { window = 60, tailProbability = 0.05, tail = "quantile", out } = options;
  requireInteger("window", window, 1);
  requireOneOf("tail", tail, ["quantile", "expected-shortfall"]);
  if (requireProbability("tailProbability", tailProbability) >= 0.5) {
    throw new QuantError("range", `tailProbability must be below 0.5, got ${tailProbability}`, {
      argument: "tailProbability",
      value: tailProbability,
    });
  }

  const table = requireTable("returns", returns);
  const left = rollingQuantile(table, window, tailProbability);
  const right = rollingQuantile(table, window, 1 - tailProbability);
  const loss = tail === "quantile" ? left : tailMean(table, window, tailProbability);
  const signal = new Matrix(table.rows, table.columns);
  for (let k = 0; k < signal.data.length; k++) {
    const width = right.data[k]! - left.data[k]!;
    const asymmetry = width > 0 ? (right.data[k]! + left.data[k]!) / width : Number.NaN;
    signal.data[k] = -loss.data[k]! * asymmetry;
  }
  return inKindOf(returns, signal, out);
}
