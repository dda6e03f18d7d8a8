import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { hedgePayoff, TailHedge, type TailHedgeOptions, tailHedge } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

describe("hedgePayoff", () => {
  test("a tenth of three times the fall to the power of 1.5", () => {
    expectClose(hedgePayoff(-0.04), 0.1 * 0.008 * 3, rounding(2));
    expectClose(hedgePayoff(-0.04, { size: 0.5, exponent: 1, multiplier: 2 }), 0.04, rounding(2));
    expect(hedgePayoff(0.04)).toBe(0);
    expect(hedgePayoff(0)).toBe(0);
    expect(hedgePayoff(-0.04, { size: 0 })).toBe(0);
  });

  test("misuse is refused by name", () => {
    expect(refusal(() => hedgePayoff(Number.NaN))).toBe(
      "not-finite: marketReturn must be a finite number, got NaN",
    );
    expect(refusal(() => hedgePayoff(0, { size: -1 }))).toContain("range: size");
    expect(refusal(() => hedgePayoff(0, { exponent: 0 }))).toContain("range: exponent");
    expect(refusal(() => hedgePayoff(0, { power: 2 } as never))).toContain("option: unknown option 'power'");
  });
});

const fall = { portfolioReturn: -0.06, marketReturn: -0.04 };
const calm = { portfolioReturn: 0, marketReturn: 0 };

describe("TailHedge", () => {
  test("a period's own fall does not decide on it: the hedge is on from the next", () => {
    const hedge = new TailHedge();
    const first = hedge.step(fall);
    expect(first).toEqual({
      active: false,
      switched: false,
      drawdown: 0,
      payoff: 0,
      cost: 0,
      netReturn: -0.06,
      reason: "drawdown 0.00 % is not below -5.00 %: the hedge stays off",
    });
    const second = hedge.step(calm);
    expect([second.active, second.switched, second.cost]).toEqual([true, true, -0.0002]);
    expectClose(second.drawdown, -0.06, rounding());
    expect(second.reason).toBe("drawdown -6.00 % fell below -5.00 %: the hedge is put on");
  });

  test("same-day it decides on itself, and pays", () => {
    const hedge = new TailHedge({ timing: "same-day" });
    const { active, payoff, cost, netReturn } = hedge.step(fall);
    expect([active, cost]).toEqual([true, -0.0002]);
    expect(payoff).toBe(hedgePayoff(-0.04));
    expect(netReturn).toBe(-0.06 + payoff + cost);
  });

  test("stays on until the drawdown is above −2.5 %", () => {
    const hedge = new TailHedge({ costBps: 0 });
    hedge.step(fall);
    const up = { portfolioReturn: 0.0315, marketReturn: 0.01 };
    const steps = [hedge.step(up), hedge.step({ ...up, portfolioReturn: 0.006 }), hedge.step(calm)];
    expect(steps.map(({ active }) => active)).toEqual([true, true, false]);
    expect(steps.map(({ reason }) => reason)).toEqual([
      "drawdown -6.00 % fell below -5.00 %: the hedge is put on",
      "drawdown -3.04 % is not yet above -2.50 %: the hedge stays on",
      "drawdown -2.46 % is back above -2.50 %: the hedge is taken off",
    ]);
  });

  test("costs nothing while it is off", () => {
    const { cost, payoff, netReturns } = tailHedge([0.01, -0.02, 0.01], [0.01, -0.05, 0.01]);
    expectClose(cost, [0, 0, 0], bits);
    expectClose(payoff, [0, 0, 0], bits);
    expectClose(netReturns, [0.01, -0.02, 0.01], bits);
  });

  test("the hedge's own pay counts in the hedged drawdown, not in the unhedged", () => {
    const [returns, market] = [
      [-0.06, -0.01, 0],
      [0, -0.3, 0],
    ];
    const hedged = tailHedge(returns, market);
    const unhedged = tailHedge(returns, market, { drawdown: "unhedged" });
    // 3 % of 0.3^1.5 brings the book back above −2.5 %
    expect(Array.from(hedged.active)).toEqual([0, 1, 0]);
    expect(Array.from(unhedged.active)).toEqual([0, 1, 1]);
    expect(Array.from(hedged.switches)).toEqual([1, 2]);
  });

  test("the seed's reading is the unhedged drawdown of the same day", () => {
    const [returns, market] = [
      [-0.06, 0.04, -0.03],
      [-0.06, 0.03, -0.03],
    ];
    const reading: TailHedgeOptions = { drawdown: "unhedged", timing: "same-day" };
    expect(tailHedge(returns, market, { parity: "seed" })).toEqual(tailHedge(returns, market, reading));
  });

  test("a book that has lost all stays where it is", () => {
    const hedge = new TailHedge({ activateAt: -0.1, costBps: 5000, size: 0 });
    hedge.step({ portfolioReturn: -0.6, marketReturn: 0 });
    hedge.step({ portfolioReturn: -0.6, marketReturn: 0 }); // less the cost: −110 %
    expect(hedge.step({ portfolioReturn: 5, marketReturn: 0 }).drawdown).toBe(-1);
    expect(hedge.state.level).toBe(0);
  });

  test("misuse is refused by name, and the machine is as it was", () => {
    const refused = (options: unknown) => refusal(() => new TailHedge(options as TailHedgeOptions));
    expect(refused({ activateAt: 0.05 })).toBe("range: activateAt must be in (-1, 0), got 0.05");
    expect(refused({ deactivateAt: -0.06 })).toBe("range: deactivateAt must be in [-0.05, 0], got -0.06");
    expect(refused({ costBps: -2 })).toContain("range: costBps");
    expect(refused({ activateAt: Number.NaN })).toContain("not-finite: activateAt");
    expect(refused({ timing: "sameday" })).toContain("did you mean 'same-day'?");
    expect(refused({ parity: "seed", timing: "lagged" })).toBe(
      "option: parity 'seed' settles timing: give one of the two",
    );
    expect(refused({ hedgeSize: 0.1 })).toContain("option: unknown option 'hedgeSize'");
    const hedge = new TailHedge();
    hedge.step(fall);
    const before = hedge.state;
    expect(refusal(() => hedge.step({ ...fall, portfolioReturn: -1 }))).toBe(
      "range: portfolioReturn must be greater than -1 to be compounded, got -1",
    );
    expect(refusal(() => hedge.step({ ...fall, marketReturn: Number.NaN }))).toContain(
      "not-finite: marketReturn",
    );
    expect(refusal(() => hedge.step({ ...fall, market: 0 } as never))).toContain(
      "option: unknown option 'market'",
    );
    expect(hedge.state).toEqual(before);
    expect(refusal(() => tailHedge([0.1], [0.1, 0.2]))).toBe(
      "shape: marketReturns must have 1 entries, got 2",
    );
    expect(refusal(() => tailHedge([], []))).toContain("shape: returns must have at least one entry");
    expect(refusal(() => tailHedge([-1], [0]))).toContain("range: returns[0] must be greater than -1");
  });

  test("broken states are refused by field", () => {
    const { state } = new TailHedge();
    const broken = (change: object) => refusal(() => TailHedge.from({ ...state, ...change }));
    expect(broken({ version: 0 })).toBe("data: state.version must be 1, got 0");
    expect(broken({ active: 1 })).toBe("data: state.active must be true or false, got 1");
    expect(broken({ level: 1.5 })).toBe("data: state.level must be in [0, 1], got 1.5");
    expect(broken({ settings: null })).toBe("data: state.settings.size must be given, got undefined");
    expect(broken({ settings: { ...state.settings, size: -1 } })).toBe(
      "data: state.settings: size must be non-negative and finite, got -1",
    );
  });
});
