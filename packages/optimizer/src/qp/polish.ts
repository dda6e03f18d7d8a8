import { CscMatrix } from "@astra-quant/core-linalg";
import { largest } from "../vectors.ts";
import { KktSystem } from "./kkt.ts";
import type { ScaledProblem } from "./scaling.ts";

export interface Point {
  readonly x: Float64Array;
  readonly z: Float64Array;
  readonly y: Float64Array;
}

export interface PolishOptions {
  readonly sigma: number;
  readonly refinements: number;
  /** Stop refining when the residual no longer falls. */
  readonly stopEarly: boolean;
}

export type Polished =
  | { readonly outcome: "point"; readonly point: Point; readonly activeRows: Int32Array }
  | { readonly outcome: "nothing active" }
  | { readonly outcome: "not factored" };

/** Solves once more with the rows that look active as equalities, in the scaled space. */
export function polish(problem: ScaledProblem, at: Point, options: PolishOptions): Polished {
  const { n, P, A, q } = problem;
  const { rows: activeRows, bounds } = activeSet(problem, at);
  if (activeRows.length === 0) return { outcome: "nothing active" };
  const active = selectRows(A, activeRows);
  const kkt = new KktSystem(P, active);
  kkt.setMatrices(P, active, options.sigma);
  if (!kkt.factor(options.sigma)) return { outcome: "not factored" };
  const rightSide = new Float64Array(n + activeRows.length);
  for (let j = 0; j < n; j++) rightSide[j] = -q[j]!;
  rightSide.set(bounds, n);
  const solution = solveRefined(kkt, P, active, rightSide, options);

  const x = solution.slice(0, n);
  const y = new Float64Array(problem.m);
  for (let k = 0; k < activeRows.length; k++) y[activeRows[k]!] = solution[n + k]!;
  const z = new Float64Array(problem.m);
  A.multiply(x, { out: z });
  for (let i = 0; i < z.length; i++) {
    // z in the box and y in its normal cone there: split z + y into its projection and the rest
    const sum = y[i]! + z[i]!;
    const inside = Math.min(Math.max(sum, problem.l[i]!), problem.u[i]!);
    z[i] = inside;
    y[i] = sum - inside;
  }
  return { outcome: "point", point: { x, z, y }, activeRows };
}

function activeSet(problem: ScaledProblem, { z, y }: Point): { rows: Int32Array; bounds: Float64Array } {
  const rows: number[] = [];
  const bounds: number[] = [];
  const { l, u } = problem;
  for (let i = 0; i < z.length; i++) {
    if (z[i]! - l[i]! < -y[i]! || l[i] === u[i]) {
      rows.push(i);
      bounds.push(l[i]!);
    } else if (u[i]! - z[i]! < y[i]!) {
      rows.push(i);
      bounds.push(u[i]!);
    }
  }
  return { rows: Int32Array.from(rows), bounds: Float64Array.from(bounds) };
}

function selectRows(A: CscMatrix, rows: Int32Array): CscMatrix {
  const place = new Int32Array(A.rows).fill(-1);
  rows.forEach((row, k) => {
    place[row] = k;
  });
  const columnPointers = new Int32Array(A.columns + 1);
  const rowIndices: number[] = [];
  const values: number[] = [];
  for (let j = 0; j < A.columns; j++) {
    for (let k = A.columnPointers[j]!; k < A.columnPointers[j + 1]!; k++) {
      const row = place[A.rowIndices[k]!]!;
      if (row < 0) continue;
      rowIndices.push(row);
      values.push(A.values[k]!);
    }
    columnPointers[j + 1] = values.length;
  }
  return CscMatrix.of({
    rows: rows.length,
    columns: A.columns,
    columnPointers,
    rowIndices: Int32Array.from(rowIndices),
    values: Float64Array.from(values),
  });
}

/** Solves [P, Â'; Â, 0] s = b by refinement on the regularised factor. */
function solveRefined(
  kkt: KktSystem,
  P: CscMatrix,
  active: CscMatrix,
  b: Float64Array,
  { refinements, stopEarly }: PolishOptions,
): Float64Array {
  const n = P.columns;
  let solution = b.slice();
  kkt.solve(solution);
  const image = new Float64Array(n);
  const dualImage = new Float64Array(n);
  const rowImage = new Float64Array(active.rows);
  const residual = new Float64Array(b.length);
  let best = Number.POSITIVE_INFINITY;
  let previous = solution;
  for (let step = 0; step <= refinements; step++) {
    P.multiplySymmetric(solution.subarray(0, n), { out: image });
    active.multiplyTransposed(solution.subarray(n), { out: dualImage });
    active.multiply(solution.subarray(0, n), { out: rowImage });
    for (let j = 0; j < n; j++) residual[j] = b[j]! - image[j]! - dualImage[j]!;
    for (let i = 0; i < active.rows; i++) residual[n + i] = b[n + i]! - rowImage[i]!;
    const size = largest(residual);
    if (stopEarly && !(size < best)) return previous;
    if (step === refinements) break;
    best = size;
    previous = solution;
    kkt.solve(residual);
    solution = solution.map((value, k) => value + residual[k]!);
  }
  return solution;
}
