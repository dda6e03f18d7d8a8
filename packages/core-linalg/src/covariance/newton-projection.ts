import { Matrix } from "../matrix/matrix.ts";
import type { Projection } from "./alternating-projections.ts";
import { squaredNorm } from "./norms.ts";
import { type PositivePart, positivePart } from "./positive-part.ts";

const SUFFICIENT_DECREASE = 1e-4;
const MOST_HALVINGS = 30;
const MOST_STEPS_INSIDE = 200;

function norm(x: Float64Array): number {
  let sum = 0;
  for (const value of x) sum += value * value;
  return Math.sqrt(sum);
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** One point of the dual problem: θ(y) = ½‖(G + Diag y)₊‖² − bᵀy, and its gradient diag (G + Diag y)₊ − b. */
interface DualPoint {
  readonly y: Float64Array;
  readonly spectrum: PositivePart;
  readonly value: number;
  readonly gradient: Float64Array;
}

function dualPoint(G: Matrix, b: Float64Array, y: Float64Array): DualPoint {
  const n = G.rows;
  const shifted = G.clone();
  for (let i = 0; i < n; i++) shifted.data[i * n + i]! += y[i]!;
  const spectrum = positivePart(shifted);
  return {
    y,
    spectrum,
    value: squaredNorm(spectrum.part) / 2 - dot(b, y),
    gradient: b.map((wanted, i) => spectrum.part.data[i * n + i]! - wanted),
  };
}

/**
 * Ω of the generalised Jacobian: 1 for two eigenvalues above zero, λ_a ÷ (λ_a − λ_b) for λ_a above and λ_b below, 0 for
 * two below.
 */
function slopes({ values, below }: PositivePart): Matrix {
  const n = values.length;
  const omega = new Matrix(n, n);
  for (let a = below; a < n; a++) {
    for (let b = 0; b < n; b++) {
      const slope = b >= below ? 1 : values[a]! / (values[a]! - values[b]!);
      omega.data[a * n + b] = slope;
      omega.data[b * n + a] = slope;
    }
  }
  return omega;
}

/** The Jacobian times h: diag of P (Ω ∘ (Pᵀ Diag(h) P)) Pᵀ. */
function applyJacobian(P: Matrix, omega: Matrix, h: Float64Array): Float64Array {
  const n = P.rows;
  const middle = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < n; a++) {
      const scale = h[i]! * P.data[i * n + a]!;
      for (let b = 0; b <= a; b++) middle.data[a * n + b]! += scale * P.data[i * n + b]!;
    }
  }
  const result = new Float64Array(n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      const entry = (a === b ? 1 : 2) * omega.data[a * n + b]! * middle.data[a * n + b]!;
      if (entry === 0) continue;
      for (let i = 0; i < n; i++) result[i]! += entry * P.data[i * n + a]! * P.data[i * n + b]!;
    }
  }
  return result;
}

/** The Jacobian's diagonal, by which its equations are brought to one scale. */
function jacobianDiagonal(P: Matrix, omega: Matrix): Float64Array {
  const n = P.rows;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < n; a++) {
      let sum = 0;
      for (let b = 0; b < n; b++) {
        sum += omega.data[a * n + b]! * P.data[i * n + b]! * P.data[i * n + b]!;
      }
      result[i]! += sum * P.data[i * n + a]! * P.data[i * n + a]!;
    }
  }
  return result;
}

/** A direction d with (V + shift) d ≈ −gradient by preconditioned conjugate gradients. */
function newtonDirection({ spectrum, gradient }: DualPoint, tolerance: number): Float64Array {
  const { vectors: P } = spectrum;
  const omega = slopes(spectrum);
  const size = norm(gradient);
  const shift = Math.min(1e-3, 0.1 * size);
  const scale = jacobianDiagonal(P, omega).map((value) => Math.max(value, 1e-8));
  const d = new Float64Array(gradient.length);
  const r = gradient.map((value) => -value);
  let z = r.map((value, i) => value / scale[i]!);
  const p = z.slice();
  let rho = dot(r, z);
  for (let k = 0; k < MOST_STEPS_INSIDE && norm(r) > tolerance * size; k++) {
    const image = applyJacobian(P, omega, p);
    for (let i = 0; i < p.length; i++) image[i]! += shift * p[i]!;
    const step = rho / dot(p, image);
    for (let i = 0; i < p.length; i++) {
      d[i]! += step * p[i]!;
      r[i]! -= step * image[i]!;
    }
    z = r.map((value, i) => value / scale[i]!);
    const next = dot(r, z);
    for (let i = 0; i < p.length; i++) p[i] = z[i]! + (next / rho) * p[i]!;
    rho = next;
  }
  return d;
}

/** The point y + s d for the first s = 1, ½, ¼ … that lowers θ enough; undefined when rounding hides any descent. */
function descend(G: Matrix, b: Float64Array, from: DualPoint, d: Float64Array): DualPoint | undefined {
  const slope = dot(from.gradient, d);
  let step = 1;
  for (let k = 0; k < MOST_HALVINGS; k++) {
    const point = dualPoint(
      G,
      b,
      from.y.map((value, i) => value + step * d[i]!),
    );
    const enough = point.value <= from.value + SUFFICIENT_DECREASE * step * slope;
    if (enough || norm(point.gradient) <= norm(from.gradient) / 2) return point;
    step /= 2;
  }
  return undefined;
}

/**
 * The nearest positive semidefinite matrix to a symmetric G among those with the diagonal b: (G + Diag y)₊ at the y
 * where its diagonal is b, found by Newton's method on that equation (Qi and Sun 2006). Eigenvalues decide, so it is
 * quadratic near the end though the equation has kinks.
 */
export function newtonProjection(
  G: Matrix,
  b: Float64Array,
  tolerance: number,
  maxIterations: number,
): Projection {
  const n = G.rows;
  const wanted = tolerance * Math.max(norm(b), Number.MIN_VALUE);
  let point = dualPoint(
    G,
    b,
    b.map((value, i) => value - G.data[i * n + i]!),
  );
  for (let k = 0; k < maxIterations; k++) {
    const size = norm(point.gradient);
    if (size <= wanted) return { Z: point.spectrum.part, iterations: k, converged: true };
    const next = descend(G, b, point, newtonDirection(point, Math.min(0.1, size / norm(b))));
    if (next === undefined) return { Z: point.spectrum.part, iterations: k, converged: false };
    point = next;
  }
  const converged = norm(point.gradient) <= wanted;
  return { Z: point.spectrum.part, iterations: maxIterations, converged };
}
