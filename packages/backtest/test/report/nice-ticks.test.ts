import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { niceTicks } from "../../src/report/nice-ticks.ts";

describe("ticks", () => {
  test("are round numbers within the range", () => {
    expect(niceTicks(0, 1, 5)).toEqual({ values: [0, 0.2, 0.4, 0.6, 0.8, 1], step: 0.2, exponent: -1 });
    expect(niceTicks(-0.13, 0.41, 6).values).toEqual([-0.1, 0, 0.1, 0.2, 0.3, 0.4]);
    expect(niceTicks(980, 1020, 4).values).toEqual([980, 990, 1000, 1010, 1020]);
    expect(niceTicks(0, 9.9e6, 5)).toMatchObject({ step: 2e6, exponent: 6 });
  });

  test("have the exponent of their step, also where ten units make the step", () => {
    expect(niceTicks(0, 60, 7)).toMatchObject({ step: 10, exponent: 1 });
    expect(niceTicks(0, 0.6, 7)).toMatchObject({ step: 0.1, exponent: -1 });
  });

  test("are one where the range has no width or no end", () => {
    for (const [low, high] of [
      [5, 5],
      [0, Number.POSITIVE_INFINITY],
      [Number.NaN, 1],
      [3, 2],
    ] as const) {
      expect(niceTicks(low, high, 5)).toEqual({ values: [low], step: 0, exponent: 0 });
    }
  });

  test("of any range: few, ascending, within it, whole multiples of 1, 2 or 5 × 10^k", () => {
    const bound = fc.double({ min: -1e200, max: 1e200, noNaN: true });
    fc.assert(
      fc.property(bound, bound, fc.integer({ min: 1, max: 20 }), (a, b, most) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { values, step, exponent } = niceTicks(low, high, most);
        // Where the range is at the last digits of its ends, ticks fall together.
        fc.pre(step > 1e-9 * Math.max(Math.abs(low), Math.abs(high)));
        expect(values.length).toBeLessThanOrEqual(most + 1);
        expect([1, 2, 5]).toContain(Number((step / 10 ** exponent).toPrecision(6)));
        values.forEach((value, i) => {
          if (i > 0) expect(value).toBeGreaterThan(values[i - 1]!);
          expect(value >= low - 1e-9 * step && value <= high + 1e-9 * step).toBe(true);
        });
      }),
    );
  });
});
