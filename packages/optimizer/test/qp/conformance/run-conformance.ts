import { Osqp, type QpSolution, solveQp } from "../../../src/index.ts";
import { applyStep, problemOf } from "../stored-cases.ts";
import { type Comparison, compare } from "./compare.ts";
import type { ConformanceCase, ConformanceData, MarosMeszaros } from "./conformance-data.ts";

/** A problem of the Maros–Mészáros set, solved as the reference does and accurately. */
export interface MarosMeszarosResult {
  readonly comparison: Comparison;
  readonly size: readonly [n: number, m: number];
  readonly status: string;
  readonly iterations: readonly [ours: number, reference: number];
  /** Relative distance of the objective from the optimum, which counts as 1 at least. */
  readonly objectiveError: number;
  readonly accurate: {
    readonly status: string;
    readonly by: string;
    readonly objectiveError: number;
    /** What the distance may be where the optimum itself is known to fewer digits. */
    readonly accuracy: number;
    readonly violation: number;
    readonly certifiedGap: number;
  };
}

export interface ConformanceResult {
  readonly data: ConformanceData;
  readonly raw: readonly Comparison[];
  readonly sequences: readonly Comparison[];
  readonly marosMeszaros: readonly MarosMeszarosResult[];
  /** Cases of known optimum whose lower bound lies above it, or of none whose violation denies it. */
  readonly dishonest: readonly string[];
}

export function runConformance(data: ConformanceData): ConformanceResult {
  const dishonest: string[] = [];
  const raw = data.raw.map((given) => {
    const solution = solveQp(problemOf(given), given.settings);
    if (!isHonest(solution, given)) dishonest.push(given.name);
    return compare(given.name, solution, given.expected, given);
  });
  const sequences = data.sequences.flatMap((sequence) => {
    const osqp = new Osqp(problemOf(sequence.problem ?? sequence), sequence.settings);
    return sequence.steps.flatMap((step, k) => {
      const solution = applyStep(osqp, step);
      return solution === undefined
        ? []
        : [compare(`${sequence.name}, step ${k}`, solution, step.expected!, {})];
    });
  });
  return { data, raw, sequences, marosMeszaros: data.marosMeszaros.map(solveBothWays), dishonest };
}

function solveBothWays(given: MarosMeszaros): MarosMeszarosResult {
  const { name, n, m, expected, settings, optimum, objectiveConstant } = given;
  const plain = solveQp(problemOf(given), settings);
  const accurate = solveQp(problemOf(given), { ...settings, accurate: true });
  const errorOf = ({ info }: QpSolution): number =>
    Math.abs(info.objective + objectiveConstant - optimum.objective) /
    Math.max(1, Math.abs(optimum.objective));
  const { violation, certifiedGap } = accurate.info;
  return {
    comparison: compare(name, plain, expected, given),
    size: [n, m],
    status: plain.status,
    iterations: [plain.info.iterations, expected.iterations],
    objectiveError: errorOf(plain),
    accurate: {
      status: accurate.status,
      by: accurate.info.accurate?.by ?? "",
      objectiveError: errorOf(accurate),
      accuracy: optimum.accuracy,
      violation,
      certifiedGap,
    },
  };
}

/** Neither a lower bound above the optimum, nor an objective below it without a violation, nor points where there are none. */
function isHonest({ info }: QpSolution, { truth }: ConformanceCase): boolean {
  const { objective, certifiedGap, violation } = info;
  if (truth?.status === "primal infeasible") return !(violation === 0);
  const best = truth?.optimum?.objective;
  if (truth?.status !== "solved" || best === undefined || !Number.isFinite(objective)) return true;
  const rounding = 1e-9 * Math.max(1, Math.abs(best));
  const isBound = Number.isNaN(certifiedGap) || objective - certifiedGap <= best + rounding;
  return isBound && (violation > 0 || objective >= best - rounding);
}
