import {
  createRandom,
  Matrix,
  matVec,
  multiply,
  permutation,
  type Random,
  symmetricEigen,
  transpose,
} from "@astra-quant/core-linalg";
import { expectClose, solver, type Tolerance } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Osqp, type QpSolution, solveQp } from "../../src/index.ts";

interface Dense {
  P: Matrix;
  q: Float64Array;
  A: Matrix;
  l: Float64Array;
  u: Float64Array;
}

/** A feasible problem with a positive definite P; some rows are equalities, some one-sided. */
function randomProblem(random: Random): Dense {
  const n = 1 + Math.floor(random.uniform() * 12);
  const m = 1 + Math.floor(random.uniform() * 15);
  const root = new Matrix(n, n);
  random.fillNormal(root.data);
  const P = multiply(transpose(root), root);
  for (let i = 0; i < n; i++) P.data[i * n + i]! += 0.1;
  const A = new Matrix(m, n);
  random.fillNormal(A.data);
  const inside = random.fillNormal(new Float64Array(n));
  const l = new Float64Array(m);
  const u = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    let image = 0;
    for (let j = 0; j < n; j++) image += A.data[i * n + j]! * inside[j]!;
    const kind = random.uniform();
    l[i] = kind < 0.2 ? image : kind < 0.5 ? Number.NEGATIVE_INFINITY : image - random.uniform();
    u[i] = kind < 0.2 ? image : kind > 0.8 ? Number.POSITIVE_INFINITY : image + random.uniform();
  }
  return { P, q: random.fillNormal(new Float64Array(n)), A, l, u };
}

const problems = fc.integer({ min: 0, max: 2 ** 31 }).map((seed) => randomProblem(createRandom(seed)));
const precise = { epsAbs: 1e-10, epsRel: 1e-10, maxIter: 100_000 } as const;
/** The reference's own rule may accept a polished point whose other residual is far worse. */
const polished = { ...precise, polishing: true, polishAcceptance: "strict" } as const;

/**
 * Sets a draw aside unless every run of it ended "solved". About one in a thousand does not: feasible sets of a single
 * point can be called infeasible, and the penalty's adaptation can go on for ever; the method is known for both.
 */
function requireSolved(...solutions: readonly QpSolution[]): void {
  fc.pre(solutions.every(({ status }) => status === "solved"));
}

function finite({ x, y }: QpSolution): boolean {
  return [...x, ...y].every(Number.isFinite);
}

/**
 * How far apart two answers to one strongly convex problem may be, by the residuals that they state themselves. With
 * z in the box and y in its normal cone (as the method leaves them) (z − z')'(y − y') ≥ 0, so with σ the least
 * eigenvalue of P, p and d the residuals:  σ|Δx|² ≤ √n (d + d') |Δx| + (p + p') (|y|₁ + |y'|₁).
 * `scale` is by how much the cost of the second was multiplied.
 */
function whatResidualsLeave(P: Matrix, one: QpSolution, other: QpSolution, scale = 1): Tolerance {
  const sigma = symmetricEigen(P).values[0]!;
  const sum = (y: Float64Array) => y.reduce((total, v) => total + Math.abs(v), 0);
  const rounding = 1e-14;
  const dual = one.info.dualResidual + other.info.dualResidual / scale + rounding;
  const primal = one.info.primalResidual + other.info.primalResidual + rounding;
  const b = Math.sqrt(P.rows) * dual;
  const c = primal * (sum(one.y) + sum(other.y) / scale);
  return {
    name: "what the residuals leave",
    relative: Number.NaN,
    absolute: (b + Math.sqrt(b * b + 4 * sigma * c)) / (2 * sigma) + rounding,
  };
}

function withRows({ P, q, A, l, u }: Dense, order: readonly number[]): Dense {
  const n = q.length;
  return {
    P,
    q,
    A: Matrix.fromRows(order.map((i) => Array.from(A.data.subarray(i * n, (i + 1) * n)))),
    l: Float64Array.from(order, (i) => l[i]!),
    u: Float64Array.from(order, (i) => u[i]!),
  };
}

function permuted({ P, q, A, l, u }: Dense, order: readonly number[]): Dense {
  const n = q.length;
  return {
    P: Matrix.fromRows(order.map((i) => order.map((j) => P.get(i, j)))),
    q: Float64Array.from(order, (i) => q[i]!),
    A: Matrix.fromRows(Array.from({ length: A.rows }, (_, r) => order.map((j) => A.data[r * n + j]!))),
    l,
    u,
  };
}

describe("laws of the quadratic program", () => {
  test("of 500 random problems at most two are set aside for not ending solved", () => {
    const statuses = Array.from({ length: 500 }, (_, seed) => {
      return solveQp(randomProblem(createRandom(seed)), precise).status;
    });
    expect(statuses.filter((status) => status !== "solved").length).toBeLessThanOrEqual(2);
  });

  test("solved means solved: the point is finite, inside the rows and stationary to tolerance", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const solution = solveQp(problem, precise);
        requireSolved(solution);
        expect(finite(solution)).toBe(true);
        expectClose(solution.info.violation, 0, solver(1e-7));
        expectClose(solution.info.stationarity, 0, solver(1e-6));
      }),
    );
  });

  test("the certified gap bounds the distance to the optimum, however early the method stops", () => {
    fc.assert(
      fc.property(problems, fc.integer({ min: 1, max: 60 }), (problem, maxIter) => {
        const precisely = solveQp(problem, polished);
        requireSolved(precisely);
        const best = precisely.info.objective;
        const { objective, certifiedGap } = solveQp(problem, { maxIter, epsAbs: 1e-12, epsRel: 0 }).info;
        expect(objective - certifiedGap).toBeLessThanOrEqual(best + 1e-7 * Math.max(1, Math.abs(best)));
      }),
    );
  });

  test("strict polishing never makes a point worse", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const plain = solveQp(problem).info;
        const polished = solveQp(problem, { polishing: true, polishAcceptance: "strict" }).info;
        const size = (info: QpSolution["info"]): number => Math.max(info.violation, info.stationarity);
        if (polished.polish !== 1) expect(polished.objective).toBe(plain.objective);
        else
          expect(size(polished)).toBeLessThanOrEqual(
            size(plain) + 1e-2 * size(plain) + Math.abs(plain.dualityGap),
          );
      }),
    );
  });

  test("permuting the variables permutes the solution", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const order = problem.q.length > 1 ? [...problem.q.keys()].reverse() : [0];
        const straight = solveQp(problem, precise);
        const turned = solveQp(permuted(problem, order), precise);
        requireSolved(straight, turned);
        expectClose(
          turned.x,
          Float64Array.from(order, (i) => straight.x[i]!),
          whatResidualsLeave(problem.P, straight, turned),
        );
      }),
    );
  });

  test("permuting the rows permutes the multipliers", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const order = [...problem.l.keys()].reverse();
        const straight = solveQp(problem, precise);
        const turned = solveQp(withRows(problem, order), precise);
        requireSolved(straight, turned);
        expectClose(turned.x, straight.x, whatResidualsLeave(problem.P, straight, turned));
        // the multipliers need not be unique, what they pull at is
        const pull = ({ A }: Dense, { y }: QpSolution): Float64Array => matVec(transpose(A), y);
        const gradients = straight.info.dualResidual + turned.info.dualResidual;
        const leeway = whatResidualsLeave(problem.P, straight, turned);
        const size = problem.P.data.reduce((sum, v) => sum + Math.abs(v), 1);
        expectClose(pull(withRows(problem, order), turned), pull(problem, straight), {
          ...leeway,
          absolute: gradients + size * leeway.absolute!,
        });
      }),
    );
  });

  test("the order of variables and rows moves the count of iterations in fewer than one of twenty draws", () => {
    const draws = 400;
    let kept = 0;
    for (let seed = 0; seed < draws; seed++) {
      const random = createRandom(`order ${seed}`);
      const problem = randomProblem(random);
      const turned = withRows(permuted(problem, [...permutation(random, problem.q.length)]), [
        ...permutation(random, problem.l.length),
      ]);
      const settings = { checkTermination: 1, epsAbs: 1e-6, epsRel: 1e-6 } as const;
      if (solveQp(problem, settings).info.iterations === solveQp(turned, settings).info.iterations) kept++;
    }
    expect(kept).toBeGreaterThanOrEqual(0.95 * draws);
  });

  test("with scaling and without it the same point is found", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const scaled = solveQp(problem, precise);
        const plain = solveQp(problem, { ...precise, scaling: 0 });
        requireSolved(scaled, plain);
        expectClose(plain.x, scaled.x, whatResidualsLeave(problem.P, scaled, plain));
      }),
    );
  });

  test("with scaling and without it accurate finds the same point to 1e-9", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const scaled = solveQp(problem, { accurate: true });
        const plain = solveQp(problem, { accurate: true, scaling: 0 });
        requireSolved(scaled, plain);
        expectClose(plain.x, scaled.x, solver(1e-9), Math.max(1, ...scaled.x.map(Math.abs)));
      }),
    );
  });

  test("scaling the cost scales the multipliers and the objective, not the point", () => {
    fc.assert(
      fc.property(problems, fc.constantFrom(0.25, 8, 64), (problem, k) => {
        const one = solveQp(problem, polished);
        const P = new Matrix(
          problem.P.rows,
          problem.P.columns,
          problem.P.data.map((v) => k * v),
        );
        const other = solveQp({ ...problem, P, q: problem.q.map((v) => k * v) }, polished);
        requireSolved(one, other);
        expectClose(other.x, one.x, whatResidualsLeave(problem.P, one, other, k));
        expectClose(
          other.info.objective,
          k * one.info.objective,
          solver(1e-6),
          Math.max(1, k * Math.abs(one.info.objective)),
        );
      }),
    );
  });

  test("a free row changes nothing but the length of y", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { A, l, u } = problem;
        const row = new Float64Array(A.columns).fill(1);
        const wider = {
          ...problem,
          A: new Matrix(A.rows + 1, A.columns, Float64Array.of(...A.data, ...row)),
          l: Float64Array.of(...l, Number.NEGATIVE_INFINITY),
          u: Float64Array.of(...u, Number.POSITIVE_INFINITY),
        };
        const plain = solveQp(problem, precise);
        const widened = solveQp(wider, precise);
        requireSolved(plain, widened);
        expectClose(widened.x, plain.x, whatResidualsLeave(problem.P, plain, widened));
        expect(widened.y[A.rows]).toBe(0);
      }),
    );
  });

  test("a solver that was changed and changed back solves as at first when it starts cold", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const osqp = new Osqp(problem, { warmStarting: false, adaptiveRho: 0 });
        osqp.update({ q: problem.q, u: problem.u });
        const first = osqp.solve();
        osqp.update({ q: problem.q.map((v) => v + 1), u: problem.u.map((v) => v + 1) });
        osqp.solve();
        osqp.update({ q: problem.q, u: problem.u });
        expect(osqp.solve()).toEqual(first);
      }),
    );
  });
});
