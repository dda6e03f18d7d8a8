/** Sorts `keys` by rising value, moving nothing where they are equal, and counts the pairs that stood the other way. */
function sortCountingInversions(keys: Float64Array): number {
  let from = keys.slice();
  let to = new Float64Array(keys.length);
  let inversions = 0;
  for (let width = 1; width < keys.length; width *= 2) {
    for (let start = 0; start < keys.length; start += 2 * width) {
      const middle = Math.min(start + width, keys.length);
      const end = Math.min(start + 2 * width, keys.length);
      let left = start;
      let right = middle;
      for (let k = start; k < end; k++) {
        const takeRight = right < end && (left >= middle || from[right]! < from[left]!);
        if (takeRight) inversions += middle - left;
        to[k] = takeRight ? from[right++]! : from[left++]!;
      }
    }
    [from, to] = [to, from];
  }
  keys.set(from);
  return inversions;
}

/** Σ m (m − 1) ÷ 2 over the runs of m entries that stand together and are equal. */
function tiedPairs(n: number, equal: (i: number) => boolean): number {
  let pairs = 0;
  let run = 1;
  for (let i = 1; i <= n; i++) {
    if (i < n && equal(i)) run++;
    else {
      pairs += (run * (run - 1)) / 2;
      run = 1;
    }
  }
  return pairs;
}

/**
 * Kendall's tau-b of two vectors without NaN: (C − D) ÷ √((P − X)(P − Y)) with C concordant and D discordant of P pairs,
 * X tied in x and Y in y. Sorted by x and then y, the discordant pairs are the inversions of y.
 */
export function kendallTau(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const order = Int32Array.from(x.keys()).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  const a = Float64Array.from(order, (i) => x[i]!);
  const b = Float64Array.from(order, (i) => y[i]!);
  const all = (n * (n - 1)) / 2;
  const tiedInX = tiedPairs(n, (i) => a[i] === a[i - 1]);
  const tiedInBoth = tiedPairs(n, (i) => a[i] === a[i - 1] && b[i] === b[i - 1]);
  const discordant = sortCountingInversions(b);
  const tiedInY = tiedPairs(n, (i) => b[i] === b[i - 1]);
  const difference = all - tiedInX - tiedInY + tiedInBoth - 2 * discordant;
  const tau = difference / Math.sqrt((all - tiedInX) * (all - tiedInY));
  return Math.min(1, Math.max(-1, tau));
}
