import { Matrix, Panel, rollingStd, sin } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { betaSignal, carrySignal, momentumSignal, tailRiskSignal, volatilitySignal } from "../src/index.ts";

/** Windows so short that a hand can follow. */
const momentumByHand = { fastWindow: 1, slowWindow: 2 };
const returns = [
  [Number.NaN, Number.NaN],
  [0.01, 0.02],
  [0.03, -0.02],
  [-0.01, 0.04],
  [0.02, 0.01],
  [0.05, -0.03],
];
const market = [Number.NaN, 0.01, 0.02, -0.01, 0.03, 0.04];
const column = (j: number) => returns.map((row) => row[j]!);

describe("momentum", () => {
  test("it is 0.7 of the excess over the market and 0.3 of the fast sum less the slow one", () => {
    const signal = momentumSignal(column(0), market, momentumByHand);
    // Row 2: excess 0.03 − 0.02, fast less slow 0.03 − 0.04.
    expectClose(signal.slice(0, 3), [null, null, 0.7 * 0.01 + 0.3 * -0.01], rounding());
  });

  test("the market itself has no excess", () => {
    const signal = momentumSignal(market, market, { ...momentumByHand, trendWeight: 0 });
    expectClose(signal, [null, null, 0, 0, 0, 0], bits);
  });
});

describe("volatility", () => {
  test("it is minus the z-score of the annualised volatility, times one more than its own volatility", () => {
    const x = column(0);
    const options = { volatilityWindow: 2, volOfVolWindow: 2, zScoreWindow: 3, periodsPerYear: 4 };
    const sigma = rollingStd(x, 2).map((v) => 2 * v);
    const [a, b, c] = [sigma[3]!, sigma[4]!, sigma[5]!];
    const average = (a + b + c) / 3;
    const spread = Math.sqrt(((a - average) ** 2 + (b - average) ** 2 + (c - average) ** 2) / 2);
    const unsteady = Math.abs(c - b) / Math.SQRT2;
    expectClose(volatilitySignal(x, options)[5]!, (-(c - average) / spread) * (1 + unsteady), rounding(10));
  });
});

describe("tail risk", () => {
  const x = [-0.04, 0.02, -0.01, 0.03, 0];

  test("the quantile form is −q₀₅ (q₉₅ + q₀₅) ÷ (q₉₅ − q₀₅)", () => {
    const signal = tailRiskSignal(x, { window: 5, tailProbability: 0.25 });
    // The quartiles of five values are the second and the fourth.
    expectClose(signal, [null, null, null, null, (0.01 * (0.02 - 0.01)) / (0.02 + 0.01)], rounding(4));
  });

  test("the shortfall form takes the mean of what lies beyond, the last value in part", () => {
    const signal = tailRiskSignal(x, { window: 5, tailProbability: 0.25, tail: "expected-shortfall" });
    // A quarter of five values is the worst and a quarter of the next.
    const shortfall = (-0.04 + 0.25 * -0.01) / 1.25;
    expectClose(signal[4]!, (-shortfall * 0.01) / 0.03, rounding(4));
  });

  test("a tail thinner than one value is the worst value", () => {
    const signal = tailRiskSignal(x, { window: 5, tailProbability: 0.1, tail: "expected-shortfall" });
    const low = -0.04 + 0.4 * 0.03;
    const high = 0.03 - 0.4 * 0.01;
    expectClose(signal[4]!, (0.04 * (high + low)) / (high - low), rounding(8));
  });
});

describe("beta", () => {
  test("a steady multiple of the market has minus that multiple", () => {
    const double = market.map((r) => 2 * r);
    const signal = betaSignal(double, market, { betaWindow: 2, stabilityWindow: 2 });
    expectClose(signal, [null, null, null, -2, -2, -2], rounding());
  });

  test("a market that does not vary leaves beta undefined", () => {
    const flat = market.map(() => 0.01);
    const signal = betaSignal(column(0), flat, { betaWindow: 2, stabilityWindow: 2 });
    expectClose(signal, [null, null, null, null, null, null], bits);
  });
});

describe("carry", () => {
  const prices = [100, 101, 104.03, 102.9897, 105.049494, 110.3019687];
  const dates = ["2021-01-01", "2021-01-04", "2021-01-05", "2021-01-06", "2021-01-07", "2021-12-31"];
  const short = { impliedWindow: 2, realizedWindow: 3, averageWindow: 2, periodsPerYear: 4 };
  const only = (part: string) => ({
    ...short,
    premiumWeight: 0,
    reversionWeight: 0,
    seasonalityWeight: 0,
    [part]: 1,
  });

  test("the variance premium is 1.2 times the short volatility less the long one", () => {
    const x = column(0);
    const brief = rollingStd(x, 2);
    const long = rollingStd(x, 3);
    const wanted = x.map((_, t) => 2 * (1.2 * brief[t]! - long[t]!));
    expectClose(carrySignal(prices, x, dates, only("premiumWeight")), wanted, rounding(4));
  });

  test("mean reversion is the distance below the average, as a fraction of it", () => {
    const signal = carrySignal(prices, column(0), dates, only("reversionWeight"));
    expectClose(signal.slice(0, 2), [null, -0.5 / 100.5], rounding(4), 0.005);
  });

  test("the season is the sine of the day of the year, in UTC, and a part of weight 0 is left out", () => {
    const wanted = [1, 4, 5, 6, 7, 365].map((day) => sin((2 * Math.PI * day) / 365));
    const epochs = dates.map((date) => Date.parse(date));
    for (const form of [dates, epochs, Float64Array.from(epochs), epochs.map((e) => new Date(e))]) {
      expectClose(carrySignal(prices, column(0), form, only("seasonalityWeight")), wanted, bits);
    }
  });

  test("a leap year has a 366th day; a time without a zone is UTC, one with a zone is brought to it", () => {
    const season = (date: string) => carrySignal([1], [Number.NaN], [date], only("seasonalityWeight"))[0];
    const dayOf = (day: number) => sin((2 * Math.PI * day) / 365);
    expect(season("2020-12-31")).toBe(dayOf(366));
    expect(season("2021-03-01T23:59:59")).toBe(dayOf(60));
    expect(season("2021-03-01 00:30")).toBe(dayOf(60));
    expect(season("2021-03-01T00:30:00+02:00")).toBe(dayOf(59));
    expect(season("1969-12-31")).toBe(dayOf(365));
    expect(season("0050-03-01")).toBe(dayOf(60));
  });

  test("the three parts add up by their weights", () => {
    const x = column(0);
    const part = (name: string) => carrySignal(prices, x, dates, only(name));
    const [premium, reversion, season] = ["premiumWeight", "reversionWeight", "seasonalityWeight"].map(part);
    const whole = carrySignal(prices, x, dates, short);
    const sum = whole.map((_, t) => 0.5 * premium![t]! + 0.3 * reversion![t]! + 0.2 * season![t]!);
    expectClose(whole, sum, bits);
  });
});

describe("every factor", () => {
  const prices = returns.map((_, t) => [100 + t * t, 50 - t]);
  const dates = returns.map((_, t) => `2021-02-0${t + 1}`);
  const brief = {
    volatility: { volatilityWindow: 2, volOfVolWindow: 2, zScoreWindow: 3 },
    tail: { window: 3 },
    beta: { betaWindow: 2, stabilityWindow: 2 },
    carry: { impliedWindow: 2, realizedWindow: 3, averageWindow: 2 },
  };
  const constant = new Array<number>(40).fill(0);

  test("each column of a panel answers as it would alone, the market being one vector for all", () => {
    const panels = [
      volatilitySignal(returns, brief.volatility),
      momentumSignal(returns, market, momentumByHand),
      tailRiskSignal(returns, brief.tail),
      tailRiskSignal(returns, { ...brief.tail, tail: "expected-shortfall" }),
      betaSignal(returns, market, brief.beta),
      carrySignal(prices, returns, dates, brief.carry),
    ];
    for (let j = 0; j < 2; j++) {
      const alone = [
        volatilitySignal(column(j), brief.volatility),
        momentumSignal(column(j), market, momentumByHand),
        tailRiskSignal(column(j), brief.tail),
        tailRiskSignal(column(j), { ...brief.tail, tail: "expected-shortfall" }),
        betaSignal(column(j), market, brief.beta),
        carrySignal(
          prices.map((row) => row[j]!),
          column(j),
          dates,
          brief.carry,
        ),
      ];
      alone.forEach((vector, i) => {
        expect(panels[i]).toBeInstanceOf(Matrix);
        expect(vector).toBeInstanceOf(Float64Array);
        expectClose(panels[i]!.column(j), vector, bits);
      });
    }
  });

  test("a Panel comes back as a Panel with its own times and names", () => {
    const panel = new Panel({ index: [1, 2, 3, 4, 5, 6], columns: ["A", "B"], values: returns });
    const signal: Panel = momentumSignal(panel, market, momentumByHand);
    expect(signal.columns).toEqual(["A", "B"]);
    expectClose(signal.column("B"), momentumSignal(column(1), market, momentumByHand), bits);
    expectClose(carrySignal(panel, panel, dates, brief.carry).index, [1, 2, 3, 4, 5, 6], bits);
  });

  test("the answer is written into out, and inputs are left as they were", () => {
    const input = Matrix.fromRows(returns);
    const out = new Matrix(6, 2);
    expect(momentumSignal(input, market, { ...momentumByHand, out })).toBe(out);
    expectClose(out, momentumSignal(returns, market, momentumByHand), bits);
    const vector = new Float64Array(6);
    expect(tailRiskSignal(column(0), { ...brief.tail, out: vector })).toBe(vector);
    expectClose(vector, tailRiskSignal(column(0), brief.tail), bits);
    expectClose(input, returns.flat(), bits);
  });

  test("constant prices give NaN where a denominator is 0 and never an infinity", () => {
    const settled = constant.map((_, t) => (t === 0 ? Number.NaN : 0));
    expectClose(volatilitySignal(settled, brief.volatility), settled.fill(Number.NaN), bits);
    expectClose(tailRiskSignal(constant, brief.tail), settled, bits);
    expectClose(tailRiskSignal(constant, { ...brief.tail, tail: "expected-shortfall" }), settled, bits);
    expectClose(betaSignal(constant, constant, brief.beta), settled, bits);
    const zeroPrices = carrySignal(
      constant,
      constant,
      constant.map((_, t) => t * 86_400_000),
      brief.carry,
    );
    expectClose(zeroPrices, settled, bits);
  });

  test("windows longer than the history are NaN throughout", () => {
    const NaNs = new Array<null>(12).fill(null);
    expectClose(volatilitySignal(returns), NaNs, bits);
    expectClose(momentumSignal(returns, market), NaNs, bits);
    expectClose(tailRiskSignal(returns), NaNs, bits);
    expectClose(tailRiskSignal(returns, { tail: "expected-shortfall" }), NaNs, bits);
    expectClose(betaSignal(returns, market), NaNs, bits);
    expectClose(carrySignal(prices, returns, dates), NaNs, bits);
  });
});

describe("misuse", () => {
  const dates = returns.map((_, t) => t);

  test("a market of another length is refused", () => {
    expect(() => momentumSignal(returns, [0.01])).toThrow("market must have 6 entries, got 1");
    expect(() => betaSignal(returns, new Float64Array(7))).toThrow("market must have 6 entries, got 7");
    expect(() => betaSignal(returns, returns as unknown as number[])).toThrow(
      "market[0] must be a number, got Array(2)",
    );
  });

  test("returns and dates that do not fit the prices are refused", () => {
    expect(() => carrySignal(returns, column(0), dates)).toThrow(
      "returns must have the shape of prices, 6×2, got 6×1",
    );
    expect(() => carrySignal(returns, returns, [1, 2])).toThrow("dates must have 6 entries, got 2");
    expect(() => carrySignal(returns, returns, undefined as unknown as number[])).toThrow(
      "dates must be a list of dates, got undefined",
    );
    for (const bad of ["2021-02-30", "yesterday", "2021-13-01", Number.NaN, new Date("?"), null]) {
      const list = ["2021-02-01", bad, 2, 3, 4, 5] as number[];
      expect(() => carrySignal(returns, returns, list)).toThrow(
        /^dates\[1\] must be an ISO date, a Date or epoch milliseconds, got /,
      );
    }
  });

  test("windows, weights and probabilities that cannot be are refused", () => {
    expect(() => volatilitySignal(returns, { volatilityWindow: 1 })).toThrow(
      "volatilityWindow must be an integer ≥ 2, got 1",
    );
    expect(() => volatilitySignal(returns, { periodsPerYear: 0 })).toThrow(
      "periodsPerYear must be positive and finite, got 0",
    );
    expect(() => momentumSignal(returns, market, { fastWindow: 0 })).toThrow(
      "fastWindow must be an integer ≥ 1, got 0",
    );
    expect(() => momentumSignal(returns, market, { excessWeight: Number.NaN })).toThrow(
      "excessWeight must be a finite number, got NaN",
    );
    expect(() => tailRiskSignal(returns, { tailProbability: 1.2 })).toThrow(
      "tailProbability must be strictly between 0 and 1, got 1.2",
    );
    expect(() => tailRiskSignal(returns, { tailProbability: 0.5 })).toThrow(
      "tailProbability must be below 0.5, got 0.5",
    );
    expect(() => tailRiskSignal(returns, { tail: "cvar" as "quantile" })).toThrow(
      "tail must be one of 'quantile', 'expected-shortfall', got \"cvar\"",
    );
    expect(() => betaSignal(returns, market, { stabilityWindow: 2.5 })).toThrow(
      "stabilityWindow must be an integer ≥ 2, got 2.5",
    );
    expect(() => carrySignal(returns, returns, dates, { seasonLength: -1 })).toThrow(
      "seasonLength must be positive and finite, got -1",
    );
  });

  test("an unknown option is refused with the nearest known name", () => {
    expect(() => betaSignal(returns, market, { betaWindw: 3 } as object)).toThrow(
      "unknown option 'betaWindw'; did you mean 'betaWindow'?",
    );
    expect(() => carrySignal(returns, returns, dates, { premiumWeigth: 3 } as object)).toThrow(
      "unknown option 'premiumWeigth'; did you mean 'premiumWeight'?",
    );
  });

  test("ragged returns and an out of another shape are refused", () => {
    expect(() => tailRiskSignal([[0.01, 0.02], [0.03]])).toThrow(
      "row 1 has 1 entries, expected 2 as in row 0",
    );
    expect(() => tailRiskSignal(returns, { out: new Matrix(6, 1) })).toThrow(
      "out must be a Matrix of 6×2, got 6×1",
    );
    expect(() => tailRiskSignal(column(0), { out: new Float64Array(5) })).toThrow(
      "out must be a Float64Array of 6 entries, got Float64Array(5)",
    );
  });
});
