/**
 * The value v with Σ weights of larger values < 1 ≤ Σ weights of values not below v: the quantile at which a tail of weight 1
 * begins. Where all weights together are less than 1, the least value.
 */
export function tailThreshold(values: Float64Array, weights: Float64Array): number {
  const order = new Int32Array(values.length);
  for (let k = 0; k < order.length; k++) order[k] = k;
  let from = 0;
  let to = order.length;
  let before = 0;
  let least = Number.NaN;
  while (from < to) {
    const pivot = middleOf(values[order[from]!]!, values[order[(from + to) >> 1]!]!, values[order[to - 1]!]!);
    const { above, below } = partition(values, order, from, to, pivot);
    let larger = before;
    for (let k = from; k < above; k++) larger += weights[order[k]!]!;
    if (larger >= 1) {
      to = above;
      continue;
    }
    let reached = larger;
    for (let k = above; k < below; k++) reached += weights[order[k]!]!;
    if (reached >= 1) return pivot;
    least = pivot;
    before = reached;
    from = below;
  }
  return least;
}

/** Brings the values above the pivot to the front and those below it to the end. */
function partition(
  values: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  pivot: number,
): { above: number; below: number } {
  let above = from;
  let below = to;
  for (let k = from; k < below; ) {
    const at = order[k]!;
    const value = values[at]!;
    if (value > pivot) {
      order[k++] = order[above]!;
      order[above++] = at;
    } else if (value < pivot) {
      order[k] = order[--below]!;
      order[below] = at;
    } else k++;
  }
  return { above, below };
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
