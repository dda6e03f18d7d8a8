import {
  describeGolden,
  expectClose,
  fixture,
  printed,
  rounding,
  solver,
  statistical,
} from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  acerbiSzekelyTest,
  christoffersenTest,
  dynamicQuantileTest,
  kupiecTest,
  trafficLight,
} from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
type Json = any;

/** A series with given numbers of transitions, which begins with a quiet day. */
function seriesOf({ n00, n01, n11 }: { n00: number; n01: number; n11: number }): number[] {
  const spells = Array.from({ length: n01 }, (_, k) => Array.from({ length: k < n11 ? 2 : 1 }, () => 1));
  return [...Array.from({ length: n00 }, () => 0), ...spells.flatMap((spell) => [0, ...spell]), 0];
}

describeGolden("oracles.json", (truth) => {
  test("Christoffersen's example: 57 exceptions in 1,043 days, four of them after another", () => {
    const { observations, exceptions, probability, likelihoodRatio, ...counts } = truth.christoffersen;
    const series = seriesOf(counts);
    expect([series.length, series.reduce((a, b) => a + b, 0)]).toEqual([observations, exceptions]);
    const got = christoffersenTest(series, { probability });
    expect(got.transitions).toEqual({
      quietToQuiet: counts.n00,
      quietToException: counts.n01,
      exceptionToQuiet: counts.n10,
      exceptionToException: counts.n11,
    });
    expectClose(got.unconditional.statistic, likelihoodRatio.unconditional, printed(5));
    expectClose(got.independence.statistic, likelihoodRatio.independence, printed(5));
    expectClose(got.conditional.statistic, likelihoodRatio.conditional, printed(5));
    expect(kupiecTest(series, { probability }).statistic).toBe(got.unconditional.statistic);
  });
});

describe("scipy and numpy", () => {
  const truth: Json = fixture(import.meta.url, "tests.json");

  test.each(truth.coverage as Json[])("$days days at $probability", (wanted) => {
    const series = new Float64Array(wanted.days);
    for (const day of wanted.hits) series[day] = 1;
    const options = { probability: wanted.probability };
    const got = christoffersenTest(series, options);
    // The likelihoods are sums of as many logarithms as there are days.
    const close = solver(1e-10);
    for (const name of ["unconditional", "independence", "conditional"] as const) {
      expectClose([got[name].statistic, got[name].pValue], wanted[name], close, Math.max(1, wanted[name][0]));
    }
    const dynamic = dynamicQuantileTest(series, options);
    expectClose(
      [dynamic.statistic, dynamic.pValue, dynamic.degreesOfFreedom],
      wanted.dynamicQuantile,
      close,
      Math.max(5, wanted.dynamicQuantile[0]),
    );
    const light = trafficLight(series, options);
    expectClose(
      [light.cumulative, light.typeOneError],
      [wanted.cumulative, wanted.typeOneError],
      solver(1e-11),
      1,
    );
  });

  test.each(truth.shortfall as Json[])(
    "the three shortfall tests at $alpha, p-values by other histories",
    (wanted) => {
      const { returns, valueAtRisk, expectedShortfall, alpha, draws } = wanted;
      const got = acerbiSzekelyTest(returns, {
        valueAtRisk,
        expectedShortfall,
        probability: alpha,
        scenarios: 20_000,
        seed: "shortfall",
      });
      const all = [got.conditional, got.unconditional, got.ranks];
      expectClose([all[0]!.statistic, all[1]!.statistic], wanted.statistics.slice(0, 2), rounding(500));
      // Z₃ is over the mean of simulated shortfalls, whose spread is about a fifth of it.
      expectClose(all[2]!.statistic, wanted.statistics[2], statistical(0.3 / Math.sqrt(20_000)));
      all.forEach((one, k) => {
        const p = wanted.pValues[k];
        const error = Math.sqrt(Math.max(p * (1 - p), 1e-4) * (1 / draws + 1 / 20_000));
        expectClose(one.pValue, p, statistical(error));
      });
    },
  );
});
