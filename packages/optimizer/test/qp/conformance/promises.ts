import type { Comparison } from "./compare.ts";
import type { ConformanceResult } from "./run-conformance.ts";

/** What the layer promises of the reference's data, and whether it is kept. */
export interface Promised {
  readonly what: string;
  readonly figure: string;
  readonly kept: boolean;
}

/** The accuracy that `accurate` owes an objective. */
const OWED = 1e-8;

export function promises({ raw, sequences, marosMeszaros, dishonest }: ConformanceResult): Promised[] {
  const solves = [...raw, ...sequences];
  const list = [
    share("status equal, raw cases and sequences", solves, (c) => c.status, 1),
    share("iterations, rho updates and polish equal, raw cases and sequences", steady(solves), isSame, 0.98),
    share("x, y and objective within the stated tolerance", steady(solves), (c) => c.distance <= 1, 0.98),
    {
      what: "bounds and violations honest beside the known truth",
      figure: dishonest.length === 0 ? "all" : `not: ${dishonest.join(", ")}`,
      kept: dishonest.length === 0,
    },
  ];
  if (marosMeszaros.length === 0) return list;
  const plain = marosMeszaros.map(({ comparison }) => comparison);
  return [
    ...list,
    share(
      "Maros–Mészáros, status and iterations equal",
      plain,
      (c) => c.status && (c.iterations || c.roundingSensitive),
      0.95,
    ),
    share(
      "Maros–Mészáros, objective to 1e-8 with `accurate`",
      marosMeszaros,
      ({ accurate }) => {
        return accurate.objectiveError <= Math.max(OWED, accurate.accuracy);
      },
      0.9,
    ),
  ];
}

export function isSame({ iterations, rhoUpdates, polish }: Comparison): boolean {
  return iterations && rhoUpdates && polish;
}

/** Without those whose count depends on rounding. */
export function steady(list: readonly Comparison[]): Comparison[] {
  return list.filter(({ roundingSensitive }) => !roundingSensitive);
}

function share<T>(what: string, list: readonly T[], holds: (entry: T) => boolean, least: number): Promised {
  const count = list.filter(holds).length;
  return {
    what: least === 1 ? what : `${what} (≥ ${100 * least} %)`,
    figure: `${count} of ${list.length}`,
    kept: count >= least * list.length,
  };
}
