import { expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { adjointDerivative, Osqp, type QpProblem, solveQp } from "../../../src/index.ts";

const precise = { epsAbs: 1e-9, epsRel: 1e-9, polishing: true } as const;

/** minimise ½·4x² + … over x₀ + x₁ = 1 and 0 ≤ x ≤ 0.7: x = (0.3, 0.7), the upper side of x₁ holds. */
const textbook: QpProblem = {
  P: [
    [4, 1],
    [1, 2],
  ],
  q: [1, 1],
  A: [
    [1, 1],
    [1, 0],
    [0, 1],
  ],
  l: [1, 0, 0],
  u: [1, 0.7, 0.7],
};

describe("the adjoint derivative", () => {
  test("of an x that the rows alone determine is through their bounds", () => {
    // x₀ = 1 − u₂ and x₁ = u₂
    const { dq, dl, du, dP, degenerate, activeSetError } = adjointDerivative(
      textbook,
      solveQp(textbook, precise),
      {
        dx: [1, 0],
      },
    );
    expectClose(dq, [0, 0], solver(1e-12));
    expectClose(dl, [1, 0, 0], solver(1e-12));
    expectClose(du, [0, 0, -1], solver(1e-12));
    expectClose(dP.values, [0, 0, 0], solver(1e-12), 1);
    expect(degenerate).toBe(false);
    expect(activeSetError).toBe(0);
  });

  test("of an x without rows is −P⁻¹ on the right side", () => {
    const problem = { P: [[2]], q: [-6] };
    const { dq, dP, dA, dl } = adjointDerivative(problem, solveQp(problem, precise), { dx: [1] });
    expectClose(dq, [-0.5], solver(1e-12));
    expectClose(dP.values, [-1.5], solver(1e-12)); // x = 6 ÷ P
    expect(dA.values).toHaveLength(0);
    expect(dl).toHaveLength(0);
  });

  test("keeps the patterns of P's upper triangle and of A", () => {
    const { dP, dA } = adjointDerivative(textbook, solveQp(textbook, precise), { dx: [1, 2] });
    expect([...dP.rowIndices]).toEqual([0, 0, 1]);
    expect([...dA.columnPointers]).toEqual([0, 2, 4]);
  });

  test("is the same from a solver as from its problem and solution", () => {
    const osqp = new Osqp(textbook, precise);
    const solution = osqp.solve();
    const gradient = { dx: [1, -2], dy: [0.5, 1, 2] };
    expect(osqp.adjointDerivative(gradient)).toEqual(adjointDerivative(textbook, solution, gradient));
  });

  test("needs no more of a solution than which rows hold", () => {
    const rough = solveQp(textbook);
    const fine = solveQp(textbook, precise);
    const gradient = { dx: [1, -2], dy: [0.5, 1, 2] };
    const { dA } = adjointDerivative(textbook, rough, gradient);
    expectClose(dA.values, adjointDerivative(textbook, fine, gradient).dA.values, solver(1e-12));
  });

  test("at a row that touches without pressing is that of the side where it lets go, and says so", () => {
    // minimise ½x² − x over x ≤ 1: the unconstrained optimum lies on the bound
    const problem = { P: [[1]], q: [-1], A: [[1]], u: [1] };
    const at = { x: Float64Array.of(1), y: Float64Array.of(0), status: "solved" } as const;
    const { dq, du, degenerate, weaklyActive } = adjointDerivative(problem, at, { dx: [1] });
    expectClose(dq, [-1], solver(1e-12));
    expect([...du]).toEqual([0]);
    expect(degenerate).toBe(true);
    expect([...weaklyActive]).toEqual([0]);
  });

  test("finds the same kink from a point that is a little off it, on either side", () => {
    const problem = { P: [[1]], q: [-1], A: [[1]], u: [1] };
    for (const [x, y] of [
      [1 + 1e-6, 1e-5],
      [1 - 1e-6, 0],
    ] as const) {
      const at = { x: Float64Array.of(x), y: Float64Array.of(y), status: "solved" } as const;
      expect([...adjointDerivative(problem, at, { dx: [1] }).weaklyActive]).toEqual([0]);
    }
  });

  test("with a row given twice is finite where x is unique, and called degenerate", () => {
    const problem = { P: [[1]], q: [-5], A: [[1], [1]], u: [1, 1] };
    const at = { x: Float64Array.of(1), y: Float64Array.of(2, 2), status: "solved" } as const;
    const { dq, du, degenerate } = adjointDerivative(problem, at, { dx: [1] });
    expectClose(dq, [0], solver(1e-9));
    expectClose([du[0]! + du[1]!], [1], solver(1e-9));
    expect(degenerate).toBe(true);
  });

  test("is NaN where x is not unique and jumps", () => {
    // minimise x₀ over 0 ≤ x: x₁ is anywhere
    const problem = { P: [[0, 0], [0, 0]], q: [1, 0], A: [[1, 0], [0, 1]], l: [0, 0] }; // biome-ignore format: one line
    const at = { x: Float64Array.of(0, 3), y: Float64Array.of(-1, 0), status: "solved" } as const;
    const { dq, degenerate } = adjointDerivative(problem, at, { dx: [0, 1] });
    expect([...dq]).toEqual([Number.NaN, Number.NaN]);
    expect(degenerate).toBe(true);
    // and what is determined still has a derivative
    expectClose(adjointDerivative(problem, at, { dx: [1, 0] }).dl, [1, 0], solver(1e-9));
  });

  test("owns up to active rows that were read wrongly", () => {
    const at = { x: Float64Array.of(0.3, 0.7), y: Float64Array.of(-2.9, 0, 0), status: "solved" } as const;
    // without the row of x₁ ≤ 0.7 the optimum is (0.25, 0.75)
    expectClose(adjointDerivative(textbook, at, { dx: [1, 0] }).activeSetError, 0.05, solver(1e-12));
  });

  test("does not depend on the units of variables, rows and cost", () => {
    const scaled: QpProblem = {
      P: [
        [4e-6, 1e3],
        [1e3, 2e12],
      ],
      q: [1e-3, 1e6],
      A: [
        [1e-3, 1e6],
        [1e-3, 0],
        [0, 1e-2],
      ],
      l: [1, 0, 0],
      u: [1, 0.7, 0.7e-8],
    };
    const at = { x: Float64Array.of(300, 7e-7), y: Float64Array.of(-2.9, 0, 2e7), status: "solved" } as const;
    const { dl, du, degenerate } = adjointDerivative(scaled, at, { dx: [1e-3, 0] });
    expectClose(dl, [1, 0, 0], solver(1e-9));
    expectClose(du, [0, 0, -1e8], solver(1e-9));
    expect(degenerate).toBe(false);
  });
});

describe("what has no derivative is refused by name", () => {
  const solution = solveQp(textbook, precise);

  test("a status other than solved", () => {
    const infeasible = { P: [[1]], q: [0], A: [[1], [1]], l: [-Infinity, 1], u: [0, Infinity] };
    expect(() => adjointDerivative(infeasible, solveQp(infeasible), { dx: [1] })).toThrow(
      'a derivative needs a solution, got the status "primal infeasible"',
    );
    expect(() =>
      adjointDerivative(textbook, { ...solution, status: "maximum iterations reached" }, { dx: [1, 1] }),
    ).toThrow(expect.objectContaining({ code: "data" }));
  });

  test("a solver before its first solve, and after its data have changed", () => {
    const osqp = new Osqp(textbook, precise);
    expect(() => osqp.adjointDerivative({ dx: [1, 0] })).toThrow(
      'a derivative needs a solution, got the status "unsolved"',
    );
    osqp.solve();
    osqp.update({ q: [2, 1] });
    expect(() => osqp.adjointDerivative({ dx: [1, 0] })).toThrow(expect.objectContaining({ code: "data" }));
    osqp.solve();
    expect(osqp.adjointDerivative({ dx: [1, 0] }).dq).toHaveLength(2);
  });

  test("a gradient that is none, or does not fit", () => {
    expect(() => adjointDerivative(textbook, solution, {})).toThrow(
      "gradient must have dx, dy or both, got neither",
    );
    expect(() => adjointDerivative(textbook, solution, { dx: [1] })).toThrow(
      expect.objectContaining({ code: "shape" }),
    );
    expect(() => adjointDerivative(textbook, solution, { dy: [1, Number.NaN, 0] })).toThrow(
      expect.objectContaining({ code: "not-finite" }),
    );
    // @ts-expect-error dz is no gradient
    expect(() => adjointDerivative(textbook, solution, { dz: [1, 1] })).toThrow(
      expect.objectContaining({ code: "option" }),
    );
    const short = { ...solution, y: Float64Array.of(1) };
    expect(() => adjointDerivative(textbook, short, { dx: [1, 1] })).toThrow(
      expect.objectContaining({ code: "shape" }),
    );
  });
});
