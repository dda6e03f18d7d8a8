import { describeGolden, expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { Osqp, type QpSolution, solveQp } from "../../src/index.ts";
import { expectReference } from "./expect-reference.ts";
import { applyStep, problemOf, type RawCase, type Sequence } from "./stored-cases.ts";

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

function describeSequences(sequences: readonly Sequence[]): void {
  for (const sequence of sequences) {
    test(`${sequence.name}: every solve of one solver's life is the reference's`, () => {
      const osqp = new Osqp(problemOf(sequence.problem ?? sequence), sequence.settings);
      for (const step of sequence.steps) {
        const solution = applyStep(osqp, step);
        if (solution !== undefined) expectReference(solution, step.expected!);
      }
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
