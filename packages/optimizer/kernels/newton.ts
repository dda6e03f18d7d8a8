import { factorLdl, Ldl, solveLdl } from "../../core-linalg/kernels/shared/ldl";
import { at, indexAt, put } from "../../core-linalg/kernels/shared/tile";
import { largest } from "./shared/norms";
import { symmetricTimesVector, timesVector, transposeTimesVector } from "./shared/products";

/** Addresses of the arrays of src/kernels/newton.ts, in its order. */
// @ts-ignore: decorator
@unmanaged
class Newton {
  n: i32;
  m: i32;
  entries: i32;
  place: usize;
  diagonalPlaces: usize;
  objectivePlaces: usize;
  rowPlaces: usize;
  pPointers: usize;
  pRows: usize;
  pValues: usize;
  aPointers: usize;
  aRows: usize;
  aValues: usize;
  slackness: usize;
  rightSide: usize;
  solution: usize;
  before: usize;
  residual: usize;
  point: usize;
  image: usize;
  curvature: usize;
  pull: usize;
}

const REFINEMENTS: i32 = 8;
const WORTHWHILE: f64 = 0.5;
const SLOPPY: f64 = 1e-10;

/** Writes the regularised matrix and factors it: how many pivots are positive, −1 when one is zero. */
export function factor(ldl: Ldl, s: Newton, regularisation: f64): i32 {
  const n = s.n, m = s.m, values = ldl.upperValues, diagonal = s.diagonalPlaces;
  memory.fill(values, 0, <usize>s.entries << 3);
  for (let j: i32 = 0; j < n; j++) put(values, indexAt(diagonal, j), regularisation);
  for (let k: i32 = 0, end = indexAt(s.pPointers, n); k < end; k++) {
    const place = indexAt(s.objectivePlaces, k);
    put(values, place, at(values, place) + at(s.pValues, k));
  }
  for (let k: i32 = 0, end = indexAt(s.aPointers, n); k < end; k++) {
    put(values, indexAt(s.rowPlaces, k), at(s.aValues, k));
  }
  for (let i: i32 = 0; i < m; i++) {
    put(values, indexAt(diagonal, n + i), -at(s.slackness, i) - regularisation);
  }
  if (factorLdl(ldl, 0) >= 0) return -1;
  let positive: i32 = 0;
  for (let k: i32 = 0; k < n + m; k++) if (at(ldl.pivots, k) > 0) positive++;
  return positive;
}

/** Ax, Px and A'y at the point. */
export function products(s: Newton): void {
  multiply(s, s.point);
}

function multiply(s: Newton, vector: usize): void {
  const n = s.n;
  timesVector(s.aPointers, s.aRows, s.aValues, vector, s.image, n, s.m);
  symmetricTimesVector(s.pPointers, s.pRows, s.pValues, vector, s.curvature, n);
  transposeTimesVector(s.aPointers, s.aRows, s.aValues, vector + (<usize>n << 3), s.pull, n);
}

/** Solves with refinement: whether that ended early with a residual that is left. */
export function solve(ldl: Ldl, s: Newton, exact: f64): bool {
  const size = s.n + s.m, bytes = <usize>size << 3;
  const solution = s.solution, residual = s.residual, work = ldl.work, place = s.place;
  memory.fill(solution, 0, bytes);
  memory.copy(residual, s.rightSide, bytes);
  const scale = largest(s.rightSide, size);
  let least: f64 = Infinity;
  for (let step: i32 = 0; step <= REFINEMENTS; step++) {
    memory.copy(s.before, solution, bytes);
    for (let k: i32 = 0; k < size; k++) put(work, indexAt(place, k), at(residual, k));
    solveLdl(ldl, work);
    for (let k: i32 = 0; k < size; k++) put(solution, k, at(solution, k) + at(work, indexAt(place, k)));
    writeResidual(s);
    const left = largest(residual, size);
    if (!(left < least)) {
      if (step > 0) {
        memory.copy(solution, s.before, bytes);
        multiply(s, solution);
      }
      return false;
    }
    if (left <= exact * scale) return false;
    if (left > WORTHWHILE * least) return left > SLOPPY * scale;
    least = left;
  }
  return false;
}

function writeResidual(s: Newton): void {
  const n = s.n, m = s.m, residual = s.residual, rightSide = s.rightSide;
  multiply(s, s.solution);
  for (let j: i32 = 0; j < n; j++) put(residual, j, at(rightSide, j) - at(s.curvature, j) - at(s.pull, j));
  for (let i: i32 = 0; i < m; i++) {
    const held = at(s.slackness, i) * at(s.solution, n + i);
    put(residual, n + i, at(rightSide, n + i) - at(s.image, i) + held);
  }
}
