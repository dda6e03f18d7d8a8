import { createRandom } from "@astra-quant/core-linalg";
import { expect, test } from "vitest";
import { type QpSettings, type QpSolution, solveQp } from "../../src/index.ts";
import { type ConstructedQp, randomQp, randomSettings, type Truth } from "./random-qp.ts";
import { otherwiseRounded } from "./reference-arithmetic.ts";
import { type ReferenceResult, referenceOsqp } from "./reference-osqp.ts";
import type { ReferenceSettings } from "./reference-problem.ts";

/** `FC_RUNS=10000` draws ten thousand, `FC_SEED` others. */
const { FC_SEED = "20260101", FC_RUNS = "300" } = process.env;
const SEED = FC_SEED === "random" ? String(Date.now()) : FC_SEED;
const DRAWS = Number(FC_RUNS);
/** So many other roundings are tried before a difference is called one of the method. */
const ROUNDINGS = 400;
const MINUTES = 60_000;

interface Draw extends ConstructedQp {
  readonly name: string;
  readonly settings: Partial<ReferenceSettings>;
}

function* draws(): Generator<Draw> {
  for (let k = 0; k < DRAWS; k++) {
    const random = createRandom(`qp ${SEED}.${k}`);
    const constructed = randomQp(random);
    yield { ...constructed, name: `draw ${k} of seed ${SEED}`, settings: randomSettings(random) };
  }
}

function solved({ problem, settings }: Draw, more: Partial<QpSettings> = {}): QpSolution {
  const { P, q, A, l, u } = problem;
  return solveQp(A.length === 0 ? { P, q } : { P, q, A, l, u }, { ...settings, ...more });
}

type Ending = Pick<ReferenceResult, "status" | "iterations" | "rhoUpdates" | "polish">;

function words({ status, iterations, rhoUpdates, polish }: Ending): string {
  return `${status} after ${iterations} iterations, ${rhoUpdates} changes of rho, polish ${polish}`;
}

/** What the plain method, otherwise rounded, ends with, where that is something else; undefined where it never is. */
function otherEnding({ problem, settings, name }: Draw, ending: string, tries: number): string | undefined {
  const random = createRandom(`${name}, rounding`);
  for (let k = 0; k < tries; k++) {
    const other = words(referenceOsqp(problem, settings, otherwiseRounded(random)));
    if (other !== ending) return other;
  }
  return undefined;
}

test(`of ${DRAWS} programs all end as the plain method ends, but where rounding decides how it ends`, {
  timeout: 30 * MINUTES,
}, () => {
  let byRounding = 0;
  let noise = 0;
  for (const draw of draws()) {
    const plain = referenceOsqp(draw.problem, draw.settings);
    const ending = words(plain);
    const solution = solved(draw);
    const ours = words({ ...solution.info, status: solution.status });
    if (otherEnding(draw, ending, 1) !== undefined) noise++;
    if (ours === ending) expectSamePoint(solution, plain, draw);
    else if (otherEnding(draw, ending, ROUNDINGS) !== undefined) byRounding++;
    else expect.soft(ours, draw.name).toBe(ending);
  }
  console.info(
    `${byRounding} of ${DRAWS} ended otherwise by rounding; the plain method, rounded otherwise, ${noise}`,
  );
  // rounding moves the plain method itself about as often
  expect(byRounding).toBeLessThanOrEqual(2 * noise + 3);
});

/** The same x and y, to what the plain method's own move under another rounding leaves. */
function expectSamePoint(
  { x, y }: QpSolution,
  plain: ReferenceResult,
  { problem, settings, name }: Draw,
): void {
  if (Number.isNaN(x[0])) return;
  const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a, (v, k) => Math.abs(v - b[k]!)).reduce((most, v) => Math.max(most, v), 0);
  const size = [...plain.x, ...plain.y].reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  const apart = Math.max(distance(x, plain.x), distance(y, plain.y));
  if (apart <= 1e-7 * size) return;
  const random = createRandom(`${name}, spread`);
  let spread = 0;
  for (let k = 0; k < ROUNDINGS && !(apart <= 100 * spread); k++) {
    const other = referenceOsqp(problem, settings, otherwiseRounded(random));
    spread = Math.max(spread, distance(other.x, plain.x), distance(other.y, plain.y));
  }
  expect.soft(apart, `${name}: distance from the plain method's point`).toBeLessThanOrEqual(100 * spread);
}

test(`of ${DRAWS} answers none hides its error from violation, certifiedGap and suspect`, {
  timeout: 30 * MINUTES,
}, () => {
  for (const draw of draws()) expectHonest(solved(draw), draw);
});

/** 1e-13 of the terms of a sum is what its rounding may leave. */
const ROUNDING = 1e-13;

function magnitude(terms: Iterable<number>): number {
  let sum = 0;
  for (const term of terms) if (Number.isFinite(term)) sum += Math.abs(term);
  return sum;
}

function expectHonest(solution: QpSolution, draw: Draw): void {
  const { status, x, y, info } = solution;
  const { truth, name } = draw;
  if (truth.status !== "primal infeasible" && status.startsWith("primal infeasible")) {
    expect.soft(info.suspect, `${name}: suspect, as there are points`).toBe("certificate weak");
  }
  if (truth.status === "solved" && status.startsWith("dual infeasible")) {
    expect.soft(info.suspect, `${name}: suspect, as there is a floor`).toBe("certificate weak");
  }
  if (status.startsWith("solved"))
    expect.soft([...x, ...y].every(Number.isFinite), `${name}: finite`).toBe(true);
  if (Number.isNaN(x[0])) return;
  expectOwnViolation(solution, draw);
  if (truth.status === "dual infeasible") {
    expect.soft(info.certifiedGap, `${name}: a gap above no floor`).toBeNaN();
  }
  if (truth.status === "solved") expectBounded(solution, truth, draw);
}

function expectOwnViolation({ x, info }: QpSolution, { problem: { A, l, u }, truth, name }: Draw): void {
  let overrun = 0;
  let size = 0;
  A.forEach((row, i) => {
    const terms = row.map((a, j) => a * x[j]!);
    const value = terms.reduce((sum, term) => sum + term, 0);
    overrun = Math.max(overrun, l[i]! - value, value - u[i]!);
    size = Math.max(size, magnitude(terms));
  });
  const rounding = ROUNDING * size;
  expect.soft(Math.abs(info.violation - overrun), `${name}: violation`).toBeLessThanOrEqual(rounding);
  if (truth.status !== "primal infeasible") return;
  expect
    .soft(info.violation, `${name}: violation of what cannot be met`)
    .toBeGreaterThanOrEqual(truth.leastViolation - rounding);
}

function expectBounded(
  { x, y, info }: QpSolution,
  truth: Truth & { status: "solved" },
  { problem: { P, q, A, l, u }, name }: Draw,
): void {
  const terms = [
    truth.objective,
    ...P.flatMap((row, i) => row.map((p, j) => p * x[i]! * x[j]!)),
    ...q.map((v, j) => v * x[j]!),
    ...A.flatMap((row, i) => row.map((a, j) => y[i]! * a * x[j]!)),
    ...[...l, ...u].map((side, k) => (Math.abs(side) < 1e26 ? side * y[k % l.length]! : 0)),
  ];
  const rounding = ROUNDING * magnitude(terms);
  // Σ|y*| times the overrun is the most by which breaking rows can lower the objective
  expect
    .soft(info.objective, `${name}: objective`)
    .toBeGreaterThanOrEqual(truth.objective - truth.multipliers * info.violation - rounding);
  if (Number.isNaN(info.certifiedGap)) return;
  expect
    .soft(info.objective - info.certifiedGap, `${name}: lower bound`)
    .toBeLessThanOrEqual(truth.objective + rounding);
}

test(`of ${DRAWS} accurate answers none says that it was reached and is farther from the truth than it tells`, {
  timeout: 30 * MINUTES,
}, () => {
  let reached = 0;
  let far = 0;
  for (const draw of draws()) {
    const { status, info } = solved(draw, { accurate: true });
    if (!info.accurate?.reached) continue;
    reached++;
    const { truth, name } = draw;
    // what is infeasible by less than can be told, and what has neither a point nor a floor, has two answers
    if (truth.status === "dual infeasible") expect.soft(status, name).toBe("dual infeasible");
    if (truth.status !== "solved") continue;
    expect.soft(status, name).toBe("solved");
    const allowed = 1e-8 * Math.max(1, Math.abs(truth.objective), truth.multipliers);
    const { objective, violation, certifiedGap } = info;
    if (Math.abs(objective - truth.objective) > allowed) far++;
    const told = Number.isNaN(certifiedGap) ? 0 : certifiedGap;
    expect
      .soft(objective, `${name}: too low`)
      .toBeGreaterThanOrEqual(truth.objective - allowed - truth.multipliers * violation);
    expect.soft(objective, `${name}: too high`).toBeLessThanOrEqual(truth.objective + allowed + told);
  }
  console.info(
    `${reached} of ${DRAWS} reached 1e-9; of these ${far} told of an error of the objective above 1e-8`,
  );
  expect(far).toBeLessThanOrEqual(1 + DRAWS / 1000);
  expect(reached).toBeGreaterThan(0.95 * DRAWS);
});
