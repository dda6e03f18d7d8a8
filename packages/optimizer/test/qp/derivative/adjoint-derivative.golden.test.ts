import { CscMatrix, Matrix } from "@astra-quant/core-linalg";
import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { type AdjointDerivative, adjointDerivative } from "../../../src/index.ts";

interface Derivatives {
  dP: number[][];
  dq: number[];
  dA: number[][];
  dl: number[];
  du: number[];
}

interface Case {
  name: string;
  P: number[][];
  q: number[];
  A: number[][];
  l: (number | null)[];
  u: (number | null)[];
  x: number[];
  y: number[];
  dx: number[];
  dy: number[];
  /** By native OSQP, for dx alone. */
  native: Derivatives;
  /** Central differences in fifty digits. */
  differences: Derivatives;
}

const { cases }: { cases: Case[] } = fixture(import.meta.url, "adjoint-derivatives.json");

function derivativeOf(
  { P, q, A, l, u, x, y }: Case,
  gradient: { dx: number[]; dy?: number[] },
): AdjointDerivative {
  const n = q.length;
  const every = Array.from({ length: n }, (_, j) =>
    Array.from({ length: n }, (_, i) => [i, j] as const),
  ).flat();
  const whole = { rows: n, columns: n, triplets: every.map(([i, j]) => [i, j, P[i]![j]!] as const) };
  const problem = {
    P: CscMatrix.fromTriplets(n, n, whole.triplets),
    q,
    A: Matrix.fromRows(A),
    l: l.map((side) => side ?? Number.NEGATIVE_INFINITY),
    u: u.map((side) => side ?? Number.POSITIVE_INFINITY),
  };
  const solution = { x: Float64Array.from(x), y: Float64Array.from(y), status: "solved" as const };
  return adjointDerivative(problem, solution, gradient);
}

function expectDerivatives(
  derivative: AdjointDerivative,
  { A }: Case,
  truth: Derivatives,
  digits: number,
): void {
  const n = truth.dq.length;
  const upper = (rows: readonly (readonly number[])[]): number[][] =>
    rows.map((row, i) => row.map((v, j) => (i <= j ? v : 0)));
  const dP = derivative.dP.toDense();
  const dA = derivative.dA.toDense();
  const rows = (matrix: Matrix): number[][] =>
    Array.from({ length: matrix.rows }, (_, i) => Array.from({ length: n }, (_, j) => matrix.get(i, j)));
  const scale = Math.max(1, ...[truth.dP, truth.dA].flat(2).map(Math.abs), ...truth.dl.map(Math.abs));
  // where A has no entry there is no place for a derivative
  const stored = truth.dA.map((row, i) => row.map((v, j) => (A[i]![j] === 0 ? 0 : v)));
  expectClose(rows(dP), upper(truth.dP), solver(digits), scale);
  expectClose(rows(dA), stored, solver(digits), scale);
  for (const name of ["dq", "dl", "du"] as const) {
    expectClose(derivative[name], truth[name], solver(digits), scale);
  }
}

describe("adjoint derivatives", () => {
  for (const given of cases) {
    test(`${given.name}: for a gradient by x they are native OSQP's`, () => {
      expectDerivatives(derivativeOf(given, { dx: given.dx }), given, given.native, 1e-7);
    });

    test(`${given.name}: for gradients by x and y they are the differences taken in fifty digits`, () => {
      expectDerivatives(derivativeOf(given, { dx: given.dx, dy: given.dy }), given, given.differences, 1e-11);
    });
  }
});
