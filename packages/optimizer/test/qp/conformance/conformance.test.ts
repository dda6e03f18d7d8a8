import { expect, test } from "vitest";
import type { QpSolution } from "../../../src/index.ts";
import { compare } from "./compare.ts";
import { ownData } from "./conformance-data.ts";
import { promises } from "./promises.ts";
import { conformanceReport } from "./report.ts";
import { runConformance } from "./run-conformance.ts";

test("the project's own copy of the data breaks no promise, and says what it skips", () => {
  const result = runConformance(ownData());
  expect(promises(result).filter(({ kept }) => !kept)).toEqual([]);
  expect(result.sequences.length).toBeGreaterThan(2);
  expect(conformanceReport(result)).toContain("Skipped: most raw cases");
});

const solution = {
  status: "solved",
  x: Float64Array.of(1, 2),
  y: Float64Array.of(3),
  info: { iterations: 25, rhoUpdates: 1, polish: 0, objective: 10 },
} as unknown as QpSolution;
const expected = {
  status: "solved",
  iterations: 25,
  rhoUpdates: 1,
  polish: 0,
  x: [1, 2],
  y: [3],
  objective: 10,
};

test("a comparison measures the farthest number in units of what is allowed", () => {
  expect(compare("same", solution, expected, {}).distance).toBe(0);
  const far = compare("far", solution, { ...expected, y: [3 + 6e-7] }, {});
  expect(far.distance).toBeGreaterThan(1.9);
  expect(compare("far", solution, { ...expected, y: [3 + 6e-7] }, { spread: 1e-8 }).distance).toBeLessThan(1);
  expect(compare("NaN", solution, { ...expected, x: [1, Number.NaN] }, {}).distance).toBe(Infinity);
});

test("a promise is broken by one status, and by three counts in a hundred", () => {
  const comparison = compare("same", solution, expected, {});
  const result = { data: ownData(), sequences: [], marosMeszaros: [], dishonest: [] };
  const kept = (raw: (typeof comparison)[]): boolean[] =>
    promises({ ...result, raw }).map((promise) => promise.kept);
  const hundred = Array.from({ length: 100 }, () => comparison);
  expect(kept(hundred)).toEqual([true, true, true, true]);
  expect(kept([...hundred.slice(1), { ...comparison, status: false }])).toEqual([false, true, true, true]);
  const missed = { ...comparison, iterations: false };
  expect(kept([...hundred.slice(2), missed, missed])).toEqual([true, true, true, true]);
  expect(kept([...hundred.slice(3), missed, missed, missed])).toEqual([true, false, true, true]);
});
