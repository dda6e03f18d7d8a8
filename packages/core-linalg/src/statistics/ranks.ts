import { requireKnownOptions } from "../guards/options.ts";
import { outputVector, requireApart, requireVector, type VectorLike } from "../guards/vectors.ts";

export interface RanksOptions {
  /** As many entries as x, with which it shares no memory. @defaultValue a new array */
  readonly out?: Float64Array;
}

/** The indices of the entries that are no NaN, by rising value. */
function sortedIndices(x: Float64Array): Int32Array {
  const known = Int32Array.from(x.keys()).filter((i) => !Number.isNaN(x[i]!));
  return known.sort((i, j) => (x[i]! < x[j]! ? -1 : x[i]! > x[j]! ? 1 : i - j));
}

/**
 * The ranks 1 … n of the entries by rising value; equal entries share the mean of their ranks. A NaN has the rank NaN and
 * does not count.
 *
 * @throws QuantError "shape" when x is no vector or `out` has another length, "option" for an `out` over x.
 */
export function ranks(x: VectorLike, options: RanksOptions = {}): Float64Array {
  requireKnownOptions(options, ["out"]);
  const sample = requireVector("x", x);
  const answer = outputVector(options.out, sample.length);
  requireApart(answer, "x", sample);
  const order = sortedIndices(sample);
  answer.fill(Number.NaN);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && sample[order[end]!] === sample[order[start]!]) end++;
    for (let k = start; k < end; k++) answer[order[k]!] = (start + 1 + end) / 2;
    start = end;
  }
  return answer;
}
