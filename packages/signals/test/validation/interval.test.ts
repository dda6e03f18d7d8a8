import { createRandom, Matrix, neweyWest, type TableLike } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { icDecay, icEstimate, meanIc, quantileReturns } from "../../src/index.ts";

const random = createRandom("overlap");
const rows = 300;
const noise = (columns = 1) =>
  new Matrix(
    rows,
    columns,
    random.fillNormal(new Float64Array(rows * columns)).map((x) => 0.02 * x),
  );
const [signal, returns] = [noise().data, noise().data];

describe("errors of outcomes that overlap", () => {
  // A signal without memory: its products with overlapping outcomes look independent, and a rule would count few lags.
  test("count the lags that overlap where the rule would count fewer, and the caller's number as it is", () => {
    const of = (lags?: number) =>
      icEstimate(signal, returns, { horizon: 12, ...(lags !== undefined && { lags }) }).standardError;
    expectClose(of(), of(11), bits);
    expect(of(2)).not.toBe(of(11));
  });

  test("resample runs at least as long as the overlap", () => {
    const ic = signal.map((x) => 5 * x);
    const of = (options: object) =>
      meanIc(ic, { interval: "block-bootstrap", random, replications: 50, overlap: 9, ...options });
    expect(of({})).toEqual(of({ blockLength: 10 }));
    expect(of({}).standardError).not.toBe(of({ blockLength: 2 }).standardError);
  });

  test("of portfolios' spread count the overlap too", () => {
    const { spread, meanSpread } = quantileReturns(noise(6), noise(6), { quantiles: 2, horizon: 12 });
    const known = spread.filter((x) => !Number.isNaN(x));
    expect(neweyWest(known).lags).toBeLessThan(40);
    expect(meanSpread!.lags).toBeGreaterThanOrEqual(11);
    expectClose(meanSpread!.standardError, neweyWest(known, { lags: meanSpread!.lags }).standardError, bits);
  });
});

describe("the fading of a coefficient", () => {
  test("of single outcomes is the estimate so many rows later, of cumulative ones over so many", () => {
    const kinds: readonly TableLike[][] = [
      [signal, returns],
      [noise(5), noise(5)],
    ];
    for (const [s, r] of kinds as [TableLike, TableLike][]) {
      const single = icDecay(s, r, { horizons: [3], outcome: "single" })[0]!;
      const cumulative = icDecay(s, r, { horizons: [3] })[0]!;
      expect(single).toEqual({ horizon: 3, ...icEstimate(s, r, { lag: 3 }) });
      expect(cumulative).toEqual({ horizon: 3, ...icEstimate(s, r, { horizon: 3 }) });
      expect(single.ic).not.toBe(cumulative.ic);
    }
  });
});

describe("the error of a rank coefficient", () => {
  test("is that of each pair's influence, the ranks that it moves counted one by one, ties among them", () => {
    const coarse = (x: Float64Array): number[] => Array.from(x.subarray(0, 60), (v) => Math.round(80 * v));
    const [a, b] = [coarse(signal), coarse(returns)];
    const pairs = a.slice(0, -1).map((v, t) => [v, b[t + 1]!] as const);
    const n = pairs.length;
    const scaled = (k: 0 | 1): number[] => {
      const r = pairs.map((p) => pairs.reduce((sum, q) => sum + Math.sign(p[k] - q[k]), 0));
      const unit = Math.sqrt(r.reduce((sum, v) => sum + v * v, 0) / n);
      return [...r.map((v) => v / unit), unit];
    };
    const [s, u] = [scaled(0), scaled(1)];
    const [unitS, unitU] = [s.pop()!, u.pop()!];
    const rho = s.reduce((sum, v, t) => sum + v * u[t]!, 0) / n;
    const moved = (k: 0 | 1, of: number[], other: number[], t: number, unit: number): number =>
      pairs.reduce((sum, q, j) => sum + Math.sign(q[k] - pairs[t]![k]) * (other[j]! - rho * of[j]!), 0) /
      unit;
    const influence = s.map((v, t) => {
      const own = v * u[t]! - (rho * (v * v + u[t]! * u[t]!)) / 2;
      return own + moved(0, s, u, t, unitS) + moved(1, u, s, t, unitU);
    });
    const centre = influence.reduce((x, y) => x + y) / n;
    const variance = influence.reduce((sum, v) => sum + (v - centre) ** 2, 0) / n;
    const own = icEstimate(a, b, { method: "spearman", lags: 0 });
    expectClose([own.ic, own.standardError], [rho, Math.sqrt(variance / n)], rounding(64), 1);
  });
});
