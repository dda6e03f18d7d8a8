import { QuantError } from "@astra-quant/core-linalg";
import { requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import type { ParameterPoint, ParameterSets, ParameterValue } from "./parameter-sets.ts";

/** The values of each parameter. */
export type ParameterAxes = Readonly<Record<string, readonly ParameterValue[]>>;

/** A point with one value of each axis. */
export type GridPoint<Axes extends ParameterAxes> = {
  readonly [Name in keyof Axes]: Axes[Name][number];
};

export interface ParameterGridOptions<P extends ParameterPoint> {
  /** Which points to keep: an exit below the entry. All by default. */
  readonly where?: (point: P) => boolean;
}

/** The values of the axes, if each has some. */
export function requireAxes(name: string, axes: unknown): [string, readonly ParameterValue[]][] {
  const entries = typeof axes === "object" && axes !== null ? Object.entries(axes) : [];
  if (entries.length === 0) {
    throw new QuantError("option", `${name} must name at least one parameter, got ${show(axes)}`, {
      argument: name,
    });
  }
  return entries;
}

/**
 * Every combination of the axes' values, the last axis changing fastest: what is dear to compute for a parameter stands
 * first, so that its neighbours share it.
 *
 * @throws QuantError "option" for no axes, an axis without values, or a grid of which `where` keeps nothing; "range" for
 *   more than 2⁵³ points.
 */
export function parameterGrid<const Axes extends ParameterAxes>(
  axes: Axes,
  options: ParameterGridOptions<GridPoint<Axes>> = {},
): ParameterSets<GridPoint<Axes>> {
  requireKnownOptions(options, ["where"]);
  const entries = requireAxes("axes", axes);
  let size = 1;
  for (const [name, values] of entries) {
    if (!Array.isArray(values) || values.length === 0) {
      throw new QuantError("option", `axes.${name} must be a list of values, got ${show(values)}`, {
        argument: `axes.${name}`,
      });
    }
    size *= values.length;
  }
  if (!Number.isSafeInteger(size)) {
    throw new QuantError("range", `axes must span at most 2^53 points, got ${size}`, { points: size });
  }
  const pointOf = (index: number): GridPoint<Axes> => {
    const point: Record<string, ParameterValue> = {};
    let rest = index;
    for (let k = entries.length - 1; k >= 0; k--) {
      const [name, values] = entries[k]!;
      point[name] = values[rest % values.length]!;
      rest = Math.floor(rest / values.length);
    }
    return Object.fromEntries(entries.map(([name]) => [name, point[name]])) as GridPoint<Axes>;
  };
  const { where } = options;
  if (where === undefined)
    return { length: size, at: (index) => (index < size ? pointOf(index) : undefined) };
  const kept: number[] = [];
  for (let index = 0; index < size; index++) if (where(pointOf(index))) kept.push(index);
  if (kept.length > 0) {
    return { length: kept.length, at: (index) => (index < kept.length ? pointOf(kept[index]!) : undefined) };
  }
  throw new QuantError("option", `where must keep at least one of the grid's ${size} points, got none`, {
    argument: "where",
  });
}
