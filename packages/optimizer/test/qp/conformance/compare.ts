import type { QpSolution } from "../../../src/index.ts";
import type { Expected } from "../stored-cases.ts";

/** Which of the reference's figures a solve has. */
export interface Comparison {
  readonly name: string;
  readonly roundingSensitive: boolean;
  readonly status: boolean;
  readonly iterations: boolean;
  readonly rhoUpdates: boolean;
  readonly polish: boolean;
  /** The largest distance of x, y and objective, in units of what the data allow; 0 where there is no point. */
  readonly distance: number;
}

export interface StatedTolerance {
  readonly spread?: number;
  readonly roundingSensitive?: boolean;
}

export function compare(
  name: string,
  { status, x, y, info }: QpSolution,
  expected: Expected,
  { spread = 0, roundingSensitive = false }: StatedTolerance,
): Comparison {
  const same = (key: "iterations" | "rhoUpdates" | "polish"): boolean =>
    expected[key] === undefined || expected[key] === info[key];
  const allowed = Math.max(1e-7, 100 * spread);
  const distances = [
    relativeDistance(x, expected.x),
    relativeDistance(y, expected.y),
    relativeDistance(
      [info.objective],
      expected.x && expected.objective !== undefined ? [expected.objective] : undefined,
    ),
  ];
  return {
    name,
    roundingSensitive,
    status: status === expected.status,
    iterations: same("iterations"),
    rhoUpdates: same("rhoUpdates"),
    polish: same("polish"),
    distance: Math.max(...distances) / allowed,
  };
}

/** The largest difference against the largest number, which counts as 1 at least; ∞ for what is not a number. */
function relativeDistance(given: ArrayLike<number>, wanted: ArrayLike<number> | undefined): number {
  if (wanted === undefined) return 0;
  let size = 1;
  let most = 0;
  for (let k = 0; k < wanted.length; k++) {
    const apart = Math.abs(given[k]! - wanted[k]!);
    size = Math.max(size, Math.abs(wanted[k]!));
    most = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart);
  }
  return Number.isFinite(most) ? most / size : Number.POSITIVE_INFINITY;
}
