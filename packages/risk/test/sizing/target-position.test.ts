import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type SizingInputs, targetBook, targetPosition } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const inputs: SizingInputs = { signal: 1e9, equity: 1e6, price: 50, averageVolume: 1e6 };
const names = ({ steps }: { readonly steps: readonly { readonly step: string }[] }) =>
  steps.map(({ step }) => step);

describe("targetPosition", () => {
  test("full strength is the largest position: 20 % of equity", () => {
    const { shares, notional, weight, leverage, limitedBy, steps } = targetPosition(inputs);
    expect([shares, notional, weight, leverage, limitedBy]).toEqual([4000, 200_000, 0.2, 3, null]);
    expect(names({ steps })).toEqual(["strength", "conviction", "shares"]);
    expect(steps.map(({ reason }) => reason)).toEqual([
      "tanh(2 × 1000000000) × confidence 1",
      "leverage 3 for this strength",
      "whole lots of 1 at 50, towards zero",
    ]);
  });

  test("each step that is asked for leaves its trace", () => {
    const target = targetPosition(
      { ...inputs, signal: -1e9, age: 10, volatility: 0.4, current: -400, averageVolume: 5000 },
      { targetVolatility: 0.2 },
    );
    expect(target.steps.map(({ step, value }) => [step, value])).toEqual([
      ["strength", -1],
      ["conviction", -0.2],
      ["volatility", -0.1],
      ["decay", -0.05],
      ["shares", -1000],
      ["liquidity", -500],
    ]);
    expect(target.shares).toBe(-500);
    expect(target.limitedBy).toBe("liquidity");
    expect(target.steps[5]!.reason).toBe("at most 500 shares, 0.1 of an average day's 5000");
  });

  test("a volatility below its target raises the position, its cap stands", () => {
    const target = targetPosition({ ...inputs, volatility: 0.1 }, { targetVolatility: 0.2 });
    expect(names(target)).toEqual(["strength", "conviction", "volatility", "shares", "position"]);
    expect(target.shares).toBe(4000);
    expect(target.limitedBy).toBe("position");
  });

  test("a small change is not made, and says so", () => {
    const target = targetPosition({ ...inputs, current: 3900 });
    expect(target.shares).toBe(3900);
    expect(target.limitedBy).toBe("buffer");
    expect(target.steps.at(-1)!.reason).toBe("3900 held: a change to 4000 is less than 0.15 of it");
    expect(targetPosition({ ...inputs, current: 3000 }).shares).toBe(4000);
  });

  test("the buffer does not keep a position above what it may be", () => {
    expect(targetPosition({ ...inputs, current: 4100 }).shares).toBe(4000);
    expect(targetPosition({ ...inputs, signal: -1e9, current: -4100 }).shares).toBe(-4000);
    const illiquid = { ...inputs, averageVolume: 39_000 };
    expect(targetPosition({ ...illiquid, current: 3950 }).shares).toBe(3900);
  });

  test("without volume there is no position, without a signal none either, and a short is closed", () => {
    expect(targetPosition({ ...inputs, averageVolume: 0 }).shares).toBe(0);
    expect(targetPosition({ ...inputs, signal: 0 }).shares).toBe(0);
    expect(targetPosition({ ...inputs, signal: 0, current: -100 }).shares).toBe(0);
    expect(targetPosition({ ...inputs, signal: 0, current: -100 }, { parity: "seed" }).shares).toBe(-100);
  });

  test("a volatility of 0 is met by the most leverage there is, within the caps", () => {
    const target = targetPosition({ ...inputs, signal: 0.1, volatility: 0 }, { targetVolatility: 0.2 });
    const plain = targetPosition({ ...inputs, signal: 0.1 });
    expectClose(target.steps[2]!.value, 3 * plain.steps[1]!.value, bits);
  });

  test("misuse is refused by name", () => {
    const with_ = (change: Partial<Record<keyof SizingInputs, unknown>>, options = {}) =>
      refusal(() => targetPosition({ ...inputs, ...change } as SizingInputs, options));
    expect(with_({ equity: 0 })).toBe("range: equity must be positive and finite, got 0");
    expect(with_({ equity: -1e6 })).toBe("range: equity must be positive and finite, got -1000000");
    expect(with_({ averageVolume: Number.NaN })).toBe(
      "not-finite: averageVolume must be non-negative and finite, got NaN",
    );
    expect(with_({ confidence: 1.5 })).toBe("range: confidence must be in [0, 1], or NaN, got 1.5");
    expect(with_({ confidence: Number.NaN })).toBe("not-finite: confidence must be a finite number, got NaN");
    expect(with_({ signal: Number.NaN })).toBe("not-finite: signal must be a finite number, got NaN");
    expect(with_({ price: 0 })).toContain("range: price");
    expect(with_({ age: -1 })).toContain("range: age");
    expect(with_({ volatility: -0.1 }, { targetVolatility: 0.1 })).toContain("range: volatility");
    expect(with_({}, { targetVolatility: 0.1 })).toBe(
      "range: volatility must be non-negative and finite, got undefined",
    );
    expect(with_({}, { buffer: 1.5 })).toContain("range: buffer");
    expect(with_({ adv: 3 } as object)).toContain("option: unknown option 'adv'");
    expect(with_({}, { maxPositionsize: 3 })).toBe(
      "option: unknown option 'maxPositionsize'; did you mean 'maxPositionSize'?",
    );
  });
});

describe("targetBook", () => {
  const book = {
    signals: [1e9, -1e9, 1e9],
    equity: 1e6,
    prices: [50, 20, 10],
    averageVolumes: [1e6, 1e6, 1e5],
  };

  test("sizes each asset as it would be alone", () => {
    const { shares, weights, positions, leverage, buyingPower } = targetBook(book);
    expectClose(shares, [4000, -10_000, 10_000], bits);
    expectClose(weights, [0.2, -0.2, 0.1], rounding());
    expect(positions[2]!.limitedBy).toBe("liquidity");
    expect(leverage.limitedBy).toBeNull();
    expect(buyingPower).toBeNull();
  });

  test("then shrinks the book to its leverage, and the orders to the buying power", () => {
    const { shares, leverage } = targetBook(book, { maxGross: 0.25 });
    expect(leverage.limitedBy).toBe("gross");
    expectClose(shares, [2000, -5000, 5000], bits);
    const poor = targetBook({ ...book, current: [2000, 0, 12_000] }, { buyingPower: 300_000, reserve: 0.5 });
    // needed: 2000 · 50 + 10 000 · 20; the third is cut to its cap, which frees money
    expect(poor.buyingPower!.needed).toBe(300_000);
    expectClose(poor.orders, [1000, -5000, -2000], bits);
    expectClose(poor.shares, [3000, -5000, 10_000], bits);
  });

  test("confidence, ages and volatilities go asset by asset", () => {
    const { positions } = targetBook(
      { ...book, confidence: [1, 0, 0.5], ages: [0, 0, 10], volatilities: [0.2, 0.2, 0.4] },
      { targetVolatility: 0.2 },
    );
    expect(positions[1]!.shares).toBe(0);
    expect(positions[2]!.steps.map(({ step }) => step)).toContain("decay");
    const one = {
      signal: 1e9,
      confidence: 0.5,
      equity: 1e6,
      price: 10,
      averageVolume: 1e5,
      age: 10,
      volatility: 0.4,
    };
    expect(positions[2]).toEqual(targetPosition(one, { targetVolatility: 0.2 }));
  });

  test("a refusal names the asset", () => {
    expect(refusal(() => targetBook({ ...book, averageVolumes: [1, 1, -1] }))).toBe(
      "range: asset 2: averageVolume must be non-negative and finite, got -1",
    );
    expect(refusal(() => targetBook({ ...book, prices: [1, 2] }))).toBe(
      "shape: prices must have 3 entries, got 2",
    );
    expect(refusal(() => targetBook({ ...book, equity: 0 }))).toBe(
      "range: equity must be positive and finite, got 0",
    );
    expect(refusal(() => targetBook({ ...book, signal: 1 } as never))).toContain("did you mean 'signals'?");
  });
});
