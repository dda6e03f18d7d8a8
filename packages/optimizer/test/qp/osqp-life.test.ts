import { CscMatrix, createRandom, type Triplet } from "@astra-quant/core-linalg";
import { expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { Osqp, type QpProblem, type QpProgress, solveQp } from "../../src/index.ts";

const infinite = Number.POSITIVE_INFINITY;

/** A portfolio of n assets behind k factors: a P of some density, a budget and a box. */
function portfolio(n: number, seed: string = "life"): QpProblem {
  const random = createRandom(`${seed} ${n}`);
  const loadings = Array.from({ length: n }, () => random.fillNormal(new Float64Array(3)));
  const P = loadings.map((a, i) =>
    loadings.map(
      (b, j) => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]! + (i === j ? 1 + random.uniform() : 0),
    ),
  );
  const A = [Array(n).fill(1), ...P.map((_, i) => P.map((__, j) => (i === j ? 1 : 0)))];
  return {
    P: P.map((row, i) => row.map((value, j) => (j >= i ? value : 0))),
    q: random.fillNormal(new Float64Array(n)),
    A,
    l: [1, ...Array(n).fill(-0.4)],
    u: [1, ...Array(n).fill(0.4)],
  };
}

const tight = { epsAbs: 1e-9, epsRel: 1e-9 } as const;

function dense(matrix: QpProblem["P"]): number[][] {
  return (matrix as number[][]).map((row) => [...row]);
}

describe("update of P and A", () => {
  const problem = portfolio(12);
  const P = dense(problem.P).map((row, i) => row.map((value, j) => (i === j ? 2 * value : value)));
  const A = dense(problem.A!).map((row, i) => row.map((value) => (i === 0 ? value : 3 * value)));
  const fresh = solveQp({ ...problem, P, A }, tight);

  test("solves what a new solver of the new data would", () => {
    const osqp = new Osqp(problem, tight);
    osqp.solve();
    osqp.update({ P, A });
    const { x, status } = osqp.solve();
    expect(status).toBe("solved");
    expectClose(x, fresh.x, solver(1e-7));
  });

  test("takes whole matrices, matrices compressed by column, triplets, and values alone", () => {
    const compressed = CscMatrix.fromDense(P);
    const columns = CscMatrix.fromDense(A);
    const triplets: Triplet[] = A.flatMap((row, i) => row.map((value, j): Triplet => [i, j, value]));
    const ways = [
      { P, A },
      { P: compressed, A: { rows: A.length, columns: 12, triplets } },
      { Px: compressed.values, Ax: columns.values },
    ];
    const answers = ways.map((changes) => {
      const osqp = new Osqp(problem, tight);
      osqp.update(changes);
      return osqp.solve();
    });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expectClose(answers[0]!.x, fresh.x, solver(1e-7));
  });

  test("values alone follow the order in which the entries were given, those below the diagonal unread", () => {
    const given = (values: number[]) => ({
      rows: 2,
      columns: 2,
      columnPointers: Int32Array.of(0, 2, 4),
      rowIndices: Int32Array.of(1, 0, 1, 0),
      values: Float64Array.from(values),
    });
    const osqp = new Osqp({ P: given([1, 4, 2, 1]), q: [1, 1] }, tight);
    osqp.update({ Px: [0.5, 8, 3, 0.5] });
    const { x } = osqp.solve();
    // Px = −q
    expectClose(8 * x[0]! + 0.5 * x[1]!, -1, solver(1e-8));
    expectClose(0.5 * x[0]! + 3 * x[1]!, -1, solver(1e-8));
  });

  test("an entry may become zero and come back", () => {
    const osqp = new Osqp(problem, { ...tight, warmStarting: false, adaptiveRho: 0 });
    const first = osqp.solve();
    const diagonal = P.map((row, i) => row.map((value, j) => (i === j ? value : 0)));
    osqp.update({ P: diagonal });
    expectClose(osqp.solve().x, solveQp({ ...problem, P: diagonal }, tight).x, solver(1e-7));
    osqp.update({ P: problem.P });
    expect(osqp.solve()).toEqual(first);
  });

  test("what is refused leaves the solver as it was", () => {
    const osqp = new Osqp(problem, { ...tight, warmStarting: false, adaptiveRho: 0 });
    const first = osqp.solve();
    expect(() => osqp.update({ q: new Float64Array(12), P: [[1]] })).toThrow("P must be 12×12");
    expect(() => osqp.update({ q: new Float64Array(12), Ax: [Number.NaN] })).toThrow(
      "Ax must have 24 entries",
    );
    expect(osqp.solve()).toEqual(first);
  });

  test("a new P that is concave is answered, and a convex one after it solved again", () => {
    const osqp = new Osqp({ P: [[1]], q: [1], A: [[1]], l: [-1], u: [1] }, tight);
    osqp.update({ P: [[-1]] });
    const { status, info } = osqp.solve();
    expect(status).toBe("problem non convex");
    expect(info.nonConvexPivot).toBe(0);
    osqp.update({ P: [[2]] });
    expectClose(osqp.solve().x, [-0.5], solver(1e-8));
  });
});

describe("a P that is not convex", () => {
  test("is told by the variable whose pivot is not positive", () => {
    for (const bad of [0, 3, 6]) {
      const P = Array.from({ length: 7 }, (_, i) => Array.from({ length: 7 }, (__, j) => Number(i === j)));
      P[bad]![bad] = -1;
      const { status, statusVal, info } = solveQp({ P, q: Array(7).fill(1) });
      expect([status, statusVal, info.iterations, info.nonConvexPivot]).toEqual([
        "problem non convex",
        9,
        0,
        bad,
      ]);
    }
  });

  test("is no matter of the other statuses", () => {
    expect(solveQp(portfolio(5)).info).not.toHaveProperty("nonConvexPivot");
  });
});

describe("degenerate shapes", () => {
  test("rows and columns without an entry, and no rows at all, are solved", () => {
    const zeroRow = solveQp({ P: [[1]], q: [-1], A: [[0], [1]], l: [-1, -5], u: [1, 5] }, tight);
    expectClose(zeroRow.x, [1], solver(1e-7));
    const zeroColumn = solveQp(
      {
        P: [
          [1, 0],
          [0, 0],
        ],
        q: [-1, 0],
        A: [[1, 0]],
        l: [0],
        u: [5],
      },
      tight,
    );
    expect(zeroColumn.status).toBe("solved");
    expectClose(zeroColumn.x[0]!, 1, solver(1e-7));
    expect(zeroColumn.x[1]).toBe(0);
    expectClose(solveQp({ P: [[2]], q: [-4], A: [] }, tight).x, [2], solver(1e-7));
  });

  test("a row that asks zero to be one is primal infeasible, a free fall dual infeasible", () => {
    expect(solveQp({ P: [[1]], q: [0], A: [[0]], l: [1], u: [1] }).status).toBe("primal infeasible");
    expect(
      solveQp({
        P: [
          [1, 0],
          [0, 0],
        ],
        q: [0, 1],
        A: [[1, 0]],
        l: [0],
        u: [1],
      }).status,
    ).toBe("dual infeasible");
  });

  test("sides of 1e30 are no sides", () => {
    const problem = { P: [[1]], q: [-1], A: [[1]] };
    expect(solveQp({ ...problem, l: [-1e30], u: [1e30] })).toEqual(
      solveQp({ ...problem, l: [-infinite], u: [infinite] }),
    );
  });
});

describe("solveAsync", () => {
  test("gives the bits of solve, however often it pauses", async () => {
    const problem = portfolio(120);
    const settings = { ...tight, polishing: true };
    const osqp = new Osqp(problem, settings);
    const other = new Osqp(problem, settings);
    expect(await osqp.solveAsync()).toEqual(other.solve());
    osqp.update({ q: new Float64Array(120) });
    other.update({ q: new Float64Array(120) });
    expect(await osqp.solveAsync()).toEqual(other.solve());
  });

  test("lets timers run while it iterates", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const { status } = await new Osqp(portfolio(150), {
      epsAbs: 1e-15,
      epsRel: 0,
      maxIter: 20_000,
    }).solveAsync();
    clearInterval(timer);
    expect(status).toBe("maximum iterations reached");
    expect(ticks).toBeGreaterThan(1);
  });

  test("refuses every other use of the solver until it ends", async () => {
    const osqp = new Osqp(portfolio(10));
    const solving = osqp.solveAsync();
    const uses = [
      () => osqp.solve(),
      () => osqp.update({}),
      () => osqp.warmStart({}),
      () => osqp.updateSettings({}),
      () => osqp.dispose(),
    ];
    for (const use of uses) expect(use).toThrow("must wait for the solve that is under way");
    await expect(osqp.solveAsync()).rejects.toThrow("solveAsync must wait");
    expect((await solving).status).toBe("solved");
    expect(osqp.solve().status).toBe("solved");
  });
});

describe("an abort signal", () => {
  test("given before the start ends the solve at once, and the solver can go on", () => {
    const osqp = new Osqp(portfolio(10), { signal: AbortSignal.abort() });
    const { status, statusVal, info, x } = osqp.solve();
    expect([status, statusVal, info.iterations]).toEqual(["interrupted", 10, 0]);
    expect([...x].every((value) => value === 0)).toBe(true);
    osqp.updateSettings({ signal: undefined });
    expect(osqp.solve().status).toBe("solved");
  });

  test("of the hook ends the solve at the next block, with the point reached and its figures", () => {
    const abort = new AbortController();
    const { status, info, x } = solveQp(portfolio(10), {
      ...tight,
      checkTermination: 5,
      signal: abort.signal,
      onIteration: ({ iteration }) => iteration >= 10 && abort.abort(),
    });
    expect([status, info.iterations]).toEqual(["interrupted", 10]);
    expect([...x].some((value) => value !== 0)).toBe(true);
    expect(info.violation).toBeGreaterThan(0);
  });

  test("reaches a solve that pauses", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 5);
    const settings = { epsAbs: 1e-15, epsRel: 0, maxIter: 1e7, signal: abort.signal };
    const { status } = await new Osqp(portfolio(60), settings).solveAsync();
    expect(status).toBe("interrupted");
  });
});

describe("a limit of time", () => {
  /** A clock that each look moves on by `step` milliseconds. */
  const ticking = (step: number): (() => number) => {
    let now = 0;
    return () => (now += step);
  };

  test("counts the setup, and ends between blocks of iterations", () => {
    const settings = { epsAbs: 1e-15, epsRel: 0, timeLimit: 0.1, clock: ticking(10) };
    const { status, statusVal, info } = solveQp(portfolio(10), settings);
    expect([status, statusVal]).toEqual(["run time limit reached", 8]);
    expect(info.setupTime).toBe(0.01);
    expect(info.iterations).toBeGreaterThan(0);
    expect(info.iterations).toBeLessThan(4000);
  });

  test("that the setup has used up leaves no iteration", () => {
    const { status, info } = solveQp(portfolio(10), { timeLimit: 0.001, clock: ticking(10) });
    expect([status, info.iterations]).toEqual(["run time limit reached", 0]);
  });

  test("that is not reached changes nothing but the times told", () => {
    const timed = solveQp(portfolio(10), { timeLimit: 1e9, clock: ticking(1) });
    const plain = solveQp(portfolio(10));
    expect(timed.x).toEqual(plain.x);
    expect(timed.info.iterations).toBe(plain.info.iterations);
    expect(timed.info.runTime).toBeGreaterThan(timed.info.setupTime);
    expect(plain.info.runTime).toBeNaN();
  });
});

describe("the log", () => {
  test("is a table of the iterations between the problem and the outcome", () => {
    const lines: string[] = [];
    const { info } = solveQp(portfolio(10), {
      ...tight,
      polishing: true,
      verbose: true,
      log: (line) => lines.push(line),
    });
    expect(lines[1]).toBe("problem:  variables n = 10, constraints m = 11, nnz(P) + nnz(A) = 75");
    const header = lines.findIndex((line) => line.startsWith("iter   objective   prim res   dual res"));
    expect(lines[header + 1]).toMatch(/^ {3}1 +-?\d\.\d\de[+-]\d+ .* 1\.00e-1 +-$/);
    expect(lines.some((line) => line.startsWith("plsh"))).toBe(info.polish === 1);
    expect(lines.some((line) => line.startsWith(String(info.iterations).padStart(4)))).toBe(true);
    expect(lines).toContain("status:               solved");
    expect(lines).toContain(`number of iterations: ${info.iterations}`);
  });

  test("marks a rho that was changed", () => {
    const lines: string[] = [];
    const { info } = solveQp(portfolio(30), { ...tight, verbose: true, log: (line) => lines.push(line) });
    expect(lines.filter((line) => line.includes("*")).length).toBe(info.rhoUpdates);
  });

  test("is silent unless asked, and watching changes nothing", () => {
    const seen: QpProgress[] = [];
    const lines: string[] = [];
    const problem = portfolio(20);
    const plain = solveQp(problem, { log: (line) => lines.push(line) });
    const watched = solveQp(problem, {
      verbose: true,
      log: () => {},
      onIteration: (progress) => seen.push(progress),
    });
    expect(watched).toEqual(plain);
    expect(lines).toEqual([]);
    expect(seen[0]!.iteration).toBe(1);
    expect(seen.at(-1)).toMatchObject({
      iteration: plain.info.iterations,
      objective: plain.info.objective,
      primalResidual: plain.info.primalResidual,
    });
  });
});

describe("a solver's life", () => {
  test("begins unsolved and remembers how the last solve ended", () => {
    const osqp = new Osqp(portfolio(6));
    expect(osqp.status).toBe("unsolved");
    osqp.solve();
    expect(osqp.status).toBe("solved");
  });

  test("ends with dispose, by name or by `using`, after which everything is refused", () => {
    const osqp = new Osqp(portfolio(6));
    osqp[Symbol.dispose]();
    osqp.dispose();
    for (const use of [() => osqp.solve(), () => osqp.update({}), () => osqp.warmStart({})]) {
      expect(use).toThrow("must come before dispose");
    }
  });

  test("goes on after a hook has thrown", () => {
    const osqp = new Osqp(portfolio(30), {
      onIteration: () => {
        throw new RangeError("the hook's own");
      },
    });
    expect(() => osqp.solve()).toThrow("the hook's own");
    osqp.updateSettings({ onIteration: undefined });
    expect(osqp.solve().status).toBe("solved");
  });

  test("ten thousand setups leave the kernels' memory as large as one does", async () => {
    const { sharedMemory } = await import("@astra-quant/core-linalg/kernels");
    const problem = portfolio(16);
    solveQp(problem);
    const before = sharedMemory().buffer.byteLength;
    for (let k = 0; k < 10_000; k++) new Osqp(problem, { maxIter: 25 }).solve();
    expect(sharedMemory().buffer.byteLength).toBe(before);
  }, 60_000);
});
