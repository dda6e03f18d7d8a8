import { correlationBetween, createRandom, Matrix } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  baseWeights,
  combineSignals,
  optimizeSignalWeights,
  regimeWeights,
  signalCorrelation,
  signalPnl,
  signalSharpe,
  type WeighedSignal,
} from "../../src/index.ts";
import { solveByEnumeration } from "./dense-solver.ts";

const nan = Number.NaN;
const two: Record<string, WeighedSignal> = {
  momentum: { ic: 0.04, health: 0.6, sharpe: 0 },
  carry: { ic: 0.02, health: 0.4, sharpe: 0 },
};
const solve = solveByEnumeration;
const identity = Matrix.identity(2);

describe("weights", () => {
  test("base weights are half health, half Sharpe, by risk budget", () => {
    const { momentum, carry } = baseWeights(two);
    const [a, b] = [0.55 * 0.3, 0.45 * 0.25];
    expectClose([momentum!, carry!], [a / (a + b), b / (a + b)], rounding());
  });

  test("of two uncorrelated signals the first order condition holds", () => {
    // max 2a + b − ½(a² + b²), a + b = 1: a − b = 1, so the better one has it all but for its limit.
    const answer = optimizeSignalWeights(two, identity, { solve });
    expect(answer.status).toBe("optimal");
    expectClose(answer.weights.momentum!, 1, rounding());
    const capped = optimizeSignalWeights(two, identity, { solve, cap: 0.6 });
    expectClose([capped.weights.momentum!, capped.weights.carry!], [0.6, 0.4], rounding());
    expect(capped.reasons).toContain("momentum is at its largest weight 0.6000");
  });

  test("with every signal excluded all is flat, and says so", () => {
    const out = Object.fromEntries(Object.entries(two).map(([k, v]) => [k, { ...v, admitted: false }]));
    const answer = optimizeSignalWeights(out, identity, { solve });
    expect(answer.status).toBe("flat");
    expect(answer.weights).toEqual({ momentum: 0, carry: 0 });
    expect(answer.reasons.at(-1)).toBe("no signal is admitted: the composite is flat");
  });

  test("caps that leave no room are told, not solved", () => {
    const answer = optimizeSignalWeights(two, identity, { solve, cap: 0.4 });
    expect(answer.status).toBe("infeasible");
    expect(answer.reasons).toEqual([
      "the largest weights add up to 0.8, less than 1: raise cap or baseMultiple",
    ]);
  });

  test("a solver that gives up is believed", () => {
    const giveUp = () => ({ x: [0, 0], status: "maximum iterations reached" });
    expect(optimizeSignalWeights(two, identity, { solve: giveUp }).status).toBe("unsolved");
  });

  test("a rough answer is moved onto the limits, and the gap tells how far it is from the best", () => {
    const rough = () => ({ x: [0.49, 0.5], status: "solved" });
    const { weights, moved, certifiedGap, objective } = optimizeSignalWeights(two, identity, {
      solve: rough,
    });
    expectClose(weights.momentum! + weights.carry!, 1, rounding());
    expect(moved).toBeGreaterThan(0);
    const best = optimizeSignalWeights(two, identity, { solve });
    expect(best.objective).toBeLessThanOrEqual(objective + certifiedGap);
    expect(best.objective).toBeGreaterThan(objective);
  });

  test("weights keep their limits and the certificate is a bound, for random programs", () => {
    const name = ["momentum", "carry", "volatility"];
    const signal = fc.record({
      ic: fc.double({ min: -0.05, max: 0.05, noNaN: true }),
      health: fc.double({ min: 0.05, max: 1, noNaN: true }),
      sharpe: fc.double({ min: -2, max: 2, noNaN: true }),
    });
    const loadings = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    const start = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(signal, { minLength: 3, maxLength: 3 }), loadings, start, (records, f, x) => {
        const signals = Object.fromEntries(records.map((r, i) => [name[i]!, r]));
        const C = Matrix.fromRows(f.map((a, i) => f.map((b, j) => (i === j ? 1 : a * b))));
        const best = optimizeSignalWeights(signals, C, { solve });
        const any = optimizeSignalWeights(signals, C, { solve: () => ({ x, status: "solved" }) });
        for (const { weights, upper } of [best, any]) {
          expectClose(
            Object.values(weights).reduce((a, b) => a + b, 0),
            1,
            rounding(8),
          );
          for (const key of name) {
            expect(weights[key]).toBeGreaterThanOrEqual(0);
            expect(weights[key]).toBeLessThanOrEqual(upper[key]! + 4 * Number.EPSILON);
          }
        }
        expect(best.objective).toBeLessThanOrEqual(any.objective + any.certifiedGap + 1e-9);
        expect(best.objective).toBeGreaterThanOrEqual(any.objective - 1e-9);
      }),
    );
  });

  test("misuse is refused by name", () => {
    const strange = { unheard: { ic: 0, health: 0.5, sharpe: 0 } };
    expect(() => baseWeights(strange)).toThrow(
      'signals.unheard.riskBudget must be given: "unheard" has none',
    );
    expect(() => optimizeSignalWeights(two, Matrix.identity(3), { solve })).toThrow(
      "correlation must be 2×2, one row a signal, got 3×3",
    );
    expect(() =>
      optimizeSignalWeights(
        two,
        [
          [1, 2],
          [2, 1],
        ],
        { solve },
      ),
    ).toThrow("must be positive semidefinite");
    expect(() => optimizeSignalWeights(two, identity, {} as never)).toThrow("solve must be a function");
    expect(() => baseWeights({ carry: { ic: 0, health: 2, sharpe: 0 } })).toThrow(
      "signals.carry.health must be in [0, 1], got 2",
    );
  });
});

describe("a signal's own P&L and likeness", () => {
  test("the position of a row earns the next return, the mean over assets", () => {
    const pnl = signalPnl(
      [
        [1, -1],
        [0, 0],
      ],
      [
        [0, 0],
        [0.1, -0.3],
      ],
      { position: "raw" },
    );
    expectClose(pnl, [nan, 0.2], rounding());
    expect(signalSharpe([1, 1, 1], [0, 0.1, 0.1])).toBeNaN();
    // P&L 0.1 and 0.3: mean 0.2, standard deviation √0.02.
    const options = { position: "raw", periodsPerYear: 2 } as const;
    expectClose(signalSharpe([1, 1, 1], [0, 0.1, 0.3], options), 2, rounding());
    expect(() => signalSharpe([1], [0], { periodPerYear: 2 } as never)).toThrow(
      "unknown option 'periodPerYear'; did you mean 'periodsPerYear'?",
    );
  });

  test("correlations are over the cells that all have", () => {
    const { correlation, observations } = signalCorrelation({ a: [1, 2, 3, nan], b: [2, 4, 6, 1] });
    expectClose(
      correlation.toRows(),
      [
        [1, 1],
        [1, 1],
      ],
      rounding(),
    );
    expect(observations).toBe(3);
  });

  test("correlations are Pearson's of every pair, whatever the unit; NaN beside a signal that does not vary", () => {
    const random = createRandom("likeness");
    const cells = (unit: number) => random.fillNormal(new Float64Array(60)).map((x) => unit * x);
    const [a, b, c] = [cells(1), cells(1e-200), cells(1e200)];
    const { correlation } = signalCorrelation({ a, b, c, still: new Float64Array(60).fill(3) });
    const wanted = [a, b, c].map((x) => [a, b, c].map((y) => correlationBetween(x, y)));
    expectClose(
      correlation
        .toRows()
        .slice(0, 3)
        .map((row) => row.slice(0, 3)),
      wanted,
      rounding(60),
      1,
    );
    expect(correlation.row(3).every(Number.isNaN)).toBe(true);
    expect(signalCorrelation({ a: [1], b: [2] }).correlation.data.every(Number.isNaN)).toBe(true);
  });
});

describe("the composite", () => {
  test("is the weighted sum, and a missing signal's weight goes to the others", () => {
    const signals = { a: [1, nan, nan], b: [3, 3, nan] };
    const { signal, coverage } = combineSignals(signals, { a: 0.25, b: 0.75 });
    expectClose(signal, [2.5, 3, nan], bits);
    expectClose(coverage.data, [1, 0.75, 0], bits);
    expectClose(
      combineSignals(signals, { a: 0.25, b: 0.75 }, { missing: "missing" }).signal,
      [2.5, nan, nan],
      bits,
    );
  });

  test("keeps the size of its weights when one signal is missing", () => {
    const { signal } = combineSignals({ a: [1, nan], b: [3, 3] }, { a: 0.5, b: 1.5 });
    expectClose(signal, [5, 6], bits);
  });

  test("without weights it is flat and says so", () => {
    const { signal, reasons } = combineSignals({ a: [1, nan] }, { a: 0 });
    expectClose(signal, [0, 0], bits);
    expect(reasons).toEqual(["a has no weight", "no signal has a weight: the composite is flat"]);
  });

  test("weights may follow the regime", () => {
    const weights = regimeWeights(
      [
        [1, 0],
        [0.5, 0.5],
        [nan, nan],
      ],
      { a: [1, 0], b: [0, 1] },
    );
    const { signal } = combineSignals({ a: [2, 2, 2], b: [4, 4, 4] }, weights);
    expectClose(signal, [2, 3, 0], bits);
  });

  test("a signal without a weight and a negative weight are refused", () => {
    expect(() => combineSignals({ a: [1] }, {})).toThrow(
      "weights.a must be given, 0 for a signal that is left out",
    );
    expect(() => combineSignals({ a: [1] }, { a: -1 })).toThrow(
      "weights.a must be non-negative and finite, got -1",
    );
  });
});
