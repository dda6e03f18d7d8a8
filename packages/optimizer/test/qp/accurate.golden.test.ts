import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describeGolden, expectClose, fixture, sharedFolder, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { solveQp } from "../../src/index.ts";
import { problemOf, type RawCase } from "./stored-cases.ts";

function describeCases(cases: readonly RawCase[]): void {
  for (const raw of cases) {
    const { status, optimum } = raw.truth ?? {};
    if (status === undefined) continue;
    test(`${raw.name}: accurate finds the truth to 1e-9, or proves that there is none`, () => {
      const { info, ...solution } = solveQp(problemOf(raw), { ...raw.settings, accurate: true });
      expect(solution.status.replace("problem ", "")).toBe(status);
      expect(info.suspect).toBeUndefined();
      if (status !== "non convex") expect(info.accurate?.reached).toBe(true);
      if (optimum === undefined) return;
      const scale = Math.max(1, Math.abs(optimum.objective));
      expectClose(info.objective, optimum.objective, solver(1e-9), scale);
      expectClose(info.certifiedGap, 0, solver(1e-9), scale);
    });
  }
}

describe("the project's own copy of small conformance cases", () => {
  describeCases(fixture(import.meta.url, "qp.json").cases);
});

describeGolden("qp/raw.json", (truth) => describeCases(truth.cases));

const folder = join(sharedFolder, "golden", "qp");
const published = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("mm-")) : [];

for (const name of published) {
  describeGolden(`qp/${name}`, (truth) => {
    test("accurate comes within 1e-8 of the optimum, and the certified gap owns up to what is left", () => {
      const { status, info } = solveQp(problemOf(truth), { ...truth.settings, accurate: true });
      expect([status, info.accurate?.reached]).toEqual(["solved", true]);
      const { objective, accuracy } = truth.optimum;
      const scale = Math.max(1, Math.abs(objective));
      const constant = truth.objectiveConstant ?? 0;
      expectClose(info.objective + constant, objective, solver(1e-8), scale);
      if (Number.isNaN(info.certifiedGap)) return;
      const rounding = Math.max(1e-9, accuracy) * scale;
      expect(info.objective - info.certifiedGap + constant).toBeLessThanOrEqual(objective + rounding);
    });
  });
}
