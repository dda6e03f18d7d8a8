import { cholesky, createRandom, Matrix, normalQuantile } from "@astra-quant/core-linalg";
import { expectClose, rounding, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type MonteCarloVarOptions,
  mergeMonteCarloShards,
  monteCarloShard,
  monteCarloVar,
  monteCarloVarAsync,
  parametricVar,
  scenarioReturns,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const covariance = [
  [4e-4, 1e-4, 0],
  [1e-4, 2e-4, -5e-5],
  [0, -5e-5, 3e-4],
];
const options: MonteCarloVarOptions = {
  weights: [0.7, -0.4, 0.5],
  covariance,
  horizon: 10,
  scenarios: 3200,
  confidence: 0.99,
  seed: "desk-7",
};
const factor = (): Matrix => {
  const result = cholesky(covariance);
  if (result.status !== "ok") throw new Error("the covariance of this test is positive definite");
  return result.L;
};
const all = { ...options, returns: true };

/** Every way to simulate, by name. */
const ways: Readonly<Record<string, Partial<MonteCarloVarOptions>>> = {
  "as it is": {},
  "one shock a portfolio": { shocks: "portfolio" },
  "the square-root rule": { scaling: "square-root" },
  "Student t": { distribution: { studentT: 4 } },
  "Student t, one shock a portfolio": { distribution: { studentT: 4 }, shocks: "portfolio" },
  "a normal copula": { distribution: { copula: "normal", marginals: (u) => 0.01 * normalQuantile(u) } },
  "a t copula": { distribution: { copula: { studentT: 3 }, marginals: (u) => 0.02 * (u - 0.5) } },
  antithetic: { sampling: "antithetic" },
  "antithetic Student t": { sampling: "antithetic", distribution: { studentT: 4 } },
  Sobol: { sampling: "sobol" },
  "Sobol, Student t": { sampling: "sobol", distribution: { studentT: 4 }, replicates: 8 },
  "a control variate": { sampling: "control-variate" },
  importance: { sampling: "importance" },
};

describe("scenarios by number", () => {
  test.each(Object.entries(ways))(
    "%s: any number of shards, in any order, gives the whole's bits",
    (_, way) => {
      const whole = monteCarloVar({ ...all, ...way });
      for (const count of [1, 2, 3, 7]) {
        const shards = Array.from({ length: count }, (__, index) =>
          monteCarloShard({ ...all, ...way }, { index, count }),
        );
        expect(mergeMonteCarloShards({ ...all, ...way }, structuredClone(shards.reverse()))).toEqual(whole);
      }
    },
  );

  test.each(Object.entries(ways))("%s: in the background the bits are the same", async (_, way) => {
    expect(await monteCarloVarAsync({ ...all, ...way })).toEqual(monteCarloVar({ ...all, ...way }));
  });

  test("more shards than scenarios leave some of them empty", () => {
    const few = { ...all, scenarios: 101 };
    const shards = Array.from({ length: 150 }, (_, index) => monteCarloShard(few, { index, count: 150 }));
    expect(shards.some(({ returns }) => returns.length === 0)).toBe(true);
    expect(mergeMonteCarloShards(few, shards)).toEqual(monteCarloVar(few));
  });

  test("a longer simulation begins with the scenarios of a shorter one", () => {
    const { returns } = monteCarloVar(all);
    const longer = monteCarloVar({ ...all, scenarios: 6400 }).returns!;
    expect(longer.subarray(0, 3200)).toEqual(returns);
  });
});

describe("what is simulated", () => {
  test("antithetic paths are pairs of opposite shocks", () => {
    const { returns } = monteCarloVar({ ...all, scenarios: 200, sampling: "antithetic" });
    const z = new Matrix(1000, 3, createRandom("desk-7").fillNormal(new Float64Array(3000)));
    const { weights, horizon } = options;
    const path = { cholesky: factor(), weights, horizon };
    const first = scenarioReturns(z, path);
    const second = scenarioReturns(
      new Matrix(
        1000,
        3,
        z.data.map((x) => -x),
      ),
      path,
    );
    expect(returns!.filter((_, i) => i % 2 === 0)).toEqual(first);
    expect(returns!.filter((_, i) => i % 2 === 1)).toEqual(second);
  });

  test("the square-root rule is one day's shock times the root of the horizon", () => {
    const mean = [0.001, 0, -0.002];
    const one = monteCarloVar({ ...all, horizon: 1, mean });
    const ten = monteCarloVar({ ...all, scaling: "square-root", mean });
    const drift = 0.7e-3 - 1e-3;
    expectClose(
      ten.returns!,
      one.returns!.map((r) => 10 * drift + Math.sqrt(10) * (r - drift)),
      rounding(64),
      1,
    );
  });

  test("a Sobol quantile is as often above the exact one as below", () => {
    // 16 of each replicate's 1024 points lie below the quantile: between the 256th and 257th worst of all it lies always.
    const confidence = 1 - 1 / 64;
    const exact = parametricVar({ weights: options.weights, covariance, confidence }).valueAtRisk;
    const above = Array.from({ length: 60 }, (_, seed) => {
      const way = { sampling: "sobol", shocks: "portfolio", horizon: 1, scenarios: 16_384 } as const;
      return monteCarloVar({ ...options, ...way, confidence, seed }).valueAtRisk > exact;
    }).filter(Boolean).length;
    expect(above).toBeGreaterThan(15);
    expect(above).toBeLessThan(45);
  });

  test("over one day a control variate knows the shortfall to rounding, and says so", () => {
    const exact = parametricVar({ weights: options.weights, covariance, confidence: 0.99 });
    for (const seed of [1, 2, 3]) {
      const way = { sampling: "control-variate", horizon: 1, scenarios: 4000, seed } as const;
      const { expectedShortfall, standardError } = monteCarloVar({ ...options, ...way });
      expectClose(expectedShortfall, exact.expectedShortfall, rounding(64));
      expectClose(standardError.expectedShortfall, 0, statistical(1e-9 * expectedShortfall));
      expect(standardError.expectedShortfall).toBeGreaterThan(
        Math.abs(expectedShortfall - exact.expectedShortfall),
      );
    }
  });

  test("one shock a portfolio has its volatility: z √(w'Σw)", () => {
    const { returns } = monteCarloVar({ ...all, horizon: 1, shocks: "portfolio" });
    const z = createRandom("desk-7").fillNormal(new Float64Array(3200));
    const variance = 0.49 * 4e-4 + 0.16 * 2e-4 + 0.25 * 3e-4 - 0.56 * 1e-4 + 0.4 * 5e-5;
    expectClose(
      returns!,
      z.map((x) => x * Math.sqrt(variance)),
      rounding(16),
      1,
    );
  });

  test("marginals of the normal's own quantiles under a normal copula give the normal back", () => {
    const volatilities = covariance.map((row, i) => Math.sqrt(row[i]!));
    const marginals = volatilities.map((sigma) => (u: number) => sigma * normalQuantile(u));
    const copula = monteCarloVar({ ...all, distribution: { copula: "normal", marginals } });
    expectClose(copula.returns!, monteCarloVar(all).returns!, rounding(1e4), 1);
  });

  test("a degenerate marginal is what every path earns", () => {
    const distribution = { copula: "normal", marginals: () => 0.01 } as const;
    const { returns } = monteCarloVar({ ...all, horizon: 2, distribution, mean: [0.01, 0, 0] });
    const day = 0.8 * 0.01 + 0.7 * 0.01;
    expectClose(returns!, new Float64Array(3200).fill((1 + day) ** 2 - 1), rounding(16));
  });

  test("a portfolio of nothing risks nothing, however it is sampled", () => {
    for (const way of Object.values(ways)) {
      const { valueAtRisk, expectedShortfall } = monteCarloVar({ ...options, ...way, weights: [0, 0, 0] });
      expectClose([valueAtRisk, expectedShortfall], [0, 0], rounding());
    }
  });
});

describe("monteCarloVarAsync", () => {
  const long = { ...options, scenarios: 200_000 };

  test("tells how far it has come, the last time that all is done", async () => {
    const told: number[] = [];
    await monteCarloVarAsync(long, { onProgress: ({ done, scenarios }) => told.push(done / scenarios) });
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  test("ends with the signal's reason when it is aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("the desk has gone home");
    const run = monteCarloVarAsync(long, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(run).rejects.toBe(reason);
    await expect(monteCarloVarAsync(long, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test("refuses bad options in the promise", async () => {
    await expect(monteCarloVarAsync({ ...options, horizon: 0 })).rejects.toMatchObject({ code: "range" });
    const handler = { onProgress: 5 } as unknown as Record<string, never>;
    await expect(monteCarloVarAsync(options, handler)).rejects.toMatchObject({
      message: "onProgress must be a function, got 5",
    });
    await expect(monteCarloVarAsync(options, { signal: {} as AbortSignal })).rejects.toMatchObject({
      message: "signal must be an AbortSignal, got Object",
    });
  });
});

describe("what is refused", () => {
  test.each([
    [{ scenarios: 1e12 }, "range: scenarios must be at most 100000000, got 1000000000000"],
    [
      { scenarios: 1e8, horizon: 1e6 },
      "range: scenarios × days × shocks must be at most 2^40, got 100000000 × 1000000 × 3",
    ],
    [
      { scenarios: 3201, sampling: "antithetic" },
      "range: scenarios must be a multiple of 2 for antithetic pairs, got 3201",
    ],
    [
      { scenarios: 3201, sampling: "sobol" },
      "range: scenarios must be a multiple of 16 for its replicates, got 3201",
    ],
    [{ sampling: "sobol", replicates: 1 }, "range: replicates must be an integer ≥ 2, got 1"],
    [{ replicates: 4 }, "option: replicates must go with sampling 'sobol', got 'independent'"],
    [{ tilt: 1 }, "option: tilt must go with sampling 'importance', got 'independent'"],
    [{ sampling: "importance", tilt: -1 }, "range: tilt must be non-negative and finite, got -1"],
    [
      { sampling: "importance", distribution: { studentT: 4 } },
      "option: sampling 'importance' must go with normal shocks, got distribution 'studentT'",
    ],
    [
      { sampling: "control-variate", distribution: { studentT: 4 } },
      "option: sampling 'control-variate' must go with normal shocks, got distribution 'studentT'",
    ],
    [
      { distribution: { studentT: 2 } },
      "range: distribution.studentT must be > 2 for a covariance to exist, got 2",
    ],
    [
      { distribution: { studentT: Number.NaN } },
      "not-finite: distribution.studentT must be positive and finite, got NaN",
    ],
    [
      { distribution: { copula: "normal", marginals: [Math.sqrt] } },
      "shape: distribution.marginals must be a function or 3 of them, got Array(1)",
    ],
    [
      { distribution: { copula: "normal", marginals: () => Number.NaN } },
      /^data: distribution.marginals\[0\] must give finite returns, got NaN at /,
    ],
    [
      { distribution: { copula: "normal", marginals: Math.sqrt }, shocks: "portfolio" },
      "option: shocks 'portfolio' must go with normal or Student t shocks, got a copula",
    ],
    [
      { distribution: { copula: "normal", marginals: Math.sqrt }, scaling: "square-root" },
      "option: scaling 'square-root' must go with normal or Student t shocks, got a copula",
    ],
    [
      { distribution: "cauchy" },
      `option: distribution must be 'normal', { studentT } or { copula, marginals }, got "cauchy"`,
    ],
    [
      { seed: undefined, random: createRandom(1), distribution: { studentT: 5 } },
      "option: distribution 'studentT' must be drawn from a seed, got random",
    ],
    [
      { seed: undefined, random: createRandom(1), sampling: "sobol" },
      "option: sampling 'sobol' must be drawn from a seed, got random",
    ],
    [{ intervalConfidence: 1 }, "range: intervalConfidence must be strictly between 0 and 1, got 1"],
    [{ sampling: "sobol", horizon: 600 }, /^range: dimensions must be an integer ≥ 1 and ≤ 1111, got 1800/],
  ])("case %#", (change, message) => {
    const said = refusal(() => monteCarloVar({ ...options, ...change } as MonteCarloVarOptions));
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  test("an unknown name is refused with the choices", () => {
    const wrong = { ...options, sampling: "sobel" } as unknown as MonteCarloVarOptions;
    expect(refusal(() => monteCarloVar(wrong))).toMatch(/^option: sampling must be one of 'independent', /);
  });

  test("shards that do not make a whole", () => {
    const shards = [0, 1, 2].map((index) => monteCarloShard(options, { index, count: 3 }));
    const [first, second, third] = shards as [(typeof shards)[0], (typeof shards)[0], (typeof shards)[0]];
    const merge = (...parts: unknown[]) =>
      refusal(() => mergeMonteCarloShards(options, parts as typeof shards));
    expect(merge(first, third)).toMatch(/^data: shards must cover 3200 scenarios once each, got /);
    expect(merge(first, second, second, third)).toMatch(
      /^data: shards must cover 3200 scenarios once each, got /,
    );
    expect(merge(first, second, third, { ...third, first: 0 })).toMatch(/^data: shards must cover/);
    expect(merge(first, second, { ...third, scenarios: 5 })).toBe(
      "data: shards[2] must be of 3200 scenarios, got one of 5",
    );
    expect(merge(first, null)).toBe("data: shards[1] must be a shard, got null");
    expect(merge({ ...first, returns: [Number.NaN] })).toMatch(/^not-finite: shards\[0\].returns\[0\]/);
    expect(merge({ ...first, first: -1 })).toBe("range: shards[0].first must be an integer ≥ 0, got -1");
    expect(refusal(() => mergeMonteCarloShards(options, 5 as never))).toBe(
      "data: shards must be an array, got 5",
    );
    const place = (index: number, count: number) => refusal(() => monteCarloShard(options, { index, count }));
    expect(place(3, 3)).toBe("range: place.index must be an integer ≥ 0 and ≤ 2, got 3");
    expect(place(0, 0)).toBe("range: place.count must be an integer ≥ 1, got 0");
    const { seed: _, ...rest } = options;
    const drawn = { ...rest, random: createRandom(1) };
    expect(refusal(() => monteCarloShard(drawn, { index: 0, count: 2 }))).toBe(
      "option: a shard must be drawn from a seed, got random",
    );
  });
});

describe("huge and tiny", () => {
  test("paths shifted beyond the quantile say nothing of it", () => {
    const far = { ...options, sampling: "importance", tilt: 40 } as const;
    const { valueAtRisk, expectedShortfall } = monteCarloVar(far);
    expect([valueAtRisk, expectedShortfall]).toEqual([Number.NaN, Number.NaN]);
  });

  test("a covariance near the largest double gives no figure that is not one", () => {
    const { valueAtRisk } = monteCarloVar({ ...options, weights: [1], covariance: [[1e300]], horizon: 1 });
    expect(valueAtRisk).toBeGreaterThan(1e150);
    const overflow = monteCarloVar({ ...options, weights: [1], covariance: [[1e300]], horizon: 10 });
    expect([overflow.valueAtRisk, overflow.standardError.valueAtRisk]).toEqual([Number.NaN, Number.NaN]);
  });

  test("a volatility of 1e-12 keeps its digits on one day under importance sampling", () => {
    const tiny = {
      ...options,
      weights: [1],
      covariance: [[1e-24]],
      horizon: 1,
      sampling: "importance",
    } as const;
    expect(monteCarloVar(tiny).valueAtRisk * 1e12).toBeGreaterThan(2.2);
  });
});
