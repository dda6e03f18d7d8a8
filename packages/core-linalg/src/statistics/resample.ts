import type { RandomSource } from "../random/random-source.ts";

/** One resample: the position of every observation of a new series in the old one of the same length. */
export type Resample = (random: RandomSource, positions: Int32Array) => void;

/** Every observation drawn by itself. */
export function independent(): Resample {
  return (random, positions) => {
    random.fillInteger(positions, positions.length);
  };
}

/** Runs around the circle of the series whose lengths are geometric with the given mean [arch]. */
export function stationaryBlocks(meanLength: number): Resample {
  let coins = new Float64Array(0);
  return (random, positions) => {
    const n = positions.length;
    if (coins.length !== n) coins = new Float64Array(n);
    random.fillInteger(positions, n);
    random.fillUniform(coins);
    for (let t = 1; t < n; t++) {
      const goesOn = coins[t]! * meanLength >= 1;
      if (goesOn) positions[t] = (positions[t - 1]! + 1) % n;
    }
  };
}

/** Runs around the circle of the series, all of the given length but the last. */
export function circularBlocks(length: number): Resample {
  let starts = new Int32Array(0);
  return (random, positions) => {
    const n = positions.length;
    const blocks = Math.ceil(n / length);
    if (starts.length !== blocks) starts = new Int32Array(blocks);
    random.fillInteger(starts, n);
    for (let t = 0; t < n; t++) {
      const block = Math.floor(t / length);
      positions[t] = (starts[block]! + (t - block * length)) % n;
    }
  };
}
