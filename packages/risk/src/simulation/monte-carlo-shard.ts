import {
  QuantError,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  show,
} from "@astra-quant/core-linalg/guards";
import type { MonteCarloVarOptions } from "./monte-carlo-options.ts";
import { type MonteCarloVar, resultOf } from "./monte-carlo-var.ts";
import { type Plan, readPlan } from "./plan.ts";
import { isScored, pathsAPiece, type Scenarios, simulateAll } from "./simulate.ts";

/** Which part of a simulation. */
export interface ShardPlace {
  /** 0 … count − 1. */
  readonly index: number;
  /** Into how many parts the simulation is cut. */
  readonly count: number;
}

/** A part of a simulation, as it may be sent from a worker: plain numbers and arrays. */
export interface MonteCarloShard extends Scenarios {
  /** Scenarios of the whole simulation. */
  readonly scenarios: number;
}

/** Where part `index` of `count` begins; whole pairs stay together. */
function boundary(plan: Plan, index: number, count: number): number {
  const paths = pathsAPiece(plan);
  return paths * Math.floor((plan.scenarios / paths / count) * index);
}

/**
 * One part of the simulation that {@link monteCarloVar} runs as a whole, for a worker: {@link mergeMonteCarloShards} makes
 * the same bits of any number of parts.
 *
 * @throws QuantError as {@link monteCarloVar}; "range" for a place that is not there, "option" for a `random`, which has
 *   no numbered draws.
 */
export function monteCarloShard(options: MonteCarloVarOptions, place: ShardPlace): MonteCarloShard {
  requireKnownOptions(place, ["index", "count"], "place");
  const plan = readPlan(options);
  if (plan.random !== undefined) {
    throw new QuantError("option", "a shard must be drawn from a seed, got random", { argument: "random" });
  }
  const count = requireInteger("place.count", place.count, 1);
  const index = requireInteger("place.index", place.index, 0, count - 1);
  const first = boundary(plan, index, count);
  const end = index + 1 === count ? plan.scenarios : boundary(plan, index + 1, count);
  return { ...simulateAll(plan, first, end - first), scenarios: plan.scenarios };
}

function requireShard(plan: Plan, shard: MonteCarloShard, k: number): MonteCarloShard {
  const name = `shards[${k}]`;
  if (typeof shard !== "object" || shard === null) {
    throw new QuantError("data", `${name} must be a shard, got ${show(shard)}`, { argument: name });
  }
  requireInteger(`${name}.first`, shard.first, 0);
  if (shard.scenarios !== plan.scenarios) {
    throw new QuantError(
      "data",
      `${name} must be of ${plan.scenarios} scenarios, got one of ${show(shard.scenarios)}`,
      { argument: name, scenarios: shard.scenarios },
    );
  }
  const returns = requireFiniteVector(`${name}.returns`, shard.returns);
  requireFiniteVector(`${name}.scores`, shard.scores, isScored(plan) ? returns.length : 0);
  return shard;
}

/**
 * The result of a simulation from its parts, in any order: in every bit what {@link monteCarloVar} gives for the same
 * options.
 *
 * @throws QuantError as {@link monteCarloVar}; "data" for parts of another simulation, for a part that is missing and for
 *   one that is there twice.
 */
export function mergeMonteCarloShards(
  options: MonteCarloVarOptions,
  shards: readonly MonteCarloShard[],
): MonteCarloVar {
  const plan = readPlan(options);
  if (!Array.isArray(shards)) {
    throw new QuantError("data", `shards must be an array, got ${show(shards)}`, { argument: "shards" });
  }
  const returns = new Float64Array(plan.scenarios);
  const scores = new Float64Array(isScored(plan) ? plan.scenarios : 0);
  const parts = shards.map((shard, k) => requireShard(plan, shard, k));
  parts.sort((a, b) => a.first - b.first || a.returns.length - b.returns.length);
  let covered = 0;
  for (const part of parts) {
    if (part.first !== covered) break;
    if (part.first + part.returns.length > plan.scenarios) break;
    returns.set(part.returns, part.first);
    scores.set(part.scores, isScored(plan) ? part.first : 0);
    covered += part.returns.length;
  }
  const used = parts.reduce((sum, part) => sum + part.returns.length, 0);
  if (covered !== plan.scenarios || used !== covered) {
    throw new QuantError(
      "data",
      `shards must cover ${plan.scenarios} scenarios once each, got ${used} of which ${covered} join on`,
      { argument: "shards", covered, used },
    );
  }
  return resultOf(options, plan, { first: 0, returns, scores });
}
