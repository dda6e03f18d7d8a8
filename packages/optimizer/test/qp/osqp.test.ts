import { expectClose, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { Osqp, type QpProblem, solveQp } from "../../src/index.ts";

/** minimise 2x² + xy + y² + x + y, x + y = 1, 0 ≤ x, y ≤ 0.7: the optimum is (0.3, 0.7). */
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
const tight = { epsAbs: 1e-6, epsRel: 1e-6, polishing: true } as const;

describe("solveQp", () => {
  test("finds the textbook optimum, its multipliers and its objective", () => {
    const { x, y, status, statusVal, info } = solveQp(textbook, tight);
    expect(status).toBe("solved");
    expect(statusVal).toBe(1);
    expect(info.polish).toBe(1);
    expectClose(x, [0.3, 0.7], solver(1e-12));
    expectClose(y, [-2.9, 0, 0.2], solver(1e-12));
    expectClose(info.objective, 1.88, solver(1e-12));
    expectClose(info.violation, 0, solver(1e-12));
    expectClose(info.certifiedGap, 0, solver(1e-12));
    expectClose(info.stationarity, 0, solver(1e-12));
  });

  test("takes P as its upper triangle, as the whole matrix, and compressed by column", () => {
    const whole = solveQp(textbook);
    const triangle = solveQp({
      ...textbook,
      P: [
        [4, 1],
        [0, 2],
      ],
    });
    const compressed = solveQp({
      ...textbook,
      P: {
        rows: 2,
        columns: 2,
        columnPointers: Int32Array.of(0, 1, 3),
        rowIndices: Int32Array.of(0, 1, 0), // the entries of a column may come in any order
        values: Float64Array.of(4, 2, 1),
      },
    });
    expect(triangle).toEqual(whole);
    expect(compressed).toEqual(whole);
  });

  test("needs no rows: the unconstrained optimum solves Px = −q", () => {
    const { x, info } = solveQp({ P: [[2]], q: [-6] }, tight);
    expectClose(x, [3], solver(1e-6));
    expectClose(info.certifiedGap, 0, solver(1e-12), 9);
  });

  test("proves that x ≤ 0 and x ≥ 1 exclude each other", () => {
    const solution = solveQp({ P: [[1]], q: [0], A: [[1], [1]], l: [-Infinity, 1], u: [0, Infinity] });
    expect(solution.status).toBe("primal infeasible");
    expect(solution.info.objective).toBe(Infinity);
    expect([...solution.x]).toEqual([Number.NaN]);
    expectClose(solution.primalInfeasibilityCertificate!, [1, -1], solver(1e-4));
  });

  test("proves that minimise x without limits falls for ever", () => {
    const solution = solveQp({ P: [[0]], q: [1], A: [[1]], u: [0] });
    expect(solution.status).toBe("dual infeasible");
    expect(solution.info.objective).toBe(-Infinity);
    expect([...solution.dualInfeasibilityCertificate!]).toEqual([-1]);
  });

  test("answers a concave objective with a status, not an exception", () => {
    const solution = solveQp({ P: [[-1]], q: [0] });
    expect(solution.status).toBe("problem non convex");
    expect(solution.statusVal).toBe(9);
    expect(solution.info.iterations).toBe(0);
    expect(solution.info.objective).toBeNaN();
  });

  test("says what an unfinished point is worth", () => {
    const { status, info } = solveQp(textbook, { maxIter: 1, checkTermination: 0 });
    expect(status).toBe("maximum iterations reached");
    expect(info.violation).toBeGreaterThan(0);
  });

  test("never changes what it is given", () => {
    const q = Float64Array.of(1, 1);
    const l = Float64Array.of(1, 0, 0);
    solveQp({ ...textbook, q, l });
    expect([...q, ...l]).toEqual([1, 1, 1, 0, 0]);
  });
});

describe("Osqp", () => {
  test("solves a changed problem as a new solver would", () => {
    const osqp = new Osqp(textbook, tight);
    osqp.solve();
    osqp.update({ q: [-1, 2], u: [1, 0.9, 0.5] });
    const changed = osqp.solve();
    const fresh = solveQp({ ...textbook, q: [-1, 2], u: [1, 0.9, 0.5] }, tight);
    expectClose(changed.x, fresh.x, solver(1e-9));
    expectClose(changed.info.objective, fresh.info.objective, solver(1e-9));
  });

  test("stops at the first check when it starts from the optimum", () => {
    const settings = { epsAbs: 1e-6, epsRel: 1e-6, checkTermination: 1 };
    const cold = solveQp(textbook, settings);
    const osqp = new Osqp(textbook, settings);
    osqp.warmStart({ x: cold.x, y: cold.y });
    expect(osqp.solve().info.iterations).toBeLessThan(cold.info.iterations);
  });

  test("starts every solve from zero without warmStarting", () => {
    const osqp = new Osqp(textbook, { warmStarting: false, adaptiveRho: 0 });
    expect(osqp.solve()).toEqual(osqp.solve());
  });

  test("certifies the gap over single-entry rows, and by curvature where there are none", () => {
    const boxed = solveQp({ P: [[0]], q: [1], A: [[1]], l: [-1], u: [1] });
    expect(boxed.info.objective - boxed.info.certifiedGap).toBeLessThanOrEqual(-1);
    expectClose(boxed.info.objective - boxed.info.certifiedGap, -1, solver(1e-3));
    const curved = solveQp({ P: [[2]], q: [-6] });
    expectClose(curved.info.certifiedGap, curved.info.objective + 9, rounding(8), 9);
    const neither = solveQp({
      P: [
        [0, 0],
        [0, 0],
      ],
      q: [1, 1],
      A: [[1, 1]],
      l: [0],
    });
    expect(neither.info.certifiedGap).toBeNaN();
  });
});

describe("bad input", () => {
  const cases: [string, () => unknown, string][] = [
    [
      "an unknown setting",
      () => solveQp(textbook, { epsabs: 1 } as object),
      "unknown option 'epsabs'; did you mean 'epsAbs'?",
    ],
    [
      "a limit of time without a clock",
      () => solveQp(textbook, { timeLimit: 1 }),
      "timeLimit needs a clock to be read by",
    ],
    ["a delta of 0", () => solveQp(textbook, { delta: 0 }), "delta must be positive and finite, got 0"],
    ["a log that is no function", () => solveQp(textbook, { log: 1 as never }), "log must be a function"],
    [
      "a hook that is no function",
      () => solveQp(textbook, { onIteration: "no" as never }),
      'onIteration must be a function, got "no"',
    ],
    [
      "a signal that is none",
      () => solveQp(textbook, { signal: {} as never }),
      "signal must be an AbortSignal",
    ],
    ["alpha of 2", () => solveQp(textbook, { alpha: 2 }), "alpha must be strictly between 0 and 2, got 2"],
    ["rho of 0", () => solveQp(textbook, { rho: 0 }), "rho must be positive and finite, got 0"],
    [
      "no tolerance",
      () => solveQp(textbook, { epsAbs: 0, epsRel: 0 }),
      "epsAbs and epsRel must not both be 0",
    ],
    ["adaptation by time", () => solveQp(textbook, { adaptiveRho: 2 }), "adaptiveRho must be 0, 1 or 3"],
    ["maxIter of 0", () => solveQp(textbook, { maxIter: 0 }), "maxIter must be an integer ≥ 1, got 0"],
    [
      "a word for a flag",
      () => solveQp(textbook, { polishing: "yes" as never }),
      'polishing must be true or false, got "yes"',
    ],
    [
      "an unknown acceptance",
      () => solveQp(textbook, { polishAcceptance: "loose" as never }),
      "polishAcceptance must be one of 'reference', 'strict'",
    ],
    ["an unknown field", () => solveQp({ ...textbook, b: [] } as QpProblem), "unknown option 'b'"],
    ["an empty q", () => solveQp({ P: [], q: [] }), "q must have at least one entry, got 0"],
    ["a NaN in q", () => solveQp({ ...textbook, q: [1, Number.NaN] }), "q[1] must be finite, got NaN"],
    [
      "a P of another size",
      () => solveQp({ ...textbook, P: [[1]] }),
      "P must be 2×2 as q has 2 entries, got 1×1",
    ],
    [
      "a P that is neither",
      () =>
        solveQp({
          ...textbook,
          P: [
            [4, 1],
            [2, 2],
          ],
        }),
      "P must be symmetric or upper triangular",
    ],
    [
      "an infinite A",
      () => solveQp({ ...textbook, A: [[1, Infinity]], l: [0], u: [1] }),
      "A[0][1] must be finite, got Infinity",
    ],
    [
      "an A of other columns",
      () => solveQp({ ...textbook, A: [[1]], l: [0], u: [1] }),
      "A must have 2 columns as q has 2 entries, got 1",
    ],
    ["too few bounds", () => solveQp({ ...textbook, l: [0] }), "l must have 3 entries, got 1"],
    [
      "a NaN bound",
      () => solveQp({ ...textbook, u: [1, Number.NaN, 1] }),
      "u[1] must be a number or infinite, got NaN",
    ],
    ["crossed bounds", () => solveQp({ ...textbook, l: [1, 0.8, 0] }), "l[1] must be ≤ u[1]"],
    [
      "a repeated entry",
      () =>
        solveQp({
          ...textbook,
          P: {
            rows: 2,
            columns: 2,
            columnPointers: Int32Array.of(0, 2, 2),
            rowIndices: Int32Array.of(0, 0),
            values: Float64Array.of(1, 2),
          },
        }),
      "P has entry [0][0] twice",
    ],
    [
      "a row out of range",
      () =>
        solveQp({
          ...textbook,
          P: {
            rows: 2,
            columns: 2,
            columnPointers: Int32Array.of(0, 1, 1),
            rowIndices: Int32Array.of(5),
            values: Float64Array.of(1),
          },
        }),
      "P has row 5 in column 0, but 2 rows",
    ],
    [
      "broken pointers",
      () =>
        solveQp({
          ...textbook,
          P: {
            rows: 2,
            columns: 2,
            columnPointers: Int32Array.of(0, 2),
            rowIndices: Int32Array.of(0, 1),
            values: Float64Array.of(1, 2),
          },
        }),
      "P.columnPointers must hold 3 ascending positions",
    ],
    [
      "a late sigma",
      () => new Osqp(textbook).updateSettings({ sigma: 1 } as object),
      "sigma is fixed when the solver is made",
    ],
    [
      "an unknown late setting",
      () => new Osqp(textbook).updateSettings({ rh: 1 } as object),
      "unknown option 'rh'; did you mean 'rho'?",
    ],
    [
      "a new P of another size",
      () => new Osqp(textbook).update({ P: [[1]] }),
      "P must be 2×2 as q has 2 entries, got 1×1",
    ],
    [
      "an entry of A where there was none",
      () =>
        new Osqp(textbook).update({
          A: [
            [1, 1],
            [1, 0],
            [3, 1],
          ],
        }),
      "A must keep its pattern, but [2][0] is new",
    ],
    [
      "another number of rows of A",
      () => new Osqp(textbook).update({ A: [[1, 1]] }),
      "A must have 3 rows as before, got 1",
    ],
    [
      "both ways to change P",
      () => new Osqp(textbook).update({ P: textbook.P, Px: [1, 1, 1] }),
      "P and Px are two ways to say one thing",
    ],
    ["too few values of P", () => new Osqp(textbook).update({ Px: [1] }), "Px must have 3 entries, got 1"],
    [
      "triplets with a misspelt field",
      () => solveQp({ ...textbook, P: { rows: 2, columns: 2, triplets: [], row: 1 } as never }),
      "unknown",
    ],
    [
      "an update that crosses bounds",
      () => new Osqp(textbook).update({ l: [2, 0, 0] }),
      "l[0] must be ≤ u[0]",
    ],
    [
      "a start of the wrong length",
      () => new Osqp(textbook).warmStart({ x: [1] }),
      "x must have 2 entries, got 1",
    ],
  ];
  for (const [what, act, message] of cases) {
    test(`${what} is a QuantError that says so`, () => {
      expect(act).toThrowError(
        expect.objectContaining({ name: "QuantError", message: expect.stringContaining(message) }),
      );
    });
  }
});
