// Long above a moving average, flat below. Plain JavaScript, as a worker finds it.
export function prepare({ close }) {
  const sums = new Float64Array(close.length + 1);
  for (let t = 0; t < close.length; t++) sums[t + 1] = sums[t] + close[t];
  return { close, sums, shared: close.buffer instanceof SharedArrayBuffer };
}

export function evaluate({ window, side }, { close, sums, shared }) {
  if (window === 13) throw new RangeError("thirteen is not my number");
  if (!shared) throw new Error("the data are not in shared memory");
  const returns = new Float64Array(close.length).fill(Number.NaN);
  let [trades, held] = [0, 0];
  for (let t = 1; t < close.length; t++) {
    const mean = t >= window ? (sums[t] - sums[t - window]) / window : close[t - 1];
    const next = close[t - 1] > mean ? side : 0;
    if (next !== 0 && next !== held) trades++;
    held = next;
    returns[t] = held * (close[t] / close[t - 1] - 1);
  }
  return { returns, trades };
}
