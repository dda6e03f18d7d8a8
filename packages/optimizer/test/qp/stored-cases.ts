import type {
  LaterSettings,
  Osqp,
  QpProblem,
  QpSettings,
  QpSolution,
  SparseColumns,
} from "../../src/index.ts";

/** A matrix as the conformance data write it. */
export interface StoredMatrix {
  m: number;
  n: number;
  p: number[];
  i: number[];
  x: number[];
}

export interface RawCase {
  name: string;
  P: StoredMatrix;
  q: number[];
  A: StoredMatrix;
  l: number[];
  u: number[];
  settings: Partial<QpSettings>;
  expected: Expected;
  truth?: { status: string; optimum?: { objective: number } };
  spread?: number;
}

export interface Expected {
  status: string;
  iterations: number;
  statusVal?: number;
  rhoUpdates?: number;
  polish?: number;
  x?: number[];
  y?: number[];
  objective?: number;
  dualObjective?: number;
  dualityGap?: number;
  primalResidual?: number;
  dualResidual?: number;
  primalInfeasibilityCertificate?: number[];
  dualInfeasibilityCertificate?: number[];
}

export function columnsOf(stored: StoredMatrix): SparseColumns {
  return {
    rows: stored.m,
    columns: stored.n,
    columnPointers: Int32Array.from(stored.p),
    rowIndices: Int32Array.from(stored.i),
    values: Float64Array.from(stored.x),
  };
}

export function problemOf({ P, q, A, l, u }: Pick<RawCase, "P" | "q" | "A" | "l" | "u">): QpProblem {
  return { P: columnsOf(P), q, A: columnsOf(A), l, u };
}

/** One thing that happens to a solver. */
export interface Step {
  op: "solve" | "update" | "warmStart" | "updateRho" | "updateSettings";
  q?: number[];
  l?: number[];
  u?: number[];
  Px?: number[];
  Ax?: number[];
  x?: number[];
  y?: number[];
  rho?: number;
  settings?: Partial<LaterSettings>;
  expected?: Expected;
}

function given<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** Does what the step says; the solution of a solve. */
export function applyStep(osqp: Osqp, step: Step): QpSolution | undefined {
  const { q, l, u, Px, Ax, x, y } = step;
  if (step.op === "update") osqp.update(given({ q, l, u, Px, Ax }) as Parameters<Osqp["update"]>[0]);
  if (step.op === "warmStart") osqp.warmStart(given({ x, y }) as Parameters<Osqp["warmStart"]>[0]);
  if (step.op === "updateRho") osqp.updateSettings({ rho: step.rho! });
  if (step.op === "updateSettings") osqp.updateSettings(step.settings!);
  return step.op === "solve" ? osqp.solve() : undefined;
}

/** The life of one solver. */
export interface Sequence extends Pick<RawCase, "P" | "q" | "A" | "l" | "u"> {
  name: string;
  settings: RawCase["settings"];
  problem?: Pick<RawCase, "P" | "q" | "A" | "l" | "u">;
  steps: Step[];
}
