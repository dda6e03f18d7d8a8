import type { CscMatrix } from "@astra-quant/core-linalg";
import type { CheckedProblem } from "./problem.ts";

/** An interval for every variable. */
export interface Box {
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

/** A bound beyond this says nothing: rounding times it is no small number. */
const FAR = 1e15;
const PASSES = 5;

/** The intervals that rows of a single entry give the variables. */
export function ownBox({ n, m, A, l, u }: CheckedProblem): Box {
  const { columnPointers, rowIndices, values } = A;
  const least = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  const greatest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const entries = new Int32Array(m);
  for (let k = 0; k < values.length; k++) if (values[k] !== 0) entries[rowIndices[k]!]!++;
  for (let j = 0; j < n; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const i = rowIndices[k]!;
      const a = values[k]!;
      if (entries[i] !== 1 || a === 0) continue;
      const low = (a > 0 ? l[i]! : u[i]!) / a;
      const high = (a > 0 ? u[i]! : l[i]!) / a;
      if (low > least[j]! && low > -FAR) least[j] = low;
      if (high < greatest[j]! && high < FAR) greatest[j] = high;
    }
  }
  return { least, greatest };
}

/** What the other rows make of those intervals, a few times over: l ≤ Ax ≤ u with all but one variable at their worst. */
export function propagatedBox({ A, l, u }: CheckedProblem, { least, greatest }: Box): Box {
  const box = { least: least.slice(), greatest: greatest.slice() };
  const rows = A.transpose();
  for (let pass = 0; pass < PASSES; pass++) {
    let narrowed = false;
    for (let i = 0; i < rows.columns; i++) narrowed = narrow(box, rows, i, l[i]!, u[i]!) || narrowed;
    if (!narrowed) break;
  }
  return box;
}

/** Gives ends to intervals of one row's variables that have none: whether it gave any. */
function narrow(box: Box, rows: CscMatrix, i: number, lower: number, upper: number): boolean {
  const { columnPointers, rowIndices, values } = rows;
  const from = columnPointers[i]!;
  const to = columnPointers[i + 1]!;
  // Σ a_j x_j at its least and at its greatest, and how many terms are without end there
  let least = 0;
  let greatest = 0;
  let endlessDown = 0;
  let endlessUp = 0;
  for (let k = from; k < to; k++) {
    const term = interval(box, values[k]!, rowIndices[k]!);
    if (term.least > Number.NEGATIVE_INFINITY) least += term.least;
    else endlessDown++;
    if (term.greatest < Number.POSITIVE_INFINITY) greatest += term.greatest;
    else endlessUp++;
  }
  if (endlessDown > 1 && endlessUp > 1) return false;
  let narrowed = false;
  for (let k = from; k < to; k++) {
    const value = values[k]!;
    if (value === 0) continue;
    const term = interval(box, value, rowIndices[k]!);
    const othersLeast = rest(least, endlessDown, term.least);
    const othersGreatest = rest(greatest, endlessUp, term.greatest);
    narrowed = limit(box, rowIndices[k]!, value, lower - othersGreatest, upper - othersLeast) || narrowed;
  }
  return narrowed;
}

/** A sum without one of its terms; no number where another term has no end. */
function rest(sum: number, endless: number, term: number): number {
  if (Number.isFinite(term)) return endless === 0 ? sum - term : Number.NaN;
  return endless === 1 ? sum : Number.NaN;
}

/** Takes low ≤ value · x_j ≤ high over where x_j has no end; what is no number says nothing. */
function limit({ least, greatest }: Box, j: number, value: number, low: number, high: number): boolean {
  const from = (value > 0 ? low : high) / value;
  const to = (value > 0 ? high : low) / value;
  const below = least[j] === Number.NEGATIVE_INFINITY && Math.abs(from) < FAR;
  const above = greatest[j] === Number.POSITIVE_INFINITY && Math.abs(to) < FAR;
  if (below) least[j] = from;
  if (above) greatest[j] = to;
  return below || above;
}

/** Where value · x_j can be. */
function interval({ least, greatest }: Box, value: number, j: number): { least: number; greatest: number } {
  if (value === 0) return { least: 0, greatest: 0 };
  const a = value * least[j]!;
  const b = value * greatest[j]!;
  return value > 0 ? { least: a, greatest: b } : { least: b, greatest: a };
}
