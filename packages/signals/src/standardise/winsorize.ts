import { QuantError, quantile, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import { requireFinite, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { scoreRows } from "./row-scores.ts";

export interface WinsorizeOptions<X extends TableLike> {
  /** The quantile that smaller values are brought up to, in [0, 1]. @defaultValue 0.01 */
  readonly lower?: number;
  /** The quantile that larger values are brought down to, in [lower, 1]. @defaultValue 0.99 */
  readonly upper?: number;
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

function requireLevel(name: string, value: number, least: number): void {
  requireFinite(name, value);
  if (value >= least && value <= 1) return;
  throw new QuantError("range", `${name} must be between ${least} and 1, got ${value}`, {
    argument: name,
    value,
  });
}

/**
 * Each time's extremes brought back to the quantiles (type R-7) of that time's assets; the order of the rest stays.
 *
 * `signal` is time × assets (a matrix or `Panel`); the answer has its form, size and unit. A value that is not finite is
 * missing and stays so (NaN).
 *
 * @throws QuantError "range" for levels that are not 0 ≤ lower ≤ upper ≤ 1, "shape" for a signal or `out` of a wrong form.
 */
export function winsorize<X extends TableLike>(signal: X, options: WinsorizeOptions<X> = {}): TableOf<X> {
  requireKnownOptions(options, ["lower", "upper", "out"]);
  const { lower = 0.01, upper = 0.99, out } = options;
  requireLevel("lower", lower, 0);
  requireLevel("upper", upper, lower);
  return scoreRows(signal, out, (values) => {
    if (values.length === 0) return;
    const [least, most] = [quantile(values, lower), quantile(values, upper)];
    for (let i = 0; i < values.length; i++) values[i] = Math.min(Math.max(values[i]!, least), most);
  });
}
