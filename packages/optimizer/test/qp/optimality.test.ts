import { createRandom } from "@astra-quant/core-linalg";
import { expectClose, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { solveQp } from "../../src/index.ts";
import { judge, judgeScaled, scaledShortfall } from "../../src/qp/optimality.ts";
import { readProblem } from "../../src/qp/problem.ts";
import { scaleProblem } from "../../src/qp/scaling.ts";

const TINY = 1e-11;

describe("how far a point is from optimal", () => {
  test("a row of tiny entries is measured against itself: 2 % of its bound are not 2e-13", () => {
    const problem = readProblem({ P: [[1]], q: [-0.98], A: [[1], [TINY]], l: [-5, TINY], u: [5, Infinity] });
    const { error, quality } = judge(problem, Float64Array.of(0.98), new Float64Array(2));
    expect(quality.stationarity).toBe(0);
    expectClose(quality.violation, 0.02 * TINY, rounding(1, 100), TINY);
    expectClose(error, 0.01, rounding(1, 100)); // 0.02 of an entry and a bound
  });

  test.each([1e-3, 1e-6])("an accurate answer keeps a row of entries of %d", (entry) => {
    const problem = { P: [[1]], q: [-0.98], A: [[1], [entry]], l: [-5, entry], u: [5, Infinity] };
    const { x, info } = solveQp(problem, { accurate: true });
    expect(info.accurate?.reached).toBe(true);
    expectClose(x[0]!, 1, solver(1e-9));
  });

  test("a row so small that the method does not see it is told to be missed", () => {
    const problem = { P: [[1]], q: [-0.98], A: [[1], [TINY]], l: [-5, TINY], u: [5, Infinity] };
    const { x, info } = solveQp(problem, { accurate: true });
    expect(x[0]).toBeLessThan(1);
    expect(info.accurate?.reached).toBe(false);
  });

  test("from scaled products it is the same to rounding, where no row is of entries smaller than the bounds", () => {
    const random = createRandom("shortfall");
    for (let draw = 0; draw < 50; draw++) {
      const normals = (count: number): Float64Array => random.fillNormal(new Float64Array(count));
      const [n, m] = [1 + (draw % 7), draw % 5];
      const P = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (i === j ? i : 0)));
      const A = Array.from({ length: m }, () => [...normals(n)].map((value) => 100 + 1000 * value ** 2));
      const u = Array.from({ length: m }, (_, i) => (i % 3 === 0 ? Number.POSITIVE_INFINITY : 1));
      const problem = readProblem({ P, q: normals(n), A, l: new Float64Array(m).fill(-1), u });
      const scaled = scaleProblem(problem, 10);
      const [x, y] = [normals(n), normals(m).map((value, i) => (i % 3 === 0 ? -Math.abs(value) : value))];
      const image = scaled.A.multiply(x);
      const curvature = scaled.P.multiplySymmetric(x);
      const pull = scaled.A.multiplyTransposed(y);
      const { error } = judgeScaled(problem, scaled, x, y);
      const same = scaledShortfall(scaled, x, y, { image, curvature, pull });
      expectClose(same, error, rounding(n + m, 1000), error);
    }
  });
});
