import { CscMatrix, type Triplet } from "@astra-quant/core-linalg";
import { epigraphForm } from "../../portfolio/epigraph.ts";
import { barrierLayout } from "../../portfolio/interior-point/barrier-layout.ts";
import { solveInteriorPoint } from "../../qp/interior-point/solve-interior-point.ts";
import { readProblem } from "../../qp/problem.ts";
import type { ReducedPoint } from "./cvar-interior-point.ts";
import type { ReducedProgram } from "./reduced-program.ts";
import { timesVector } from "./scenario-table.ts";

const TOLERANCE = 1e-12;

/**
 * The program written out for the quadratic programs' own interior point, with a row u_s + r_s'w + base_s + α ≥ 0 for each
 * scenario. It takes many times as long, and no offence at limits that leave no room between them.
 */
export function solveAsProgram({ problem, table, base, caps }: ReducedProgram): ReducedPoint {
  const { n, lower, upper } = problem;
  const form = epigraphForm(problem);
  const { P, q, A, l, u } = form.qp as {
    P: CscMatrix;
    q: Float64Array;
    A: CscMatrix;
    l: number[];
    u: number[];
  };
  const { assets } = barrierLayout(problem);
  const S = caps.length;
  const size = q.length + S;
  const limits = l.length;
  const entries = tripletsOf(A);
  const held = timesVector(table, lower.map((end, i) => (end < upper[i]! ? 0 : end))); // biome-ignore format: a line
  const least: number[] = [...l];
  const most: number[] = [...u];
  for (let s = 0; s < S; s++) {
    assets.forEach((i, a) => {
      const r = table.data[s * n + i]!;
      if (r !== 0) entries.push([limits + s, a, r]);
    });
    entries.push([limits + s, q.length + s, 1]);
    least.push(-(held[s]! + base[s]!));
    most.push(Number.POSITIVE_INFINITY);
  }
  for (let s = 0; s < S; s++) {
    entries.push([limits + S + s, q.length + s, 1]);
    least.push(0);
    most.push(Number.POSITIVE_INFINITY);
  }
  const { x, y, error, iterations } = solveInteriorPoint(
    readProblem({
      P: CscMatrix.fromTriplets(size, size, tripletsOf(P)),
      q: Float64Array.of(...q, ...caps),
      A: CscMatrix.fromTriplets(least.length, size, entries),
      l: least,
      u: most,
    }),
    TOLERANCE,
  );
  const { weights, prices } = form.portfolio(x.subarray(0, q.length), y.subarray(0, limits));
  return {
    weights: weights.slice(0, n - 1).map((w, i) => Math.min(Math.max(w, lower[i]!), upper[i]!)),
    alpha: weights[n - 1]!,
    prices,
    y: caps.map((k, s) => Math.min(Math.max(0, -y[limits + s]!), k)),
    iterations,
    error,
  };
}

function tripletsOf({ columns, columnPointers, rowIndices, values }: CscMatrix): Triplet[] {
  const triplets: Triplet[] = [];
  for (let j = 0; j < columns; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++)
      triplets.push([rowIndices[k]!, j, values[k]!]);
  }
  return triplets;
}
