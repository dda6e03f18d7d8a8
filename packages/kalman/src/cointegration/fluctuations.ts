function meanOf(x: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let t = from; t < to; t++) sum += x[t]!;
  return sum / (to - from);
}

/** Mean over the windows of (range of the cumulated deviations from the window's mean) ÷ (standard deviation). */
export function rescaledRange(changes: Float64Array, window: number): number {
  let total = 0;
  let varying = 0;
  for (let from = 0; from + window <= changes.length; from += window) {
    const mean = meanOf(changes, from, from + window);
    let path = 0;
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    let squares = 0;
    for (let t = from; t < from + window; t++) {
      const deviation = changes[t]! - mean;
      path += deviation;
      if (path > highest) highest = path;
      if (path < lowest) lowest = path;
      squares += deviation * deviation;
    }
    if (!(squares > 0)) continue;
    total += (highest - lowest) / Math.sqrt(squares / window);
    varying++;
  }
  return total / varying;
}

/** √ of the mean squared distance of the cumulated deviations from the least-squares line of their window. */
export function detrendedFluctuation(changes: Float64Array, window: number): number {
  const mean = meanOf(changes, 0, changes.length);
  const count = Math.floor(changes.length / window);
  const profile = new Float64Array(window);
  const middle = (window - 1) / 2;
  const spread = (window * (window * window - 1)) / 12; // Σ (i − middle)²
  let squares = 0;
  for (let w = 0; w < count; w++) {
    let path = 0;
    for (let i = 0; i < window; i++) {
      path += changes[w * window + i]! - mean;
      profile[i] = path;
    }
    const level = meanOf(profile, 0, window);
    let slope = 0;
    for (let i = 0; i < window; i++) slope += (i - middle) * (profile[i]! - level);
    slope /= spread;
    for (let i = 0; i < window; i++) {
      const residual = profile[i]! - level - slope * (i - middle);
      squares += residual * residual;
    }
  }
  return Math.sqrt(squares / (count * window));
}

/** The variance of the changes' means over the windows. */
export function blockVariance(changes: Float64Array, window: number): number {
  const count = Math.floor(changes.length / window);
  const means = new Float64Array(count);
  for (let w = 0; w < count; w++) means[w] = meanOf(changes, w * window, (w + 1) * window);
  const mean = meanOf(means, 0, count);
  let squares = 0;
  for (const value of means) squares += (value - mean) * (value - mean);
  return squares / (count - 1);
}
