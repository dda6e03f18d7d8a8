import { createRandom } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { innovationDiagnostics } from "../../src/index.ts";

const normals = (count: number, scale = 1) =>
  createRandom("innovations")
    .fillNormal(new Float64Array(count))
    .map((z) => scale * z);

describe("the sentence says what stands out", () => {
  const cases: readonly [string, Float64Array, string][] = [
    ["nothing", normals(500), "innovations are as the filter believes"],
    ["too small", normals(500, 1 / 2.3), "innovations are 2.3× smaller than the filter believes"],
    ["too large", normals(500, 30), "innovations are 30× larger than the filter believes"],
    ["always the same", new Float64Array(20), "innovations are infinitely smaller than the filter believes"],
    ["too few", normals(3), "3 innovations are too few to tell"],
  ];
  for (const [what, z, sentence] of cases) {
    test(what, () => expect(innovationDiagnostics(z).sentence).toBe(sentence));
  }

  test("every other fault is named", () => {
    const z = normals(300);
    const grows = z.map((value, t) => value * (t < 150 ? 0.5 : Math.sqrt(1.75)));
    expect(innovationDiagnostics(grows).sentence).toContain("more volatile at the end");
    const sums = z.map((value, t) => (value + (z[t - 1] ?? 0)) * Math.SQRT1_2);
    expect(innovationDiagnostics(sums).sentence).toContain("autocorrelated");
    const tails = z.map((value) => (value * Math.abs(value)) / Math.sqrt(3));
    expect(innovationDiagnostics(tails).sentence).toContain("not normal (fat tails)");
  });
});

test("NaN are left out", () => {
  const z = normals(40);
  const gaps = [Number.NaN, ...z.slice(0, 20), Number.NaN, ...z.slice(20)];
  expect(innovationDiagnostics(gaps)).toEqual(innovationDiagnostics(z));
});

test("the average square and its bounds", () => {
  const { consistency, ratio, mean, observations } = innovationDiagnostics([1, -1, 1, -1, 3]);
  expect(observations).toBe(5);
  expectClose(
    [consistency.statistic, consistency.average, ratio, mean],
    [13, 2.6, Math.sqrt(2.6), 0.6],
    rounding(),
  );
});

test("under the model one test in twenty rejects", () => {
  const random = createRandom("size");
  const rejections = { consistency: 0, autocorrelation: 0, heteroscedasticity: 0 };
  const runs = 400;
  for (let run = 0; run < runs; run++) {
    const found = innovationDiagnostics(random.fillNormal(new Float64Array(200)));
    for (const name of ["consistency", "autocorrelation", "heteroscedasticity"] as const) {
      if (found[name].pValue < 0.05) rejections[name]++;
    }
  }
  for (const count of Object.values(rejections)) {
    expect(Math.abs(count / runs - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / runs));
  }
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const z = normals(20);
  const refusals: readonly [() => unknown, string][] = [
    [() => innovationDiagnostics("z" as never), "standardized must be a vector of numbers"],
    [() => innovationDiagnostics(z, { lags: 20 }), "lags must be an integer ≥ 1 and ≤ 19, got 20"],
    [() => innovationDiagnostics(z, { window: 11 }), "window must be an integer ≥ 1 and ≤ 10, got 11"],
    [() => innovationDiagnostics(z, { confidence: 1 }), "confidence must be strictly between 0 and 1, got 1"],
    [() => innovationDiagnostics(z, { lag: 1 } as never), "unknown option 'lag'; did you mean 'lags'?"],
  ];
  for (const [attempt, message] of refusals) test(message, () => expect(attempt).toThrow(message));
});
