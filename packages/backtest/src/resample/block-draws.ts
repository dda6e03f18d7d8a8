import type { Random } from "@astra-quant/core-linalg";

/** Writes one resample of a series of n returns: the position of every return of the new path in the old one. */
export type BlockDraws = (random: Random, n: number, positions: Int32Array) => void;

/** Every return drawn by itself. */
function independentDraws(): BlockDraws {
  return (random, n, positions) => {
    random.fillInteger(positions, n);
  };
}

/** Runs around the circle of the series whose lengths are geometric. */
function stationaryDraws(meanLength: number): BlockDraws {
  let coins = new Float64Array(0);
  return (random, n, positions) => {
    if (coins.length !== positions.length) coins = new Float64Array(positions.length);
    random.fillInteger(positions, n);
    random.fillUniform(coins);
    for (let t = 1; t < positions.length; t++) {
      const goesOn = coins[t]! * meanLength >= 1;
      if (goesOn) positions[t] = (positions[t - 1]! + 1) % n;
    }
  };
}

/** Runs of one length, the last cut off; around the circle of the series, or wholly inside it. */
function fixedDraws(length: number, circular: boolean): BlockDraws {
  let starts = new Int32Array(0);
  return (random, n, positions) => {
    const blocks = Math.ceil(positions.length / length);
    if (starts.length !== blocks) starts = new Int32Array(blocks);
    random.fillInteger(starts, circular ? n : n - length + 1);
    for (let t = 0; t < positions.length; t++) {
      const block = Math.floor(t / length);
      positions[t] = (starts[block]! + (t - block * length)) % n;
    }
  };
}

/** The names of {@link ResampleMethod}. */
export const RESAMPLE_METHODS = ["stationary", "circular", "moving", "independent"] as const;

/**
 * How a path is drawn from the returns.
 *
 * | name | draws |
 * |---|---|
 * | `stationary` | runs of geometric length around the circle of the series (Politis and Romano) |
 * | `circular` | runs of one length around the circle |
 * | `moving` | runs of one length inside the series: its ends are drawn less often |
 * | `independent` | single returns: for returns without memory |
 *
 * The first, second and last are the bits of core-linalg's `bootstrap` under the same seed.
 */
export type ResampleMethod = (typeof RESAMPLE_METHODS)[number];

export function blockDraws(method: ResampleMethod, blockLength: number): BlockDraws {
  if (method === "independent") return independentDraws();
  if (method === "stationary") return stationaryDraws(blockLength);
  return fixedDraws(blockLength, method === "circular");
}
