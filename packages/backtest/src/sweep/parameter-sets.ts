import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

/** What a parameter may be: it travels to workers and stands in reports. */
export type ParameterValue = number | string | boolean;

/** One point of a sweep. */
export type ParameterPoint = Readonly<Record<string, ParameterValue>>;

/** Points by number, made when they are asked for. An array of points is one too. */
export interface ParameterSets<P extends ParameterPoint = ParameterPoint> {
  readonly length: number;
  /** Point 0 … length − 1: for one number the same point, always. */
  at(index: number): P | undefined;
}

/** The sets, if they are an array of points or have its shape, and hold one at least. */
export function requireParameterSets<P extends ParameterPoint>(sets: unknown): ParameterSets<P> {
  const given = sets as Partial<ParameterSets<P>> | null | undefined;
  if (typeof given?.at === "function" && Number.isSafeInteger(given.length) && given.length! > 0) {
    return given as ParameterSets<P>;
  }
  throw new QuantError(
    "option",
    `parameters must be a list of points, a parameterGrid or randomParameters, at least one, got ${show(sets)}`,
    { argument: "parameters" },
  );
}

/** The point of that number. */
export function pointAt<P extends ParameterPoint>(sets: ParameterSets<P>, index: number): P {
  const point = sets.at(index);
  if (typeof point === "object" && point !== null) return point;
  throw new QuantError(
    "data",
    `parameters.at(${index}) must be an object of parameters, got ${show(point)}`,
    {
      argument: "parameters",
      index,
    },
  );
}
