import {
  bufferedPositions,
  decayedPositions,
  RiskLimits,
  scaleToLeverage,
  tailHedge,
  volatilityTarget,
} from "@astra-quant/risk";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type BacktestSpec,
  backtest,
  bufferOverlay,
  decayOverlay,
  hedgeOverlay,
  leverageOverlay,
  limitsOverlay,
  type Overlay,
  volatilityOverlay,
} from "../../src/index.ts";

const YEAR = { periodsPerYear: 252 };
/** Returns that go up and down without a rule that anybody could see. */
const wild = Float64Array.from({ length: 60 }, (_, t) => (((t * 37) % 17) - 8) / 400);
const ones = wild.map(() => 1);

/** The weights held over each bar. */
function heldWith(overlays: readonly Overlay[], change: Partial<BacktestSpec> = {}): Float64Array {
  return backtest({ returns: wild, weights: ones, overlays, ...YEAR, ...change }).exposure.net;
}

/** What a rule of risk makes of the decisions, a bar later. */
const lagged = (decided: Float64Array): Float64Array =>
  Float64Array.from(decided, (_, t) => (t === 0 ? 0 : decided[t - 1]!));

describe("an overlay is risk's machine at work on the decisions", () => {
  test("decay", () => {
    expectClose(
      heldWith([decayOverlay({ halfLife: 5 })]),
      lagged(decayedPositions(ones, { halfLife: 5 })),
      rounding(4),
    );
  });

  test("buffer, on the weights held", () => {
    const weights = Float64Array.from({ length: 60 }, (_, t) => 0.5 + ((t * 13) % 7) / 30);
    expectClose(
      heldWith([bufferOverlay({ buffer: 0.2 })], { weights }),
      lagged(bufferedPositions(weights, { buffer: 0.2 })),
      rounding(4),
    );
  });

  test("leverage, which says when it begins", () => {
    const returns = Array.from({ length: 4 }, () => [0, 0]);
    const weights = [
      [1, 1],
      [2, 2],
      [3, -2],
      [0, 0],
    ];
    const { positions, events } = backtest({
      returns,
      weights,
      overlays: [leverageOverlay({ maxGross: 3, maxNet: 2 })],
      ...YEAR,
    });
    for (const t of [1, 2, 3]) {
      const { positions: scaled } = scaleToLeverage(weights[t - 1]!, { maxGross: 3, maxNet: 2 });
      expectClose(positions.value.row(t), scaled, rounding(4));
    }
    expect(events).toEqual([
      {
        row: 2,
        kind: "leverage",
        reason: "net of 4.000× is beyond its limit: every weight is scaled by 0.5000",
      },
    ]);
  });

  test("volatility target, on the returns of the weights that come in", () => {
    const options = { target: 0.1, window: 10 };
    const scale = volatilityTarget(wild.slice(1), { ...options, ...YEAR });
    const wanted = Float64Array.from(wild, (_, t) =>
      t === 0 ? 0 : Number.isNaN(scale[t - 1]!) ? 1 : scale[t - 1]!,
    );
    expectClose(heldWith([volatilityOverlay(options)]), wanted, rounding(8));
  });

  test("tail hedge, on the book's own drawdown, outside the assets", () => {
    const options = { activateAt: -0.03, size: 0.2 };
    const run = backtest({
      returns: wild,
      weights: ones,
      overlays: [hedgeOverlay({ ...options, marketReturns: wild })],
      ...YEAR,
    });
    const alone = tailHedge(wild.slice(1), wild.slice(1), options);
    expectClose(run.returns.slice(1), alone.netReturns, rounding(8), 1);
    const hedge = Array.from(alone.payoff, (payoff, t) => run.equity[t]! * (payoff + alone.cost[t]!));
    expectClose(run.pnl.hedge.slice(1), hedge, rounding(8), 1);
    expect(run.events.map(({ row }) => row - 1)).toEqual(Array.from(alone.switches));
  });

  test("limits, which see the close before the bar", () => {
    const options = {
      drawdown: [
        { at: -0.02, action: "reduce" },
        { at: -0.0275, action: "liquidate" },
      ],
      position: false,
    } as const;
    const run = backtest({ returns: wild, weights: ones, overlays: [limitsOverlay(options)], ...YEAR });
    const machine = new RiskLimits(options);
    const decisions = Array.from(run.equity.slice(0, -1), (equity, t) =>
      machine.evaluate({ equity, day: t, positions: { 0: run.exposure.net[t]! * equity } }),
    );
    const entered = decisions.flatMap(({ breaches }, t) =>
      breaches.filter((b) => b.entered).map(({ reason }) => [t + 1, reason]),
    );
    expect(entered.length).toBeGreaterThan(1);
    expect(run.events.map(({ row, reason }) => [row, reason])).toEqual(entered);
    const halved = run.events[0]!.row;
    expectClose(run.exposure.net.slice(halved - 1, halved + 1), [1, 0.5], rounding(4));
    expect(run.exposure.net.at(-1)).toBe(0);
  });
});

describe("overlays together", () => {
  test("work in the order in which they are listed", () => {
    const halve: Overlay = {
      name: "halve",
      start: () => ({
        adjust: (wanted) =>
          void wanted.forEach((w, j) => {
            wanted[j] = w / 2;
          }),
      }),
    };
    const cap = leverageOverlay({ maxGross: 0.8 });
    const plain = { returns: [0, 0], weights: [1, 1], ...YEAR };
    expectClose(backtest({ ...plain, overlays: [halve, cap] }).exposure.gross[1]!, 0.5, rounding(4));
    expectClose(backtest({ ...plain, overlays: [cap, halve] }).exposure.gross[1]!, 0.4, rounding(4));
  });

  test("a cut that a limit asks for does not wait for the rule of rebalancing", () => {
    const returns = [0, 0, -0.2, 0, 0, 0];
    const limits = limitsOverlay({ drawdown: -0.1, dailyLoss: false, position: false });
    const { exposure } = backtest({
      returns,
      weights: returns.map(() => 1),
      overlays: [limits],
      rebalance: { every: 5 },
      ...YEAR,
    });
    expectClose(exposure.gross, [0, 1, 1, 0, 0, 0], rounding(4));
  });

  test("see copies: what they write to is no book and no input", () => {
    const returns = wild.slice();
    const scribbler: Overlay = {
      name: "scribbler",
      start: () => ({
        adjust: (_, { held }) => void held.fill(7),
        settle: ({ weights, returns: seen }) => {
          weights.fill(7);
          seen.fill(7);
          return undefined;
        },
      }),
    };
    const spec = { returns, weights: ones, rebalance: "every-bar", ...YEAR } as const;
    const plain = backtest(spec);
    const scribbled = backtest({ ...spec, overlays: [scribbler] });
    expect(scribbled.hash).toBe(plain.hash);
    expect(scribbled.turnover).toEqual(plain.turnover);
    expect(returns).toEqual(wild);
  });

  test("a daily loss is that of a date, or of a row where there are none", () => {
    const returns = [0, -0.03, -0.03, -0.03, 0];
    const limits = limitsOverlay({
      dailyLoss: [{ at: -0.05, action: "halt-new" }],
      drawdown: false,
      position: false,
    });
    const eventsOn = (dates?: string[]) =>
      backtest({
        returns,
        weights: returns.map(() => 1),
        overlays: [limits],
        ...YEAR,
        ...(dates && { dates }),
      }).events.map(({ row, kind }) => [row, kind]);
    expect(eventsOn()).toEqual([]);
    expect(eventsOn(["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"])).toEqual([]);
    const hours = [9, 10, 11, 12, 13].map((hour) => `2026-01-05T${String(hour).padStart(2, "0")}:00Z`);
    expect(eventsOn(hours)).toEqual([[3, "limit:dailyLoss"]]);
  });

  test("that never let a position close are warned of", () => {
    const keep: Overlay = {
      name: "keep",
      start: () => ({ adjust: (wanted, { held }) => void (wanted[0] === 0 && wanted.set(held)) }),
    };
    const weights = wild.map((_, t) => (t < 5 ? 1 : 0));
    const { warnings } = backtest({ returns: wild, weights, overlays: [keep], ...YEAR });
    expect(warnings[0]).toBe(
      "The overlays (keep) do not let column 0 close: a position stayed for 20 bars after its weight was 0",
    );
    // 0 is wanted over 20 bars, from row 6 on: one fewer is no reason to speak.
    const rows = (count: number) => ({ returns: wild.slice(0, count), weights: weights.slice(0, count) });
    expect(backtest({ ...rows(26), overlays: [keep], ...YEAR }).warnings[0]).toMatch(/^The overlays/);
    expect(backtest({ ...rows(25), overlays: [keep], ...YEAR }).warnings.join()).not.toMatch("overlays");
    const fine = backtest({ returns: wild, weights, overlays: [bufferOverlay()], ...YEAR });
    expect(fine.warnings.join()).not.toMatch("overlays");
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const broken = (adjust: (wanted: Float64Array) => void): Overlay => ({
    name: "broken",
    start: () => ({ adjust: (wanted) => void adjust(wanted) }),
  });
  const refusals: [string, () => unknown, string | RegExp][] = [
    [
      "overlays that are no list",
      () => heldWith(decayOverlay() as never),
      "overlays must be an array of overlays, got Object",
    ],
    [
      "an overlay that is none",
      () => heldWith([5 as never]),
      "overlays[0] must be an overlay { name, start }, got 5",
    ],
    [
      "an overlay that loses count",
      () => heldWith([broken((wanted) => wanted.fill(Number.NaN))]),
      'overlay "broken" must leave finite weights, got NaN for column 0 at row 1',
    ],
    [
      "an overlay that settles nonsense",
      () => heldWith([{ name: "odd", start: () => ({ settle: () => ({ pnl: Number.NaN }) }) }]),
      'overlay "odd" must settle finite money, got NaN at row 1',
    ],
    [
      "an overlay that does not start",
      () => heldWith([{ name: "idle", start: () => undefined as never }]),
      'overlay "idle" must start as { adjust?, settle? }, got undefined',
    ],
    [
      "an overlay that answers without notes",
      () => heldWith([{ name: "odd", start: () => ({ adjust: () => true as never }) }]),
      'overlay "odd" must answer with notes [{ kind, reason }], got true at row 1',
    ],
    [
      "a note without a reason",
      () => heldWith([{ name: "odd", start: () => ({ settle: () => ({ pnl: 0, notes: [{} as never] }) }) }]),
      'overlay "odd" must answer with notes [{ kind, reason }], got Array(1) at row 1',
    ],
    [
      "a half-life of nothing",
      () => decayOverlay({ halfLife: 0 }),
      "halfLife must be positive and finite, got 0",
    ],
    ["a buffer of everything", () => bufferOverlay({ buffer: 1 }), "buffer must be in [0, 1), got 1"],
    ["a negative leverage", () => leverageOverlay({ maxGross: -1 }), /^maxGross must be positive/],
    [
      "a volatility of nothing",
      () => volatilityOverlay({ target: 0 }),
      "target must be positive and finite, got 0",
    ],
    ["a limit that is none", () => limitsOverlay({ drawdown: 0.1 }), /^drawdown/],
    [
      "a hedge without its market",
      () => hedgeOverlay({} as never),
      /^marketReturns must be a vector of numbers/,
    ],
    [
      "a market of another length",
      () => heldWith([hedgeOverlay({ marketReturns: [0, 0] })]),
      "marketReturns must have 60 entries, got 2",
    ],
  ];
  for (const [what, attempt, message] of refusals) test(what, () => expect(attempt).toThrow(message));
});
