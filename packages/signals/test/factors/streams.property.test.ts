import { describeStream, price, simpleReturn } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BetaSignal,
  betaSignal,
  CarrySignal,
  carryParts,
  carrySignal,
  MomentumSignal,
  momentumSignal,
  TailRiskSignal,
  tailRiskSignal,
  VolatilitySignal,
  volatilitySignal,
} from "../../src/index.ts";

const DAY = 86_400_000;

/** Every eighth return or so is missing, zero, or beyond all measure. */
const someReturn = fc.oneof(
  { weight: 14, arbitrary: simpleReturn },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0, -0, 1e300, Number.POSITIVE_INFINITY) },
);
const returns = fc.array(someReturn, { maxLength: 60 });
const pairs = fc.array(fc.tuple(someReturn, someReturn), { maxLength: 60 });
const somePrice = fc.oneof(
  { weight: 9, arbitrary: price },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const bars = fc
  .tuple(fc.array(fc.tuple(somePrice, someReturn), { maxLength: 60 }), fc.integer({ min: 0, max: 20_000 }))
  .map(([rows, day]) => rows.map(([p, r], t) => [p, r, (day + t) * DAY] as const));

const column = (signal: Float64Array): number[][] => Array.from(signal, (value) => [value]);
const at = <Row extends readonly number[]>(rows: readonly Row[], j: number): number[] =>
  rows.map((row) => row[j]!);

const volatility = { volatilityWindow: 3, volOfVolWindow: 2, zScoreWindow: 5, periodsPerYear: 365 };
describeStream<VolatilitySignal, number>({
  name: "VolatilitySignal",
  inputs: returns,
  create: () => new VolatilitySignal(volatility),
  push: (stream, r) => [stream.push(r)],
  batch: (inputs) => column(volatilitySignal(inputs, volatility)),
  state: (stream) => stream.state,
  resume: (state) => VolatilitySignal.from(state as VolatilitySignal["state"]),
});

const momentum = { fastWindow: 3, slowWindow: 7, excessWeight: 0.4, trendWeight: -0.2 };
describeStream<MomentumSignal, readonly [number, number]>({
  name: "MomentumSignal",
  inputs: pairs,
  create: () => new MomentumSignal(momentum),
  push: (stream, [r, m]) => [stream.push(r, m)],
  batch: (inputs) => column(momentumSignal(at(inputs, 0), at(inputs, 1), momentum)),
  state: (stream) => stream.state,
  resume: (state) => MomentumSignal.from(state as MomentumSignal["state"]),
});

for (const tail of ["quantile", "expected-shortfall"] as const) {
  for (const window of [1, 7]) {
    const options = { window, tailProbability: 0.2, tail };
    describeStream<TailRiskSignal, number>({
      name: `TailRiskSignal (${tail}, window ${window})`,
      inputs: returns,
      create: () => new TailRiskSignal(options),
      push: (stream, r) => [stream.push(r)],
      batch: (inputs) => column(tailRiskSignal(inputs, options)),
      state: (stream) => stream.state,
      resume: (state) => TailRiskSignal.from(state as TailRiskSignal["state"]),
    });
  }
}

const beta = { betaWindow: 4, stabilityWindow: 3 };
describeStream<BetaSignal, readonly [number, number]>({
  name: "BetaSignal",
  inputs: pairs,
  create: () => new BetaSignal(beta),
  push: (stream, [r, m]) => [stream.push(r, m)],
  batch: (inputs) => column(betaSignal(at(inputs, 0), at(inputs, 1), beta)),
  state: (stream) => stream.state,
  resume: (state) => BetaSignal.from(state as BetaSignal["state"]),
});

const parts = { impliedWindow: 2, realizedWindow: 4, averageWindow: 5 };
for (const seasonalityWeight of [0.2, 0]) {
  const options = { ...parts, seasonalityWeight };
  describeStream<CarrySignal, readonly [number, number, number]>({
    name: `CarrySignal, season of weight ${seasonalityWeight}`,
    inputs: bars,
    create: () => new CarrySignal(options),
    push: (stream, [p, r, date]) => [stream.push(p, r, date)],
    batch: (inputs) => column(carrySignal(at(inputs, 0), at(inputs, 1), at(inputs, 2), options)),
    state: (stream) => stream.state,
    resume: (state) => CarrySignal.from(state as CarrySignal["state"]),
  });
}

describeStream<CarrySignal, readonly [number, number, number]>({
  name: "the parts of CarrySignal",
  inputs: bars,
  create: () => new CarrySignal(parts),
  push: (stream, [p, r, date]) => Object.values(stream.pushParts(p, r, date)),
  batch: (inputs) => {
    const { variancePremium, meanReversion, seasonality } = carryParts(
      at(inputs, 0),
      at(inputs, 1),
      at(inputs, 2),
      parts,
    );
    return inputs.map((_, t) => [variancePremium[t]!, meanReversion[t]!, seasonality[t]!]);
  },
  state: (stream) => stream.state,
  resume: (state) => CarrySignal.from(state as CarrySignal["state"]),
});

describe("a factor is a number or it is missing", () => {
  const wild = fc.array(
    fc.oneof(fc.double(), fc.constantFrom(1e308, -1e308, 5e-324, -0, 0, Number.NEGATIVE_INFINITY)),
    { maxLength: 30 },
  );
  const bounded = (signal: Float64Array): void =>
    expect(signal.every((v) => Number.isFinite(v) || Number.isNaN(v))).toBe(true);

  test("no return, however large or small, makes an infinity", () => {
    fc.assert(
      fc.property(wild, (x) => {
        const dates = x.map((_, t) => t);
        const weights = { excessWeight: 1e300, trendWeight: 1e300, fastWindow: 1, slowWindow: 2 };
        bounded(volatilitySignal(x, volatility));
        bounded(momentumSignal(x, x.toReversed(), weights));
        for (const tail of ["quantile", "expected-shortfall"] as const)
          bounded(tailRiskSignal(x, { window: 3, tail }));
        bounded(betaSignal(x, x.toReversed(), { betaWindow: 2, stabilityWindow: 2 }));
        bounded(carrySignal(x, x, dates, { ...parts, premiumWeight: 1e300, averageWindow: 1 }));
        for (const part of Object.values(carryParts(x, x, dates, parts))) bounded(part);
      }),
    );
  });
});
