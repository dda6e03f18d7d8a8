import { createRandom, Matrix, Panel, simpleReturns } from "@astra-quant/core-linalg";
import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  crossSectionalScores,
  evaluateSignals,
  externalSignal,
  factorSignals,
  intradayVolatility,
  lookAheadProof,
  type MarketData,
  marketDataOf,
  momentumSignal,
  rsi,
  type Signal,
  signalCoverage,
  timeSeriesScores,
  vwapDistance,
} from "../../src/index.ts";

const NaN_ = Number.NaN;
const DAY = 86_400_000;
const ROWS = 40;
const random = createRandom("signals");
const levels = new Matrix(ROWS, 3);
for (let k = 0; k < levels.data.length; k++) {
  levels.data[k] = k < 3 ? 50 : levels.data[k - 3]! * (1 + 0.01 * random.normal());
}
const prices = new Panel({
  index: Array.from({ length: ROWS }, (_, t) => t * DAY),
  columns: ["ALPHA", "BRAVO", "SPY"],
  values: levels,
});
const data: MarketData = marketDataOf(prices, "SPY");
const short = {
  volatility: { volatilityWindow: 3, volOfVolWindow: 3, zScoreWindow: 5 },
  momentum: { fastWindow: 3, slowWindow: 6 },
  tailRisk: { window: 8, tailProbability: 0.2 },
  beta: { betaWindow: 5, stabilityWindow: 3 },
  carry: { impliedWindow: 3, realizedWindow: 5, averageWindow: 7 },
};

describe("signals", () => {
  test("the five factors are evaluated by name on the times and assets of the prices", () => {
    const panels = evaluateSignals(factorSignals(short), data);
    expect(Object.keys(panels)).toEqual(["volatility", "momentum", "tailRisk", "beta", "carry"]);
    for (const [name, panel] of Object.entries(panels)) {
      expect(panel.columns).toEqual(["ALPHA", "BRAVO"]);
      const { warmUp } = factorSignals(short).find((signal) => signal.name === name)!;
      expect(signalCoverage(panel).assets.map(({ firstRow }) => firstRow)).toEqual([warmUp, warmUp]);
    }
    const momentum = momentumSignal(data.returns, data.market, short.momentum);
    expectClose(panels.momentum!.values, momentum.values, bits);
  });

  test("a user's own joins them", () => {
    const reversal: Signal = {
      name: "reversal",
      evaluate: ({ returns }) => returns.values.data.map((r) => -r),
    };
    const own: Signal = {
      name: "reversal",
      evaluate: ({ returns }) =>
        new Matrix(
          ROWS,
          2,
          returns.values.data.map((r) => -r),
        ),
    };
    expect(evaluateSignals([own], data).reversal!.values.get(5, 1)).toBe(-data.returns.values.get(5, 1));
    expect(() => evaluateSignals([reversal], data)).toThrow(
      'signal "reversal" must have the shape of prices, 40×2, got 80×1',
    );
    expect(() => evaluateSignals([own, own], data)).toThrow('signal name "reversal" occurs twice');
  });
});

describe("scores from elsewhere", () => {
  const scores = [
    { asset: "BRAVO", asOf: "1970-01-03T12:00Z", score: 2 },
    { asset: "BRAVO", asOf: "1970-01-02", score: 1 },
    { asset: "BRAVO", asOf: new Date(6 * DAY), score: NaN_ },
    { asset: "OTHER", asOf: 0, score: 9 },
  ];
  const bravo = (options: object) => {
    const { values } = externalSignal(scores, { name: "model", ...options }).evaluate(data) as Panel;
    expect(values.column(0).every(Number.isNaN)).toBe(true);
    return values.column(1).slice(0, 8);
  };

  test("are known from their date on, never before, until the next one or a withdrawal", () => {
    expectClose(bravo({}), [NaN_, 1, 1, 2, 2, 2, NaN_, NaN_], bits);
  });

  test("a delay makes them known later, an age lets them expire", () => {
    expectClose(bravo({ delay: DAY }), [NaN_, NaN_, 1, 1, 2, 2, 2, NaN_], bits);
    expectClose(bravo({ maxAge: DAY }), [NaN_, 1, 1, 2, NaN_, NaN_, NaN_, NaN_], bits);
  });

  test("pass the look-ahead proof as any signal does", () => {
    expect(lookAheadProof(externalSignal(scores, { name: "model" }), data, { cuts: "all" }).clean).toBe(true);
  });

  test("that cannot be are refused by their place", () => {
    const refused = (entry: object) => () => externalSignal([entry as never], { name: "model" });
    expect(refused({ asset: 1 })).toThrow("scores[0].asset must be a name, got 1");
    expect(refused({ asset: "A", asOf: 0, score: "1" })).toThrow(
      'scores[0].score must be a finite number or NaN, got "1"',
    );
    expect(refused({ asset: "A", asOf: "soon", score: 1 })).toThrow(/^scores\[0\]\.asOf must be an ISO date/);
    const twice = [0, 0].map((asOf) => ({ asset: "A", asOf, score: 1 }));
    expect(() => externalSignal(twice, { name: "model" })).toThrow(
      'scores must say one thing at a time: "A" has two as of 1970-01-01T00:00:00.000Z',
    );
    expect(() => externalSignal([], { name: "model", delay: -1 })).toThrow(
      "delay must be non-negative and finite, got -1",
    );
  });
});

describe("coverage", () => {
  test("a history shorter than the windows is noted, with what it would need", () => {
    const momentum = momentumSignal(data.returns, data.market);
    const { notes, assets } = signalCoverage(momentum, { warmUp: 60 });
    expect(notes).toEqual([
      "ALPHA has no answer in 40 rows: the first needs 60 returns, 39 are there",
      "BRAVO has no answer in 40 rows: the first needs 60 returns, 39 are there",
    ]);
    expect(assets[0]).toEqual({ asset: "ALPHA", firstRow: null, answers: 0, holes: 0 });
  });

  test("a history that is one return short is noted, one that is long enough is not", () => {
    const short = new Float64Array(20).fill(NaN_);
    expect(signalCoverage(short, { warmUp: 20 }).notes).toEqual([
      "column 0 has no answer in 20 rows: the first needs 20 returns, 19 are there",
    ]);
    expect(signalCoverage(short, { warmUp: 19 }).notes).toEqual(["column 0 has no answer in 20 rows"]);
  });

  test("holes are counted", () => {
    expect(signalCoverage([NaN_, 1, NaN_, 2])).toEqual({
      rows: 4,
      assets: [{ asset: "0", firstRow: 1, answers: 2, holes: 1 }],
      notes: ["column 0 has no answer in 1 row after its first"],
    });
  });
});

describe("the look-ahead proof", () => {
  test("finds the five factors clean at every row", () => {
    for (const signal of factorSignals(short)) {
      const proof = lookAheadProof(signal, data, { cuts: "all" });
      expect(proof).toMatchObject({ clean: true, firstOffendingRow: null, probes: 2 * (ROWS - 1) });
      expect(proof.reason).toBe("no row changed with its future in 78 histories");
    }
  });

  test("finds intraday signals and scores along time and across assets clean", () => {
    const bars = { open: levels, high: levels, low: levels, close: levels, volume: levels };
    const times = prices.index;
    const clean = (signal: (x: typeof bars & { times: Float64Array }) => Matrix) =>
      expect(lookAheadProof(signal, { ...bars, times }, { cuts: "all" }).reason).toMatch(/^no row/);
    clean(({ close }) => rsi(close, { period: 3 }));
    clean((x) => intradayVolatility(x, { window: 3, periodsPerYear: 252 }));
    clean(({ times: known, close, volume }) => vwapDistance({ close, volume }, known));
    clean(({ close }) => crossSectionalScores(close));
    clean(({ close }) => timeSeriesScores(close, { over: "expanding", minPeriods: 2 }));
  });

  test("names the first row that knows tomorrow's return", () => {
    const tomorrow = (x: Float64Array) => x.map((_, t) => x[t + 1] ?? NaN_);
    const returns = simpleReturns(prices.column("ALPHA"), { firstRow: "nan" });
    expect(lookAheadProof(tomorrow, returns, { cuts: "all" })).toMatchObject({
      clean: false,
      firstOffendingRow: 0,
      column: 0,
      probe: "truncation",
      cut: 1,
      before: returns[1],
      after: NaN_,
    });
  });

  test("names the first row of a leak that begins late", () => {
    const leak = (x: Float64Array) => x.map((value, t) => (t < 25 ? value : (x[t + 3] ?? value)));
    const proof = lookAheadProof(leak, prices.column("ALPHA"), { cuts: "all" });
    expect(proof).toMatchObject({ clean: false, firstOffendingRow: 25, cut: 26 });
    expect(proof.reason).toMatch(
      /^row 25, column 0 went from .* to .* when the rows from 26 on were cut off$/,
    );
  });

  test("a full-sample mean gives every row away, by few cuts too", () => {
    const demeaned = (x: Float64Array) => x.map((value) => value - x.reduce((a, b) => a + b, 0) / x.length);
    expect(lookAheadProof(demeaned, prices.column("ALPHA"))).toMatchObject({
      clean: false,
      firstOffendingRow: 0,
    });
  });

  test("another future finds what a shorter one hides: an answer that turns on the last row, once it is there", () => {
    const close = prices.column("ALPHA");
    const last = close[ROWS - 1];
    const peek = (x: Float64Array) =>
      x.map((value) => (x.length < ROWS || x[ROWS - 1] === last ? value : -value));
    const proof = lookAheadProof(peek, close);
    expect(proof).toMatchObject({ clean: false, firstOffendingRow: 0, probe: "perturbation", cut: 1 });
    expect(proof.reason).toMatch(/when the rows from 1 on were other numbers$/);
  });

  test("data in any form are cut in rows and handed on in their form, all else as it is", () => {
    const seen: unknown[] = [];
    const known = {
      panel: prices,
      nested: { rows: levels.toRows(), days: Array.from(prices.index, String) },
      dates: Array.from(prices.index, (time) => new Date(time)),
      options: { window: 3 },
      name: "as is",
    };
    lookAheadProof(
      (x: typeof known) => {
        seen.push([x.panel.rows, x.nested.rows.length, x.dates.length, x.options.window, x.name]);
        return x.panel.values;
      },
      known,
      { cuts: 1 },
    );
    expect(seen).toEqual([
      [40, 40, 40, 3, "as is"],
      [39, 39, 39, 3, "as is"],
      [40, 40, 40, 3, "as is"],
    ]);
  });

  test("another future begins at the cut and leaves the past as it was", () => {
    const asked: number[][] = [];
    const proof = lookAheadProof(
      (x: Float64Array) => {
        asked.push(Array.from(x));
        return x;
      },
      Float64Array.of(1, 2, 3, 2),
      { cuts: 1, shortest: 2 },
    );
    const [whole, cut, other] = asked;
    expect([proof.clean, whole, cut]).toEqual([true, [1, 2, 3, 2], [1, 2, 3]]);
    expect(other!.slice(0, 3)).toEqual([1, 2, 3]);
    expect(other![3]).not.toBe(2);
    expect(other![3]! / 2).toBeGreaterThanOrEqual(0.5);
    expect(other![3]! / 2).toBeLessThan(1.5);
  });

  test("an answer without a row for each row is refused", () => {
    expect(() =>
      lookAheadProof((x: Float64Array) => (x.length > 3 ? x : x.slice(1)), new Float64Array(4)),
    ).toThrow("the signal must answer 1 rows of data with 1×1, got 0×1");
    expect(() => lookAheadProof((x: Float64Array) => x, [1, 2] as never, { cuts: 0 })).toThrow(
      "cuts must be an integer ≥ 1, got 0",
    );
  });
});
