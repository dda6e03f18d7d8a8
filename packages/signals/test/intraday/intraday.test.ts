import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  IntradayMomentum,
  IntradayVolatility,
  intradayMomentum,
  intradayVolatility,
  PriceAction,
  priceAction,
  Rsi,
  rsi,
  VwapDistance,
  vwapDistance,
} from "../../src/index.ts";

const NaN_ = Number.NaN;

describe("RSI", () => {
  test("is 100 when all rose, 0 when all fell, 50 when nothing moved", () => {
    expectClose(rsi([1, 2, 3], { period: 2 }), [NaN_, NaN_, 100], bits);
    expectClose(rsi([3, 2, 1], { period: 2 }), [NaN_, NaN_, 0], bits);
    expectClose(rsi([2, 2, 2], { period: 2 }), [NaN_, NaN_, 50], bits);
  });

  test("Wilder's begins with a plain average, Cutler's forgets, EWM's begins with the first change", () => {
    const close = [10, 12, 11, 11, 14];
    // Rises 2 0 0 3, falls 0 1 0 0, period 2.
    const index = (rise: number, fall: number) => 100 - 100 / (1 + rise / fall);
    const wilder = [NaN_, NaN_, index(1, 0.5), index(0.5, 0.25), index(1.75, 0.125)];
    expectClose(rsi(close, { period: 2 }), wilder, rounding());
    const cutler = [NaN_, NaN_, index(1, 0.5), index(0, 0.5), 100];
    expectClose(rsi(close, { period: 2, smoothing: "cutler" }), cutler, rounding());
    const ewm = [NaN_, NaN_, index(1, 0.5), index(0.5, 0.25), index(1.75, 0.125)];
    expectClose(rsi(close, { period: 2, smoothing: "ewm" }), ewm, rounding());
    expectClose(rsi(close, { period: 3 }).slice(3), [index(2 / 3, 1 / 3), index(13 / 9, 2 / 9)], rounding());
    const late = [index(8 / 9, 2 / 9), index(43 / 27, 4 / 27)];
    expectClose(rsi(close, { period: 3, smoothing: "ewm" }).slice(3), late, rounding());
  });

  test("a missing close has no index, and the next change is taken from the last one present", () => {
    const with_ = rsi([10, 12, NaN_, 11, 15], { period: 2 });
    const without = rsi([10, 12, 11, 15], { period: 2 });
    expectClose(with_, [without[0]!, without[1]!, NaN_, without[2]!, without[3]!], bits);
  });

  test("a period longer than history gives NaN alone", () => {
    expectClose(rsi([1, 2], { period: 14 }), [NaN_, NaN_], bits);
    expectClose(rsi([]), [], bits);
  });

  test("what cannot be is refused", () => {
    expect(() => rsi([1], { period: 0 })).toThrow("period must be an integer ≥ 1, got 0");
    expect(() => rsi([1], { smoothing: "sma" as "ewm" })).toThrow(
      "smoothing must be one of 'wilder', 'cutler', 'ewm', got \"sma\"",
    );
    expect(() => new Rsi().push("1" as unknown as number)).toThrow('close must be a number, got "1"');
    const { state } = new Rsi();
    expect(() => Rsi.from({ ...state, changes: 15 })).toThrow(
      "state.changes must be an integer ≥ 0 and ≤ 14, got 15",
    );
    expect(() => Rsi.from({ ...state, rise: -1 })).toThrow(
      "state.rise must be non-negative and finite, got -1",
    );
  });
});

describe("price action", () => {
  const bars = { high: [12, 14, 13], low: [10, 11, 13], close: [11.5, 14, 13] };

  test("is the mean of the close's places in its bar and in the range", () => {
    // Places in bars 0.5, 1, 0 (no range); in the range of two bars 10…14: 1, then 11…14: ⅓.
    expectClose(priceAction(bars, { window: 2 }), [NaN_, 1, 1 / 6], rounding());
    expectClose(priceAction(bars, { window: 2, barWeight: 1, rangeWeight: 0 }), [NaN_, 1, 0], bits);
  });

  test("a high below its low is refused by its place, in batch and stream", () => {
    expect(() => priceAction({ high: [1, 2], low: [1, 3], close: [1, 2] })).toThrow(
      "bars.high must not be below bars.low, got 2 and 3 in row 1, column 0",
    );
    expect(() => new PriceAction().push({ high: 1, low: 2, close: 1 })).toThrow(
      "bar.high must not be below bar.low, got 1 and 2",
    );
    expect(() => new PriceAction().push({ high: 1, close: 1 } as never)).toThrow(
      "bar.low must be a number, got undefined",
    );
    expect(() => priceAction({ ...bars, low: [1, 2] })).toThrow(
      "bars.low must have the shape of bars.close, 3×1, got 2×1",
    );
    expect(() => priceAction(null as never)).toThrow("bars must be an object of high, low, close, got null");
  });
});

describe("intraday momentum", () => {
  test("is the move over the window, NaN over a missing close or from 0", () => {
    expectClose(intradayMomentum([4, 5, 6, NaN_, 3], { window: 2 }), [NaN_, NaN_, 0.5, NaN_, -0.5], bits);
    expectClose(intradayMomentum([0, 5], { window: 1 }), [NaN_, NaN_], bits);
  });

  test("a state with more closes than the window is refused", () => {
    const { state } = new IntradayMomentum({ window: 1 });
    expect(() => IntradayMomentum.from({ ...state, closes: [1, 2] })).toThrow(
      "state.closes must be an array of at most 1 entries, got Array(2)",
    );
    expect(() => IntradayMomentum.from({ ...state, closes: ["1"] as never })).toThrow(
      'state.closes[0] must be a finite number or null, got "1"',
    );
  });
});

describe("intraday volatility", () => {
  const flat = { open: [5, 5, 5], high: [5, 5, 5], low: [5, 5, 5], close: [5, 5, 5] };

  test("of prices that do not move is 0 by every estimator", () => {
    for (const estimator of ["parkinson", "garman-klass", "rogers-satchell"] as const) {
      const options = { estimator, window: 2, periodsPerYear: 252 };
      expectClose(intradayVolatility(flat, options), [NaN_, 0, 0], bits);
    }
    for (const estimator of ["close-to-close", "yang-zhang"] as const) {
      const options = { estimator, window: 2, periodsPerYear: 252 };
      expectClose(intradayVolatility(flat, options), [NaN_, NaN_, 0], bits);
      expect(new IntradayVolatility(options).warmUp).toBe(3);
    }
  });

  test("Parkinson's of bars whose high is e times their low is √(1 ÷ (4 ln 2)) a bar", () => {
    const high = [Math.E, Math.E];
    const one = [1, 1];
    const options = { estimator: "parkinson", window: 2, periodsPerYear: 4 } as const;
    const [, last] = intradayVolatility({ open: one, high, low: one, close: one }, options);
    expectClose(last!, 2 * Math.sqrt(1 / (4 * Math.LN2)), rounding());
  });

  test("bars that contradict themselves have no volatility, and a year is required", () => {
    const odd = { open: [1, 1], high: [1, 1], low: [1, 1], close: [2, 2] };
    const options = { estimator: "garman-klass", window: 2, periodsPerYear: 252 } as const;
    expectClose(intradayVolatility(odd, options), [NaN_, NaN_], bits);
    expect(() => intradayVolatility(flat, {} as never)).toThrow(
      "periodsPerYear must be positive and finite, got undefined",
    );
    expect(() => intradayVolatility(flat, { ...options, estimator: "garch" as never })).toThrow(
      /^estimator must be one of 'close-to-close', 'parkinson'/,
    );
  });
});

describe("distance from VWAP", () => {
  const bars = { close: [10, 11, 12, 9], volume: [1, 1, 2, 5] };

  test("begins anew with each session of the zone, over a change of its clocks", () => {
    // New York put its clocks forward on 2024-03-10: midnight moved from 05:00 to 04:00 UTC.
    const times = ["2024-03-10T04:59Z", "2024-03-10T05:00Z", "2024-03-11T03:59Z", "2024-03-11T04:00Z"];
    const vwap = [10, 11, (11 + 24) / 3, 9];
    const wanted = vwap.map((v, t) => bars.close[t]! / v - 1);
    expectClose(vwapDistance(bars, times, { timeZone: "America/New_York" }), wanted, rounding(), 1);
    // And back on 2024-11-03: from 04:00 to 05:00 UTC.
    const autumn = ["2024-11-03T03:59Z", "2024-11-03T04:00Z", "2024-11-04T04:59Z", "2024-11-04T05:00Z"];
    expectClose(vwapDistance(bars, autumn, { timeZone: "America/New_York" }), wanted, rounding(), 1);
  });

  test("a bar on the border belongs to the session that its name says, and a session may begin at any time", () => {
    const times = ["2024-05-01T17:59Z", "2024-05-01T18:00Z", "2024-05-01T19:00Z", "2024-05-02T18:00Z"];
    const anew = (closed: "left" | "right") => {
      const distances = vwapDistance(bars, times, { dayStart: "18:00", closed });
      return Array.from(distances, (distance) => distance === 0);
    };
    expect(anew("left")).toEqual([true, true, false, true]);
    expect(anew("right")).toEqual([true, false, true, false]);
  });

  test("NaN until the session has traded; a bar of which a part is missing leaves the average as it was", () => {
    const times = [1, 2, 3, 4];
    const odd = { close: [10, NaN_, 12, 12], volume: [0, 5, 1, 1] };
    expectClose(vwapDistance(odd, times), [NaN_, NaN_, 0, 0], bits);
  });

  test("offsets given for a zone serve as well as its name", () => {
    const timeZone = { transitions: [], offsets: [3_600_000] };
    const times = ["2024-05-01T22:59Z", "2024-05-01T23:00Z", "2024-05-01T23:01Z", "2024-05-01T23:02Z"];
    expect(vwapDistance(bars, times, { timeZone })[1]).toBe(0);
    const stream = VwapDistance.from(JSON.parse(JSON.stringify(new VwapDistance({ timeZone }).state)));
    stream.push({ close: 10, volume: 1 }, times[0]!);
    expect(stream.push({ close: 11, volume: 1 }, times[1]!)).toBe(0);
  });

  test("what cannot be is refused", () => {
    const times = [1, 2, 3, 4];
    expect(() => vwapDistance({ ...bars, volume: [1, -1, 1, 1] }, times)).toThrow(
      "bars.volume must not be negative, got -1 in row 1, column 0",
    );
    expect(() => vwapDistance({ ...bars, high: [1, 1, 1, 1] }, times)).toThrow(
      "bars must have high and low both, or neither; low is missing",
    );
    expect(() => vwapDistance(bars, [1, 2, 2, 3])).toThrow("times[2] must be later than the date before it");
    expect(() => vwapDistance(bars, times, { timeZone: "Mars" })).toThrow(
      'timeZone must be an IANA zone such as "America/New_York", got "Mars"',
    );
    expect(() => vwapDistance(bars, times, { dayStart: "9:30" })).toThrow(
      'dayStart must be a time of day such as "09:30", got "9:30"',
    );
    const { state } = new VwapDistance();
    expect(() => VwapDistance.from({ ...state, volume: -1 })).toThrow(
      "state.volume must be non-negative and finite, got -1",
    );
    expect(() => VwapDistance.from({ ...state, dayStart: "25:00" })).toThrow(
      /^state\.dayStart must be a time of day/,
    );
  });
});
