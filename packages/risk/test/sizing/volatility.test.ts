import { Matrix } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { VolatilityTarget, volatilityScale, volatilityTarget } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const NAN = Number.NaN;
const settings = { target: 0.1, periodsPerYear: 1, window: 2, maxLeverage: 4 };
/** The deviation of r and −r is √2 r. */
const returns = [0.1, -0.1, 0.1, -0.05, 0.05, 0.05];

describe("volatilityScale", () => {
  test("is the volatility wanted over the one there is, up to the cap", () => {
    expectClose(volatilityScale([0.05, 0.1, 0.2, 0.001], { target: 0.1 }), [2, 1, 0.5, 3], bits);
    expect(volatilityScale(0.01, { target: 0.1, maxLeverage: 7 })).toBe(7);
  });

  test("a volatility of 0 meets the cap, an unknown one is no answer", () => {
    expect(volatilityScale(0, { target: 0.1 })).toBe(3);
    expect(volatilityScale(5e-324, { target: 0.1 })).toBe(3);
    expect(volatilityScale(NAN, { target: 0.1 })).toBeNaN();
  });

  test("misuse is refused by name", () => {
    expect(refusal(() => volatilityScale(-0.1, { target: 0.1 }))).toBe(
      "range: volatility must be non-negative and finite, or NaN, got -0.1",
    );
    expect(refusal(() => volatilityScale(0.1, { target: 0 }))).toContain("range: target must be positive");
    expect(refusal(() => volatilityScale(0.1, {} as never))).toBe(
      "range: target must be positive and finite, got undefined",
    );
  });
});

describe("volatilityTarget", () => {
  test("uses the deviation of the returns before, never the period's own", () => {
    const leverage = volatilityTarget(returns, settings);
    expectClose(leverage.subarray(0, 2), [NAN, NAN], bits);
    expectClose(leverage.subarray(2, 4), [Math.SQRT1_2, Math.SQRT1_2], rounding(4));
    expectClose(leverage[5]!, Math.SQRT2, rounding(4));
    const shocked = volatilityTarget([...returns.slice(0, 5), -0.9], settings);
    expectClose(shocked, leverage, bits);
  });

  test("returns that do not vary meet the cap", () => {
    expect(volatilityTarget([0.01, 0.01, 0.01], settings)[2]).toBe(4);
  });

  test("the unit is a year: √252 daily deviations", () => {
    const annual = volatilityTarget(returns, { ...settings, target: 1, periodsPerYear: 252 });
    expectClose(annual[2]!, 1 / (Math.SQRT2 * 0.1 * Math.sqrt(252)), rounding(4));
  });

  test("each lag is the one before it a period later, in vectors and panels", () => {
    const one = volatilityTarget(returns, settings);
    const stream = new VolatilityTarget(settings);
    const next = returns.map((r) => stream.push(r));
    expectClose(one.subarray(1), next.slice(0, -1), bits);
    expectClose(volatilityTarget(returns, { ...settings, lag: 2 }).subarray(1), one.subarray(0, 5), bits);
    const panel = Matrix.fromRows(returns.map((r) => [r, -r]));
    expectClose(
      volatilityTarget(panel, settings).toRows(),
      Array.from(one, (x) => [x, x]),
      bits,
    );
    const out = new Float64Array(6);
    expect(volatilityTarget(returns, { ...settings, out })).toBe(out);
    expectClose(out, one, bits);
  });

  test("misuse is refused by name", () => {
    expect(refusal(() => volatilityTarget(returns, { ...settings, halfLife: 3 }))).toBe(
      "option: window and halfLife exclude each other: give one",
    );
    expect(refusal(() => volatilityTarget(returns, { ...settings, window: 1 }))).toBe(
      "range: window must be an integer ≥ 2, got 1",
    );
    expect(refusal(() => volatilityTarget(returns, { ...settings, periodsPerYear: 0 }))).toContain(
      "range: periodsPerYear",
    );
    expect(refusal(() => volatilityTarget(returns, { ...settings, lag: -1 }))).toContain("range: lag");
    expect(refusal(() => volatilityTarget(returns, { ...settings, cap: 2 } as never))).toContain(
      "option: unknown option 'cap'",
    );
  });
});

describe("VolatilityTarget", () => {
  const { window: _, ...weighted } = settings;

  test("a state's deviation must be its own", () => {
    const { state } = new VolatilityTarget(settings);
    const other = new VolatilityTarget({ ...settings, window: 3 }).state;
    expect(refusal(() => VolatilityTarget.from({ ...state, deviation: other.deviation }))).toBe(
      "data: state.deviation.window must be the state's own, 2, got 3",
    );
    const half = new VolatilityTarget({ ...weighted, halfLife: 5 }).state;
    const third = new VolatilityTarget({ ...weighted, halfLife: 3 }).state;
    expect(refusal(() => VolatilityTarget.from({ ...half, deviation: third.deviation }))).toBe(
      "data: state.deviation.halfLife must be the state's own, 5, got 3",
    );
    expect(refusal(() => VolatilityTarget.from({ ...state, deviation: null as never }))).toContain(
      "data: state.deviation.window",
    );
  });

  test("broken states are refused by field", () => {
    const { state } = new VolatilityTarget(settings);
    expect(refusal(() => VolatilityTarget.from({ ...state, target: -1 }))).toBe(
      "data: state.target must be positive and finite, got -1",
    );
    expect(refusal(() => VolatilityTarget.from({ ...state, window: null }))).toBe(
      "data: state.window must be an integer ≥ 2, got null",
    );
    expect(refusal(() => VolatilityTarget.from({ ...state, halfLife: 3 }))).toBe(
      "data: state.window must be null beside a halfLife, got 2",
    );
    expect(refusal(() => VolatilityTarget.from("state" as never))).toBe(
      'data: state must be an object, got "state"',
    );
  });
});
