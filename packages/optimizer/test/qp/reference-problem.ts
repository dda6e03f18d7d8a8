import { type Dense, largest } from "./reference-arithmetic.ts";

/** P whole; a side is infinite beyond 1e26. */
export interface ReferenceProblem {
  readonly P: Dense;
  readonly q: readonly number[];
  readonly A: Dense;
  readonly l: readonly number[];
  readonly u: readonly number[];
}

export interface ReferenceSettings {
  rho: number;
  rhoIsVec: boolean;
  sigma: number;
  alpha: number;
  scaling: number;
  adaptiveRho: 0 | 1 | 3;
  adaptiveRhoInterval: number;
  adaptiveRhoFraction: number;
  adaptiveRhoTolerance: number;
  maxIter: number;
  epsAbs: number;
  epsRel: number;
  epsPrimInf: number;
  epsDualInf: number;
  scaledTermination: boolean;
  checkTermination: number;
  checkDualgap: boolean;
  polishing: boolean;
  polishRefineIter: number;
}

export const REFERENCE_DEFAULTS: ReferenceSettings = {
  rho: 0.1,
  rhoIsVec: true,
  sigma: 1e-6,
  alpha: 1.6,
  scaling: 10,
  adaptiveRho: 1,
  adaptiveRhoInterval: 50,
  adaptiveRhoFraction: 0.4,
  adaptiveRhoTolerance: 5,
  maxIter: 4000,
  epsAbs: 1e-3,
  epsRel: 1e-3,
  epsPrimInf: 1e-4,
  epsDualInf: 1e-4,
  scaledTermination: false,
  checkTermination: 25,
  checkDualgap: true,
  polishing: false,
  polishRefineIter: 3,
};

/** The problem in its scaled space: x = D x̄, z = E⁻¹ z̄, y = E ȳ ÷ c. A side that is none is infinite. */
export interface ScaledReference {
  P: Dense;
  q: number[];
  A: Dense;
  l: number[];
  u: number[];
  D: number[];
  E: number[];
  c: number;
}

export const times = (a: readonly number[], b: readonly number[]): number[] => a.map((v, k) => v * b[k]!);
const kappa = (v: number): number => (v < 1e-4 ? 1 : Math.min(v, 1e4));

export function scaleReference({ P, q, A, l, u }: ReferenceProblem, passes: number): ScaledReference {
  const scaled: ScaledReference = {
    P,
    q: [...q],
    A,
    l: [],
    u: [],
    D: q.map(() => 1),
    E: A.map(() => 1),
    c: 1,
  };
  for (let pass = 0; pass < passes; pass++) scaleOnce(scaled);
  const side = (bound: number, i: number, none: number): number => {
    const image = bound * scaled.E[i]!;
    return Math.abs(bound) >= 1e26 || Math.abs(image) >= 1e26 ? none : image;
  };
  scaled.l = l.map((bound, i) => side(bound, i, Number.NEGATIVE_INFINITY));
  scaled.u = u.map((bound, i) => side(bound, i, Number.POSITIVE_INFINITY));
  return scaled;
}

/** One pass of Ruiz and the cost's scale; the norm of a column of P is that of its upper triangle. */
function scaleOnce(s: ScaledReference): void {
  const column = (j: number): number => largest(s.P.slice(0, j + 1).map((row) => row[j]!));
  const delta = s.D.map((_, j) => {
    return 1 / Math.sqrt(kappa(Math.max(column(j), largest(s.A.map((row) => row[j]!)))));
  });
  const epsilon = s.A.map((row) => 1 / Math.sqrt(kappa(largest(row))));
  s.P = s.P.map((row, i) => row.map((v, j) => delta[i]! * v * delta[j]!));
  s.A = s.A.map((row, i) => row.map((v, j) => epsilon[i]! * v * delta[j]!));
  s.q = times(s.q, delta);
  s.D = times(s.D, delta);
  s.E = times(s.E, epsilon);
  const mean = s.D.reduce((sum, _, j) => sum + column(j), 0) / s.D.length;
  const g = 1 / kappa(Math.max(mean, kappa(largest(s.q))));
  s.P = s.P.map((row) => row.map((v) => g * v));
  s.q = s.q.map((v) => g * v);
  s.c *= g;
}
