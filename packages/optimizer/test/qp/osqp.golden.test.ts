import { describeGolden, expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type LaterSettings, Osqp, type QpSolution, solveQp } from "../../src/index.ts";
import { type Expected, expectReference, problemOf, type RawCase } from "./qp-cases.ts";

/** A truth the reference's own stopping point may be far from: the figures must own up to the distance. */
function expectHonest(solution: QpSolution, { truth }: RawCase): void {
  const { objective, certifiedGap, violation } = solution.info;
  const optimum = truth?.optimum?.objective;
  if (truth?.status !== "solved" || optimum === undefined || Number.isNaN(objective)) return;
  const rounding = 1e-9 * Math.max(1, Math.abs(optimum));
  if (!Number.isNaN(certifiedGap)) expect(objective - certifiedGap).toBeLessThanOrEqual(optimum + rounding);
  if (violation === 0) expect(objective).toBeGreaterThanOrEqual(optimum - rounding);
}

function describeCases(cases: readonly RawCase[]): void {
  for (const raw of cases) {
    test(`${raw.name}: status, iterations, rho updates, polish and point are the reference's`, () => {
      const solution = solveQp(problemOf(raw), raw.settings);
      expectReference(solution, raw.expected, raw.spread);
      expectHonest(solution, raw);
      expectCertificates(solution, raw);
    });
  }
}

function expectCertificates(solution: QpSolution, { expected, settings, spread = 0 }: RawCase): void {
  for (const name of ["primalInfeasibilityCertificate", "dualInfeasibilityCertificate"] as const) {
    const wanted = expected[name];
    const given = solution[name];
    expect(given === undefined).toBe(wanted === undefined);
    if (wanted === undefined || given === undefined) continue;
    expect(Math.max(...given.map(Math.abs))).toBe(1);
    // with scaledTermination the reference leaves its certificate in the scaled space, where it proves nothing of the user's data
    if (!settings.scaledTermination) expectClose(given, wanted, solver(Math.max(1e-7, 100 * spread)));
  }
}

describe("the project's own copy of small conformance cases", () => {
  describeCases(fixture(import.meta.url, "qp.json").cases);
});

describe("native OSQP with rho adapted on the KKT error", () => {
  describeCases(fixture(import.meta.url, "qp-adaptation.json").cases);
});

describeGolden("qp/raw.json", (truth) => describeCases(truth.cases));

interface Step {
  op: "solve" | "update" | "warmStart" | "updateRho" | "updateSettings";
  q?: number[];
  l?: number[];
  u?: number[];
  Px?: number[];
  Ax?: number[];
  x?: number[];
  y?: number[];
  rho?: number;
  settings?: Partial<LaterSettings>;
  expected?: Expected;
}

function given<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

function applyStep(osqp: Osqp, step: Step): void {
  const { q, l, u, Px, Ax, x, y } = step;
  if (step.op === "update") osqp.update(given({ q, l, u, Px, Ax }) as Parameters<Osqp["update"]>[0]);
  if (step.op === "warmStart") osqp.warmStart(given({ x, y }) as Parameters<Osqp["warmStart"]>[0]);
  if (step.op === "updateRho") osqp.updateSettings({ rho: step.rho! });
  if (step.op === "updateSettings") osqp.updateSettings(step.settings!);
  if (step.op === "solve") expectReference(osqp.solve(), step.expected!);
}

interface Sequence extends Pick<RawCase, "P" | "q" | "A" | "l" | "u"> {
  name: string;
  settings: RawCase["settings"];
  problem?: Pick<RawCase, "P" | "q" | "A" | "l" | "u">;
  steps: Step[];
}

function describeSequences(sequences: readonly Sequence[]): void {
  for (const sequence of sequences) {
    test(`${sequence.name}: every solve of one solver's life is the reference's`, () => {
      const osqp = new Osqp(problemOf(sequence.problem ?? sequence), sequence.settings);
      for (const step of sequence.steps) applyStep(osqp, step);
    });
  }
}

describe("the project's own copy of two sequences", () => {
  describeSequences(fixture(import.meta.url, "qp-sequences.json").sequences);
});

describeGolden("qp/raw-sequences.json", (truth) => describeSequences(truth.sequences));

/** Problems of the Maros–Mészáros set. */
const MAROS_MESZAROS =
  "CVXQP1_M CVXQP2_M CVXQP3_M DPKLO1 DUAL2 DUAL4 DUALC2 DUALC8 GOULDQP2 HS118 HS268 HS35MOD HS52 HS76 LOTSCHD PRIMAL1 QADLITTL QBANDM QBRANDY QGROW7 QISRAEL QPCBOEI1 QPTEST QSC205 QSCAGR7 QSCSD1 QSCTAP1 QSHARE1B QSHIP04S QSTANDAT ZECEVIC2";

for (const name of MAROS_MESZAROS.split(" ")) {
  describeGolden(`qp/mm-${name}.json`, (truth) => {
    test("status, iterations and rho updates are the reference's", () => {
      const { status, info } = solveQp(problemOf(truth), truth.settings);
      expect([status, info.rhoUpdates]).toEqual([truth.expected.status, truth.expected.rhoUpdates]);
      if (!truth.roundingSensitive) expect(info.iterations).toBe(truth.expected.iterations);
    });
  });
}
