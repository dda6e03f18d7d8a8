import { createRandom } from "@astra-quant/core-linalg";
import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  BetaSignal,
  CarrySignal,
  carryParts,
  carrySignal,
  MomentumSignal,
  TailRiskSignal,
  VolatilitySignal,
} from "../../src/index.ts";

const DAY = 86_400_000;
const ROWS = 300;
const random = createRandom("factor streams");
const returns = Float64Array.from({ length: ROWS }, (_, t) =>
  t === 0 ? Number.NaN : 0.01 * random.normal(),
);
const market = returns.map((r) => 0.5 * r + 0.01 * random.normal());
const prices = new Float64Array(ROWS).fill(100);
for (let t = 1; t < ROWS; t++) prices[t] = prices[t - 1]! * (1 + returns[t]!);

const firstAnswer = (push: (t: number) => number): number => {
  for (let t = 0; t < ROWS; t++) if (!Number.isNaN(push(t))) return t;
  return -1;
};

describe("warm-up", () => {
  test("streams say how many returns a first answer needs, and it comes in that row where row 0 has none", () => {
    const streams = {
      volatility: [new VolatilitySignal(), 271] as const,
      momentum: [new MomentumSignal(), 60] as const,
      tailRisk: [new TailRiskSignal(), 60] as const,
      beta: [new BetaSignal(), 119] as const,
      carry: [new CarrySignal(), 251] as const,
    };
    for (const [stream, row] of Object.values(streams)) {
      expect(stream.warmUp).toBe(row);
      const push = stream as { push(a: number, b?: number, c?: number): number };
      const first = firstAnswer((t) =>
        stream instanceof CarrySignal
          ? stream.push(prices[t]!, returns[t]!, t * DAY)
          : push.push(returns[t]!, market[t]!),
      );
      expect(first).toBe(row);
    }
  });

  test("a part of carry that is left out takes its warm-up with it", () => {
    expect(new CarrySignal({ reversionWeight: 0 }).warmUp).toBe(20);
    expect(new CarrySignal({ reversionWeight: 0, premiumWeight: 0 }).warmUp).toBe(0);
    expect(new CarrySignal({ premiumWeight: 0, averageWindow: 10 }).warmUp).toBe(9);
  });
});

describe("carry", () => {
  const dates = Array.from(prices, (_, t) => t * DAY);
  const parts = carryParts(prices, returns, dates);

  test("is its three parts, weighted", () => {
    const { variancePremium, meanReversion, seasonality } = parts;
    const sum = prices.map(
      (_, t) => 0 + 0.5 * variancePremium[t]! + 0.3 * meanReversion[t]! + 0.2 * seasonality[t]!,
    );
    expectClose(carrySignal(prices, returns, dates), sum, bits);
  });

  test("without the season it says the same whatever the dates are", () => {
    const options = { seasonalityWeight: 0 };
    const half = dates.map((date) => date + 180 * DAY);
    expectClose(
      carrySignal(prices, returns, dates, options),
      carrySignal(prices, returns, half, options),
      bits,
    );
  });

  test("the season of the parts is common to all assets and begins in row 0", () => {
    const rows = Array.from(prices, (p) => [p, 2 * p]);
    const both = carryParts(rows, rows, dates).seasonality;
    expectClose(both.column(0), both.column(1), bits);
    expectClose(both.column(0), parts.seasonality, bits);
    expect(parts.seasonality.some(Number.isNaN)).toBe(false);
  });

  test("dates that repeat or fall back are refused by name, in batch and stream", () => {
    const twice = [0, DAY, DAY];
    const three = [1, 2, 3];
    expect(() => carrySignal(three, three, twice)).toThrow(
      "dates[2] must be later than the date before it: 86400000 occurs twice",
    );
    expect(() => carryParts(three, three, ["2024-01-02", "2024-01-03", "2024-01-01"])).toThrow(
      'dates[2] must be later than the date before it: "2024-01-01" is earlier than the date before it',
    );
    const stream = new CarrySignal();
    stream.push(1, 0, "2024-01-02");
    expect(() => stream.push(1, 0, "2024-01-02")).toThrow(
      'date must be later than the date before it: "2024-01-02" occurs twice',
    );
    expect(() => stream.push(1, 0, "soon")).toThrow(
      'date must be an ISO date, a Date or epoch milliseconds, got "soon"',
    );
  });

  test("a refused row leaves no trace in the stream", () => {
    const options = { impliedWindow: 2, realizedWindow: 2, averageWindow: 2 };
    const [refusing, plain] = [new CarrySignal(options), new CarrySignal(options)];
    for (let t = 0; t < 5; t++) {
      expect(() => refusing.push("x" as unknown as number, 0, t * DAY)).toThrow(
        'price must be a number, got "x"',
      );
      const row = [prices[t]!, returns[t]!, t * DAY] as const;
      expectClose(refusing.push(...row), plain.push(...row), bits);
    }
  });
});

describe("states that no stream wrote are refused by the name of the field", () => {
  const pushed = <Stream extends { push(a: number, b: number, c: number): number }>(
    stream: Stream,
  ): Stream => {
    for (let t = 0; t < 5; t++) stream.push(prices[t]!, returns[t + 1]!, t);
    return stream;
  };
  const broken = (state: object, field: string, value: unknown): never =>
    ({ ...state, [field]: value }) as never;

  test("another version, and no state at all", () => {
    for (const from of [
      VolatilitySignal.from,
      MomentumSignal.from,
      TailRiskSignal.from,
      BetaSignal.from,
      CarrySignal.from,
    ] as ((state: never) => unknown)[]) {
      expect(() => from({ version: 2 } as never)).toThrow("state.version must be 1, got 2");
      expect(() => from(null as never)).toThrow("state must be an object, got null");
    }
  });

  test("settings that are missing or cannot be", () => {
    const { state } = pushed(new VolatilitySignal());
    expect(() => VolatilitySignal.from(broken(state, "periodsPerYear", undefined))).toThrow(
      "state.periodsPerYear must be given, got undefined",
    );
    expect(() => VolatilitySignal.from(broken(state, "zScoreWindow", 1))).toThrow(
      "state.zScoreWindow must be an integer ≥ 2, got 1",
    );
    const tail = pushed(new TailRiskSignal()).state;
    expect(() => TailRiskSignal.from(broken(tail, "tailProbability", 0.6))).toThrow(
      "state.tailProbability must be below 0.5, got 0.6",
    );
    expect(() => CarrySignal.from(broken(pushed(new CarrySignal()).state, "date", "now"))).toThrow(
      'state.date must be a finite number or null, got "now"',
    );
  });

  test("windows that do not belong to the settings, or hold what is no series", () => {
    const { state } = pushed(new BetaSignal());
    expect(() => BetaSignal.from(broken(state, "betaWindow", 61))).toThrow(
      "state.beta.window must be 61, as the rest of the state has it, got 60",
    );
    expect(() => BetaSignal.from(broken(state, "unsteadiness", null))).toThrow(
      /^state\.unsteadiness\.\w+ must be .* got undefined$/,
    );
    const strange = { ...state.beta, x: ["1"] };
    expect(() => BetaSignal.from(broken(state, "beta", strange))).toThrow(
      'state.beta.x[0] must be a finite number or null, got "1"',
    );
    const momentum = pushed(new MomentumSignal()).state;
    const fast = { ...momentum.fast, minPeriods: 1 };
    expect(() => MomentumSignal.from(broken(momentum, "fast", fast))).toThrow(
      "state.fast.minPeriods must be 20, as the rest of the state has it, got 1",
    );
  });

  test("what is pushed must be a number", () => {
    expect(() => new VolatilitySignal().push("0.1" as unknown as number)).toThrow(
      'periodReturn must be a number, got "0.1"',
    );
    expect(() => new MomentumSignal().push(0.1, null as unknown as number)).toThrow(
      "marketReturn must be a number, got null",
    );
    expect(() => new BetaSignal({ betaWidow: 2 } as object)).toThrow(
      "unknown option 'betaWidow'; did you mean 'betaWindow'?",
    );
  });
});
