import { cholesky, choleskySolve, type Matrix } from "@astra-quant/core-linalg";
import { SchurComplement } from "../../portfolio/active-set/schur-complement.ts";
import { dot } from "../../vectors.ts";
import { type CvarLayout, cvarLayout } from "./cvar-layout.ts";
import { type CvarProgram, portfolioReturns, weightedReturns } from "./cvar-program.ts";
import { scenarioTable, weightedGram } from "./weighted-gram.ts";

export interface CvarPoint {
  readonly w: Float64Array;
  /** The multiplier of each scenario: at the solution its share of the expected shortfall. */
  readonly y: Float64Array;
  /** The multiplier of each row; > 0 presses on its max. */
  readonly eta: Float64Array;
  readonly iterations: number;
}

/** A point, or a direction from one. */
interface Point {
  readonly w: Float64Array;
  alpha: number;
  /** Multipliers of the equalities. */
  readonly nu: Float64Array;
  readonly slack: Float64Array;
  readonly multiplier: Float64Array;
}

interface Residuals {
  /** What each slack misses of what it should be. */
  readonly slack: Float64Array;
  /** k − z − y. */
  readonly scenario: Float64Array;
  /** 1 − Σy. */
  readonly share: number;
  /** −R'y + Σ sign · multiplier · a + Σ ν a. */
  readonly stationarity: Float64Array;
  readonly equality: Float64Array;
  readonly worst: number;
}

const MOST_ITERATIONS = 80;
const TOLERANCE = 1e-13;
const STEPS_WITHOUT_PROGRESS = 5;
/** How much of the way to the boundary a step may go. */
const SHY = 0.995;
/** What a diagonal without a factor is given, relative to its largest entry. */
const RIDGE = 1e-13;

/**
 * Mehrotra's predictor and corrector with the blocks of the scenarios eliminated by hand. With D = 1 / (u/z + v/y) what is
 * factored is [R 1]'D[R 1] plus what bounds and sides add, of order n + 1, bordered by the equalities.
 */
export function solveCvar(program: CvarProgram): CvarPoint {
  const layout = cvarLayout(program);
  const table = scenarioTable(program.returns, program.scenarios);
  const point = startingPoint(program, layout);
  let best = answer(program, layout, point, 0);
  let error = Number.POSITIVE_INFINITY;
  let standing = 0;
  for (let iteration = 0; iteration <= MOST_ITERATIONS; iteration++) {
    const residuals = residualsOf(program, layout, point);
    const gap = dot(point.slack, point.multiplier);
    const worst = Math.max(residuals.worst, gap);
    if (worst < error) {
      error = worst;
      best = answer(program, layout, point, iteration);
      standing = 0;
    } else standing++;
    if (!(worst > TOLERANCE) || standing > STEPS_WITHOUT_PROGRESS) break;
    const step = CvarStep.at(program, layout, point, residuals, table);
    if (step === undefined) break;
    const { slack, multiplier } = point;
    const target = slack.map((s, p) => -s * multiplier[p]!);
    const predictor = step.direction(target);
    const { primal, dual } = lengthsOf(point, predictor, 1);
    let ahead = 0;
    for (let p = 0; p < slack.length; p++) {
      ahead +=
        (slack[p]! + primal * predictor.slack[p]!) * (multiplier[p]! + dual * predictor.multiplier[p]!);
    }
    const ratio = ahead / gap;
    const centre = (ratio * ratio * ratio * gap) / slack.length;
    for (let p = 0; p < target.length; p++)
      target[p]! += centre - predictor.slack[p]! * predictor.multiplier[p]!;
    const corrector = step.direction(target);
    move(point, corrector, lengthsOf(point, corrector, SHY));
  }
  return best;
}

/** The middle of the box, or the point of it nearest to 0; slacks what they are where that is positive. */
function startingPoint(
  { limits, returns, base, scenarios: S, confidence }: CvarProgram,
  layout: CvarLayout,
): Point {
  const { lower, upper } = limits;
  const { bounds, sides, at, pairs } = layout;
  const w = lower.map((end, i) => {
    const middle = (end + upper[i]!) / 2;
    return Number.isFinite(middle) ? middle : Math.min(Math.max(0, end + 1), upper[i]! - 1);
  });
  const slack = new Float64Array(pairs).fill(1);
  const q = portfolioReturns(returns, w, base?.slice() ?? new Float64Array(S));
  for (let s = 0; s < S; s++) {
    slack[s] = Math.max(0, -q[s]!) + 1;
    slack[at.v + s] = slack[s]! + q[s]!;
  }
  bounds.forEach(({ variable, sign, limit }, b) => {
    slack[at.bounds + b] = Math.max(limit - sign * w[variable]!, 1e-2);
  });
  sides.forEach(({ loadings, sign, limit }, c) => {
    slack[at.sides + c] = Math.max(limit - sign * dot(loadings, w), 1e-1);
  });
  const k = 1 / ((1 - confidence) * S);
  const multiplier = slack.map((s, p) => (p < at.bounds ? k / 2 : k / 2 / s));
  return { w, alpha: 0, nu: new Float64Array(layout.equalities.length), slack, multiplier };
}

function residualsOf(program: CvarProgram, layout: CvarLayout, point: Point): Residuals {
  const { returns, base, scenarios: S, confidence } = program;
  const { bounds, sides, equalities, at, pairs } = layout;
  const { w, alpha, nu, slack: t, multiplier: m } = point;
  const k = 1 / ((1 - confidence) * S);
  const slack = new Float64Array(pairs);
  const scenario = new Float64Array(S);
  const q = portfolioReturns(returns, w, base?.slice() ?? new Float64Array(S));
  let share = 1;
  for (let s = 0; s < S; s++) {
    slack[at.v + s] = t[s]! + q[s]! + alpha - t[at.v + s]!;
    scenario[s] = k - m[s]! - m[at.v + s]!;
    share -= m[at.v + s]!;
  }
  const stationarity = weightedReturns(returns, m.subarray(at.v, at.v + S)).map((value) => -value);
  bounds.forEach(({ variable, sign, limit }, b) => {
    slack[at.bounds + b] = limit - sign * w[variable]! - t[at.bounds + b]!;
    stationarity[variable]! += sign * m[at.bounds + b]!;
  });
  sides.forEach(({ loadings, sign, limit }, c) => {
    slack[at.sides + c] = limit - sign * dot(loadings, w) - t[at.sides + c]!;
    addTo(stationarity, loadings, sign * m[at.sides + c]!);
  });
  const equality = Float64Array.from(equalities, ({ loadings, value }, e) => {
    addTo(stationarity, loadings, nu[e]!);
    return value - dot(loadings, w);
  });
  let worst = Math.abs(share);
  for (const part of [slack, stationarity, equality]) {
    for (let p = 0; p < part.length; p++) worst = Math.max(worst, Math.abs(part[p]!));
  }
  for (let s = 0; s < S; s++) worst = Math.max(worst, Math.abs(scenario[s]!) * S);
  return { slack, scenario, share, stationarity, equality, worst };
}

/** One point's factor, and the directions it gives. */
class CvarStep {
  readonly #program: CvarProgram;
  readonly #layout: CvarLayout;
  readonly #point: Point;
  readonly #residuals: Residuals;
  readonly #D: Float64Array;
  readonly #L: Matrix;
  /** Of the equalities: loadings and 0 for α, (n+1)×count, and K⁻¹ of them. */
  readonly #columns: Float64Array;
  readonly #images: Float64Array;
  readonly #schur: SchurComplement;

  static at(
    program: CvarProgram,
    layout: CvarLayout,
    point: Point,
    residuals: Residuals,
    table: Matrix,
  ): CvarStep | undefined {
    const { bounds, sides, at } = layout;
    const { slack: t, multiplier: m } = point;
    const { n } = program.limits;
    const D = new Float64Array(program.scenarios);
    for (let s = 0; s < D.length; s++) D[s] = 1 / (t[s]! / m[s]! + t[at.v + s]! / m[at.v + s]!);
    const K = weightedGram(program.returns, table, D);
    bounds.forEach(({ variable }, b) => {
      K.data[variable * (n + 2)]! += m[at.bounds + b]! / t[at.bounds + b]!;
    });
    sides.forEach(({ loadings }, c) => {
      const weight = m[at.sides + c]! / t[at.sides + c]!;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) K.data[i * (n + 1) + j]! += weight * loadings[i]! * loadings[j]!;
      }
    });
    const L = factorOf(K);
    return L && new CvarStep(program, layout, point, residuals, D, L);
  }

  private constructor(
    program: CvarProgram,
    layout: CvarLayout,
    point: Point,
    residuals: Residuals,
    D: Float64Array,
    L: Matrix,
  ) {
    this.#program = program;
    this.#layout = layout;
    this.#point = point;
    this.#residuals = residuals;
    this.#D = D;
    this.#L = L;
    const { equalities } = layout;
    const { n } = program.limits;
    const count = equalities.length;
    this.#columns = new Float64Array((n + 1) * count);
    this.#images = new Float64Array((n + 1) * count);
    equalities.forEach(({ loadings }, e) => {
      const column = new Float64Array(n + 1);
      column.set(loadings);
      const image = choleskySolve(L, column);
      for (let i = 0; i <= n; i++) {
        this.#columns[i * count + e] = column[i]!;
        this.#images[i * count + e] = image[i]!;
      }
    });
    this.#schur = new SchurComplement(count, 0);
    this.#schur.add(this.#columns, this.#images);
  }

  /** The direction in which slack · dm + m · dslack = target, and every residual is made up for. */
  direction(target: Float64Array): Point {
    const { returns, scenarios: S, limits } = this.#program;
    const { bounds, sides, equalities, at } = this.#layout;
    const { slack: t, multiplier: m } = this.#point;
    const residuals = this.#residuals;
    const { n } = limits;
    const D = this.#D;
    // e: what D(e − R dw − dα) = dy needs of the scenarios' own residuals
    const De = new Float64Array(S);
    let sumDe = 0;
    for (let s = 0; s < S; s++) {
      const v = at.v + s;
      const e =
        target[v]! / m[v]! - (target[s]! - t[s]! * residuals.scenario[s]!) / m[s]! - residuals.slack[v]!;
      De[s] = D[s]! * e;
      sumDe += De[s]!;
    }
    const r = new Float64Array(n + 1);
    r.set(weightedReturns(returns, De));
    for (let i = 0; i < n; i++) r[i]! -= residuals.stationarity[i]!;
    r[n] = sumDe - residuals.share;
    const own = (p: number): number => (target[p]! - m[p]! * residuals.slack[p]!) / t[p]!;
    bounds.forEach(({ variable, sign }, b) => {
      r[variable]! -= sign * own(at.bounds + b);
    });
    sides.forEach(({ loadings, sign }, c) => {
      addTo(r, loadings, -sign * own(at.sides + c));
    });
    const d = choleskySolve(this.#L, r);
    const count = equalities.length;
    const missing = residuals.equality.map((value) => -value);
    for (let i = 0; i <= n; i++) {
      for (let e = 0; e < count; e++) missing[e]! += this.#columns[i * count + e]! * d[i]!;
    }
    const nu = this.#schur.solve(missing);
    for (let i = 0; i <= n; i++) {
      for (let e = 0; e < count; e++) d[i]! -= this.#images[i * count + e]! * nu[e]!;
    }
    return this.#expand(d.subarray(0, n), d[n]!, nu, De, target);
  }

  /** The whole direction from that of the weights, of α and of the equalities' multipliers. */
  #expand(w: Float64Array, alpha: number, nu: Float64Array, De: Float64Array, target: Float64Array): Point {
    const { returns, scenarios: S } = this.#program;
    const { bounds, sides, at, pairs } = this.#layout;
    const { slack: t, multiplier: m } = this.#point;
    const residuals = this.#residuals;
    const slack = new Float64Array(pairs);
    const multiplier = new Float64Array(pairs);
    const q = portfolioReturns(returns, w, new Float64Array(S));
    for (let s = 0; s < S; s++) {
      const v = at.v + s;
      multiplier[v] = De[s]! - this.#D[s]! * (q[s]! + alpha);
      multiplier[s] = residuals.scenario[s]! - multiplier[v]!;
      slack[s] = (target[s]! - t[s]! * multiplier[s]!) / m[s]!;
      slack[v] = slack[s]! + q[s]! + alpha + residuals.slack[v]!;
    }
    const set = (p: number, change: number): void => {
      slack[p] = residuals.slack[p]! - change;
      multiplier[p] = (target[p]! - m[p]! * slack[p]!) / t[p]!;
    };
    bounds.forEach(({ variable, sign }, b) => {
      set(at.bounds + b, sign * w[variable]!);
    });
    sides.forEach(({ loadings, sign }, c) => {
      set(at.sides + c, sign * dot(loadings, w));
    });
    return { w, alpha, nu, slack, multiplier };
  }
}

function factorOf(K: Matrix): Matrix | undefined {
  const factor = cholesky(K);
  if (factor.status === "ok") return factor.L;
  const size = K.rows;
  let most = 0;
  for (let i = 0; i < size; i++) most = Math.max(most, K.data[i * (size + 1)]!);
  for (let i = 0; i < size; i++) K.data[i * (size + 1)]! += RIDGE * most;
  const ridged = cholesky(K);
  return ridged.status === "ok" ? ridged.L : undefined;
}

/** How much of a direction keeps all slacks, and all multipliers, positive, at most 1. */
function lengthsOf(point: Point, direction: Point, shy: number): { primal: number; dual: number } {
  const length = (at: Float64Array, change: Float64Array): number => {
    let most = 1 / shy;
    for (let p = 0; p < at.length; p++) if (change[p]! < 0) most = Math.min(most, -at[p]! / change[p]!);
    return Math.min(1, shy * most);
  };
  return {
    primal: length(point.slack, direction.slack),
    dual: length(point.multiplier, direction.multiplier),
  };
}

function move(point: Point, direction: Point, { primal, dual }: { primal: number; dual: number }): void {
  addTo(point.w, direction.w, primal);
  addTo(point.slack, direction.slack, primal);
  addTo(point.nu, direction.nu, dual);
  addTo(point.multiplier, direction.multiplier, dual);
  point.alpha += primal * direction.alpha;
}

/** out += factor · v, for the entries that v has. */
function addTo(out: Float64Array, v: Float64Array, factor: number): void {
  for (let i = 0; i < v.length; i++) out[i]! += factor * v[i]!;
}

function answer(
  { limits, scenarios: S }: CvarProgram,
  layout: CvarLayout,
  point: Point,
  iterations: number,
): CvarPoint {
  const { sides, equalities, at } = layout;
  const { lower, upper, rows } = limits;
  const eta = new Float64Array(rows.length);
  equalities.forEach(({ row }, e) => {
    eta[row] = point.nu[e]!;
  });
  sides.forEach(({ row, sign }, c) => {
    eta[row]! += sign * point.multiplier[at.sides + c]!;
  });
  return {
    w: point.w.map((value, i) => Math.min(Math.max(value, lower[i]!), upper[i]!)),
    y: point.multiplier.slice(at.v, at.v + S),
    eta,
    iterations,
  };
}
