/** Below this many values between its ends a range is searched directly. */
const DIRECT = 600;

/** Whether one of the values is NaN: such a sample has no order. */
function hasNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/**
 * Moves the k smallest of values[from … to] before place from + k (the selection of quickselect, the pivot the median of
 * a few so that sorted and constant inputs cost no more).
 */
function gatherSmallest(values: Float64Array, k: number): void {
  let from = 0;
  let to = values.length - 1;
  while (to - from > DIRECT) {
    const sample = Float64Array.from(
      { length: 9 },
      (_, j) => values[from + Math.floor((j * (to - from)) / 8)]!,
    );
    const share = (k - from) / (to - from + 1);
    const pivot = sample.sort()[Math.min(8, Math.max(0, Math.round(share * 8)))]!;
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (k - 1 <= j) to = j;
    else if (k - 1 >= i) from = i;
    else return;
  }
  values.subarray(from, to + 1).sort();
}

/** The k smallest values, ascending; all NaN where one of the values is. */
export function smallest(values: Float64Array, k: number): Float64Array {
  if (hasNaN(values)) return new Float64Array(k).fill(Number.NaN);
  const copy = values.slice();
  if (k < copy.length) gatherSmallest(copy, k);
  return copy.slice(0, k).sort();
}
