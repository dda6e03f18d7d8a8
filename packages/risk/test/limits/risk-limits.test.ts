import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type LimitDecision,
  RiskLimits,
  type RiskLimitsOptions,
  type RiskObservation,
  replayRiskLimits,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const day = "2026-03-02";
const NONE = {
  drawdown: false,
  dailyLoss: false,
  grossLeverage: false,
  netLeverage: false,
  position: false,
} as const;
/** A book that is worth 100 and then each of these. */
const values = (equities: readonly number[], options: RiskLimitsOptions): readonly LimitDecision[] =>
  replayRiskLimits(
    [100, ...equities].map((equity) => ({ equity, day })),
    options,
  ).slice(1);
const actions = (decisions: readonly LimitDecision[]) => decisions.map(({ action }) => action);
const one = (observation: Partial<RiskObservation>, options: RiskLimitsOptions = {}) =>
  new RiskLimits(options).evaluate({ equity: 100, day, ...observation });

describe("losses", () => {
  test("a day's loss warns at −5 % and halts new positions at −10 %", () => {
    const decisions = values([95.01, 95, 90.01, 90], { drawdown: false });
    expect(actions(decisions)).toEqual(["none", "warn", "warn", "halt-new"]);
    expect(decisions.map(({ mayOpen }) => mayOpen)).toEqual([true, true, true, false]);
    expect(decisions[3]!.breaches[0]).toEqual({
      limit: "dailyLoss",
      value: -0.1,
      threshold: -0.1,
      release: -0.05,
      action: "halt-new",
      keep: 1,
      entered: true,
      since: 5,
      reason: "dailyLoss -10.00 % has reached -10.00 %: open nothing new",
    });
  });

  test("a drawdown halves the book at −15 %, once, and closes it at −20 %", () => {
    const decisions = values([85, 84, 80, 79], { dailyLoss: false });
    expect(actions(decisions)).toEqual(["reduce", "reduce", "liquidate", "liquidate"]);
    expect(decisions.map(({ keep }) => keep)).toEqual([0.5, 1, 0, 0]);
    expect(decisions.map(({ breaches }) => breaches[0]!.reason)).toEqual([
      "drawdown -15.00 % has reached -15.00 %: keep 50.00 % of every position",
      "drawdown -16.00 % has reached -15.00 %: open nothing new",
      "drawdown -20.00 % has reached -20.00 %: close everything",
      "drawdown -21.00 % has reached -20.00 %: close everything",
    ]);
  });

  test("stands until it is back at its release, and says where that is", () => {
    const decisions = values([85, 92.4, 92.5, 86], { dailyLoss: false });
    expect(actions(decisions)).toEqual(["reduce", "reduce", "none", "none"]);
    expect(decisions[1]!.breaches[0]!.reason).toBe(
      "drawdown -7.60 % broke -15.00 % and is not yet back at -7.50 %: open nothing new",
    );
  });

  test("comes back down its rungs one by one", () => {
    // −10 % releases −20 %, −7.5 % releases −15 %
    const decisions = values([79, 89, 91, 92, 93], { dailyLoss: false });
    expect(actions(decisions)).toEqual(["liquidate", "liquidate", "reduce", "reduce", "none"]);
    // Coming from worse is no new cut.
    expect(decisions.map(({ keep }) => keep)).toEqual([0, 0, 1, 1, 1]);
  });

  test("a limit broken again is a cut again", () => {
    const decisions = values([85, 100, 85], { dailyLoss: false });
    expect(decisions.map(({ keep }) => keep)).toEqual([0.5, 1, 0.5]);
    expect(decisions[2]!.breaches[0]!.since).toBe(4);
  });

  test("a new day begins with no loss, measured from the last value of the day before", () => {
    const machine = new RiskLimits({ drawdown: false });
    machine.evaluate({ equity: 100, day: "a" });
    expect(machine.evaluate({ equity: 94, day: "a" }).action).toBe("warn");
    expect(machine.evaluate({ equity: 93, day: "b" }).action).toBe("none");
    const gap = machine.evaluate({ equity: 93 * 0.9, day: "c" });
    expectClose(gap.breaches[0]!.value, -0.1, rounding(4));
    expect(gap.breaches[0]!.entered).toBe(true);
  });

  test("a total loss is measured from the first value", () => {
    const options = { ...NONE, totalLoss: -0.3 };
    expect(actions(values([200, 71, 70], options))).toEqual(["none", "none", "liquidate"]);
  });

  test("the severest wins, and is listed first", () => {
    const { action, breaches, keep } = values([79], {})[0]!;
    expect(action).toBe("liquidate");
    expect(breaches.map((breach) => [breach.limit, breach.action])).toEqual([
      ["drawdown", "liquidate"],
      ["dailyLoss", "halt-new"],
    ]);
    expect(keep).toBe(0);
  });
});

describe("sizes", () => {
  test("gross and net leverage above their limits are brought back to them", () => {
    const { action, keep, breaches } = one({ positions: [250, -150] });
    expect(action).toBe("reduce");
    expect(breaches.map(({ limit, asset, value }) => [limit, asset, value])).toEqual([
      ["grossLeverage", undefined, 4],
      ["position", "0", 2.5],
      ["position", "1", 1.5],
    ]);
    expect(keep).toBe(0.75);
    expect(breaches[0]!.reason).toBe("grossLeverage 4.000× exceeds 3.000×: keep 75.00 % of every position");
    expectClose(one({ positions: [0, -200] }, { position: false }).keep, 0.75, bits);
  });

  test("a limit that is met exactly is not exceeded", () => {
    expect(one({ positions: [20, 20, -20] }).action).toBe("none");
    expect(one({ positions: [150, -150, 0] }, { position: false }).action).toBe("none");
  });

  test("a position above its limit is cut alone, and the book goes on", () => {
    const { action, keep, mayOpen, breaches } = one({ positions: { AAA: 25, BBB: -10 } });
    expect([action, keep, mayOpen]).toEqual(["reduce", 1, true]);
    expect(breaches[0]).toMatchObject({ limit: "position", asset: "AAA", keep: 0.8, threshold: 0.2 });
    expect(breaches[0]!.reason).toBe("position of AAA 25.00 % exceeds 20.00 %: keep 80.00 % of it");
  });

  test("a size that has come back stands until it is 5 % below its limit", () => {
    const machine = new RiskLimits({ ...NONE, grossLeverage: 2 });
    const see = (gross: number) => machine.evaluate({ equity: 100, positions: [gross] });
    expectClose(see(201).keep, 200 / 201, rounding());
    expect([see(200).action, see(191).action, see(190).action]).toEqual(["reduce", "reduce", "none"]);
    expect(see(200).action).toBe("none");
  });

  test("a position that is no longer listed is no longer held", () => {
    const machine = new RiskLimits({ ...NONE, position: 0.2 });
    expect(machine.evaluate({ equity: 100, positions: { A: 30 } }).action).toBe("reduce");
    expect(machine.evaluate({ equity: 100, positions: { B: 10 } }).action).toBe("none");
    expect(machine.state.standing).toEqual([]);
  });

  test("what was not observed stays as it was", () => {
    const machine = new RiskLimits({ ...NONE, position: 0.2, valueAtRisk: 5 });
    machine.evaluate({ equity: 100, positions: { A: 30 }, valueAtRisk: 6 });
    const { breaches } = machine.evaluate({ equity: 100 });
    expect(breaches.map(({ limit, value, entered }) => [limit, value, entered])).toEqual([
      ["position", 0.3, false],
      ["valueAtRisk", 6, false],
    ]);
  });

  test("concentration is a share of the book's own gross", () => {
    const { action, breaches } = one({ positions: { A: 6, B: -4 } }, { concentration: 0.5 });
    expect(action).toBe("halt-new");
    expect(breaches[0]).toMatchObject({ limit: "concentration", asset: "A", value: 0.6 });
    expect(one({ positions: { A: 0, B: 0 } }, { concentration: 0.5 }).action).toBe("none");
    const cut = one({ positions: { A: 6, B: -4 } }, { concentration: [{ at: 0.5, action: "reduce" }] });
    // 4 of 8 is a half
    expectClose(cut.breaches[0]!.keep, 4 / 6, rounding(4));
  });

  test("a value at risk above its limit halts new positions by itself", () => {
    const halted = one({ valueAtRisk: 150_001 }, { valueAtRisk: 150_000 });
    expect([halted.action, halted.mayOpen]).toEqual(["halt-new", false]);
    expect(halted.breaches[0]!.reason).toBe("valueAtRisk 150001 exceeds 150000: open nothing new");
    expect(one({ valueAtRisk: 150_000 }, { valueAtRisk: 150_000 }).action).toBe("none");
  });
});

describe("equity", () => {
  test("money paid in is no gain, money taken out no loss", () => {
    const machine = new RiskLimits();
    machine.evaluate({ equity: 100, day });
    expect(machine.evaluate({ equity: 50, flow: -50, day }).action).toBe("none");
    // −15 % of what was left
    const fallen = machine.evaluate({ equity: 42.5, day });
    expect(fallen.action).toBe("reduce");
    expectClose(fallen.breaches[0]!.value, -0.15, bits);
    expectClose(machine.evaluate({ equity: 142.5, flow: 100, day }).breaches[0]!.value, -0.15, rounding(8));
  });

  test("when nothing is left everything is closed, whatever the limits", () => {
    const machine = new RiskLimits(NONE);
    machine.evaluate({ equity: 100 });
    const ruined = machine.evaluate({ equity: -5, positions: { A: 30 } });
    expect([ruined.action, ruined.keep]).toEqual(["liquidate", 0]);
    expect(ruined.breaches[0]!.reason).toBe("equity -5 is used up: close everything");
    expect(machine.evaluate({ equity: -6 }).breaches[0]).toMatchObject({ entered: false, since: 2 });
    expect(machine.evaluate({ equity: 1 }).action).toBe("none");
  });

  test("a reset forgets what was lost, and is an event like any other", () => {
    const machine = new RiskLimits();
    machine.evaluate({ equity: 100, day });
    expect(machine.evaluate({ equity: 79, day }).action).toBe("liquidate");
    const anew = machine.evaluate({ equity: 79, day, reset: true });
    expect([anew.action, anew.sequence]).toEqual(["none", 3]);
    expect(machine.evaluate({ equity: 76, day }).action).toBe("none");
    expect(machine.evaluate({ equity: 66, day }).breaches[0]).toMatchObject({
      limit: "drawdown",
      action: "reduce",
    });
  });

  test("a reset forgets the limits that stand, those that it does not see included", () => {
    const machine = new RiskLimits({ valueAtRisk: 5 });
    expect(machine.evaluate({ equity: 100, day, valueAtRisk: 6 }).action).toBe("halt-new");
    expect(machine.evaluate({ equity: 100, day }).action).toBe("halt-new");
    expect(machine.evaluate({ equity: 100, day, reset: true }).action).toBe("none");
  });
});

describe("the limits that are asked for", () => {
  test("may be rungs with their own release and part to keep", () => {
    const drawdown = [
      { at: -0.1, action: "reduce", release: -0.09, keep: 0.7 },
      { at: -0.2, action: "reduce", release: -0.15, keep: 0.3 },
    ] as const;
    const decisions = values([90, 80, 84, 86, 91], { ...NONE, drawdown });
    expect(actions(decisions)).toEqual(["reduce", "reduce", "reduce", "reduce", "none"]);
    expect(decisions.map(({ keep }) => keep)).toEqual([0.7, 0.3, 1, 1, 1]);
  });

  test("misuse is refused by name", () => {
    const refused = (options: unknown) => refusal(() => new RiskLimits(options as RiskLimitsOptions));
    expect(refused({ drawdown: 0.15 })).toBe(
      "range: drawdown.at must be negative and finite: a loss, got 0.15",
    );
    expect(refused({ grossLeverage: -3 })).toBe(
      "range: grossLeverage.at must be positive and finite, got -3",
    );
    expect(refused({ valueAtRisk: Number.NaN })).toContain("not-finite: valueAtRisk.at");
    expect(refused({ drawdown: "15 %" })).toBe(
      'option: drawdown must be a number, an array of rungs or false, got "15 %"',
    );
    expect(refused({ drawdawn: -0.1 })).toBe("option: unknown option 'drawdawn'; did you mean 'drawdown'?");
    expect(refused({ drawdown: [{ at: -0.1, action: "sell" }] })).toContain(
      "option: drawdown[0].action must be one of 'warn', 'halt-new', 'reduce', 'liquidate'",
    );
    expect(refused({ drawdown: [{ at: -0.1, action: "warn", release: -0.2 }] })).toBe(
      "range: drawdown[0].release must be in [-0.1, 0], got -0.2",
    );
    expect(refused({ grossLeverage: [{ at: 2, action: "warn", release: 3 }] })).toBe(
      "range: grossLeverage[0].release must be in [0, 2], got 3",
    );
    expect(refused({ drawdown: [{ at: -0.1, action: "warn", keep: 0.5 }] })).toBe(
      "option: drawdown[0].keep is for 'reduce', not for 'warn'",
    );
    expect(refused({ drawdown: [{ at: -0.1, action: "reduce", keep: 1 }] })).toBe(
      "range: drawdown[0].keep must be strictly between 0 and 1, got 1",
    );
    const mild = { at: -0.1, action: "warn" };
    expect(refused({ drawdown: [mild, { at: -0.1, action: "reduce" }] })).toBe(
      "range: drawdown[1].at must be beyond -0.1, got -0.1",
    );
    expect(
      refused({
        drawdown: [
          { at: -0.1, action: "reduce" },
          { at: -0.2, action: "warn" },
        ],
      }),
    ).toBe("option: drawdown[1].action must be no milder than 'reduce', got 'warn'");
    expect(refused({ drawdown: [mild, { at: -0.2, action: "reduce", release: -0.01 }] })).toBe(
      "range: drawdown[1].release must be no nearer to 0 than -0.05, got -0.01",
    );
  });
});

describe("what is observed", () => {
  test("figures beyond the doubles are the largest there is: the state stays JSON", () => {
    const machine = new RiskLimits({ concentration: 0.5 });
    machine.evaluate({ equity: 1e-300, day });
    const { action, breaches } = machine.evaluate({ equity: 1e-300, day, positions: [1e308, 1e308, -1e308] });
    expect(action).toBe("reduce");
    expect(breaches[0]).toMatchObject({ limit: "grossLeverage", value: Number.MAX_VALUE });
    machine.evaluate({ equity: 1e300, flow: 1e300, day });
    const { state } = machine;
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    expect(RiskLimits.from(state).state).toEqual(state);
  });

  test("misuse is refused by name, and the machine is as it was", () => {
    const machine = new RiskLimits({ valueAtRisk: 10 });
    machine.evaluate({ equity: 100, day });
    const before = JSON.stringify(machine.state);
    const refused = (change: object) => refusal(() => machine.evaluate({ equity: 100, day, ...change }));
    expect(refused({ equity: Number.NaN })).toBe("not-finite: equity must be a finite number, got NaN");
    expect(refused({ positions: { A: Number.NaN } })).toBe(
      "not-finite: positions.A must be a finite number, got NaN",
    );
    expect(refused({ positions: [1, Number.NaN] })).toContain("not-finite: positions[1]");
    expect(refused({ positions: 3 })).toBe("data: positions must be an object or a vector of values, got 3");
    expect(refused({ valueAtRisk: -1 })).toBe("range: valueAtRisk must be non-negative and finite, got -1");
    expect(refused({ day: undefined })).toBe(
      'data: day must be given while there is a limit on the daily loss: a label such as "2026-03-02"',
    );
    expect(refused({ day: {} })).toBe("data: day must be a string or a finite number, got Object");
    expect(refused({ flow: -100 })).toBe(
      "range: flow must leave some of a positive equity, got -100 of 100; begin anew with reset",
    );
    expect(refused({ reset: 1 })).toBe("option: reset must be true or false, got 1");
    expect(refused({ reset: true, equity: 0 })).toBe("range: equity must be positive to begin with, got 0");
    expect(refused({ equty: 3 })).toContain("did you mean 'equity'?");
    expect(JSON.stringify(machine.state)).toBe(before);
    expect(refusal(() => new RiskLimits().evaluate({ equity: -1, day }))).toContain("positive to begin with");
  });
});

describe("state", () => {
  const machine = new RiskLimits({ valueAtRisk: 10 });
  machine.evaluate({ equity: 100, day, positions: { A: 30 }, valueAtRisk: 12 });
  machine.evaluate({ equity: 84, day });
  const { state } = machine;

  test("is plain JSON with every default written out", () => {
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    expect(state.limits.drawdown).toEqual([
      { at: -0.15, action: "reduce", release: -0.075, keep: 0.5 },
      { at: -0.2, action: "liquidate", release: -0.1, keep: null },
    ]);
    expect(state.limits.totalLoss).toEqual([]);
    expect(state.marks).toEqual({ initial: 100, high: 100, dayStart: 100, last: 84, day });
  });

  test("a history that is no list is refused", () => {
    expect(refusal(() => replayRiskLimits(null as never))).toBe("data: events must be an array, got null");
  });

  test("broken ones are refused by field", () => {
    const broken = (change: object) => refusal(() => RiskLimits.from({ ...state, ...change }));
    const mark = (change: object) => broken({ marks: { ...state.marks, ...change } });
    const stand = (change: object) => broken({ standing: [{ ...state.standing[0], ...change }] });
    expect(broken({ version: 3 })).toBe("data: state.version must be 1, got 3");
    expect(broken({ sequence: -1 })).toBe("data: state.sequence must be an integer ≥ 0, got -1");
    expect(broken({ sequence: 0 })).toBe("data: state.marks must be null before the first event, got Object");
    expect(broken({ marks: null })).toBe("data: state.marks must be an object, got null");
    expect(mark({ high: 0 })).toBe("data: state.marks.high must be positive and finite, got 0");
    expect(mark({ last: 101 })).toContain("data: state.marks.last must be a finite number no higher");
    expect(mark({ initial: 101 })).toContain("data: state.marks.initial must be a finite number no higher");
    expect(mark({ initial: 0 })).toBe("data: state.marks.initial must be positive, got 0");
    expect(mark({ dayStart: 101 })).toContain("data: state.marks.dayStart must be a finite number no higher");
    expect(mark({ day: {} })).toContain("data: state.marks.day");
    expect(mark({ dayStart: null })).toContain("data: state.marks.dayStart");
    expect(broken({ standing: {} })).toBe("data: state.standing must be an array, got Object");
    expect(stand({ limit: "luck" })).toContain("option: state.standing[0].limit must be one of");
    expect(stand({ level: 2 })).toBe("data: state.standing[0].level must be an integer in [1, 1], got 2");
    expect(stand({ asset: undefined })).toBe("data: state.standing[0].asset must be a name, got undefined");
    expect(stand({ since: 3 })).toBe("data: state.standing[0].since must be an integer in [1, 2], got 3");
    expect(stand({ value: null })).toContain("data: state.standing[0].value");
    const twice = [state.standing[0]!, state.standing[0]!];
    expect(broken({ standing: twice })).toBe(
      "data: state.standing[1] must be a limit not listed before, got Object",
    );
    expect(broken({ ruinedSince: 1 })).toBe("data: state.ruinedSince must be null with equity left, got 1");
    expect(broken({ limits: { ...state.limits, drawdown: false } })).toBe(
      "data: state.limits.drawdown must be an array of rungs, got false",
    );
    const rung = { ...state.limits.drawdown[0], release: undefined };
    expect(broken({ limits: { ...state.limits, drawdown: [rung] } })).toBe(
      "data: state.limits.drawdown[0].release must be a finite number, got undefined",
    );
    const upside = { ...state.limits.drawdown[0], at: 0.15 };
    expect(broken({ limits: { ...state.limits, drawdown: [upside] } })).toContain(
      "data: state.limits: drawdown[0].at",
    );
  });
});
