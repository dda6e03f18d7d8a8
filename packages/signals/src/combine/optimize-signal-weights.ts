import {
  Matrix,
  type MatrixLike,
  matVec,
  QuantError,
  quadraticForm,
  symmetricEigenvalues,
} from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireMatrix,
  requireNonNegative,
  requirePositive,
  requireSymmetricMatrix,
  show,
} from "@astra-quant/core-linalg/guards";
import { baseWeights } from "./base-weights.ts";
import { largestGain, ontoCappedSimplex } from "./capped-simplex.ts";
import type { QuadraticProgram, QuadraticProgramSolver } from "./quadratic-program.ts";
import type { WeighedSignal } from "./signal-record.ts";

export interface OptimizeSignalWeightsOptions {
  /** Solves the program: `solveQp` of the optimizer with tight tolerances, or any other. */
  readonly solve: QuadraticProgramSolver;
  /** λ, what correlation costs, ≥ 0. @defaultValue 0.5 */
  readonly correlationPenalty?: number;
  /** The information coefficient that counts as one, > 0. @defaultValue 0.02 */
  readonly icUnit?: number;
  /** The largest weight of a signal, > 0. @defaultValue 1 */
  readonly cap?: number;
  /** The largest weight of a signal as a multiple of its base weight, > 0. @defaultValue 2 */
  readonly baseMultiple?: number;
}

export interface SignalWeights {
  /**
   * `optimal`; `flat` when no signal is admitted; `infeasible` when the caps add up to less than 1; `unsolved` when the
   * solver says anything but that it solved the program. Weights are 0 in all but the first.
   */
  readonly status: "optimal" | "flat" | "infeasible" | "unsolved";
  /** By signal, ≥ 0 and 1 in all. */
  readonly weights: Readonly<Record<string, number>>;
  /** Before correlation, by signal: `baseWeights`. */
  readonly base: Readonly<Record<string, number>>;
  /** The largest weight that each signal could have. */
  readonly upper: Readonly<Record<string, number>>;
  /** (IC ÷ unit)ᵀw − λ wᵀC w; NaN without weights. */
  readonly objective: number;
  /** By how much, at most, other weights could do better: proved from the weights alone, whatever solved the program. */
  readonly certifiedGap: number;
  /** How far the solver's answer was moved, in any weight, to keep every limit exactly. */
  readonly moved: number;
  /** Who is excluded or at a limit, and why there are no weights. */
  readonly reasons: readonly string[];
}

const OPTIONS = ["solve", "correlationPenalty", "icUnit", "cap", "baseMultiple"] as const;

/** Caps as decimals add up to 1 but for this. */
const ROUNDING = 1e-12;
/** Eigenvalues of a correlation matrix may be negative by rounding, this much. */
const SEMIDEFINITE_TOLERANCE = 1e-8;

interface Settings {
  readonly solve: QuadraticProgramSolver;
  readonly lambda: number;
  readonly unit: number;
  readonly cap: number;
  readonly multiple: number;
}

function requireSettings(options: OptimizeSignalWeightsOptions): Settings {
  requireKnownOptions(options, OPTIONS);
  const { solve, correlationPenalty = 0.5, icUnit = 0.02, cap = 1, baseMultiple = 2 } = options;
  if (typeof solve !== "function") {
    throw new QuantError(
      "option",
      `solve must be a function that solves a quadratic program, got ${show(solve)}`,
      {
        argument: "solve",
      },
    );
  }
  return {
    solve,
    lambda: requireNonNegative("correlationPenalty", correlationPenalty),
    unit: requirePositive("icUnit", icUnit),
    cap: requirePositive("cap", cap),
    multiple: requirePositive("baseMultiple", baseMultiple),
  };
}

/** The correlations of these signals alone, checked: those of an excluded signal need not be numbers. */
function correlationOf(correlation: MatrixLike, positions: readonly number[], signals: number): Matrix {
  const whole = requireMatrix("correlation", correlation);
  if (whole.rows !== signals || whole.columns !== signals) {
    throw new QuantError(
      "shape",
      `correlation must be ${signals}×${signals}, one row a signal, got ${whole.rows}×${whole.columns}`,
      { argument: "correlation" },
    );
  }
  const rows = positions.map((i) => positions.map((j) => whole.get(i, j)));
  const C = requireSymmetricMatrix("correlation", rows);
  const smallest = symmetricEigenvalues(C)[0] ?? 0;
  if (smallest >= -SEMIDEFINITE_TOLERANCE) return C;
  throw new QuantError(
    "data",
    `correlation must be positive semidefinite, but its smallest eigenvalue is ${smallest}; nearestCorrelation repairs one`,
    { argument: "correlation", smallest },
  );
}

/** max cᵀw − λ wᵀC w, Σ w = 1, 0 ≤ w ≤ upper, as a minimum. */
function programOf(C: Matrix, c: Float64Array, upper: Float64Array, lambda: number): QuadraticProgram {
  const n = c.length;
  const P = new Matrix(
    n,
    n,
    C.data.map((value) => 2 * lambda * value),
  );
  const A = new Matrix(n + 1, n);
  A.data.fill(1, 0, n);
  for (let i = 0; i < n; i++) A.set(i + 1, i, 1);
  const l = new Float64Array(n + 1);
  l[0] = 1;
  return { P, q: c.map((value) => -value), A, l, u: Float64Array.of(1, ...upper) };
}

function byName(names: readonly string[], values: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/** How far a weight may be from its bound to be at it. */
const AT_BOUND = 1e-9;

/**
 * How much of each signal: maximise (IC ÷ 0.02)ᵀw − λ wᵀC w subject to Σ w = 1 and 0 ≤ w_i ≤ min(cap, 2 b_i), where b are
 * the `baseWeights` and C is the correlation of the signals, in the order of the record's names. An excluded signal has
 * weight 0. The solver is passed in; its answer is checked, and moved onto the limits where it missed them by rounding.
 *
 * @throws QuantError "range" for a number out of range, "not-finite" for an information coefficient that is none, "shape"
 *   for a correlation matrix of another size, "data" for one that is not symmetric or not positive semidefinite, "option"
 *   for an unknown name, a signal without a risk budget or no solver.
 */
export function optimizeSignalWeights(
  signals: Readonly<Record<string, WeighedSignal>>,
  correlation: MatrixLike,
  options: OptimizeSignalWeightsOptions,
): SignalWeights {
  const settings = requireSettings(options);
  const base = baseWeights(signals);
  const names = Object.keys(base);
  const positions = names.map((_, i) => i).filter((i) => signals[names[i]!]!.admitted ?? true);
  const C = correlationOf(correlation, positions, names.length);
  const upperOf = names.map((name) => Math.min(settings.cap, settings.multiple * base[name]!));
  const excluded = names
    .filter((name) => signals[name]!.admitted === false)
    .map((name) => `${name} is excluded`);
  const none: SignalWeights = {
    status: "flat",
    weights: byName(names, new Float64Array(names.length)),
    base,
    upper: byName(names, upperOf),
    objective: Number.NaN,
    certifiedGap: Number.NaN,
    moved: Number.NaN,
    reasons: excluded,
  };
  if (positions.length === 0) {
    return { ...none, reasons: [...excluded, "no signal is admitted: the composite is flat"] };
  }
  const upper = Float64Array.from(positions, (i) => upperOf[i]!);
  const room = upper.reduce((sum, value) => sum + value, 0);
  if (room < 1 - ROUNDING) {
    const reason = `the largest weights add up to ${room}, less than 1: raise cap or baseMultiple`;
    return { ...none, status: "infeasible", reasons: [...excluded, reason] };
  }
  const c = Float64Array.from(positions, (i) => {
    return requireFinite(`signals.${names[i]}.ic`, signals[names[i]!]!.ic) / settings.unit;
  });
  const { x, status } = settings.solve(programOf(C, c, upper, settings.lambda));
  if (status !== "solved") {
    return { ...none, status: "unsolved", reasons: [...excluded, `the solver says ${show(status)}`] };
  }
  const w = ontoCappedSimplex(x, upper);
  const weights = new Float64Array(names.length);
  positions.forEach((i, k) => {
    weights[i] = w[k]!;
  });
  return {
    ...none,
    status: "optimal",
    weights: byName(names, weights),
    ...judged(w, x, { C, c, upper, lambda: settings.lambda }),
    reasons: [...excluded, ...bounds(names, weights, upperOf, positions)],
  };
}

interface Program {
  readonly C: Matrix;
  readonly c: Float64Array;
  readonly upper: Float64Array;
  readonly lambda: number;
}

/** With g the gradient at w of the concave objective f, f(v) ≤ f(w) + gᵀ(v − w): the gap is the largest gᵀv − gᵀw. */
function judged(w: Float64Array, x: ArrayLike<number>, { C, c, upper, lambda }: Program) {
  const Cw = matVec(C, w);
  const g = c.map((value, i) => value - 2 * lambda * Cw[i]!);
  let linear = 0;
  let slope = 0;
  let moved = 0;
  for (let i = 0; i < w.length; i++) {
    linear += c[i]! * w[i]!;
    slope += g[i]! * w[i]!;
    moved = Math.max(moved, Math.abs(w[i]! - x[i]!));
  }
  return {
    objective: linear - lambda * quadraticForm(C, w),
    certifiedGap: Math.max(0, largestGain(g, upper) - slope),
    moved,
  };
}

function bounds(
  names: readonly string[],
  weights: Float64Array,
  upper: readonly number[],
  positions: readonly number[],
): string[] {
  return positions.flatMap((i) => {
    if (weights[i]! >= upper[i]! - AT_BOUND)
      return [`${names[i]} is at its largest weight ${upper[i]!.toFixed(4)}`];
    return weights[i]! <= AT_BOUND ? [`${names[i]} adds nothing beside the others`] : [];
  });
}
