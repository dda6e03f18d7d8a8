import { scratch, scratchCopy } from "../../scratch.ts";
import { largest } from "../../vectors.ts";
import type { RiskBlock } from "../risk/risk-model.ts";
import { dependentRows } from "./dependent-rows.ts";
import { SchurComplement } from "./schur-complement.ts";

/** How hard a dependent row that contradicts the others pulls on its multiplier. */
const CONTRADICTION = 1e10;
const REFINEMENTS = 2;
/** After a correction this small, against what it corrects, the next would be beneath rounding. */
const SETTLED = 1e-8;

export interface BorderedSystem {
  /** K, f×f. */
  readonly block: RiskBlock;
  /** C, f×count, row-major. */
  readonly columns: Float64Array;
  readonly count: number;
}

/**
 * Solves [K C; C' 0] [w; m] = [r; d] by the Schur complement of K, with refinement on the true residuals of both
 * blocks. Where the rows are dependent their multipliers are not determined: m stays as near to `start` as it can, unless
 * that has run away.
 */
export function solveBordered(
  { block, columns, count }: BorderedSystem,
  r: Float64Array,
  d: Float64Array,
  start: Float64Array,
): { w: Float64Array; m: Float64Array } {
  const f = r.length;
  const images = scratchCopy(columns);
  block.solve(images, count);
  const schur = new SchurComplement(count, CONTRADICTION);
  schur.add(columns, images);
  const dependent = dependentRows(columns, count, schur, CONTRADICTION);
  const rows = dependent ?? schur;
  const m = dependent?.effective(start) ?? start.slice();
  const w = scratch(f);
  const product = scratch(f);
  const correction = scratch(f);
  const missing = scratch(count);
  for (let step = 0; step <= REFINEMENTS; step++) {
    // the residuals of both blocks, and the correction they ask for; a correction of w reaches digits that m rounds away
    correction.set(r);
    subtractProduct(columns, count, m, correction);
    if (step > 0) {
      product.fill(0);
      block.addProduct(w, product);
      for (let a = 0; a < f; a++) correction[a]! -= product[a]!;
    }
    block.solve(correction, 1);
    for (let c = 0; c < count; c++) missing[c] = -d[c]!;
    for (let a = 0; a < f; a++) {
      const value = correction[a]! + w[a]!;
      for (let c = 0; c < count; c++) missing[c]! += columns[a * count + c]! * value;
    }
    const change = rows.solve(missing);
    subtractProduct(images, count, change, correction);
    for (let a = 0; a < f; a++) w[a]! += correction[a]!;
    for (let c = 0; c < count; c++) m[c]! += change[c]!;
    if (isSmall(correction, w) && isSmall(change, m)) break;
  }
  return { w, m };
}

function isSmall(correction: Float64Array, corrected: Float64Array): boolean {
  return largest(correction) <= SETTLED * largest(corrected);
}

/** out −= table · v. */
function subtractProduct(table: Float64Array, columns: number, v: Float64Array, out: Float64Array): void {
  for (let a = 0; a < out.length; a++) {
    let rest = out[a]!;
    for (let c = 0; c < columns; c++) rest -= table[a * columns + c]! * v[c]!;
    out[a] = rest;
  }
}
