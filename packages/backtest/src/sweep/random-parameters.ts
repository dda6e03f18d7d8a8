import { createRandom, exp, log, QuantError } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireAxes } from "./parameter-grid.ts";
import type { ParameterSets, ParameterValue } from "./parameter-sets.ts";

/** Numbers from `from` to `to`. */
export interface ParameterRange {
  readonly from: number;
  /** At least `from`; itself included where integers are drawn. */
  readonly to: number;
  /**
   * `log` draws ratios evenly: as many between 1 and 10 as between 10 and 100. Both ends are positive then.
   * @defaultValue "linear"
   */
  readonly scale?: "linear" | "log";
  /** @defaultValue false */
  readonly integer?: boolean;
}

/** What each parameter is drawn from: a list, every value equally likely, or a range. */
export type ParameterSpace = Readonly<Record<string, readonly ParameterValue[] | ParameterRange>>;

/** A point with one value of each parameter. */
export type RandomPoint<Space extends ParameterSpace> = {
  readonly [Name in keyof Space]: Space[Name] extends readonly (infer Value extends ParameterValue)[]
    ? Value
    : number;
};

export interface RandomParametersOptions {
  /** Points. */
  readonly count: number;
  readonly seed: string | number;
}

type Draw = (uniform: number) => ParameterValue;

function drawFromRange(name: string, range: ParameterRange): Draw {
  requireKnownOptions(range, ["from", "to", "scale", "integer"], name);
  const scale = requireOneOf(`${name}.scale`, range.scale ?? "linear", ["linear", "log"]);
  const integer = requireBoolean(`${name}.integer`, range.integer ?? false);
  const from =
    scale === "log" ? requirePositive(`${name}.from`, range.from) : requireFinite(`${name}.from`, range.from);
  const to = requireFinite(`${name}.to`, range.to);
  if (to < from) {
    throw new QuantError("range", `${name}.to must be at least from (${from}), got ${to}`, { from, to });
  }
  if (integer) {
    requireInteger(`${name}.from`, from, Number.MIN_SAFE_INTEGER);
    requireInteger(`${name}.to`, to, Number.MIN_SAFE_INTEGER);
  }
  const end = integer ? to + 1 : to;
  const [low, span] = scale === "log" ? [log(from), log(end) - log(from)] : [from, end - from];
  return (uniform) => {
    const value = low + uniform * span;
    const number = Math.min(Math.max(scale === "log" ? exp(value) : value, from), end);
    return integer ? Math.min(Math.floor(number), to) : number;
  };
}

function drawFrom(name: string, values: readonly ParameterValue[] | ParameterRange): Draw {
  if (!Array.isArray(values)) return drawFromRange(name, values as ParameterRange);
  if (values.length > 0) return (uniform) => values[Math.floor(uniform * values.length)]!;
  throw new QuantError("option", `${name} must be a list of values or a range, got ${show(values)}`, {
    argument: name,
  });
}

/**
 * Points drawn at random. Point i depends on the seed and on i alone: more points leave the first ones as they were.
 *
 * @throws QuantError "option" for no parameters, a list without values or an unknown option, "range" for a range whose
 *   end lies before its beginning, a logarithmic one that is not positive, or a count that is no integer in [1, 2²⁴ − 2].
 */
export function randomParameters<const Space extends ParameterSpace>(
  space: Space,
  options: RandomParametersOptions,
): ParameterSets<RandomPoint<Space>> {
  requireKnownOptions(options, ["count", "seed"]);
  const count = requireInteger("count", options.count, 1, 2 ** 24 - 2);
  const random = createRandom(options.seed).fork("parameters");
  const draws = requireAxes("space", space).map(
    ([name, values]) => [name, drawFrom(`space.${name}`, values)] as const,
  );
  const pointOf = (index: number): RandomPoint<Space> => {
    const stream = random.fork(index);
    return Object.fromEntries(
      draws.map(([name, draw]) => [name, draw(stream.uniform())]),
    ) as RandomPoint<Space>;
  };
  return { length: count, at: (index) => (index < count ? pointOf(index) : undefined) };
}
