import { Matrix } from "@astra-quant/core-linalg";
import { bits, describeStream, expectClose } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Bar,
  IntradayMomentum,
  IntradayVolatility,
  intradayMomentum,
  intradayVolatility,
  PriceAction,
  priceAction,
  Rsi,
  rsi,
  rsiSignal,
  VwapDistance,
  vwapDistance,
} from "../../src/index.ts";

const HOUR = 3_600_000;

/** Few prices, so that some stay where they are; now and then one is missing or cannot be. */
const close = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 90, max: 110 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0, -0, 1e308, -1e308, Number.POSITIVE_INFINITY) },
);
const closes = fc.array(close, { maxLength: 50 });
const bar: fc.Arbitrary<Bar & { volume: number }> = fc
  .tuple(close, close, fc.nat({ max: 4 }), fc.nat({ max: 4 }), fc.nat({ max: 3 }))
  .map(([open, last, up, down, volume]) => {
    const high = Math.max(open, last) + up;
    const low = Math.min(open, last) - down;
    return { open, high, low, close: last, volume };
  });
const bars = fc.array(bar, { maxLength: 50 });
const part = (list: readonly Bar[], name: keyof Bar): number[] => list.map((one) => one[name]);
const parts = (list: readonly Bar[]) => ({
  open: part(list, "open"),
  high: part(list, "high"),
  low: part(list, "low"),
  close: part(list, "close"),
});
const column = (signal: Float64Array): number[][] => Array.from(signal, (value) => [value]);

for (const smoothing of ["wilder", "cutler", "ewm"] as const) {
  for (const period of [1, 4]) {
    describeStream<Rsi, number>({
      name: `Rsi (${smoothing}, period ${period})`,
      inputs: closes,
      create: () => new Rsi({ period, smoothing }),
      push: (stream, price) => [stream.push(price)],
      batch: (inputs) => column(rsi(inputs, { period, smoothing })),
      state: (stream) => stream.state,
      resume: (state) => Rsi.from(state as Rsi["state"]),
    });
  }
}

describeStream<IntradayMomentum, number>({
  name: "IntradayMomentum",
  inputs: closes,
  create: () => new IntradayMomentum({ window: 3 }),
  push: (stream, price) => [stream.push(price)],
  batch: (inputs) => column(intradayMomentum(inputs, { window: 3 })),
  state: (stream) => stream.state,
  resume: (state) => IntradayMomentum.from(state as IntradayMomentum["state"]),
});

describeStream<PriceAction, Bar>({
  name: "PriceAction",
  inputs: bars,
  create: () => new PriceAction({ window: 4, rangeWeight: 0.8 }),
  push: (stream, one) => [stream.push(one)],
  batch: (inputs) => column(priceAction(parts(inputs), { window: 4, rangeWeight: 0.8 })),
  state: (stream) => stream.state,
  resume: (state) => PriceAction.from(state as PriceAction["state"]),
});

for (const estimator of [
  "close-to-close",
  "parkinson",
  "garman-klass",
  "rogers-satchell",
  "yang-zhang",
] as const) {
  const options = { estimator, window: 3, periodsPerYear: 252 };
  describeStream<IntradayVolatility, Bar>({
    name: `IntradayVolatility (${estimator})`,
    inputs: bars,
    create: () => new IntradayVolatility(options),
    push: (stream, one) => [stream.push(one)],
    batch: (inputs) => column(intradayVolatility(parts(inputs), options)),
    state: (stream) => stream.state,
    resume: (state) => IntradayVolatility.from(state as IntradayVolatility["state"]),
  });
}

const sessions = { timeZone: "America/New_York", dayStart: "18:00", closed: "right" } as const;
const timed = fc
  .tuple(fc.array(fc.tuple(bar, fc.integer({ min: 1, max: 30 })), { maxLength: 50 }), fc.nat({ max: 20_000 }))
  .map(([list, day]) => {
    let hour = 24 * day;
    return list.map(([one, pause]) => {
      hour += pause;
      return { ...one, time: hour * HOUR };
    });
  });
describeStream<VwapDistance, Bar & { volume: number; time: number }>({
  name: "VwapDistance",
  inputs: timed,
  create: () => new VwapDistance(sessions),
  push: (stream, { time, ...one }) => [stream.push(one, time)],
  batch: (inputs) => {
    const times = inputs.map(({ time }) => time);
    const volume = inputs.map((one) => one.volume);
    return column(vwapDistance({ ...parts(inputs), volume }, times, sessions));
  },
  state: (stream) => stream.state,
  resume: (state) => VwapDistance.from(state as VwapDistance["state"]),
});

describe("laws of intraday signals", () => {
  test("RSI lies in [0, 100] and its signal in [−1, 1]", () => {
    fc.assert(
      fc.property(
        closes,
        fc.constantFrom("wilder" as const, "cutler" as const, "ewm" as const),
        (x, smoothing) => {
          const index = rsi(x, { period: 3, smoothing });
          const signal = rsiSignal(x, { period: 3, smoothing });
          index.forEach((value, t) => {
            expect(Number.isNaN(value) || (value >= 0 && value <= 100)).toBe(true);
            expect(Object.is(signal[t], (50 - value) / 50)).toBe(true);
          });
        },
      ),
    );
  });

  test("assets do not see each other, and the future does not reach back", () => {
    const two = fc.array(fc.tuple(bar, bar), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(two, fc.nat(), (rows, seed) => {
        const table = (name: keyof Bar | "volume"): Matrix =>
          Matrix.fromRows(rows.map(([a, b]) => [a[name], b[name]]));
        const names = ["open", "high", "low", "close", "volume"] as const;
        const both = Object.fromEntries(names.map((name) => [name, table(name)])) as Record<
          (typeof names)[number],
          Matrix
        >;
        const times = rows.map((_, t) => 7 * t * HOUR);
        const cut = 1 + (seed % rows.length);
        const signals = [
          (x: typeof both) => rsi(x.close, { period: 2 }),
          (x: typeof both) => intradayMomentum(x.close, { window: 2 }),
          (x: typeof both) => priceAction(x, { window: 3 }),
          (x: typeof both) => intradayVolatility(x, { window: 2, periodsPerYear: 252 }),
          (x: typeof both) => vwapDistance(x, times.slice(0, x.close.rows)),
        ];
        const pick = (choose: (x: Matrix) => Matrix) =>
          Object.fromEntries(names.map((name) => [name, choose(both[name])])) as typeof both;
        const second = pick((x) => new Matrix(x.rows, 1, x.column(1)));
        const past = pick((x) => new Matrix(cut, 2, x.data.slice(0, 2 * cut)));
        for (const signal of signals) {
          const whole = signal(both);
          expectClose(signal(second).column(0), whole.column(1), bits);
          expectClose(signal(past).data, whole.data.slice(0, 2 * cut), bits);
          expect(whole.data.every((v) => Number.isFinite(v) || Number.isNaN(v))).toBe(true);
        }
      }),
    );
  });
});
