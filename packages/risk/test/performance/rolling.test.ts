import { describeStream, expectClose, rounding, simpleReturn } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  drawdownSeries,
  maxDrawdown,
  RollingMaxDrawdown,
  RollingSharpe,
  RollingSortino,
  RollingVolatility,
  RunningDrawdown,
  rollingMaxDrawdown,
  rollingSharpe,
  rollingSortino,
  rollingVolatility,
  sharpeRatio,
  sortinoRatio,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const WINDOW = 4;
const over = { periodsPerYear: 252, riskFree: 0.03 };
const rows = (x: Float64Array): number[][] => Array.from(x, (value) => [value]);
const withGaps = fc.array(fc.oneof({ weight: 9, arbitrary: simpleReturn }, fc.constant(Number.NaN)), {
  maxLength: 40,
});

describeStream({
  name: "RollingSharpe",
  inputs: withGaps,
  create: () => new RollingSharpe(WINDOW, over),
  push: (stream, r) => [stream.push(r)],
  batch: (returns) => rows(rollingSharpe(returns, WINDOW, over)),
  state: (stream) => stream.state,
  resume: (state) => RollingSharpe.from(state as never),
});

describeStream({
  name: "RollingSortino",
  inputs: withGaps,
  create: () => new RollingSortino(WINDOW, over),
  push: (stream, r) => [stream.push(r)],
  batch: (returns) => rows(rollingSortino(returns, WINDOW, over)),
  state: (stream) => stream.state,
  resume: (state) => RollingSortino.from(state as never),
});

describeStream({
  name: "RollingVolatility",
  inputs: withGaps,
  create: () => new RollingVolatility(WINDOW, { periodsPerYear: 252, ddof: 0 }),
  push: (stream, r) => [stream.push(r)],
  batch: (returns) => rows(rollingVolatility(returns, WINDOW, { periodsPerYear: 252, ddof: 0 })),
  state: (stream) => stream.state,
  resume: (state) => RollingVolatility.from(state as never),
});

describeStream({
  name: "RollingMaxDrawdown",
  inputs: withGaps,
  create: () => new RollingMaxDrawdown(WINDOW),
  push: (stream, r) => [stream.push(r)],
  batch: (returns) => rows(rollingMaxDrawdown(returns, WINDOW)),
  state: (stream) => stream.state,
  resume: (state) => RollingMaxDrawdown.from(state as never),
});

const series = fc.array(simpleReturn, { minLength: 1, maxLength: 40 });

describeStream({
  name: "RunningDrawdown",
  inputs: series,
  create: () => new RunningDrawdown(),
  push: (stream, r) => [stream.push(r)],
  batch: (returns) => (returns.length === 0 ? [] : rows(drawdownSeries(returns).slice(1))),
  state: (stream) => stream.state,
  resume: (state) => RunningDrawdown.from(state as never),
});

describe("rolling figures", () => {
  test("each is the figure of its window", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -900, max: 900 }), { minLength: WINDOW, maxLength: 30 }),
        (bps) => {
          const returns = bps.map((bp) => bp / 10_000);
          const sharpe = rollingSharpe(returns, WINDOW, over);
          const sortino = rollingSortino(returns, WINDOW, over);
          const fall = rollingMaxDrawdown(returns, WINDOW);
          for (let t = WINDOW; t <= returns.length; t++) {
            const window = returns.slice(t - WINDOW, t);
            const whole = sharpeRatio(window, over).annualized;
            expectClose(sharpe[t - 1]!, whole, rounding(256), Math.max(1, whole * whole));
            expectClose(sortino[t - 1]!, sortinoRatio(window, over).annualized, rounding(64), 252);
            expect(fall[t - 1]).toBe(maxDrawdown(window).depth);
          }
        },
      ),
    );
  });

  test("the running drawdown knows the maximum and the longest time under water", () => {
    fc.assert(
      fc.property(series, (returns) => {
        const stream = new RunningDrawdown();
        for (const r of returns) stream.push(r);
        const { depth, longestUnderwater } = maxDrawdown(returns);
        expect(stream.maxDrawdown).toBe(depth);
        expect(stream.longestUnderwater).toBe(longestUnderwater);
        expect(stream.periods).toBe(returns.length);
        expect(stream.drawdown).toBe(drawdownSeries(returns).at(-1));
      }),
    );
  });

  test("a constant window has no Sharpe ratio, and a rising one no Sortino ratio", () => {
    const returns = new Float64Array(6).fill(0.01);
    expect(rollingSharpe(returns, 3, { periodsPerYear: 252 }).every(Number.isNaN)).toBe(true);
    expect(rollingSortino(returns, 3, { periodsPerYear: 252 }).every(Number.isNaN)).toBe(true);
    expect(Array.from(rollingVolatility(returns, 3, { periodsPerYear: 252 })).slice(2)).toEqual([0, 0, 0, 0]);
  });

  test("a missing return is missed until it has left the window", () => {
    const returns = [0.01, Number.NaN, 0.02, -0.01, 0.03];
    const defined = Array.from(rollingSharpe(returns, 2, { periodsPerYear: 1 }), (x) => !Number.isNaN(x));
    expect(defined).toEqual([false, false, false, true, true]);
    expect(Array.from(rollingMaxDrawdown(returns, 2), (x) => !Number.isNaN(x))).toEqual(defined);
  });

  test("a rate that changes is taken off period by period", () => {
    const returns = [0.01, 0.03, 0.02, 0.05];
    const riskFree = [0.01, 0.02, 0.005, 0.01];
    const excess = returns.map((r, t) => r - riskFree[t]!);
    const got = rollingSharpe(returns, 3, { periodsPerYear: 4, riskFree });
    expect(got).toEqual(rollingSharpe(excess, 3, { periodsPerYear: 4 }));
  });

  test("answers go to out, never over the returns", () => {
    const returns = new Float64Array([0.01, -0.02, 0.03]);
    const out = new Float64Array(3);
    expect(rollingVolatility(returns, 2, { periodsPerYear: 252, out })).toBe(out);
    expect(rollingMaxDrawdown(returns, 2, { out })).toBe(out);
    for (const call of [
      () => rollingSharpe(returns, 2, { ...over, out: returns }),
      () => rollingSortino(returns, 2, { ...over, out: returns }),
      () => rollingVolatility(returns, 2, { periodsPerYear: 252, out: returns }),
      () => rollingMaxDrawdown(returns, 2, { out: returns }),
    ]) {
      expect(refusal(call)).toBe("option: out must not share memory with returns: inputs are never changed");
    }
  });

  test.each([
    [() => rollingSharpe([0.1], 0, over), "range: window must be an integer ≥ 1, got 0"],
    [
      () => rollingSharpe([0.1], 1, {} as never),
      "range: periodsPerYear must be positive and finite, got undefined",
    ],
    [
      () => new RollingSharpe(2, { ...over, riskFree: [0.1] as never }),
      "range: riskFree must be a finite number, got Array(1)",
    ],
    [() => new RollingSortino(1.5, over), "range: window must be an integer ≥ 1, got 1.5"],
    [
      () => new RollingMaxDrawdown(2).push(-1),
      "range: return must be greater than -1 to be compounded, got -1",
    ],
    [
      () => rollingMaxDrawdown([0.1, -2], 2),
      "range: returns[1] must be greater than -1 to be compounded, got -2",
    ],
    [
      () => new RollingVolatility(2, { periodsPerYear: 252 }).push("1" as never),
      'data: return must be a number, got "1"',
    ],
    [
      () => new RunningDrawdown().push(Number.NaN),
      "not-finite: return must be finite and greater than -1, got NaN",
    ],
    [() => new RunningDrawdown().push(-1), "range: return must be finite and greater than -1, got -1"],
  ])("refuses case %#", (call, message) => {
    expect(refusal(call)).toBe(message);
  });
});

describe("broken states are refused by the name of the field", () => {
  const sharpe = new RollingSharpe(2, over).state;
  const running = new RunningDrawdown().state;
  test.each([
    [() => RollingSharpe.from(null as never), "data: state must be an object, got null"],
    [() => RollingSharpe.from({ ...sharpe, version: 2 } as never), "data: state.version must be 1, got 2"],
    [() => RollingSharpe.from({ ...sharpe, window: 0 }), "range: state.window must be an integer ≥ 1, got 0"],
    [
      () => RollingSharpe.from({ ...sharpe, riskFree: "0" as never }),
      'range: state.riskFree must be a finite number, got "0"',
    ],
    [
      () => RollingSharpe.from({ ...sharpe, values: [1, 2, 3, 4, 5] }),
      "data: state.values must be an array of at most 4 entries, got Array(5)",
    ],
    [
      () => RollingSharpe.from({ ...sharpe, values: [0.1, "x" as never] }),
      'data: state.values[1] must be a finite number or null, got "x"',
    ],
    [
      () => RollingVolatility.from({ ...new RollingVolatility(2, { periodsPerYear: 252 }).state, ddof: -1 }),
      "range: state.ddof must be an integer ≥ 0, got -1",
    ],
    [
      () => RollingMaxDrawdown.from({ version: 1, window: 2, values: [-1] }),
      "range: state.values[0] must be greater than -1 to be compounded, got -1",
    ],
    [() => RunningDrawdown.from({ ...running, level: 1.5 }), "range: state.level must be at most 1, got 1.5"],
    [
      () => RunningDrawdown.from({ ...running, lowest: -1 }),
      "range: state.lowest must be non-negative and finite, got -1",
    ],
    [
      () => RunningDrawdown.from({ ...running, longestUnderwater: 3 }),
      "range: state.longestUnderwater must be an integer ≥ 0 and ≤ 0, got 3",
    ],
  ])("case %#", (call, message) => {
    expect(refusal(call)).toBe(message);
  });
});
