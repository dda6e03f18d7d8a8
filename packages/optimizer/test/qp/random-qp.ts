import type { Random } from "@astra-quant/core-linalg";
import type { ReferenceProblem, ReferenceSettings } from "./reference-problem.ts";

/**
 * What is known of a problem because it was built around it. Every number is a small integer times a power of two, so
 * nothing is rounded on the way.
 */
export type Truth =
  /** The least objective, and Σ|y| of multipliers that prove it. */
  | { readonly status: "solved"; readonly objective: number; readonly multipliers: number }
  /** No x breaks every row by less. */
  | { readonly status: "primal infeasible"; readonly leastViolation: number }
  | { readonly status: "dual infeasible" };

export interface ConstructedQp {
  readonly problem: ReferenceProblem;
  readonly truth: Truth;
}

interface Draft {
  P: number[][];
  q: number[];
  A: number[][];
  l: number[];
  u: number[];
  x: number[];
  y: number[];
}

const INFINITE = [1e30, Number.POSITIVE_INFINITY, 1e26] as const;

/** A few variables, a few rows, and every kind of trouble. */
export function randomQp(random: Random): ConstructedQp {
  const chance = (p: number): boolean => random.uniform() < p;
  const draft = solvable(random);
  if (chance(0.2)) repeatRows(random, draft);
  let truth: Truth["status"] = "solved";
  if (chance(0.15)) {
    addFallingDirection(random, draft);
    truth = "dual infeasible";
  }
  if (chance(0.3)) scaleByPowersOfTwo(random, draft, chance(0.3) ? 20 : 6);
  const { P, q, A, l, u } = draft;
  const problem = { P, q, A, l, u };
  if (chance(0.25)) {
    return { problem, truth: { status: "primal infeasible", leastViolation: contradict(random, draft) } };
  }
  if (truth === "dual infeasible") return { problem, truth: { status: truth } };
  return { problem, truth: { status: "solved", ...optimum(draft) } };
}

/** A point x, multipliers y, and the problem that they solve. */
function solvable(random: Random): Draft {
  const n = 1 + random.integer(random.uniform() < 0.8 ? 5 : 10);
  const m = random.integer(random.uniform() < 0.8 ? 8 : 15);
  const density = [0.3, 0.6, 1][random.integer(3)]!;
  const entry = (): number => (random.uniform() < density ? random.integer(7) - 3 : 0);
  const matrix = (rows: number): number[][] =>
    Array.from({ length: rows }, () => Array.from({ length: n }, entry));
  const rank = random.integer(n + 1);
  const root = matrix(rank);
  const square = Array.from({ length: n }, (_, i) => {
    return Array.from({ length: n }, (_, j) => root.reduce((sum, row) => sum + row[i]! * row[j]!, 0));
  });
  const A = matrix(m);
  const x = Array.from({ length: n }, () => (random.integer(17) - 8) / 4);
  const onePoint = random.uniform() < 0.05;
  const draft: Draft = { P: square, q: [], A, l: [], u: [], x, y: [] };
  for (const row of A) {
    const { l, u, y } = sidesAround(random, product(row, x), onePoint);
    draft.l.push(l);
    draft.u.push(u);
    draft.y.push(y);
  }
  const { P, y } = draft;
  draft.q = x.map((_, j) => -product(P[j]!, x) - y.reduce((sum, v, i) => sum + v * A[i]![j]!, 0));
  return draft;
}

/** Sides of a row whose value at the solution is `image`, and its multiplier there. */
function sidesAround(random: Random, image: number, onePoint: boolean): { l: number; u: number; y: number } {
  const far = INFINITE[random.integer(INFINITE.length)]!;
  const slack = (): number => (1 + random.integer(8)) / 4;
  const pull = random.integer(4);
  switch (onePoint ? random.integer(3) : random.integer(10)) {
    case 0:
      return { l: image, u: image, y: pull - 1 };
    case 1: // upper side holds
      return { l: random.uniform() < 0.5 ? -far : image - slack(), u: image, y: pull };
    case 2:
      return { l: image, u: random.uniform() < 0.5 ? far : image + slack(), y: -pull };
    case 3:
      return { l: -far, u: far, y: 0 };
    case 4:
      return { l: -far, u: image + slack(), y: 0 };
    case 5:
      return { l: image - slack(), u: far, y: 0 };
    case 6: // a corridor narrow enough to count as an equality once it is scaled
      return { l: image - 2 ** -15, u: image, y: pull };
    default:
      return { l: image - slack(), u: image + slack(), y: 0 };
  }
}

/** Some rows once more, at twice the size, their own sides with them. */
function repeatRows(random: Random, { A, l, u, y }: Draft): void {
  const count = A.length;
  for (let i = 0; i < count; i++) {
    if (random.uniform() < 0.6) continue;
    A.push(A[i]!.map((v) => 2 * v));
    l.push(2 * l[i]!);
    u.push(2 * u[i]!);
    y.push(0);
  }
}

/** One more variable along which the objective falls and no row ends it, hidden by mixing it with another. */
function addFallingDirection(random: Random, { P, q, A, l, u, x }: Draft): void {
  for (const row of P) row.push(0);
  P.push(q.map(() => 0).concat(0));
  A.forEach((row, i) => {
    const upward = u[i]! >= 1e26;
    const downward = l[i]! <= -1e26;
    const size = random.integer(3);
    row.push(upward ? size : downward ? -size : 0);
  });
  q.push(-1 - random.integer(3));
  x.push(0);
  const last = q.length - 1;
  if (last === 0 || random.uniform() < 0.5) return;
  // x₀ → x₀ + x_last: a column is added to another
  q[last]! += q[0]!;
  for (const row of A) row[last]! += row[0]!;
  for (const row of P) row[last]! += row[0]!;
  P[last] = P[last]!.map((v, j) => v + P[0]![j]!);
}

/** Other units for variables, rows and cost. */
function scaleByPowersOfTwo(random: Random, draft: Draft, most: number): void {
  const factor = (): number => 2 ** (random.integer(2 * most + 1) - most);
  const ofVariables = draft.q.map(() => (random.uniform() < 0.5 ? factor() : 1));
  const ofRows = draft.A.map(() => (random.uniform() < 0.5 ? factor() : 1));
  const ofCost = factor();
  const { P, q, A, l, u, x, y } = draft;
  q.forEach((_, j) => {
    const t = ofVariables[j]!;
    q[j]! *= t * ofCost;
    x[j]! /= t;
    for (let i = 0; i < q.length; i++) P[i]![j]! *= t * ofVariables[i]! * ofCost;
    for (let i = 0; i < A.length; i++) A[i]![j]! *= t * ofRows[i]!;
  });
  ofRows.forEach((t, i) => {
    if (Math.abs(l[i]!) < 1e26) l[i]! *= t;
    if (Math.abs(u[i]!) < 1e26) u[i]! *= t;
    y[i]! *= ofCost / t;
  });
}

/** One row more that cannot hold beside the others; returns by how much some row must be broken. */
function contradict(random: Random, { A, l, u, q }: Draft): number {
  const margin = [1, 2 ** -4, 2 ** -10, 2 ** -14, 2 ** -20, 2 ** -30][random.integer(6)]!;
  const weights = A.map((_, i): number => {
    if (random.uniform() < 0.5) return 0;
    const upper = u[i]! < 1e26;
    const lower = l[i]! > -1e26;
    if (upper && (!lower || random.uniform() < 0.5)) return 1;
    return lower ? -1 : 0;
  });
  // w'Ax ≤ SC(w) for every x inside, and the new row asks for more
  A.push(q.map((_, j) => -weights.reduce((sum, w, i) => sum + w * A[i]![j]!, 0)));
  const reach = weights.reduce((sum, w, i) => sum + (w > 0 ? u[i]! : w < 0 ? -l[i]! : 0), 0);
  u.push(-reach - margin);
  l.push(random.uniform() < 0.7 ? Number.NEGATIVE_INFINITY : -reach - margin - 1);
  return margin / (1 + weights.reduce((sum, w) => sum + Math.abs(w), 0));
}

function optimum({ P, q, x, y }: Draft): { objective: number; multipliers: number } {
  return {
    objective: x.reduce((sum, v, j) => sum + v * (0.5 * product(P[j]!, x) + q[j]!), 0),
    multipliers: y.reduce((sum, v) => sum + Math.abs(v), 0),
  };
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, v, k) => sum + v * b[k]!, 0);
}

/** About half of them as they are by default; every choice is legal. */
export function randomSettings(random: Random): Partial<ReferenceSettings> {
  const settings: Record<string, number | boolean> = {};
  for (const [name, choices] of Object.entries(CHOICES)) {
    if (random.uniform() < 0.4) settings[name] = choices[random.integer(choices.length)]!;
  }
  return { maxIter: 1000, ...settings } as Partial<ReferenceSettings>;
}

const CHOICES: Record<keyof ReferenceSettings, readonly (number | boolean)[]> = {
  rho: [1e-7, 1e-3, 0.1, 10, 1e4],
  rhoIsVec: [true, false],
  sigma: [1e-8, 1e-6, 1e-3],
  alpha: [0.5, 1, 1.6, 1.9],
  scaling: [0, 1, 10, 25],
  adaptiveRho: [0, 1, 3],
  adaptiveRhoInterval: [0, 1, 7, 25, 50],
  adaptiveRhoFraction: [0.1, 0.4, 0.9],
  adaptiveRhoTolerance: [1, 1.5, 5, 10],
  maxIter: [1, 13, 100, 1000],
  epsAbs: [1e-2, 1e-5, 1e-8],
  epsRel: [0, 1e-2, 1e-5, 1e-8],
  epsPrimInf: [1e-2, 1e-4, 1e-7],
  epsDualInf: [1e-2, 1e-4, 1e-7],
  scaledTermination: [true, false],
  checkTermination: [0, 1, 5, 25],
  checkDualgap: [true, false],
  polishing: [true, true, false],
  polishRefineIter: [0, 1, 3, 10],
};
