import { scratch, scratchCopy } from "../../scratch.ts";
import { SchurComplement } from "../active-set/schur-complement.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import type { RiskBlock } from "../risk/risk-model.ts";
import { addRatios, addShared, diagonalOf, type FoldParts } from "./barrier-diagonal.ts";
import type { BarrierLayout } from "./barrier-layout.ts";
import { type BarrierPoint, type BarrierResiduals, emptyPoint } from "./barrier-residuals.ts";

export interface DirectionOptions {
  readonly stationarity?: Float64Array;
  /** How often the solve is refined; one that only looks ahead needs none. */
  readonly refinements?: number;
}

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
  readonly #parts: FoldParts;
  /** Σ Z/S of each row. */
  readonly #rowWeights: Float64Array;

  /** Undefined when the reduced matrix has no factor. */
  static at(
    problem: PortfolioProblem,
    layout: BarrierLayout,
    point: BarrierPoint,
    residuals: BarrierResiduals,
  ): BarrierStep | undefined {
    const { shift, parts } = diagonalOf(problem, layout, point);
    const block = problem.risk.block(layout.assets, problem.gamma, shift);
    return block && new BarrierStep(layout, point, residuals, block, parts);
  }

  /** What `use` gives with the step, which lives until then: faster than {@link at}. */
  static within<T>(
    problem: PortfolioProblem,
    layout: BarrierLayout,
    point: BarrierPoint,
    residuals: BarrierResiduals,
    use: (step: BarrierStep) => T,
  ): T | undefined {
    const { shift, parts } = diagonalOf(problem, layout, point);
    const useStep = (block: RiskBlock): T => use(new BarrierStep(layout, point, residuals, block, parts));
    return problem.risk.withBlock(layout.assets, problem.gamma, shift, useStep, true);
  }

  private constructor(
    layout: BarrierLayout,
    point: BarrierPoint,
    residuals: BarrierResiduals,
    block: RiskBlock,
    parts: FoldParts,
  ) {
    this.#layout = layout;
    this.#point = point;
    this.#residuals = residuals;
    this.#block = block;
    this.#parts = parts;
    const { assets, rows, sizes, folds, rowMaxima, rowMinima, at } = layout;
    const { S, Z } = point;
    this.#rowWeights = scratch(rows.length);
    addRatios(this.#rowWeights, rowMaxima, point, at.maxima);
    addRatios(this.#rowWeights, rowMinima, point, at.minima);
    const f = assets.length;
    const count = rows.length + sizes.length;
    const columns = scratch(f * count);
    this.#schur = new SchurComplement(count, 0);
    const E = this.#schur.S;
    for (let r = 0; r < rows.length; r++) {
      const { loadings, min, max } = rows[r]!;
      for (let a = 0; a < f; a++) columns[a * count + r] = loadings[a]!;
      if (min !== max) E[r * count + r] = 1 / this.#rowWeights[r]!;
    }
    for (let s = 0; s < sizes.length; s++) {
      const c = rows.length + s;
      const { signs, folds: counted } = sizes[s]!;
      for (let a = 0; a < f; a++) columns[a * count + c] = signs[a]!;
      for (let j = 0; j < counted.length; j++) {
        const k = counted[j]!;
        columns[folds.variables[k]! * count + c]! += parts.tilt[k]!;
      }
      E[c * count + c] = S[at.sizes + s]! / Z[at.sizes + s]!;
    }
    addShared(E, layout, parts);
    this.#columns = columns;
    this.#images = scratchCopy(columns);
    block.solve(this.#images, count);
    this.#E = scratchCopy(E);
    this.#schur.add(columns, this.#images);
  }

  /**
   * The direction in which S∘dZ + Z∘dS = target, and every residual is made up for. Another stationarity than the point's
   * is that of one who adds to it what he himself needs of the variables.
   */
  direction(
    target: Float64Array,
    { stationarity = this.#residuals.stationarity, refinements = 1 }: DirectionOptions = {},
  ): BarrierPoint {
    const { rows, sizes, folds, rowMaxima, rowMinima, lower, upper, at } = this.#layout;
    const { Z } = this.#point;
    const { slack, fold, equality } = this.#residuals;
    const { above, below, e, tilt } = this.#parts;
    const r = scratch(stationarity.length);
    for (let a = 0; a < r.length; a++) r[a] = -stationarity[a]!;
    this.#addOwn(r, lower.variables, 0, target, 1);
    this.#addOwn(r, upper.variables, at.upper, target, -1);
    const moves: FoldMoves = {
      alphaAbove: scratch(e.length),
      alphaBelow: scratch(e.length),
      apart: scratch(e.length),
    };
    const { alphaAbove, alphaBelow, apart } = moves;
    for (let k = 0; k < e.length; k++) {
      const up = target[at.above + k]! / Z[at.above + k]! - above[k]! * this.#residuals.above[k]!;
      const down = target[at.below + k]! / Z[at.below + k]! - below[k]! * this.#residuals.below[k]!;
      alphaAbove[k] = up;
      alphaBelow[k] = down;
      apart[k] = fold[k]! - up + down;
      r[folds.variables[k]!]! -= e[k]! * apart[k]!;
    }
    const t = scratch(rows.length + sizes.length);
    const rowOwn = scratch(rows.length);
    this.#addOwn(rowOwn, rowMaxima, at.maxima, target, 1);
    this.#addOwn(rowOwn, rowMinima, at.minima, target, -1);
    for (let row = 0; row < rows.length; row++) {
      const { min, max } = rows[row]!;
      t[row] = min === max ? equality[row]! : -rowOwn[row]! / this.#rowWeights[row]!;
    }
    for (let s = 0; s < sizes.length; s++) {
      const p = at.sizes + s;
      const { folds: counted } = sizes[s]!;
      let rest = slack[p]! - target[p]! / Z[p]!;
      for (let j = 0; j < counted.length; j++) {
        const k = counted[j]!;
        rest -= alphaAbove[k]! + alphaBelow[k]! + tilt[k]! * apart[k]!;
      }
      t[rows.length + s] = rest;
    }
    const out = emptyPoint(this.#layout);
    const dm = scratch(t.length);
    this.#solve(r, t, out.w, dm, refinements);
    this.#expand(dm, target, moves, out);
    return out;
  }

  /** out += sign · what the multipliers of pairs do whose slacks move by their residuals alone. */
  #addOwn(out: Float64Array, owners: Int32Array, first: number, target: Float64Array, sign: number): void {
    const { S, Z } = this.#point;
    const { slack } = this.#residuals;
    for (let k = 0; k < owners.length; k++) {
      const p = first + k;
      out[owners[k]!]! += (sign * (target[p]! - Z[p]! * slack[p]!)) / S[p]!;
    }
  }

  /** [K C; C' −E] [dw; dm] = [r; t], refined on the residuals of both blocks. */
  #solve(r: Float64Array, t: Float64Array, dw: Float64Array, dm: Float64Array, refinements: number): void {
    const f = r.length;
    const count = t.length;
    const rest = scratchCopy(r);
    const missing = scratch(count);
    for (let c = 0; c < count; c++) missing[c] = -t[c]!;
    for (let step = 0; step <= refinements; step++) {
      if (step > 0) this.#missingOf(r, t, dw, dm, rest, missing);
      this.#block.solve(rest, 1);
      addTransposeProduct(this.#columns, count, rest, missing);
      const change = this.#schur.solve(missing);
      for (let a = 0; a < f; a++) {
        let move = rest[a]!;
        const row = a * count;
        for (let c = 0; c < count; c++) move -= this.#images[row + c]! * change[c]!;
        dw[a]! += move;
      }
      for (let c = 0; c < count; c++) dm[c]! += change[c]!;
    }
  }

  /** rest = r − K dw − C dm, and missing = C'dw − E dm − t. */
  #missingOf(
    r: Float64Array,
    t: Float64Array,
    dw: Float64Array,
    dm: Float64Array,
    rest: Float64Array,
    missing: Float64Array,
  ): void {
    const count = t.length;
    const image = scratch(r.length);
    this.#block.addProduct(dw, image);
    for (let a = 0; a < r.length; a++) {
      let value = r[a]! - image[a]!;
      const row = a * count;
      for (let c = 0; c < count; c++) value -= this.#columns[row + c]! * dm[c]!;
      rest[a] = value;
    }
    for (let c = 0; c < count; c++) {
      missing[c] = -t[c]!;
      for (let d = 0; d < count; d++) missing[c]! -= this.#E[c * count + d]! * dm[d]!;
    }
    addTransposeProduct(this.#columns, count, dw, missing);
  }

  /** The rest of the direction, from that of the variables and of the prices. */
  #expand(dm: Float64Array, target: Float64Array, moves: FoldMoves, out: BarrierPoint): void {
    const { rows, sizes, folds, rowMaxima, rowMinima, lower, upper, at } = this.#layout;
    const { S, Z } = this.#point;
    const { above, below, e, tilt } = this.#parts;
    const { w: dw, eta, nu, S: dS, Z: dZ } = out;
    this.#moveSlacks(lower.variables, 0, dw, 1, target, out);
    this.#moveSlacks(upper.variables, at.upper, dw, -1, target, out);
    const use = scratch(rows.length);
    for (let row = 0; row < rows.length; row++) {
      const { loadings } = rows[row]!;
      let sum = 0;
      for (let a = 0; a < dw.length; a++) sum += loadings[a]! * dw[a]!;
      use[row] = sum;
    }
    this.#moveSlacks(rowMaxima, at.maxima, use, -1, target, out);
    this.#moveSlacks(rowMinima, at.minima, use, 1, target, out);
    const pressure = scratch(nu.length);
    for (let s = 0; s < sizes.length; s++) {
      const p = at.sizes + s;
      const price = dm[rows.length + s]!;
      dZ[p] = price;
      dS[p] = (target[p]! - S[p]! * price) / Z[p]!;
      const { folds: counted } = sizes[s]!;
      for (let j = 0; j < counted.length; j++) pressure[counted[j]!]! += price;
    }
    for (let k = 0; k < nu.length; k++) {
      const change = e[k]! * (dw[folds.variables[k]!]! + moves.apart[k]!) + tilt[k]! * pressure[k]!;
      dS[at.above + k] = moves.alphaAbove[k]! - above[k]! * (pressure[k]! - change);
      dS[at.below + k] = moves.alphaBelow[k]! - below[k]! * (pressure[k]! + change);
      dZ[at.above + k] = this.#residuals.above[k]! + pressure[k]! - change;
      dZ[at.below + k] = this.#residuals.below[k]! + pressure[k]! + change;
      nu[k] = change;
    }
    for (let row = 0; row < rows.length; row++) {
      const { min, max } = rows[row]!;
      eta[row] = min === max ? dm[row]! : 0;
    }
    for (let k = 0; k < rowMaxima.length; k++) eta[rowMaxima[k]!]! += dZ[at.maxima + k]!;
    for (let k = 0; k < rowMinima.length; k++) eta[rowMinima[k]!]! -= dZ[at.minima + k]!;
  }

  /** Slacks that follow sign · changes of their owners, and their multipliers. */
  #moveSlacks(
    owners: Int32Array,
    first: number,
    changes: Float64Array,
    sign: number,
    target: Float64Array,
    { S: dS, Z: dZ }: BarrierPoint,
  ): void {
    const { S, Z } = this.#point;
    const { slack } = this.#residuals;
    for (let k = 0; k < owners.length; k++) {
      const p = first + k;
      const change = sign * changes[owners[k]!]! + slack[p]!;
      dS[p] = change;
      dZ[p] = (target[p]! - Z[p]! * change) / S[p]!;
    }
  }
}

/** dP and dM of each fold where neither ν nor a pressure moves, and w − centre − P + M after that. */
interface FoldMoves {
  readonly alphaAbove: Float64Array;
  readonly alphaBelow: Float64Array;
  readonly apart: Float64Array;
}

/** out += C'v. */
function addTransposeProduct(C: Float64Array, count: number, v: Float64Array, out: Float64Array): void {
  for (let a = 0; a < v.length; a++) {
    const value = v[a]!;
    const row = a * count;
    for (let c = 0; c < count; c++) out[c]! += C[row + c]! * value;
  }
}
