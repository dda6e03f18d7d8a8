import { bits, expectClose, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { Osqp, type QpProblem, type QpSettings, type QpSolution, solveQp } from "../../src/index.ts";

const NINE_DIGITS = solver(1e-9);
const NONE = Number.POSITIVE_INFINITY;

function accurately(problem: QpProblem, settings: Partial<QpSettings> = {}): QpSolution {
  return solveQp(problem, { ...settings, accurate: true });
}

function expectReached(solution: QpSolution): void {
  expect([solution.status, solution.statusVal]).toEqual(["solved", 1]);
  expect(solution.info.accurate?.reached).toBe(true);
  expect(solution.info.accurate?.error).toBeLessThanOrEqual(1e-9);
}

const zeros = (n: number): number[][] => Array.from({ length: n }, () => new Array<number>(n).fill(0));

/** The textbook problem of OSQP: x = (0.3, 0.7), y = (−2.9, 0, 0.2). */
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

describe("an accurate answer", () => {
  test("is exact to rounding where the active set shows", () => {
    const solution = accurately(textbook);
    expectReached(solution);
    expect(solution.info.accurate?.by).toBe("polish");
    expectClose(solution.x, [0.3, 0.7], rounding(8));
    expectClose(solution.y, [-2.9, 0, 0.2], rounding(8));
    expectClose(solution.info.objective, 1.88, rounding(8));
  });

  test("has the figures of the point returned, not those of the iterations", () => {
    const { info } = accurately(textbook);
    expect(info.primalResidual).toBe(info.violation);
    expect(info.dualResidual).toBe(info.stationarity);
    expect(info.dualityGap).toBe(info.objective - info.dualObjective);
  });

  test("is the splitting's own where that is good enough", () => {
    const { info } = accurately({ P: [[1]], q: [-1] }, { epsAbs: 1e-13, epsRel: 1e-13 });
    expect(info.accurate).toMatchObject({ reached: true, by: "splitting", iterations: 0 });
  });

  test("finds a vertex of a linear program where more rows meet than there are variables", () => {
    // minimise −x − y over x + y ≤ 1, x ≤ ½, y ≤ ½, x, y ≥ 0: three rows meet at (½, ½)
    const A = [
      [1, 1],
      [1, 0],
      [0, 1],
    ];
    const solution = accurately({ P: zeros(2), q: [-1, -1], A, l: [-NONE, 0, 0], u: [1, 0.5, 0.5] });
    expectReached(solution);
    expectClose(solution.x, [0.5, 0.5], NINE_DIGITS);
    expectClose(solution.info.objective, -1, NINE_DIGITS);
  });

  test("takes equalities that say the same thing twice", () => {
    const A = [
      [1, 1, 1],
      [2, 2, 2],
      [1, -1, 0],
    ];
    const P = [
      [1, 0, 0],
      [0, 2, 0],
      [0, 0, 3],
    ];
    const solution = accurately({ P, q: [0, 0, 0], A, l: [1, 2, 0], u: [1, 2, 0] });
    expectReached(solution);
    // x = y: 3x²/2 + 3(1 − 2x)²/2 is least at x = 2/5
    expectClose(solution.x, [0.4, 0.4, 0.2], NINE_DIGITS);
  });

  test("takes free variables, variables that are fixed, rows that are free, and no rows at all", () => {
    const P = [
      [1, 0],
      [0, 0],
    ];
    const A = [
      [0, 1],
      [1, 1],
      [1, 0],
    ];
    const free = accurately({ P, q: [-3, 1], A, l: [2, -NONE, -NONE], u: [2, NONE, NONE] });
    expectReached(free);
    expectClose(free.x, [3, 2], NINE_DIGITS);
    const bare = accurately({ P: [[2]], q: [-3] });
    expectReached(bare);
    expectClose(bare.x, [1.5], NINE_DIGITS);
    expect(bare.y).toHaveLength(0);
  });

  test.each([1e-6, 1e-3, 1e3, 1e6])("keeps its digits in units %d times as large", (unit) => {
    const scaled = (rows: readonly (readonly number[])[], by: number) =>
      rows.map((row) => row.map((v) => v * by));
    const solution = accurately({
      ...textbook,
      P: scaled(textbook.P as number[][], 1 / unit),
      A: scaled(textbook.A as number[][], 1),
      l: [unit, 0, 0],
      u: [unit, 0.7 * unit, 0.7 * unit],
    });
    expectReached(solution);
    expectClose(solution.x, [0.3 * unit, 0.7 * unit], NINE_DIGITS);
  });

  test("does not need the iterations that it is not given", () => {
    const solution = accurately(textbook, { maxIter: 1, checkTermination: 0 });
    expectReached(solution);
    expect(solution.info.iterations).toBe(1);
    expectClose(solution.x, [0.3, 0.7], NINE_DIGITS);
  });

  test("leaves the next solve as it would have been: K is factored again, and starts from the answer", () => {
    const osqp = new Osqp(textbook, { accurate: true });
    const first = osqp.solve();
    osqp.updateSettings({ accurate: false, warmStarting: false });
    expectClose(osqp.solve().x, solveQp(textbook).x, bits);
    osqp.updateSettings({ accurate: true });
    osqp.warmStart({ x: first.x, y: first.y });
    osqp.update({ u: [1, 0.6, 0.6], l: [1, 0, 0] });
    expectClose(osqp.solve().x, [0.4, 0.6], NINE_DIGITS);
  });

  test("has the same bits when the event loop has its turn", async () => {
    const long = { epsAbs: 1e-15, epsRel: 0 };
    const now = accurately(textbook, long);
    const later = await new Osqp(textbook, { ...long, accurate: true }).solveAsync();
    expect(later).toEqual(now);
  });

  test("is not sought after an interruption", () => {
    const { status, info } = accurately(textbook, { signal: AbortSignal.abort() });
    expect([status, info.accurate]).toEqual(["interrupted", undefined]);
  });

  test("is refused where a large sigma hid that P is not convex", () => {
    const P = [
      [2, 5],
      [5, 1],
    ];
    const A = [
      [1, 0],
      [0, 1],
    ];
    const problem = { P, q: [3, 4], A, l: [0, 0], u: [1, 1] };
    const { status, info } = accurately(problem, { sigma: 5 });
    expect(status).toBe("problem non convex");
    expect(info.nonConvexPivot).toBeGreaterThanOrEqual(0);
    expect(info.accurate?.reached).toBe(false);
  });

  test("must be asked for with true or false", () => {
    expect(() => solveQp(textbook, { accurate: 1e-9 as unknown as boolean })).toThrow(
      "accurate must be true or false, got 1e-9",
    );
  });
});

describe("where there is nothing to find, accurately", () => {
  test("rows that miss each other by a millionth have a certificate that proves it", () => {
    const A = [[1], [1]];
    const problem = { P: [[1]], q: [-1], A, l: [-NONE, 1e-6], u: [0, NONE] };
    expect(solveQp(problem).status).toBe("solved");
    const { status, x, info, primalInfeasibilityCertificate: v } = accurately(problem);
    expect([status, info.objective, info.accurate?.reached]).toEqual(["primal infeasible", NONE, true]);
    expect([...x]).toEqual([Number.NaN]);
    expectClose(v!, [1, -1], NINE_DIGITS);
  });

  test("a direction without end is proved by itself", () => {
    const P = [
      [1, 0],
      [0, 0],
    ];
    const {
      status,
      info,
      dualInfeasibilityCertificate: v,
    } = accurately({
      P,
      q: [0, -1],
      A: [[1, 1]],
      l: [0],
      u: [NONE],
    });
    expect([status, info.objective, info.accurate?.reached]).toEqual(["dual infeasible", -NONE, true]);
    expectClose(v!, [0, 1], NINE_DIGITS);
  });

  test("a feasible set of one point is found though the splitting may call it empty", () => {
    const A = [
      [1, 1],
      [1, -1],
      [1, 0],
    ];
    const solution = accurately({ P: zeros(2), q: [1, 1], A, l: [2, 0, -NONE], u: [NONE, 0, 1] });
    expectReached(solution);
    expectClose(solution.x, [1, 1], NINE_DIGITS);
  });
});
