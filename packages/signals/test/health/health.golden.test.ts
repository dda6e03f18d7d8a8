import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  Cusum,
  healthHistory,
  healthScore,
  kolmogorovSmirnov,
  PageHinkley,
  populationStabilityIndex,
} from "../../src/index.ts";

const OTHER_ORDER = solver(1e-12);

describe("numpy and scipy, from the definitions", () => {
  const truth = fixture(import.meta.url, "health.json");
  const { ic, adjusted, window, halfLife } = truth;

  test("every component of the score, and the score", () => {
    const { score, components } = healthScore(ic, adjusted, { window });
    expectClose(Object.values(components), Object.values<number>(truth.components), OTHER_ORDER);
    expectClose(score, truth.score, OTHER_ORDER);
  });

  test("smoothed scores are pandas' exponential mean, and admission follows its thresholds", () => {
    const history = healthHistory(ic, adjusted, { window, halfLife });
    expectClose(history.score, truth.smoothed, OTHER_ORDER);
    expect(Array.from(history.admitted)).toEqual(truth.admitted);
  });

  test("Kolmogorov and Smirnov's distance and its p-values, exact and in the limit, are scipy's", () => {
    for (const { x, y, statistic, exact, asymptotic } of truth.kolmogorovSmirnov) {
      const own = kolmogorovSmirnov(x, y, { method: "exact" });
      expectClose(own.statistic, statistic, OTHER_ORDER);
      expectClose(own.pValue, exact, solver(1e-11));
      expectClose(kolmogorovSmirnov(x, y, { method: "asymptotic" }).pValue, asymptotic, OTHER_ORDER);
    }
  });

  test("the stability index and its p-value", () => {
    const { reference, recent, index, pValue } = truth.stability;
    const own = populationStabilityIndex(reference, recent);
    expectClose([own.index, own.pValue], [index, pValue], OTHER_ORDER);
  });

  test("Page and Hinkley's statistic is the one computed anew at each row, and the alarm comes where it says", () => {
    const detector = new PageHinkley({ tolerance: 0.005, threshold: 0.4, minObservations: 30 });
    const said = truth.drifting.map((x: number) => detector.push(x));
    const statistics = said.map(({ statistic }: { statistic: number }) => statistic);
    expectClose(statistics, truth.pageHinkley.statistic, OTHER_ORDER);
    expect(said.findIndex(({ alarm }: { alarm: boolean }) => alarm)).toBe(truth.pageHinkley.first);
    expect(truth.pageHinkley.first).toBeGreaterThan(60);
  });

  test("cumulative sums are the largest over all beginnings", () => {
    const detector = new Cusum({ target: 0.04, standardDeviation: 0.05 });
    const said = truth.drifting.map((x: number) => detector.push(x));
    const side = (name: "up" | "down") => said.map((alarm: Record<string, number>) => alarm[name]!);
    expectClose(side("up"), truth.cusum.up, OTHER_ORDER);
    expectClose(side("down"), truth.cusum.down, OTHER_ORDER);
  });
});
