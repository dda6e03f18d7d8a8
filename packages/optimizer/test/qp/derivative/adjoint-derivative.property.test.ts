import { createRandom, Matrix, multiply, type Random, transpose } from "@astra-quant/core-linalg";
import { expectClose, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjointDerivative, type QpSolution, solveQp } from "../../../src/index.ts";

interface Data {
  P: Matrix;
  q: Float64Array;
  A: Matrix;
  l: Float64Array;
  u: Float64Array;
}

/** A problem around a solution at which every row either presses or stands clear. */
function clearCut(random: Random): Data {
  const n = 2 + random.integer(5);
  const m = 1 + random.integer(n + 4);
  const root = new Matrix(n, n);
  random.fillNormal(root.data);
  const P = multiply(transpose(root), root);
  for (let j = 0; j < n; j++) P.data[j * n + j]! += 0.2;
  const A = new Matrix(m, n);
  random.fillNormal(A.data);
  const x = random.fillNormal(new Float64Array(n));
  const q = new Float64Array(n);
  const l = new Float64Array(m).fill(Number.NEGATIVE_INFINITY);
  const u = new Float64Array(m).fill(Number.POSITIVE_INFINITY);
  for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) q[j]! -= P.get(j, k) * x[k]!;
  let holding = 0;
  for (let i = 0; i < m; i++) {
    let image = 0;
    for (let j = 0; j < n; j++) image += A.get(i, j) * x[j]!;
    l[i] = image - 0.2 - random.uniform();
    u[i] = image + 0.2 + random.uniform();
    const kind = holding < n - 1 ? random.integer(4) : 3;
    if (kind === 3) continue;
    holding++;
    const y = (kind === 1 ? -1 : 1) * (0.3 + random.uniform());
    if (kind !== 2) l[i] = image;
    if (kind !== 1) u[i] = image;
    for (let j = 0; j < n; j++) q[j]! -= A.get(i, j) * y;
  }
  return { P, q, A, l, u };
}

const precise = {
  epsAbs: 1e-11,
  epsRel: 1e-11,
  maxIter: 100_000,
  polishing: true,
  polishRefineIter: 10,
} as const;

function precisely(data: Data): QpSolution {
  const solution = solveQp(data, precise);
  fc.pre(solution.status === "solved");
  return solution;
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, k) => sum + v * b[k]!, 0);
}

describe("laws of the adjoint derivative", () => {
  test("along any change of all data at once it is the slope of the figure of merit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const random = createRandom(`derivative ${seed}`);
        const data = clearCut(random);
        const { P, q, A, l, u } = data;
        const n = q.length;
        const solution = precisely(data);
        const dx = random.fillNormal(new Float64Array(n));
        const dy = random.fillNormal(new Float64Array(l.length));
        const derivative = adjointDerivative(data, solution, { dx, dy });
        expect(derivative.degenerate).toBe(false);

        const draw = (length: number): Float64Array => random.fillNormal(new Float64Array(length));
        const change = {
          P: new Matrix(n, n),
          q: draw(n),
          A: draw(A.data.length),
          l: draw(l.length),
          u: draw(l.length),
        };
        for (let i = 0; i < n; i++) {
          for (let j = 0; j <= i; j++) {
            const value = random.normal();
            change.P.data[i * n + j] = value;
            change.P.data[j * n + i] = value;
          }
        }
        for (let i = 0; i < l.length; i++) if (l[i] === u[i]) change.u[i] = change.l[i]!;
        const moved = (step: number): number => {
          const along = (from: Float64Array, by: Float64Array): Float64Array =>
            from.map((v, k) => v + step * by[k]!);
          const { x, y } = precisely({
            P: new Matrix(n, n, along(P.data, change.P.data)),
            q: along(q, change.q),
            A: new Matrix(A.rows, n, along(A.data, change.A)),
            l: along(l, change.l),
            u: along(u, change.u),
          });
          return inner(dx, x) + inner(dy, y);
        };
        const step = 1e-5;
        const slope = (moved(step) - moved(-step)) / (2 * step);

        // dP has the upper triangle of what is meant by all n² entries
        const dP = derivative.dP.toDense();
        let predicted =
          inner(derivative.dq, change.q) + inner(derivative.dl, change.l) + inner(derivative.du, change.u);
        predicted += inner(derivative.dA.toDense().data, change.A);
        for (let i = 0; i < n; i++) {
          for (let j = i; j < n; j++) predicted += (i === j ? 1 : 2) * dP.get(i, j) * change.P.get(i, j);
        }
        const size = [derivative.dq, derivative.dl, derivative.du, dP.data, derivative.dA.values]
          .flatMap((list) => [...list])
          .reduce((most, v) => Math.max(most, Math.abs(v)), 1);
        // the step's own error: its square, times derivatives of the third order
        expectClose(predicted, slope, solver(1e-5), size * size);
      }),
    );
  });

  test("it is linear in the gradient", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const random = createRandom(`linear ${seed}`);
        const data = clearCut(random);
        const solution = precisely(data);
        const a = random.fillNormal(new Float64Array(data.q.length));
        const b = random.fillNormal(new Float64Array(data.l.length));
        const both = adjointDerivative(data, solution, { dx: a, dy: b });
        const first = adjointDerivative(data, solution, { dx: a });
        const second = adjointDerivative(data, solution, { dy: b });
        for (const name of ["dq", "dl", "du"] as const) {
          expectClose(both[name], first[name].map((v, k) => v + second[name][k]!), solver(1e-9)); // biome-ignore format: one line
        }
      }),
    );
  });
});
