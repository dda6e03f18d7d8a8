import { Matrix, Panel } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fuseTimeframes } from "../../src/index.ts";

const nan = Number.NaN;

describe("fusion of timeframes", () => {
  test("is 0.7 daily and 0.3 hourly, with confidence by agreement", () => {
    const { signal, confidence } = fuseTimeframes({ daily: [1, 1, 0, nan, nan], hourly: [1, -1, 2, 2, nan] });
    expectClose(signal, [1, 0.4, 0.6, 2, nan], rounding());
    expectClose(confidence, [1, 0, 0.5, 0.5, nan], bits);
  });

  test("a missing timeframe may be taken for silent, or for missing", () => {
    const frames = { daily: [nan], hourly: [2] };
    expectClose(fuseTimeframes(frames, { missing: "silent" }).signal, [0.6], rounding());
    expectClose(fuseTimeframes(frames, { missing: "missing" }).signal, [nan], bits);
  });

  const hour = 3_600_000;
  const panel = (index: number[], values: number[]) =>
    new Panel({ index, columns: ["A"], values: new Matrix(values.length, 1, Float64Array.from(values)) });
  const hourly = panel(
    [9, 10, 33, 34, 57].map((h) => h * hour + hour / 2),
    [1, 1, 1, 1, 1],
  );

  test("an hour takes the last daily bar that was complete", () => {
    const closes = panel(
      [16, 40].map((h) => h * hour),
      [5, 7],
    );
    const { signal } = fuseTimeframes({ daily: closes, hourly }, { weights: { daily: 1, hourly: 1e-300 } });
    expectClose(signal.values.data, [1, 1, 5, 5, 7], rounding());
  });

  test("a bar labelled at its start is known when the next begins, and the last one never", () => {
    const days = panel(
      [0, 24, 48].map((h) => h * hour),
      [5, 7, 9],
    );
    const weights = { daily: 1, hourly: 1e-300 };
    const { signal } = fuseTimeframes({ daily: days, hourly }, { weights, labels: { daily: "start" } });
    expectClose(signal.values.data, [1, 1, 5, 5, 7], rounding());
  });

  test("over a change of clocks each hour takes the day before, by the time that it is and not by its name", () => {
    const day = (d: number) => Date.UTC(2024, 2, d); // New York's clocks change on Sunday 10 March
    const days = panel([day(7), day(8), day(11), day(12)], [1, 2, 3, 4]);
    const opens = [day(8) + 14.5 * hour, day(11) + 13.5 * hour, day(12) + 13.5 * hour]; // 09:30 in New York
    const closes = [day(8) + 21 * hour, day(11) + 20 * hour, day(12) + 20 * hour]; // 16:00
    const index = [0, 1, 2].flatMap((k) => [opens[k]!, closes[k]!]);
    const { signal } = fuseTimeframes(
      { daily: days, hourly: panel(index, Array(6).fill(0)) },
      { labels: { daily: "start" } },
    );
    expectClose(signal.values.data, [0.7, 0.7, 1.4, 1.4, 2.1, 2.1], rounding());
  });

  test("midnight times do not say which they are, so they must be told", () => {
    const days = panel(
      [0, 24].map((h) => h * hour),
      [5, 7],
    );
    expect(() => fuseTimeframes({ daily: days, hourly })).toThrow(
      "labels.daily must be given, 'start' or 'end'",
    );
    expect(fuseTimeframes({ daily: days, hourly }, { labels: { daily: "end" } }).signal.index).toEqual(
      hourly.index,
    );
  });

  test("cutting off the future changes nothing before", () => {
    const closes = panel(
      [16, 40, 64].map((h) => h * hour),
      [5, 7, 9],
    );
    const whole = fuseTimeframes({ daily: closes, hourly }).signal.values.data;
    const past = panel(Array.from(hourly.index.slice(0, 3)), [1, 1, 1]);
    const cut = fuseTimeframes({ daily: panel([16 * hour], [5]), hourly: past }).signal.values.data;
    expectClose(whole.slice(0, 3), cut, bits);
  });

  test("an old bar may be too old", () => {
    const closes = panel([16 * hour], [5]);
    const { confidence } = fuseTimeframes({ daily: closes, hourly }, { maxAge: { daily: 18 * hour } });
    expectClose(confidence.values.data, [0.5, 0.5, 0.6, 0.5, 0.5], rounding());
  });

  test("three timeframes agree by pairs", () => {
    const weights = { a: 1, b: 1, c: 2 };
    const { signal, confidence } = fuseTimeframes({ a: [1], b: [1], c: [-1] }, { weights });
    expectClose(signal, [0], bits);
    expectClose(confidence, [0.2], rounding()); // pairs 1·1 at 1, twice 1·2 at 0
  });

  test("confidence is in [0, 1] and knows no scale and no order", () => {
    const x = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(x, x, (d, h) => {
        const of = (a: number, b: number) => fuseTimeframes({ daily: [a], hourly: [b] }).confidence[0]!;
        expect(of(d, h)).toBe(of(h, d));
        expect(of(d, h)).toBe(of(2 * d, 2 * h));
        expect(of(d, h) >= 0 && of(d, h) <= 1).toBe(true);
      }),
    );
  });

  test("misuse is refused by name", () => {
    expect(() => fuseTimeframes({ daily: [1] })).toThrow("timeframes must be at least two, got 1");
    expect(() => fuseTimeframes({ a: [1], b: [1] })).toThrow("weights.a must be given");
    expect(() => fuseTimeframes({ daily: [1], hourly: [1, 2] })).toThrow(
      "daily must have the shape of hourly",
    );
  });
});
