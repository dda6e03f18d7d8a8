import { bits, expectClose, ordinaryNumber, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autocorrelation, ljungBox, neweyWest } from "../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const bad = (x: unknown): number[] => x as number[];

describe("autocorrelation", () => {
  test("a straight line of five by hand", () => {
    // Deviations −2 … 2: Σ d² = 10, lag one (−2·−1) + 0 + 0 + 2 = 4, lag two −1, lag three −4, lag four −4.
    expectClose(autocorrelation([1, 2, 3, 4, 5]), [1, 0.4, -0.1, -0.4, -0.4], rounding(1, 1));
  });

  test("the default is ten lags, or all that a short series has", () => {
    expect(autocorrelation(Array.from({ length: 30 }, (_, i) => i * i)).length).toBe(11);
    expect(autocorrelation([1, 2, 4]).length).toBe(3);
  });

  test("a constant series, a NaN and an infinity answer NaN", () => {
    for (const x of [
      [2, 2, 2],
      [1, nan, 2],
      [1, infinity, 2],
    ]) {
      expect([...autocorrelation(x, { lags: 2 })]).toEqual([nan, nan, nan]);
    }
  });

  test("neither a huge scale nor a huge level changes it", () => {
    const x = [3, 1, 4, 1, 5, 9, 2, 6];
    for (const scale of [2 ** -1000, 2 ** 1000]) {
      expectClose(autocorrelation(x.map((v) => v * scale)), autocorrelation(x), bits);
    }
    expectClose(autocorrelation(x.map((v) => v + 2 ** 48)), autocorrelation(x), rounding(8, 1));
  });

  test("out is filled and returned, and the series is left as it was", () => {
    const x = Float64Array.of(3, 1, 2);
    const out = new Float64Array(2);
    expect(autocorrelation(x, { lags: 1, out })).toBe(out);
    expectClose(x, [3, 1, 2], bits);
    expect(out[0]).toBe(1);
  });

  test("they are not written over the series", () => {
    const x = Float64Array.of(3, 1, 2);
    expect(() => autocorrelation(x, { lags: 2, out: x })).toThrow("out must not share memory with x");
    expect([...x]).toEqual([3, 1, 2]);
  });

  test("bad arguments are named with their rule and value", () => {
    expect(() => autocorrelation([1, 2], { lags: 2 })).toThrow("lags must be an integer ≥ 0 and ≤ 1, got 2");
    expect(() => autocorrelation([1, 2], { lags: 0.5 })).toThrow("lags must be an integer ≥ 0 and ≤ 1");
    expect(() => autocorrelation([])).toThrow("the number of observations must be an integer ≥ 1, got 0");
    expect(() => autocorrelation(bad("no"))).toThrow('x must be a vector of numbers, got "no"');
    expect(() => autocorrelation([1, 2], { lag: 1 } as object)).toThrow("did you mean 'lags'?");
    expect(() => autocorrelation([1, 2], { out: new Float64Array(3) })).toThrow(
      "out must be a Float64Array of 2 entries",
    );
  });

  test("every lag lies within ±1, and reversal changes none", () => {
    fc.assert(
      fc.property(fc.array(ordinaryNumber, { minLength: 3, maxLength: 40 }), (x) => {
        const r = autocorrelation(x, { lags: x.length - 1 });
        fc.pre(!Number.isNaN(r[0]));
        expect(Math.max(...r)).toBe(1);
        expect(Math.min(...r)).toBeGreaterThanOrEqual(-1);
        expectClose(autocorrelation([...x].reverse(), { lags: x.length - 1 }), r, rounding(x.length, 1));
        // Σ over all lags of both signs is (Σ d)² ÷ Σ d², which is 0.
        expectClose(1 + 2 * r.slice(1).reduce((a, b) => a + b, 0), 0, rounding(8 * x.length, 1), 1);
      }),
    );
  });
});

describe("ljungBox", () => {
  test("one lag by hand", () => {
    const { statistic, degreesOfFreedom, pValue } = ljungBox([1, 2, 3, 4, 5], { lags: 1 });
    expectClose(statistic, (5 * 7 * 0.16) / 4, rounding(2, 1));
    expect(degreesOfFreedom).toBe(1);
    expectClose(pValue, 0.23672357063785, { name: "as printed", relative: 1e-13 });
  });

  test("lags that the fitted parameters use up have no p-value", () => {
    const { perLag, degreesOfFreedom, pValue } = ljungBox([1, 3, 2, 5, 4, 6, 3], {
      lags: 2,
      fittedParameters: 2,
    });
    expect([...perLag.pValue, pValue, degreesOfFreedom]).toEqual([nan, nan, nan, 0]);
    expect(perLag.statistic.every(Number.isFinite)).toBe(true);
  });

  test("the default is a fifth of the observations, at most ten lags", () => {
    const wave = (n: number) => Array.from({ length: n }, (_, i) => (i * 7) % 11);
    expect(ljungBox(wave(40)).perLag.statistic.length).toBe(8);
    expect(ljungBox(wave(400)).perLag.statistic.length).toBe(10);
    expect(ljungBox([1, 2]).perLag.statistic.length).toBe(1);
  });

  test("a constant series has no answer", () => {
    expect(ljungBox([1, 1, 1, 1]).pValue).toBeNaN();
  });

  test("bad arguments are named with their rule and value", () => {
    expect(() => ljungBox([1, 2, 3], { lags: 0 })).toThrow("lags must be an integer ≥ 1 and ≤ 2, got 0");
    expect(() => ljungBox([1, 2, 3], { fittedParameters: -1 })).toThrow(
      "fittedParameters must be an integer ≥ 0, got -1",
    );
    expect(() => ljungBox([1])).toThrow("the number of observations must be an integer ≥ 2, got 1");
  });
});

describe("neweyWest", () => {
  test("without lags it is the population variance", () => {
    const { longRunVariance, standardError, mean, lags } = neweyWest([2, 4, 4, 4, 5, 5, 7, 9], { lags: 0 });
    expect([longRunVariance, mean, lags]).toEqual([4, 5, 0]);
    expect(standardError).toBe(Math.sqrt(0.5));
  });

  test("Bartlett weights by hand", () => {
    // Deviations −2 … 2 over 5: γ = 2, 0.8, −0.2; weights ⅔ and ⅓.
    const { longRunVariance } = neweyWest([1, 2, 3, 4, 5], { lags: 2 });
    expectClose(longRunVariance, 2 + 2 * ((2 / 3) * 0.8 - (1 / 3) * 0.2), rounding(4, 1));
  });

  test("the small-sample factor is n ÷ (n − 1)", () => {
    const x = [1, 2, 3, 4, 5];
    const plain = neweyWest(x, { lags: 1 }).longRunVariance;
    expectClose(neweyWest(x, { lags: 1, smallSample: true }).longRunVariance, plain * 1.25, rounding(2, 1));
  });

  test("a constant series has no variance and needs no lags", () => {
    const { longRunVariance, standardError, lags } = neweyWest([0.1, 0.1, 0.1, 0.1]);
    expect([longRunVariance, standardError, lags]).toEqual([0, 0, 0]);
  });

  test("the rule of thumb is 4 lags at 100 observations and never all of a short series", () => {
    const line = (n: number) => Array.from({ length: n }, (_, i) => i);
    expect(neweyWest(line(100), { lags: "rule-of-thumb" }).lags).toBe(4);
    expect(neweyWest(line(1000), { lags: "rule-of-thumb" }).lags).toBe(6);
    expect(neweyWest(line(2), { lags: "rule-of-thumb" }).lags).toBe(1);
  });

  test("a NaN or an infinity in the series is NaN in the answer", () => {
    for (const x of [
      [1, nan, 2, 3],
      [1, infinity, 2, 3],
    ]) {
      expect(neweyWest(x).longRunVariance).toBeNaN();
      expect(neweyWest(x, { lags: 1 }).standardError).toBeNaN();
    }
  });

  test("the scale of the series is the scale of the standard error, its squares beyond the doubles or not", () => {
    const x = [3, 1, 4, 1, 5, 9, 2, 6];
    const { standardError, lags } = neweyWest(x);
    const huge = neweyWest(x.map((v) => v * 2 ** 1000));
    expect([huge.standardError, huge.lags]).toEqual([standardError * 2 ** 1000, lags]);
  });

  test("the long-run variance is never negative", () => {
    fc.assert(
      fc.property(fc.array(ordinaryNumber, { minLength: 2, maxLength: 30 }), fc.nat(29), (x, lags) => {
        const fixed = neweyWest(x, { lags: Math.min(lags, x.length - 1) });
        expect(fixed.longRunVariance).toBeGreaterThanOrEqual(0);
        expect(neweyWest(x).longRunVariance).toBeGreaterThanOrEqual(0);
        expect(neweyWest(x).lags).toBeLessThan(x.length);
      }),
    );
  });

  test("a long series with a NaN is answered without trying all of its lags", () => {
    const x = new Float64Array(300_000).fill(1);
    x[7] = Number.NaN;
    const { lags, longRunVariance } = neweyWest(x);
    expect(lags).toBe(0);
    expect(longRunVariance).toBeNaN();
  });

  test("bad arguments are named with their rule and value", () => {
    expect(() => neweyWest([1, 2, 3], { lags: 3 })).toThrow("lags must be an integer ≥ 0 and ≤ 2, got 3");
    expect(() => neweyWest([1, 2, 3], { lags: "auto" as "automatic" })).toThrow(
      `lags must be one of 'automatic', 'rule-of-thumb', got "auto"`,
    );
    expect(() => neweyWest([1, 2, 3], { smallSample: "no" as unknown as boolean })).toThrow(
      'smallSample must be true or false, got "no"',
    );
    expect(() => neweyWest([1])).toThrow("the number of observations must be an integer ≥ 2, got 1");
  });
});
