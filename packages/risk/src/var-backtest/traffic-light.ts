import { normalQuantile, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireProbability } from "@astra-quant/core-linalg/guards";
import { binomialCdf, binomialMass, binomialSurvival } from "./binomial.ts";
import { requireExceptions } from "./exceptions.ts";

export interface TrafficLightOptions {
  /** How often an exception shall happen. @defaultValue 0.01 */
  readonly probability?: number;
}

export type TrafficLightZone = "green" | "yellow" | "red";

export interface TrafficLight {
  readonly zone: TrafficLightZone;
  readonly observations: number;
  readonly exceptions: number;
  /** P(at most so many exceptions) under the stated probability: the zones end at 95 % and 99.99 %. */
  readonly cumulative: number;
  /** P(at least so many exceptions): how often a right model would look as bad. */
  readonly typeOneError: number;
  /** What is added to the multiplier of 3. */
  readonly increase: number;
  /** The first number of exceptions that is yellow, and the first that is red. */
  readonly yellowFrom: number;
  readonly redFrom: number;
}

const YELLOW = 0.95;
const RED = 0.9999;
/** The Committee's increases for 5 … 9 exceptions in 250 days at 1 %. */
const PRINTED = [0.4, 0.5, 0.65, 0.75, 0.85] as const;
const MULTIPLIER = 3;

/** The first number of exceptions whose cumulative probability is above a bound. */
function firstAbove(bound: number, n: number, p: number): number {
  let cumulative = 0;
  for (let x = 0; x < n; x++) {
    cumulative += binomialMass(x, n, p);
    if (cumulative > bound) return x;
  }
  return n;
}

/** What would bring a normal model's coverage back to what was asked. */
function normalIncrease(x: number, n: number, p: number): number {
  if (x >= n / 2) return 1;
  const ratio = normalQuantile(p) / normalQuantile(x / n);
  return Math.min(1, Math.max(0, MULTIPLIER * (ratio - 1)));
}

function increaseOf(zone: TrafficLightZone, x: number, n: number, p: number): number {
  if (zone === "green") return 0;
  if (zone === "red") return 1;
  return n === 250 && p === 0.01 ? PRINTED[x - 5]! : normalIncrease(x, n, p);
}

/**
 * The Basel Committee's traffic light: exceptions so many that fewer or as many had 95 % probability are yellow, 99.99 %
 * red. With the standard 250 days at 1 %: yellow from 5, red from 10, the printed increases of the multiplier; with
 * others what the same rule gives under a normal law [BaselBacktesting].
 *
 * @throws QuantError as {@link kupiecTest}.
 */
export function trafficLight(exceptions: VectorLike, options: TrafficLightOptions = {}): TrafficLight {
  requireKnownOptions(options, ["probability"]);
  const p = requireProbability("probability", options.probability ?? 0.01);
  const hits = requireExceptions(exceptions);
  const n = hits.length;
  const x = hits.reduce((sum, hit) => sum + hit, 0);
  const cumulative = binomialCdf(x, n, p);
  const zone = cumulative > RED ? "red" : cumulative > YELLOW ? "yellow" : "green";
  return {
    zone,
    observations: n,
    exceptions: x,
    cumulative,
    typeOneError: binomialSurvival(x, n, p),
    increase: increaseOf(zone, x, n, p),
    yellowFrom: firstAbove(YELLOW, n, p),
    redFrom: firstAbove(RED, n, p),
  };
}
