import { describe, expect, test } from "vitest";
import { HealthMonitor, healthScore } from "../../src/index.ts";

const window = { window: 2 };

describe("the reasons of a health score", () => {
  test("name the exclusion first, then the weak components, those that cost most first", () => {
    const { reasons, score } = healthScore(
      [0.02, 0.04, 0, 0.02, -0.02, 0],
      [0, 0, 0, 0, 0.001, 0.001],
      window,
    );
    expect(score).toBeLessThan(0.3);
    expect(reasons).toEqual([
      `excluded: the score ${score.toFixed(4)} is below 0.3`,
      "level 0.05: the mean IC of 2 rows is -0.0100, below 0.02",
      "stability 0.04: an IC of -0.0100 with a standard deviation of 0.0141 is not steady",
      "trend 0.27: the IC has fallen by 0.0200 from the 2 rows before",
      "turnover 0.31: after turnover the IC is 0.0010, below 0.005",
    ]);
  });

  test("of a signal that is well are none", () => {
    const { reasons, admitted } = healthScore(
      [0.05, 0.05, 0.05, 0.05, 0.05, 0.05],
      Array(6).fill(0.01),
      window,
    );
    expect(admitted).toBe(true);
    expect(reasons).toEqual([]);
  });

  test("say how many rows are still missing", () => {
    const rows = (n: number) => healthScore(Array(n).fill(0.05), Array(n).fill(0.01), window).reasons;
    const wanted = (n: number) =>
      `not yet measured: the score needs ${n} rows of IC and its turnover-adjusted form without a gap`;
    expect(rows(1)).toEqual([wanted(2)]);
    expect(rows(5)).toEqual([wanted(6)]);
  });

  test("of a monitor tell a row without a score, and an exclusion that has not ended", () => {
    const monitor = new HealthMonitor({ ...window, halfLife: 0.001, readmissionThreshold: 0.9 });
    for (let t = 0; t < 6; t++) monitor.push(-0.05, -0.01);
    expect(monitor.push(Number.NaN, 0).reasons.slice(0, 2)).toEqual([
      "excluded: the smoothed score 0.1576 is below 0.3",
      "no score in this row: the one before stands",
    ]);
    let health = monitor.push(0.03, 0.01);
    for (let t = 0; t < 8; t++) health = monitor.push(0.03, 0.01);
    expect(health.reasons[0]).toMatch(
      /^excluded: the smoothed score 0\.\d{4} has not risen above 0\.9 again$/,
    );
    expect(health.admitted).toBe(false);
  });
});
