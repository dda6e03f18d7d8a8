import { bits, describeStream, expectClose, price, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyBuffer,
  bufferedPositions,
  convictionWeight,
  decayedPositions,
  decayPosition,
  kellyFraction,
  liquidityCap,
  PositionBuffer,
  PositionDecay,
  type SizingInputs,
  scaleToBuyingPower,
  scaleToLeverage,
  signalStrength,
  targetBook,
  targetPosition,
  VolatilityTarget,
  volatilityScale,
  volatilityTarget,
} from "../../src/index.ts";

const signal = fc.double({ min: -5, max: 5, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const shares = fc.integer({ min: -100_000, max: 100_000 });
const volume = fc.integer({ min: 0, max: 1_000_000 });
const weights = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 12 });

describe("strength and weight", () => {
  test("are odd to the bit, rise with the signal and stay in their bounds", () => {
    fc.assert(
      fc.property(signal, signal, share, (a, b, confidence) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [s, t] = [signalStrength(low, { confidence }), signalStrength(high, { confidence })];
        expect(s).toBeLessThanOrEqual(t);
        expect(convictionWeight(s)).toBeLessThanOrEqual(convictionWeight(t));
        expectClose(convictionWeight(-t) + 0, -convictionWeight(t) + 0, bits);
        expectClose(signalStrength(-high, { confidence }) + 0, -t + 0, bits);
        expect(Math.abs(convictionWeight(t))).toBeLessThanOrEqual(0.2);
      }),
    );
  });

  test("less confidence is never more weight", () => {
    fc.assert(
      fc.property(signal, share, share, (x, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const size = (confidence: number) => Math.abs(convictionWeight(signalStrength(x, { confidence })));
        expect(size(less)).toBeLessThanOrEqual(size(more));
      }),
    );
  });
});

describe("caps", () => {
  test("capped twice is capped once, never larger, never of another sign", () => {
    fc.assert(
      fc.property(shares, volume, fc.constantFrom(1, 10, 100), (x, v, lotSize) => {
        const once = liquidityCap(x, v, { lotSize });
        expect(liquidityCap(once, v, { lotSize })).toBe(once);
        expect(Math.abs(once)).toBeLessThanOrEqual(Math.min(Math.abs(x), 0.1 * v));
        expect(once === 0 || Math.sign(once) === Math.sign(x)).toBe(true);
      }),
    );
  });

  test("more volume is never less position", () => {
    fc.assert(
      fc.property(shares, volume, volume, (x, a, b) => {
        const size = (v: number) => Math.abs(liquidityCap(x, v));
        expect(size(Math.min(a, b))).toBeLessThanOrEqual(size(Math.max(a, b)));
      }),
    );
  });

  test("a volatility scaled is the target, or the cap holds", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 10, noNaN: true }), price, (sigma, target) => {
        const scale = volatilityScale(sigma, { target });
        if (scale < 3) expectClose(scale * sigma, target, rounding(2));
        else expect(3 * sigma).toBeLessThanOrEqual(target * (1 + rounding(1).relative));
      }),
    );
  });
});

describe("buffer", () => {
  test("never blocks a close or a turn, of longs or shorts, and is the same mirrored", () => {
    fc.assert(
      fc.property(shares, shares, share, (target, current, buffer) => {
        fc.pre(buffer < 1);
        const held = applyBuffer(target, current, { buffer });
        expect([target, current]).toContain(held);
        expect(applyBuffer(0, current, { buffer })).toBe(0);
        if (Math.sign(target) !== Math.sign(current)) expect(held).toBe(target);
        expectClose(applyBuffer(-target, -current, { buffer }) + 0, -held + 0, bits);
        expect(applyBuffer(target, held, { buffer })).toBe(held);
      }),
    );
  });

  test("does not know the unit", () => {
    fc.assert(
      fc.property(shares, shares, fc.integer({ min: -30, max: 30 }), (target, current, power) => {
        const unit = 2 ** power;
        expectClose(applyBuffer(unit * target, unit * current), unit * applyBuffer(target, current), bits);
      }),
    );
  });
});

describe("decay", () => {
  test("ages add up, and nothing grows or turns", () => {
    const age = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(shares, age, age, (x, a, b) => {
        const [twice, once] = [decayPosition(decayPosition(x, a), b), decayPosition(x, a + b)];
        expectClose(twice, once, rounding(4));
        expect(Math.abs(once)).toBeLessThanOrEqual(Math.abs(x));
      }),
    );
  });
});

describe("leverage", () => {
  test("the answer is within both limits, twice is once to the bit, and proportions stay", () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0.1, max: 5, noNaN: true }), share, (w, maxGross, ratio) => {
        const maxNet = Math.max(0.01, ratio) * maxGross;
        const { positions, factor, exposure } = scaleToLeverage(w, { maxGross, maxNet });
        expect(exposure.gross).toBeLessThanOrEqual(maxGross);
        expect(Math.abs(exposure.net)).toBeLessThanOrEqual(maxNet);
        expect(factor).toBeLessThanOrEqual(1);
        expectClose(scaleToLeverage(positions, { maxGross, maxNet }).positions, positions, bits);
        expectClose(
          positions,
          w.map((x) => x * factor),
          rounding(2),
        );
      }),
    );
  });

  test("whole shares are within the limits too, twice is once, and no position grows", () => {
    const book = fc.array(fc.tuple(shares, price), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(book, fc.integer({ min: 1, max: 1_000_000_000 }), (lines, equity) => {
        const options = { prices: lines.map(([, p]) => p), equity, maxGross: 2, maxNet: 0.5 };
        const given = lines.map(([x]) => x);
        const { positions, exposure } = scaleToLeverage(given, options);
        expect(exposure.gross).toBeLessThanOrEqual(2);
        expect(Math.abs(exposure.net)).toBeLessThanOrEqual(0.5);
        expectClose(scaleToLeverage(positions, options).positions, positions, bits);
        positions.forEach((x, i) => {
          expect(Math.abs(x)).toBeLessThanOrEqual(Math.abs(given[i]!));
          expect(Number.isInteger(x)).toBe(true);
        });
      }),
    );
  });

  test("orders bind no more than there is, and closing parts go through whole", () => {
    const line = fc.tuple(shares, shares, price);
    const book = fc.array(line, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(book, fc.integer({ min: 0, max: 100_000_000 }), (lines, buyingPower) => {
        const [given, current] = [lines.map(([x]) => x), lines.map(([, c]) => c)];
        const prices = lines.map(([, , p]) => p);
        const { orders, bound } = scaleToBuyingPower(given, { prices, current, buyingPower });
        expect(bound).toBeLessThanOrEqual(0.95 * buyingPower * (1 + rounding(8).relative));
        orders.forEach((order, i) => {
          expect(Math.abs(order)).toBeLessThanOrEqual(Math.abs(given[i]!));
          const closes = Math.min(Math.abs(given[i]!), Math.abs(current[i]!));
          if (given[i]! * current[i]! < 0) expect(Math.abs(order)).toBeGreaterThanOrEqual(closes);
        });
      }),
    );
  });
});

describe("targetPosition", () => {
  const anyInputs: fc.Arbitrary<SizingInputs> = fc.record({
    signal,
    confidence: share,
    equity: fc.double({ min: 1, max: 1e9, noNaN: true }),
    price,
    averageVolume: volume,
    current: shares,
    age: fc.integer({ min: 0, max: 50 }),
    volatility: share,
  });

  test("is within its caps, whole, and its last step is the answer", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { shares: held, weight, steps } = targetPosition(inputs, { targetVolatility: 0.2 });
        expect(Number.isInteger(held)).toBe(true);
        expect(Math.abs(weight)).toBeLessThanOrEqual(0.2 * (1 + rounding(4).relative));
        expect(Math.abs(held)).toBeLessThanOrEqual(0.1 * inputs.averageVolume);
        expect(steps.at(-1)!.value).toBe(held);
        expect(steps.every(({ reason }) => reason.length > 0)).toBe(true);
      }),
    );
  });

  test("of the opposite signal is the opposite position", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const mirrored = { ...inputs, signal: -inputs.signal, current: -inputs.current! };
        expect(targetPosition(mirrored).shares + 0).toBe(-targetPosition(inputs).shares + 0);
      }),
    );
  });

  test("once reached is where it stays", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const current = targetPosition(inputs).shares;
        expect(targetPosition({ ...inputs, current }).shares).toBe(current);
      }),
    );
  });

  test("a book of one is that asset alone", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { signal: s, price: p, averageVolume, current, age, confidence, equity } = inputs;
        const book = {
          signals: [s],
          prices: [p],
          averageVolumes: [averageVolume],
          equity,
          confidence: confidence!,
        };
        const { shares: held, positions } = targetBook({ ...book, current: [current!], ages: [age!] });
        const alone = targetPosition({
          signal: s,
          confidence: confidence!,
          equity,
          price: p,
          averageVolume,
          current: current!,
          age: age!,
        });
        expect(positions[0]).toEqual(alone);
        expect(held[0]! + 0).toBe(alone.shares);
      }),
    );
  });
});

describe("Kelly's stake", () => {
  test("no other stake grows faster", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (winProbability, winPayoff, fraction) => {
          const odds = { winProbability, winPayoff };
          const best = kellyFraction(odds).growthRate;
          expect(kellyFraction(odds, { fraction }).growthRate).toBeLessThanOrEqual(
            best + rounding(4).relative,
          );
        },
      ),
    );
  });

  test("in units of volatility it does not know the unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 100 }), (mean, variance) => {
        const one = kellyFraction({ expectedReturn: mean, variance, observations: 9 }, { shrink: true });
        const many = kellyFraction(
          { expectedReturn: 2 * mean, variance: 4 * variance, observations: 9 },
          { shrink: true },
        );
        expect(2 * many.fraction).toBe(one.fraction);
        expect(many.growthRate).toBe(one.growthRate);
      }),
    );
  });
});

const target = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map((x) => 10 * x),
  fc.constant(Number.NaN),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const targets = fc.array(target, { maxLength: 80 });
const rows = (x: Float64Array) => Array.from(x, (value) => [value]);

describeStream<PositionBuffer, number>({
  name: "PositionBuffer",
  inputs: targets,
  create: () => new PositionBuffer({ initial: 50 }),
  push: (stream, x) => [stream.push(x)],
  batch: (all) => rows(bufferedPositions(all, { initial: 50 })),
  state: (stream) => stream.state,
  resume: (state) => PositionBuffer.from(state as PositionBuffer["state"]),
});

for (const restart of ["sign", "change"] as const) {
  describeStream<PositionDecay, number>({
    name: `PositionDecay by ${restart}`,
    inputs: targets,
    create: () => new PositionDecay({ halfLife: 3, restart }),
    push: (stream, x) => [stream.push(x)],
    batch: (all) => rows(decayedPositions(all, { halfLife: 3, restart })),
    state: (stream) => stream.state,
    resume: (state) => PositionDecay.from(state as PositionDecay["state"]),
  });
}

const dailyReturn = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -300, max: 300 }).map((bp) => bp / 10_000) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
for (const estimate of [{ window: 5 }, { halfLife: 4 }]) {
  const options = { target: 0.15, periodsPerYear: 252, ...estimate };
  describeStream<VolatilityTarget, number>({
    name: `VolatilityTarget by ${Object.keys(estimate)[0]}`,
    inputs: fc.array(dailyReturn, { maxLength: 90 }),
    create: () => new VolatilityTarget(options),
    push: (stream, x) => [stream.push(x)],
    batch: (all) => rows(volatilityTarget(all, { ...options, lag: 0 })),
    state: (stream) => stream.state,
    resume: (state) => VolatilityTarget.from(state as VolatilityTarget["state"]),
  });
}
