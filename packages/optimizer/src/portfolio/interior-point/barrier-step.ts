import { SchurComplement } from "../active-set/schur-complement.ts";
import { curvatureScale } from "../active-set/state-equations.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import type { RiskBlock } from "../risk/risk-model.ts";
import type { BarrierLayout } from "./barrier-layout.ts";
import type { BarrierPoint, BarrierResiduals } from "./barrier-residuals.ts";

/** Keeps a block positive definite where neither risk nor any limit curves it, against the largest curvature. */
const LEAST_CURVATURE = 1e-11;
const REFINEMENTS = 1;

/**
 * The Newton step of the barrier problem at one point, reduced by hand to the variables: box ends and folds add to the
 * diagonal,
 *
 *     [ γΣ + θ + Z/S + e   C  ] [dw]   [r]
 *     [ C'                −E  ] [dm] = [t]       e = 1 / (A_P + A_M),  A_P = P/z_P,  A_M = M/z_M
 *
 * C holds the loadings of a row, and of a size its signs and, for each fold, e (A_P − A_M); E the 1 ÷ Σ Z/S of a row,
 * S/Z of a size, and 4 A_P A_M e of the folds that two sizes share.
 */
export class BarrierStep {
  readonly #layout: BarrierLayout;
  readonly #point: BarrierPoint;
  readonly #residuals: BarrierResiduals;
  readonly #block: RiskBlock;
  readonly #columns: Float64Array;
  readonly #images: Float64Array;
  readonly #E: Float64Array;
  readonly #schur: SchurComplement;
  /** A_P, A_M and e of each fold; Σ Z/S of each row. */
  readonly #A: { readonly above: Float64Array; readonly below: Float64Array; readonly e: Float64Array };
  readonly #rowWeights: Float64Array;

  /** Undefined when the reduced matrix has no factor. */
  static at(
    problem: PortfolioProblem,
    layout: BarrierLayout,
    point: BarrierPoint,
    residuals: BarrierResiduals,
  ): BarrierStep | undefined {
    const { assets, folds, at } = layout;
    const { S, Z } = point;
    const ratio = (p: number): number => Z[p]! / S[p]!;
    const least = LEAST_CURVATURE * curvatureScale(problem);
    const shift = Float64Array.from(assets, (i) => problem.costs.quadratic[i]! + least);
    layout.lower.forEach(({ variable }, k) => {
      shift[variable]! += ratio(k);
    });
    layout.upper.forEach(({ variable }, k) => {
      shift[variable]! += ratio(at.upper + k);
    });
    const above = Float64Array.from(folds, (_, k) => 1 / ratio(at.above + k));
    const below = Float64Array.from(folds, (_, k) => 1 / ratio(at.below + k));
    const e = above.map((A, k) => 1 / (A + below[k]!));
    folds.forEach(({ variable }, k) => {
      shift[variable]! += e[k]!;
    });
    const block = problem.risk.block(assets, problem.gamma, shift);
    if (block === undefined) return undefined;
    return new BarrierStep(layout, point, residuals, block, { above, below, e });
  }

  private constructor(
    layout: BarrierLayout,
    point: BarrierPoint,
    residuals: BarrierResiduals,
    block: RiskBlock,
    A: { above: Float64Array; below: Float64Array; e: Float64Array },
  ) {
    this.#layout = layout;
    this.#point = point;
    this.#residuals = residuals;
    this.#block = block;
    this.#A = A;
    const { assets, rows, sizes, folds, rowMaxima, rowMinima, at } = layout;
    const { S, Z } = point;
    this.#rowWeights = new Float64Array(rows.length);
    rowMaxima.forEach((r, k) => {
      this.#rowWeights[r]! += Z[at.maxima + k]! / S[at.maxima + k]!;
    });
    rowMinima.forEach((r, k) => {
      this.#rowWeights[r]! += Z[at.minima + k]! / S[at.minima + k]!;
    });
    const f = assets.length;
    const count = rows.length + sizes.length;
    this.#columns = new Float64Array(f * count);
    this.#schur = new SchurComplement(count, 0);
    const E = this.#schur.S;
    rows.forEach(({ loadings, min, max }, r) => {
      for (let a = 0; a < f; a++) this.#columns[a * count + r] = loadings[a]!;
      if (min !== max) E[r * count + r] = 1 / this.#rowWeights[r]!;
    });
    const sharing = folds.map((): number[] => []);
    sizes.forEach((size, s) => {
      const c = rows.length + s;
      for (let a = 0; a < f; a++) this.#columns[a * count + c] = size.signs[a]!;
      for (const k of size.folds) {
        this.#columns[folds[k]!.variable * count + c]! += this.#tilt(k);
        sharing[k]!.push(c);
      }
      E[c * count + c] = S[at.sizes + s]! / Z[at.sizes + s]!;
    });
    sharing.forEach((owners, k) => {
      const shared = 4 * A.above[k]! * A.below[k]! * A.e[k]!;
      for (const c of owners) for (const d of owners) E[c * count + d]! += shared;
    });
    this.#images = this.#columns.slice();
    block.solve(this.#images, count);
    this.#E = E.slice();
    this.#schur.add(this.#columns, this.#images);
  }

  /** e (A_P − A_M). */
  #tilt(k: number): number {
    return this.#A.e[k]! * (this.#A.above[k]! - this.#A.below[k]!);
  }

  /**
   * The direction in which S∘dZ + Z∘dS = target, and every residual is made up for. Another stationarity than the point's
   * is that of one who adds to it what he himself needs of the variables.
   */
  direction(target: Float64Array, stationarity: Float64Array = this.#residuals.stationarity): BarrierPoint {
    const { rows, sizes, folds, rowMaxima, rowMinima, lower, upper, at } = this.#layout;
    const { S, Z } = this.#point;
    const { slack, fold, equality } = this.#residuals;
    const { above, below, e } = this.#A;
    const count = rows.length + sizes.length;
    /** Of a pair whose slack moves by its residual alone: what its multiplier does. */
    const own = (p: number): number => (target[p]! - Z[p]! * slack[p]!) / S[p]!;
    const r = stationarity.map((value) => -value);
    lower.forEach(({ variable }, k) => {
      r[variable]! += own(k);
    });
    upper.forEach(({ variable }, k) => {
      r[variable]! -= own(at.upper + k);
    });
    // dP and dM where neither ν nor a pressure moves
    const alphaAbove = above.map(
      (A, k) => target[at.above + k]! / Z[at.above + k]! - A * this.#residuals.above[k]!,
    );
    const alphaBelow = below.map(
      (A, k) => target[at.below + k]! / Z[at.below + k]! - A * this.#residuals.below[k]!,
    );
    const apart = fold.map((value, k) => value - alphaAbove[k]! + alphaBelow[k]!);
    folds.forEach(({ variable }, k) => {
      r[variable]! -= e[k]! * apart[k]!;
    });
    const t = new Float64Array(count);
    const rowOwn = new Float64Array(rows.length);
    rowMaxima.forEach((row, k) => {
      rowOwn[row]! += own(at.maxima + k);
    });
    rowMinima.forEach((row, k) => {
      rowOwn[row]! -= own(at.minima + k);
    });
    rows.forEach(({ min, max }, row) => {
      t[row] = min === max ? equality[row]! : -rowOwn[row]! / this.#rowWeights[row]!;
    });
    sizes.forEach((size, s) => {
      const p = at.sizes + s;
      let rest = slack[p]! - target[p]! / Z[p]!;
      for (const k of size.folds) rest -= alphaAbove[k]! + alphaBelow[k]! + this.#tilt(k) * apart[k]!;
      t[rows.length + s] = rest;
    });

    const { dw, dm } = this.#solve(r, t);
    return this.#expand(dw, dm, target, { alphaAbove, alphaBelow, apart });
  }

  /** [K C; C' −E] [dw; dm] = [r; t], with refinement on the residuals of both blocks. */
  #solve(r: Float64Array, t: Float64Array): { dw: Float64Array; dm: Float64Array } {
    const f = r.length;
    const count = t.length;
    const dw = new Float64Array(f);
    const dm = new Float64Array(count);
    const rest = r.slice();
    const missing = t.map((value) => -value);
    for (let step = 0; step <= REFINEMENTS; step++) {
      if (step > 0) {
        const image = new Float64Array(f);
        this.#block.addProduct(dw, image);
        for (let a = 0; a < f; a++) {
          rest[a] = r[a]! - image[a]!;
          for (let c = 0; c < count; c++) rest[a]! -= this.#columns[a * count + c]! * dm[c]!;
        }
        for (let c = 0; c < count; c++) {
          missing[c] = -t[c]!;
          for (let e = 0; e < count; e++) missing[c]! -= this.#E[c * count + e]! * dm[e]!;
        }
        for (let a = 0; a < f; a++) {
          for (let c = 0; c < count; c++) missing[c]! += this.#columns[a * count + c]! * dw[a]!;
        }
      }
      this.#block.solve(rest, 1);
      for (let a = 0; a < f; a++) {
        for (let c = 0; c < count; c++) missing[c]! += this.#columns[a * count + c]! * rest[a]!;
      }
      const change = this.#schur.solve(missing);
      for (let a = 0; a < f; a++) {
        let move = rest[a]!;
        for (let c = 0; c < count; c++) move -= this.#images[a * count + c]! * change[c]!;
        dw[a]! += move;
      }
      for (let c = 0; c < count; c++) dm[c]! += change[c]!;
    }
    return { dw, dm };
  }

  /** The whole direction from that of the variables and of the prices. */
  #expand(
    dw: Float64Array,
    dm: Float64Array,
    target: Float64Array,
    parts: { alphaAbove: Float64Array; alphaBelow: Float64Array; apart: Float64Array },
  ): BarrierPoint {
    const { rows, sizes, folds, rowMaxima, rowMinima, lower, upper, at } = this.#layout;
    const { S, Z } = this.#point;
    const { slack } = this.#residuals;
    const dS = new Float64Array(S.length);
    const dZ = new Float64Array(S.length);
    const setSlack = (p: number, change: number): void => {
      dS[p] = change + slack[p]!;
      dZ[p] = (target[p]! - Z[p]! * dS[p]!) / S[p]!;
    };
    lower.forEach(({ variable }, k) => {
      setSlack(k, dw[variable]!);
    });
    upper.forEach(({ variable }, k) => {
      setSlack(at.upper + k, -dw[variable]!);
    });
    const use = rows.map(({ loadings }) => {
      let sum = 0;
      for (let a = 0; a < dw.length; a++) sum += loadings[a]! * dw[a]!;
      return sum;
    });
    rowMaxima.forEach((r, k) => {
      setSlack(at.maxima + k, -use[r]!);
    });
    rowMinima.forEach((r, k) => {
      setSlack(at.minima + k, use[r]!);
    });
    const pressure = new Float64Array(folds.length);
    sizes.forEach((size, s) => {
      const p = at.sizes + s;
      dZ[p] = dm[rows.length + s]!;
      dS[p] = (target[p]! - S[p]! * dZ[p]!) / Z[p]!;
      for (const k of size.folds) pressure[k]! += dZ[p]!;
    });
    const nu = folds.map(({ variable }, k) => {
      const change = this.#A.e[k]! * (dw[variable]! + parts.apart[k]!) + this.#tilt(k) * pressure[k]!;
      dS[at.above + k] = parts.alphaAbove[k]! - this.#A.above[k]! * (pressure[k]! - change);
      dS[at.below + k] = parts.alphaBelow[k]! - this.#A.below[k]! * (pressure[k]! + change);
      dZ[at.above + k] = this.#residuals.above[k]! + pressure[k]! - change;
      dZ[at.below + k] = this.#residuals.below[k]! + pressure[k]! + change;
      return change;
    });
    const eta = dm.slice(0, rows.length);
    rowMaxima.forEach((r) => {
      eta[r] = 0;
    });
    rowMinima.forEach((r) => {
      eta[r] = 0;
    });
    rowMaxima.forEach((r, k) => {
      eta[r]! += dZ[at.maxima + k]!;
    });
    rowMinima.forEach((r, k) => {
      eta[r]! -= dZ[at.minima + k]!;
    });
    return { w: dw, eta, nu: Float64Array.from(nu), S: dS, Z: dZ };
  }
}
