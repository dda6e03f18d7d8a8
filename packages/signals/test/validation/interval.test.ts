import { createRandom, Matrix, neweyWest } from "@astra-quant/core-linalg";
import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { icEstimate, meanIc, quantileReturns } from "../../src/index.ts";

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
