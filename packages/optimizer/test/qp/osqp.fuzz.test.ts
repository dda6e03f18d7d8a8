import { createRandom } from "@astra-quant/core-linalg";
import { expect, test } from "vitest";
import { type QpSolution, solveQp } from "../../src/index.ts";
import { type ConstructedQp, randomQp, randomSettings } from "./random-qp.ts";
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

function solved({ problem, settings }: Draw): QpSolution {
  const { P, q, A, l, u } = problem;
  return solveQp(A.length === 0 ? { P, q } : { P, q, A, l, u }, settings);
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
    else expect.fail(`${draw.name}: ${ours}; the plain method: ${ending}`);
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
  for (let k = 0; k < 20; k++) {
    const other = referenceOsqp(problem, settings, otherwiseRounded(random));
    spread = Math.max(spread, distance(other.x, plain.x), distance(other.y, plain.y));
  }
  expect(apart, `${name}: distance from the plain method's point`).toBeLessThanOrEqual(100 * spread);
}

test(`of ${DRAWS} answers none hides its error from violation and certifiedGap`, {
  timeout: 30 * MINUTES,
}, () => {
  for (const draw of draws()) expectHonest(solved(draw), draw);
});

function expectHonest({ x, y, info }: QpSolution, { problem, truth, name }: Draw): void {
  if (Number.isNaN(x[0])) return;
  const { q, A, l, u, P } = problem;
  const images = A.map((row) => row.reduce((sum, a, j) => sum + a * x[j]!, 0));
  const overrun = images.reduce((most, v, i) => Math.max(most, l[i]! - v, v - u[i]!), 0);
  const magnitude = (terms: Iterable<number>): number => {
    let sum = 0;
    for (const term of terms) sum += Number.isFinite(term) ? Math.abs(term) : 0;
    return sum;
  };
  const rowSizes = A.map((row) => magnitude(row.map((a, j) => a * x[j]!)));
  const rounding = 1e-13;
  expect(Math.abs(info.violation - overrun), `${name}: violation`).toBeLessThanOrEqual(
    rounding * rowSizes.reduce((most, v) => Math.max(most, v), 0),
  );
  if (truth.status === "primal infeasible") {
    expect(info.violation, `${name}: violation of what cannot be met`).toBeGreaterThanOrEqual(
      truth.leastViolation - rounding * magnitude(rowSizes),
    );
  }
  if (truth.status === "dual infeasible") {
    expect(info.certifiedGap, `${name}: a gap below which there is no floor`).toBeNaN();
  }
  if (truth.status !== "solved") return;
  const cost = magnitude(P.flatMap((row, i) => row.map((p, j) => p * x[i]! * x[j]!)));
  const sides = magnitude(
    [...y].flatMap((v, i) => [
      Math.abs(l[i]!) < 1e26 ? v * l[i]! : 0,
      Math.abs(u[i]!) < 1e26 ? v * u[i]! : 0,
      v * images[i]!,
    ]),
  );
  const slack = rounding * (cost + magnitude(q.map((v, j) => v * x[j]!)) + sides + Math.abs(truth.objective));
  // y*'(overrun) is the most by which breaking rows can lower the objective
  expect(info.objective, `${name}: objective`).toBeGreaterThanOrEqual(
    truth.objective - truth.multipliers * info.violation - slack,
  );
  if (Number.isNaN(info.certifiedGap)) return;
  expect(info.objective - info.certifiedGap, `${name}: lower bound`).toBeLessThanOrEqual(
    truth.objective + slack,
  );
}
