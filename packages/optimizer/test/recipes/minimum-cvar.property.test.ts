import { createRandom } from "@astra-quant/core-linalg";
import { expectClose, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MinimumCvarOptions, minimumCvar } from "../../src/index.ts";
import { type RandomShortfall, randomShortfall } from "./random-shortfall.ts";
import { OPTIMAL, solveByHighs, UNBOUNDED } from "./shortfall-program.ts";

const proven = solver(1e-8);
const simplex = solver(1e-7);

const seeds = fc.integer({ min: 1, max: 1e6 });

/** The sum of what an objective is made of, which may cancel. */
function sizeOf({ certifiedGap, relativeGap, objective }: ReturnType<typeof minimumCvar>): number {
  return Math.max(Math.abs(objective), relativeGap === 0 ? 0 : Math.abs(certifiedGap / relativeGap));
}

function solve({ scenarios, options }: RandomShortfall): ReturnType<typeof minimumCvar> {
  return minimumCvar(scenarios, options);
}

/** Many scenarios of few assets, so that most are never solved for. */
function manyScenarios(
  seed: number,
  S: number,
  n = 4,
): { scenarios: Float64Array[]; options: MinimumCvarOptions } {
  const random = createRandom(`many ${seed}`);
  const scenarios = Array.from({ length: S }, () => {
    const crash = random.uniform() < 0.02 ? -0.1 * random.uniform() : 0;
    return random.fillNormal(new Float64Array(n)).map((e, i) => 0.01 * e * (1 + 0.2 * i) + 0.0003 + crash);
  });
  return {
    scenarios,
    options: {
      confidence: 0.5 + 0.49 * random.uniform(),
      constraints: { weights: { min: -0.5, max: 1 }, gross: { max: 1.4 } },
    },
  };
}

describe("minimum CVaR", () => {
  test("is what HiGHS finds for the linear program of it, by every kind of limit and cost", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = randomShortfall(seed, 12, 120);
        const ours = solve(drawn);
        const { status, objective } = solveByHighs(drawn.scenarios, drawn.options);
        if (ours.status === "unbounded") {
          expect(status).toBe(UNBOUNDED);
          return;
        }
        expect(status).toBe(OPTIMAL);
        expect(ours.status).toBe("optimal");
        expect(ours.relativeGap).toBeLessThan(proven.relative);
        expectClose(ours.objective, objective, simplex, sizeOf(ours));
      }),
      { numRuns: 120 },
    );
  });

  test("needs few of many scenarios, and finds what all of them say", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 300, max: 1500 }), (seed, S) => {
        const { scenarios, options } = manyScenarios(seed, S);
        const ours = minimumCvar(scenarios, options);
        expect(ours.status).toBe("optimal");
        expectClose(ours.objective, solveByHighs(scenarios, options).objective, simplex, sizeOf(ours));
      }),
      { numRuns: 25 },
    );
  });

  test("counts a scenario of twice the probability as two", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { scenarios, options } = manyScenarios(seed, 60);
        const twice = scenarios.filter((_, s) => s % 3 === 0);
        const whole = 60 + twice.length;
        const weighted = minimumCvar(scenarios, {
          ...options,
          probabilities: scenarios.map((_, s) => (s % 3 === 0 ? 2 : 1) / whole),
        });
        const repeated = minimumCvar([...scenarios, ...twice], options);
        expectClose(weighted.objective, repeated.objective, proven, sizeOf(repeated));
      }),
      { numRuns: 40 },
    );
  });

  test("does not mind the order of scenarios or assets, nor their number of times", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { scenarios, options } = manyScenarios(seed, 400);
        const { objective, weights } = minimumCvar(scenarios, options);
        const reversed = minimumCvar([...scenarios].reverse(), options);
        const mirrored = minimumCvar(scenarios.map((r) => r.slice().reverse()), options); // biome-ignore format: a line
        const doubled = minimumCvar([...scenarios, ...scenarios], options);
        for (const other of [reversed, mirrored, doubled]) expectClose(other.objective, objective, proven);
        expectClose(reversed.weights, weights, simplex, 1);
      }),
      { numRuns: 25 },
    );
  });

  test("grows with the confidence, with costs, and with every limit that tightens", () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.05, max: 0.9, noNaN: true }), (seed, confidence) => {
        const { scenarios, options } = manyScenarios(seed, 150);
        const at = (changes: MinimumCvarOptions) =>
          minimumCvar(scenarios, { ...options, confidence, ...changes });
        const before = at({});
        const least = before.objective - proven.relative;
        expect(at({ confidence: confidence + 0.05 }).objective).toBeGreaterThanOrEqual(least);
        expect(at({ costs: { linear: 1e-4 } }).objective).toBeGreaterThanOrEqual(least);
        const constraints = { ...options.constraints, gross: { max: 1.1 } };
        expect(at({ constraints }).objective).toBeGreaterThanOrEqual(least);
      }),
      { numRuns: 30 },
    );
  });

  test("is priced: a little more of a limit brings its shadow price", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { scenarios, options } = manyScenarios(seed, 150);
        const at = (max: number) => minimumCvar(scenarios, { ...options, constraints: { ...options.constraints, gross: { max } } }); // biome-ignore format: a line
        const { binding } = at(1.2);
        const price = binding.find(({ constraint }) => constraint === "gross.max")?.shadowPrice ?? 0;
        const step = 1e-6;
        const [less, more] = [at(1.2 - step).objective, at(1.2 + step).objective];
        // the shortfall is convex in the limit: its price lies between what less of it costs and what more brings
        const middle = at(1.2).objective;
        expect(price).toBeLessThanOrEqual((less - middle) / step + simplex.relative);
        expect(price).toBeGreaterThanOrEqual((middle - more) / step - simplex.relative);
      }),
      { numRuns: 30 },
    );
  });

  test("has the same bits every time", () => {
    const { scenarios, options } = manyScenarios(1, 1200);
    expect(minimumCvar(scenarios, options)).toEqual(minimumCvar(scenarios, options));
  });
});
