import { createRandom } from "@astra-quant/core-linalg";

/** One-minute closes of a pair, y = 12 + slope · x + a spread that comes back, with a slope that wanders. */
export function simulatePair(bars: number, seed: string): { x: Float64Array; y: Float64Array } {
  const random = createRandom(seed);
  const [x, y] = [new Float64Array(bars), new Float64Array(bars)];
  let [price, slope, spread] = [50, 1.8, 0];
  for (let t = 0; t < bars; t++) {
    price *= 1 + 0.0004 * random.normal();
    slope += 2e-5 * random.normal();
    spread = 0.97 * spread + 0.03 * random.normal();
    x[t] = price;
    y[t] = 12 + slope * price + spread;
  }
  return { x, y };
}
