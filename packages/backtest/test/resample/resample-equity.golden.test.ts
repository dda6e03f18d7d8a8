import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type ResampleMethod, resampleEquity } from "../../src/index.ts";

const truth = fixture(import.meta.url, "paths.json");
const COUNT = 4000;
const FIGURES = ["terminalWealth", "cagr", "sharpe", "maxDrawdown", "lowestWealth"] as const;

describe("arch's bootstraps of the same returns", () => {
  test("start from the figures that numpy reads off the equity", () => {
    const found = resampleEquity(truth.returns, { seed: 1, periodsPerYear: 252, count: 2 });
    FIGURES.forEach((name, k) => {
      expectClose(
        found[name].estimate,
        truth.observed[k],
        rounding(600),
        Math.max(1, Math.abs(truth.observed[k])),
      );
    });
  });

  for (const method of ["stationary", "circular", "moving"] as const satisfies readonly ResampleMethod[]) {
    const { blockLength, quantiles, deviations } = truth[method];
    const found = resampleEquity(truth.returns, {
      method,
      blockLength,
      count: COUNT,
      seed: `arch ${method}`,
      periodsPerYear: 252,
    });

    test(`${method}: as many paths lie below arch's quantiles as should, within four standard errors`, () => {
      for (const name of FIGURES) {
        truth.levels.forEach((level: number, k: number) => {
          if (name === "lowestWealth" && quantiles[name][k] === 1) return; // many paths never fall below their start
          const below = found.paths[name].filter((value) => value <= quantiles[name][k]).length / COUNT;
          const error = Math.sqrt(level * (1 - level) * (1 / COUNT + 1 / truth.paths));
          expect(Math.abs(below - level), `${name} at ${level}`).toBeLessThan(4 * error);
        });
      }
    });

    test(`${method}: the standard errors agree to a twentieth`, () => {
      for (const name of FIGURES) {
        expect(Math.abs(found[name].standardError / deviations[name] - 1), name).toBeLessThan(1 / 20);
      }
    });
  }
});
