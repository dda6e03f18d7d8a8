import { Matrix } from "@astra-quant/core-linalg";
import { describeGolden, describeRealData, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  applyBuffer,
  averageDailyVolume,
  bufferedPositions,
  convictionWeight,
  decayedPositions,
  decayPosition,
  dynamicLeverage,
  liquidityCap,
  type SizingInputs,
  scaleToLeverage,
  signalStrength,
  targetPosition,
  volatilityTarget,
} from "../../src/index.ts";

const execution = fixture(import.meta.url, "execution.json");
const known = (x: number | null): number => x ?? Number.NaN;

describe("against rules written down again in Python", () => {
  interface Case {
    readonly inputs: SizingInputs;
    readonly seed: { strength: number; leverage: number; weight: number; shares: number };
    readonly own: { weight: number; shares: number };
  }

  test("positions are the same to the share, the seed's and ours", () => {
    for (const { inputs, seed, own } of execution.cases as Case[]) {
      const { signal, confidence } = inputs;
      const strength = signalStrength(signal, { confidence: confidence! });
      expectClose(strength, seed.strength, rounding(4), 1);
      expectClose(dynamicLeverage(strength), seed.leverage, rounding(4));
      expectClose(convictionWeight(strength, { parity: "seed" }), seed.weight, rounding(4), 1);
      expectClose(convictionWeight(strength), own.weight, rounding(8), 1);
      expect(targetPosition(inputs, { parity: "seed" }).shares).toBe(seed.shares);
      expect(targetPosition(inputs).shares).toBe(own.shares);
    }
  });

  test("average volumes are pandas' rolling means of the day before", () => {
    const volume = execution.volume as number[][];
    expectClose(averageDailyVolume(volume), execution.averageDailyVolume, rounding(20));
    expectClose(averageDailyVolume(volume, { lag: 0 }), execution.averageDailyVolumeSameDay, rounding(20));
  });

  test("the buffer holds and trades the same positions, and the seed's mistakes are the seed's", () => {
    expect(Array.from(bufferedPositions(execution.targets as number[]))).toEqual(execution.buffered);
    for (const { target, current, held } of execution.seedBuffer) {
      expect(applyBuffer(target, current, { parity: "seed" })).toBe(known(held));
    }
  });

  test("positions decay from their sign's change, or from any change", () => {
    for (const restart of ["sign", "change"] as const) {
      const decayed = decayedPositions(execution.decayTargets as number[], { halfLife: 7, restart });
      expectClose(decayed, execution.decayed[restart], rounding(4));
    }
  });

  test("leverage for a volatility is that of pandas' lagged deviations", () => {
    const settings = { target: 0.2, periodsPerYear: 252, maxLeverage: 2.5 };
    const returns = execution.returns as number[];
    expectClose(
      volatilityTarget(returns, { ...settings, window: 30 }),
      execution.volatilityTarget,
      rounding(200),
    );
    expectClose(
      volatilityTarget(returns, { ...settings, halfLife: 12 }),
      execution.weightedVolatilityTarget,
      rounding(200),
    );
  });
});

interface SizingRow {
  readonly signal: number;
  readonly confidence: number;
  readonly equity: number;
  readonly price: number;
  readonly adv20: number;
}

describeGolden("execution.json", (truth, tolerance) => {
  test("the seed's sizing, step by step and to the share", () => {
    for (const row of truth.sizing) {
      const { signal, confidence, equity, price, adv20 } = row as SizingRow;
      const strength = signalStrength(signal, { confidence });
      expectClose(signalStrength(signal), row.signal_strength, tolerance, 1);
      expectClose(strength, row.adjusted, tolerance, 1);
      expectClose(dynamicLeverage(strength), row.leverage, tolerance);
      const weight = convictionWeight(strength, { parity: "seed" });
      expectClose(equity * weight, row.target_notional, tolerance, equity);
      const inputs = { signal, confidence, equity, price, averageVolume: adv20 };
      const { shares, steps } = targetPosition(inputs, { parity: "seed" });
      expect(steps.find(({ step }) => step === "shares")!.value).toBe(row.shares_unclipped);
      expect(shares).toBe(row.final_shares);
      expect(liquidityCap(1e15, adv20)).toBe(row.cap_liquidity);
      expect(liquidityCap(-1e15, adv20)).toBe(-row.cap_liquidity);
      const unbound = targetPosition(
        { ...inputs, signal: 1e9, confidence: 1, averageVolume: 1e15 },
        { parity: "seed" },
      );
      expect(unbound.shares).toBe(row.cap_portfolio);
    }
  });

  test("decay halves in ten days", () => {
    for (const { age, factor, decayed_1000 } of truth.decay) {
      expectClose(decayPosition(1, age), factor, tolerance);
      expectClose(decayPosition(1000, age), decayed_1000, tolerance);
    }
  });

  test("the seed's buffer, and the one with the size of the position below the line", () => {
    for (const row of truth.buffer_seed) {
      expect(applyBuffer(row.new, row.current, { parity: "seed" })).toBe(known(row.result_seed));
      expect(applyBuffer(row.new, row.current)).toBe(row.result_abs_denominator);
    }
  });

  test("shares are scaled to the leverage permitted, towards zero", () => {
    for (const row of truth.leverage_scale) {
      const [prices, equity] = [[row.current], row.shares_in];
      for (const side of [1, -1]) {
        const { positions, factor } = scaleToLeverage([side * row.shares_in], {
          prices,
          equity,
          maxGross: row.max,
          maxNet: row.max,
        });
        expectClose(factor, row.factor, tolerance);
        expect(positions[0]).toBe(side === 1 ? row.shares_out : row.shares_out_short);
      }
    }
  });

  describeRealData(["ohlcv_daily.csv"], ([text]) => {
    test("average volumes of twenty days, today's included", () => {
      const lines = text!
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(","));
      const dates = [...new Set(lines.map(([date]) => date!))].sort();
      const row = new Map(dates.map((date, t) => [date, t]));
      const volume = new Matrix(dates.length, truth.symbols.length);
      volume.data.fill(Number.NaN);
      for (const fields of lines) {
        const column = truth.symbols.indexOf(fields[1]);
        if (column >= 0) volume.set(row.get(fields[0]!)!, column, Number(fields.at(-1)));
      }
      expect(dates.length).toBe(truth.n_days);
      const average = averageDailyVolume(volume, { lag: 0 });
      const { rows, values } = truth.adv20_sampled;
      truth.symbols.forEach((symbol: string, j: number) => {
        expectClose(
          rows.map((t: number) => average.get(t, j)),
          values[symbol],
          tolerance,
        );
      });
    });
  });
});
