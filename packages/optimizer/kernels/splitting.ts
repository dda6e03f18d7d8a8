import { dot } from "../../core-linalg/kernels/shared/lanes";
import { factorLdl, Ldl, solveLdl } from "../../core-linalg/kernels/shared/ldl";
import { at, indexAt, put } from "../../core-linalg/kernels/shared/tile";
import { largest, largestProduct } from "./shared/norms";
import { symmetricTimesVector, timesVector, transposeTimesVector } from "./shared/products";

/** Addresses of the arrays of src/kernels/splitting.ts, in its order. */
// @ts-ignore: decorator
@unmanaged
class Splitting {
  n: i32;
  m: i32;
  place: usize;
  penaltyPlaces: usize;
  rho: usize;
  inverseRho: usize;
  q: usize;
  l: usize;
  u: usize;
  x: usize;
  z: usize;
  y: usize;
  deltaX: usize;
  deltaY: usize;
  pPointers: usize;
  pRows: usize;
  pValues: usize;
  aPointers: usize;
  aRows: usize;
  aValues: usize;
  inverseD: usize;
  inverseE: usize;
  image: usize;
  curvature: usize;
  pull: usize;
  residual: usize;
  figures: usize;
}

const TINY_MULTIPLIER: f64 = 1e-15;

/** Factors K as it stands: the first column whose pivot fails, −1 where none does. */
export function factor(ldl: Ldl, tolerance: f64): i32 {
  return factorLdl(ldl, tolerance);
}

/** Writes −1/ρ on K's diagonal. */
export function writePenalties(ldl: Ldl, s: Splitting): void {
  for (let i: i32 = 0; i < s.m; i++) put(ldl.upperValues, indexAt(s.penaltyPlaces, i), -at(s.inverseRho, i));
}

/** `count` iterations; each leaves the right side of the next where its own solution was. */
export function iterate(ldl: Ldl, s: Splitting, sigma: f64, alpha: f64, count: i32): void {
  const n = s.n, m = s.m;
  const place = s.place, q = s.q, x = s.x, z = s.z, y = s.y, inverseRho = s.inverseRho;
  const rowPlace = place + (<usize>n << 2);
  const work = ldl.work;
  for (let j: i32 = 0; j < n; j++) put(work, indexAt(place, j), sigma * at(x, j) - at(q, j));
  for (let i: i32 = 0; i < m; i++) put(work, indexAt(rowPlace, i), at(z, i) - at(y, i) * at(inverseRho, i));
  for (let k: i32 = 0; k < count; k++) {
    solveLdl(ldl, work);
    stepVariables(s, work, sigma, alpha);
    stepRows(s, work, alpha);
  }
}

/** The doubles at two places. */
// @ts-ignore: decorator
@inline
function pair(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

// x⁺ = αx̃ + (1 − α)x, then σx⁺ − q
// @ts-ignore: decorator
@inline
function stepVariables(s: Splitting, work: usize, sigma: f64, alpha: f64): void {
  const n = s.n, x = s.x, q = s.q, deltaX = s.deltaX, place = s.place;
  const alphas = f64x2.splat(alpha), others = f64x2.splat(1 - alpha), sigmas = f64x2.splat(sigma);
  let j: i32 = 0;
  for (; j < n - 1; j += 2) {
    const offset = <usize>j << 3;
    const first = work + (<usize>indexAt(place, j) << 3);
    const second = work + (<usize>indexAt(place, j + 1) << 3);
    const before = v128.load(x + offset);
    const next = f64x2.add(f64x2.mul(alphas, pair(first, second)), f64x2.mul(others, before));
    v128.store(deltaX + offset, f64x2.sub(next, before));
    v128.store(x + offset, next);
    const right = f64x2.sub(f64x2.mul(sigmas, next), v128.load(q + offset));
    v128.store64_lane(first, right, 0);
    v128.store64_lane(second, right, 1);
  }
  if (j == n) return;
  const own = indexAt(place, j);
  const before = at(x, j);
  const next = alpha * at(work, own) + (1 - alpha) * before;
  put(deltaX, j, next - before);
  put(x, j, next);
  put(work, own, sigma * next - at(q, j));
}

// z̃ = z − y/ρ + ν/ρ,  h = αz̃ + (1 − α)z,  z⁺ = clip(h + y/ρ, l, u),  y⁺ = y + ρ(h − z⁺), then z⁺ − y⁺/ρ
// @ts-ignore: decorator
@inline
function stepRows(s: Splitting, work: usize, alpha: f64): void {
  const m = s.m, l = s.l, u = s.u, z = s.z, y = s.y, deltaY = s.deltaY, rho = s.rho, inverseRho = s.inverseRho;
  const place = s.place + (<usize>s.n << 2);
  const alphas = f64x2.splat(alpha), others = f64x2.splat(1 - alpha);
  let i: i32 = 0;
  for (; i < m - 1; i += 2) {
    const offset = <usize>i << 3;
    const first = work + (<usize>indexAt(place, i) << 3);
    const second = work + (<usize>indexAt(place, i + 1) << 3);
    const inverse = v128.load(inverseRho + offset);
    const before = v128.load(z + offset);
    const multiplier = v128.load(y + offset);
    const dual = f64x2.mul(multiplier, inverse);
    const image = f64x2.add(f64x2.sub(before, dual), f64x2.mul(pair(first, second), inverse));
    const relaxed = f64x2.add(f64x2.mul(alphas, image), f64x2.mul(others, before));
    const raised = f64x2.pmax(f64x2.add(relaxed, dual), v128.load(l + offset));
    const projected = f64x2.pmin(raised, v128.load(u + offset));
    const step = f64x2.mul(v128.load(rho + offset), f64x2.sub(relaxed, projected));
    const next = f64x2.add(multiplier, step);
    v128.store(deltaY + offset, step);
    v128.store(y + offset, next);
    v128.store(z + offset, projected);
    const right = f64x2.sub(projected, f64x2.mul(next, inverse));
    v128.store64_lane(first, right, 0);
    v128.store64_lane(second, right, 1);
  }
  if (i == m) return;
  const own = indexAt(place, i);
  const before = at(z, i);
  const dual = at(y, i) * at(inverseRho, i);
  const image = before - dual + at(work, own) * at(inverseRho, i);
  const relaxed = alpha * image + (1 - alpha) * before;
  let projected = relaxed + dual;
  if (projected < at(l, i)) projected = at(l, i);
  if (projected > at(u, i)) projected = at(u, i);
  const step = at(rho, i) * (relaxed - projected);
  const next = at(y, i) + step;
  put(deltaY, i, step);
  put(y, i, next);
  put(z, i, projected);
  put(work, own, projected - next * at(inverseRho, i));
}

/** Ax, Px and A'y, and what the termination tests ask of them: figures in the order of src/kernels/splitting.ts. */
export function measure(s: Splitting): void {
  const n = s.n, m = s.m;
  const x = s.x, z = s.z, y = s.y, q = s.q;
  const image = s.image, curvature = s.curvature, pull = s.pull, residual = s.residual;
  timesVector(s.aPointers, s.aRows, s.aValues, x, image, n, m);
  symmetricTimesVector(s.pPointers, s.pRows, s.pValues, x, curvature, n);
  transposeTimesVector(s.aPointers, s.aRows, s.aValues, y, pull, n);
  const f = s.figures;
  for (let i: i32 = 0; i < m; i++) put(residual, i, at(image, i) - at(z, i));
  put(f, 0, largest(residual, m));
  put(f, 1, largestProduct(residual, s.inverseE, m));
  put(f, 2, max(largest(z, m), largest(image, m)));
  put(f, 3, max(largestProduct(z, s.inverseE, m), largestProduct(image, s.inverseE, m)));
  for (let j: i32 = 0; j < n; j++) put(residual, j, at(curvature, j) + at(q, j) + at(pull, j));
  put(f, 4, largest(residual, n));
  put(f, 5, largestProduct(residual, s.inverseD, n));
  put(f, 6, max(max(largest(q, n), largest(pull, n)), largest(curvature, n)));
  put(f, 7, max(
    max(largestProduct(q, s.inverseD, n), largestProduct(pull, s.inverseD, n)),
    largestProduct(curvature, s.inverseD, n),
  ));
  put(f, 8, dot(x, curvature, n));
  put(f, 9, dot(q, x, n));
  put(f, 10, support(y, s.l, s.u, m));
}

/** Σ u_i max(y_i, 0) + l_i min(y_i, 0) over the finite sides, without multipliers that are rounding. */
function support(y: usize, l: usize, u: usize, m: i32): f64 {
  let sum: f64 = 0;
  for (let i: i32 = 0; i < m; i++) {
    const yi = at(y, i);
    if (abs(yi) < TINY_MULTIPLIER) continue;
    if (yi > 0 && at(u, i) < Infinity) sum += at(u, i) * yi;
    else if (yi < 0 && at(l, i) > -Infinity) sum += at(l, i) * yi;
  }
  return sum;
}
