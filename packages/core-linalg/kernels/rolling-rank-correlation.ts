import { orderingSpace, risingOrder } from "./shared/rising-order";

/** The code of a pair that has left the window: below every other. */
const GONE: i16 = -32768;
/** Bytes before the first pair, for eight of them are moved at a time. */
const BEFORE: usize = 16;

// The pairs of which both values are present, one after the other: for each side the codes (16 bits) that stand for its
// values' order, the sums of signs (16 bits), and of each pair the one before and after it with an equal value (32 bits).
let codesX: usize = 0;
let codesY: usize = 0;
let signsX: usize = 0;
let signsY: usize = 0;
let equalsX: usize = 0;
let equalsY: usize = 0;

// Of the window as it stands: Σ s u, Σ s², Σ u².
let products: i64 = 0;
let squaresX: i64 = 0;
let squaresY: i64 = 0;
/** Blocks of eight products that are added up in 32 bits. */
let longest: i32 = 0;

/** The bytes of workspace that `rankCorrelations` needs. */
export function workspace(rows: i32): usize {
  const n = <usize>rows;
  return 2 * (8 * n + 16) + 4 * (n + 1) + 4 * n + orderingSpace(rows) + 4 * (BEFORE + 2 * n) + 16 * n + 128;
}

/**
 * Spearman's correlation of the last w ≤ 16,384 rows of x and y in which both are finite, at each of `rows` ≤ 32,768 rows
 * from `skip` on; NaN with fewer than `least` ≥ 2 of them, or where one side does not vary. A row lies `stride` bytes after
 * the one before it, y's `strideY`.
 *
 * With s_i = Σ_j sign(x_i − x_j) and u_i likewise it is Σ s u ÷ √(Σ s² Σ u²), integers until the end.
 */
export function rankCorrelations(
  x: usize, stride: usize, y: usize, strideY: usize, rows: i32, skip: i32, w: i32, least: i32, work: usize, out: usize,
): void {
  const pairsX = work, pairsY = pairsX + (<usize>(rows + 2) << 3);
  const upTo = pairsY + (<usize>(rows + 2) << 3);
  const n = takePairs(x, stride, y, strideY, rows, pairsX, pairsY, upTo);
  const order = upTo + (<usize>(rows + 1) << 2);
  const ordering = order + (<usize>rows << 2);
  const side = (BEFORE + (<usize>rows << 1) + 15) & ~15;
  codesX = ((ordering + orderingSpace(rows) + 15) & ~15) + BEFORE;
  codesY = codesX + side;
  signsX = codesY + side;
  signsY = signsX + side;
  equalsX = signsY + side;
  equalsY = equalsX + (<usize>rows << 3);
  for (let codes = codesX; codes <= signsX; codes += side) {
    v128.store(codes - BEFORE, codes == signsX ? i16x8.splat(0) : i16x8.splat(GONE));
  }
  v128.store(signsY - BEFORE, i16x8.splat(0));
  code(pairsX, n, order, ordering, codesX, equalsX);
  code(pairsY, n, order, ordering, codesY, equalsY);

  products = 0;
  squaresX = 0;
  squaresY = 0;
  longest = max(1, <i32>((1 << 30) / (<i64>w * <i64>w)));
  let head = 0, tail = 0;
  let o = out;
  for (let r = 0; r < rows; r++) {
    const newHead = r < w ? 0 : load<i32>(upTo + (<usize>(r - w + 1) << 2));
    const newTail = load<i32>(upTo + (<usize>(r + 1) << 2));
    move(head, newHead, tail, newTail);
    head = newHead;
    tail = newTail;
    if (r < skip) continue;
    const vary = squaresX > 0 && squaresY > 0 && tail - head >= least;
    store<f64>(o, vary ? <f64>products / Math.sqrt(<f64>squaresX * <f64>squaresY) : NaN);
    o += stride;
  }
}

/** Copies the rows in which both are finite; upTo[r] is how many there are in the first r. */
function takePairs(
  x: usize, stride: usize, y: usize, strideY: usize, rows: i32, pairsX: usize, pairsY: usize, upTo: usize,
): i32 {
  let n = 0;
  let p = x, q = y;
  store<i32>(upTo, 0);
  for (let r = 0; r < rows; r++) {
    const a = load<f64>(p), b = load<f64>(q);
    const to = <usize>n << 3;
    store<f64>(pairsX + to, a);
    store<f64>(pairsY + to, b);
    n += i32(a - a == 0) & i32(b - b == 0);
    store<i32>(upTo + (<usize>(r + 1) << 2), n);
    p += stride;
    q += strideY;
  }
  return n;
}

/** The codes of one side's values, equal for equal ones, and where their equals are: −1 and n for none. */
function code(values: usize, n: i32, order: usize, ordering: usize, codes: usize, equals: usize): void {
  if (n == 0) return;
  risingOrder(values, n, order, ordering);
  let before = -1;
  let level: i32 = GONE;
  let value: f64 = NaN;
  for (let k = 0; k < n; k++) {
    const i = load<i32>(order + (<usize>k << 2));
    const next = load<f64>(values + (<usize>i << 3));
    const same = next == value;
    level += i32(!same);
    value = next;
    store<i16>(codes + (<usize>i << 1), <i16>level);
    store<i32>(equals + (<usize>i << 3), same ? before : -1);
    store<i32>(equals + (<usize>i << 3), n, 4);
    if (same) store<i32>(equals + (<usize>before << 3), i, 4);
    before = i;
  }
}

/** Takes the window of pairs from `head` … `tail` on to `newHead` … `newTail`, at most one further each. */
// @ts-ignore: decorator
@inline
function move(head: i32, newHead: i32, tail: i32, newTail: i32): void {
  const leaves = newHead > head, enters = newTail > tail;
  if (!leaves && !enters) return;
  const lone = leaves && enters && tail > newHead &&
    max(equalBefore(equalsX, tail), equalBefore(equalsY, tail)) < newHead &&
    min(equalAfter(equalsX, head), equalAfter(equalsY, head)) >= tail;
  const codeX = <i16>codeAt(codesX, leaves ? head : -1), codeY = <i16>codeAt(codesY, leaves ? head : -1);
  if (leaves) {
    store<i16>(codesX + (<usize>head << 1), GONE);
    store<i16>(codesY + (<usize>head << 1), GONE);
    store<i16>(signsX + (<usize>head << 1), 0);
    store<i16>(signsY + (<usize>head << 1), 0);
  }
  if (lone) replaceLone(newHead, tail, codeX, codeY);
  else replace(newHead, tail, leaves, enters, codeX, codeY);
}

// @ts-ignore: decorator
@inline
function codeAt(codes: usize, i: i32): i32 {
  return <i32>load<i16>(codes + (<isize>i << 1));
}

// @ts-ignore: decorator
@inline
function equalBefore(equals: usize, i: i32): i32 {
  return load<i32>(equals + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
function equalAfter(equals: usize, i: i32): i32 {
  return load<i32>(equals + (<usize>i << 3), 4);
}

/** Four lanes of 32 bits. */
// @ts-ignore: decorator
@inline
function sumOf(lanes: v128): i64 {
  return <i64>i32x4.extract_lane(lanes, 0) + <i64>i32x4.extract_lane(lanes, 1) +
    (<i64>i32x4.extract_lane(lanes, 2) + <i64>i32x4.extract_lane(lanes, 3));
}

/** Eight lanes of 16 bits. */
// @ts-ignore: decorator
@inline
function countOf(lanes: v128): i32 {
  return <i32>sumOf(i32x4.extadd_pairwise_i16x8_s(lanes));
}

/**
 * One pair leaves, one enters, and neither has an equal in the window: no s can become 0 by it, so that
 * sign(x − e) − sign(x − l) = 2 ([x > e] − [x > l]), and the squares stay what they are.
 */
// @ts-ignore: decorator
@inline
function replaceLone(head: i32, tail: i32, leavingX: i16, leavingY: i16): void {
  const end = <usize>tail << 1;
  const enterX = load<i16>(codesX + end), enterY = load<i16>(codesY + end);
  const ex = i16x8.splat(enterX), ey = i16x8.splat(enterY);
  const lx = i16x8.splat(leavingX), ly = i16x8.splat(leavingY);
  let aboveX = i16x8.splat(0), aboveY = aboveX;
  let total: i64 = 0;
  let blocks = (tail - head + 7) >> 3;
  let cx = codesX + end - (<usize>blocks << 4), cy = codesY + end - (<usize>blocks << 4);
  let sx = signsX + end - (<usize>blocks << 4), sy = signsY + end - (<usize>blocks << 4);
  while (blocks > 0) {
    const stop = cx + (<usize>min(blocks, longest) << 4);
    blocks -= longest;
    let sums = i32x4.splat(0);
    while (cx != stop) {
      const x = v128.load(cx), y = v128.load(cy);
      const aboveEx = i16x8.gt_s(x, ex), aboveEy = i16x8.gt_s(y, ey);
      const movedX = i16x8.sub(i16x8.gt_s(x, lx), aboveEx), movedY = i16x8.sub(i16x8.gt_s(y, ly), aboveEy);
      aboveX = i16x8.add(aboveX, aboveEx);
      aboveY = i16x8.add(aboveY, aboveEy);
      const s = i16x8.add(i16x8.add(v128.load(sx), movedX), movedX);
      const u = i16x8.add(i16x8.add(v128.load(sy), movedY), movedY);
      v128.store(sx, s);
      v128.store(sy, u);
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(s, u));
      cx += 16; cy += 16; sx += 16; sy += 16;
    }
    total += sumOf(sums);
  }
  // Of a lane that is above, −1 was counted.
  const ownX = tail - head + 2 * countOf(aboveX), ownY = tail - head + 2 * countOf(aboveY);
  store<i16>(sx, <i16>ownX);
  store<i16>(sy, <i16>ownY);
  products = total + <i64>ownX * <i64>ownY;
}

/** Any pair leaves or enters, or both. */
function replace(head: i32, tail: i32, leaves: bool, enters: bool, leavingX: i16, leavingY: i16): void {
  const end = <usize>tail << 1;
  const enterX: i16 = enters ? load<i16>(codesX + end) : 0, enterY: i16 = enters ? load<i16>(codesY + end) : 0;
  const ex = i16x8.splat(enterX), ey = i16x8.splat(enterY);
  const lx = i16x8.splat(leavingX), ly = i16x8.splat(leavingY);
  const entering = i16x8.splat(enters ? -1 : 0), leaving = i16x8.splat(leaves ? -1 : 0);
  let totalX = i16x8.splat(0), totalY = totalX;
  let total: i64 = 0, totalXX: i64 = 0, totalYY: i64 = 0;
  let blocks = (tail - head + 7) >> 3;
  let cx = codesX + end - (<usize>blocks << 4), cy = codesY + end - (<usize>blocks << 4);
  let sx = signsX + end - (<usize>blocks << 4), sy = signsY + end - (<usize>blocks << 4);
  while (blocks > 0) {
    const stop = cx + (<usize>min(blocks, longest) << 4);
    blocks -= longest;
    let sums = i32x4.splat(0), sumsXX = sums, sumsYY = sums;
    while (cx != stop) {
      const x = v128.load(cx), y = v128.load(cy);
      const there = i16x8.gt_s(x, i16x8.splat(GONE));
      const come = v128.and(there, entering), go = v128.and(there, leaving);
      const fromEx = v128.and(signAgainst(x, ex), come), fromEy = v128.and(signAgainst(y, ey), come);
      const fromLx = v128.and(signAgainst(x, lx), go), fromLy = v128.and(signAgainst(y, ly), go);
      totalX = i16x8.sub(totalX, fromEx);
      totalY = i16x8.sub(totalY, fromEy);
      const s = i16x8.add(v128.load(sx), i16x8.sub(fromEx, fromLx));
      const u = i16x8.add(v128.load(sy), i16x8.sub(fromEy, fromLy));
      v128.store(sx, s);
      v128.store(sy, u);
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(s, u));
      sumsXX = i32x4.add(sumsXX, i32x4.dot_i16x8_s(s, s));
      sumsYY = i32x4.add(sumsYY, i32x4.dot_i16x8_s(u, u));
      cx += 16; cy += 16; sx += 16; sy += 16;
    }
    total += sumOf(sums);
    totalXX += sumOf(sumsXX);
    totalYY += sumOf(sumsYY);
  }
  if (enters) {
    const ownX = countOf(totalX), ownY = countOf(totalY);
    store<i16>(sx, <i16>ownX);
    store<i16>(sy, <i16>ownY);
    total += <i64>ownX * <i64>ownY;
    totalXX += <i64>ownX * <i64>ownX;
    totalYY += <i64>ownY * <i64>ownY;
  }
  products = total;
  squaresX = totalXX;
  squaresY = totalYY;
}

/** sign(x − e) of eight codes. */
// @ts-ignore: decorator
@inline
function signAgainst(x: v128, e: v128): v128 {
  return i16x8.sub(i16x8.lt_s(x, e), i16x8.gt_s(x, e));
}
