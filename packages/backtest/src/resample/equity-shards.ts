import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requireVector, show } from "@astra-quant/core-linalg/guards";
import { EQUITY_FIGURES } from "./equity-figures.ts";
import { drawPaths, type EquityPaths, newEquityPaths } from "./equity-paths.ts";
import { type ResampledEquity, resultOfPaths } from "./resample-equity.ts";
import { type ResampleEquityOptions, readResample } from "./resample-plan.ts";

/** Some of the paths, as they may be sent from a worker: plain numbers and arrays. */
export interface EquityShard extends EquityPaths {
  /** The number of the first path. */
  readonly first: number;
}

/** Which part of a resampling. */
export interface EquityShardPlace {
  /** 0 … count − 1. */
  readonly index: number;
  /** Into how many parts the resampling is cut. */
  readonly count: number;
}

/**
 * One part of the paths that {@link resampleEquity} draws as a whole, for a worker: {@link mergeEquityShards} makes the same
 * bits of any number of parts.
 *
 * @throws QuantError as {@link resampleEquity}; "range" for a place that is not there.
 */
export function equityShard(
  returns: VectorLike,
  options: ResampleEquityOptions,
  place: EquityShardPlace,
): EquityShard {
  requireKnownOptions(place, ["index", "count"], "place");
  const plan = readResample(returns, options);
  const count = requireInteger("place.count", place.count, 1, plan.count);
  const index = requireInteger("place.index", place.index, 0, count - 1);
  const boundary = (part: number): number => Math.floor((plan.count / count) * part);
  const first = boundary(index);
  const end = index + 1 === count ? plan.count : boundary(index + 1);
  return { first, ...drawPaths(plan, first, end - first) };
}

function requireShard(shard: EquityShard, k: number): EquityShard {
  const name = `shards[${k}]`;
  if (typeof shard !== "object" || shard === null) {
    throw new QuantError("data", `${name} must be a shard, got ${show(shard)}`, { argument: name });
  }
  requireInteger(`${name}.first`, shard.first, 0);
  const { length } = requireVector(`${name}.terminalWealth`, shard.terminalWealth);
  for (const figure of EQUITY_FIGURES) requireVector(`${name}.${figure}`, shard[figure], length);
  return shard;
}

/**
 * The result of a resampling from its parts, in any order: in every bit what {@link resampleEquity} gives for the same
 * options.
 *
 * @throws QuantError as {@link resampleEquity}; "data" when a part is missing or there twice.
 */
export function mergeEquityShards(
  returns: VectorLike,
  options: ResampleEquityOptions,
  shards: readonly EquityShard[],
): ResampledEquity {
  const plan = readResample(returns, options);
  if (!Array.isArray(shards)) {
    throw new QuantError("data", `shards must be an array, got ${show(shards)}`, { argument: "shards" });
  }
  const parts = shards.map(requireShard).sort((a, b) => a.first - b.first);
  const paths = newEquityPaths(plan.count);
  let covered = 0;
  for (const part of parts) {
    const { length } = part.terminalWealth;
    if (part.first !== covered || covered + length > plan.count) break;
    for (const name of EQUITY_FIGURES) paths[name].set(part[name], covered);
    covered += length;
  }
  const used = parts.reduce((sum, { terminalWealth }) => sum + terminalWealth.length, 0);
  if (covered === plan.count && used === covered) return resultOfPaths(plan, paths);
  throw new QuantError(
    "data",
    `shards must cover ${plan.count} paths once each, got ${used} of which ${covered} join on`,
    { argument: "shards", covered, used },
  );
}
