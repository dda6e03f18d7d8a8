import { describe, expect, test } from "vitest";
import { type QpProblem, solveQp } from "../../src/index.ts";

const NONE = Number.POSITIVE_INFINITY;

/** x ≤ 0 and x ≥ `miss`. */
const missed = (miss: number): QpProblem => ({
  P: [[1]],
  q: [-1],
  A: [[1], [1]],
  l: [-NONE, miss],
  u: [0, NONE],
});

describe("what is suspect", () => {
  test.each([1e-4, 1e-5, 1e-6])("a problem infeasible by %d that ends solved", (miss) => {
    const { status, info } = solveQp(missed(miss));
    expect([status, info.suspect]).toEqual(["solved", "primal infeasible"]);
    expect(info.violation).toBeGreaterThanOrEqual(miss / 2);
  });

  test("not a problem that is feasible by as little", () => {
    const problem = { ...missed(0), l: [-NONE, -1e-6] };
    expect(solveQp(problem).info).not.toHaveProperty("suspect");
  });

  test("a slope too small to be seen along a direction without end", () => {
    const P = [
      [1, 0],
      [0, 0],
    ];
    const { status, info } = solveQp({ P, q: [-1, -1e-5], A: [[0, 1]], l: [0], u: [NONE] });
    expect([status, info.suspect]).toEqual(["solved", "dual infeasible"]);
  });

  test("a certificate that holds to 1e-4 only", () => {
    const A = [
      [1, 0.3],
      [1, 0.3],
    ];
    const P = [
      [2, 1],
      [1, 3],
    ];
    const problem = { P, q: [1, -2], A, l: [-NONE, 1], u: [0, NONE] };
    const { status, info } = solveQp(problem, { epsPrimInf: 1e-1 });
    expect(status).toBe("primal infeasible");
    expect(info.suspect).toBe("certificate weak");
    const exact = solveQp(problem, { epsPrimInf: 1e-1, accurate: true });
    expect([exact.status, exact.info.suspect]).toEqual(["primal infeasible", undefined]);
  });

  test("nothing, when it is not asked for", () => {
    expect(solveQp(missed(1e-4), { certify: false }).info).not.toHaveProperty("suspect");
  });
});
