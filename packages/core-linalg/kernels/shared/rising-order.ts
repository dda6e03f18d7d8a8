/** Most values that can be put in order: an index takes sixteen bits. */
export const MOST: i32 = 65536;
/** Bytes of the counts of two digits. */
const COUNTS: usize = 2048;

/** The bytes of workspace that `risingOrder` needs for n values. */
// @ts-ignore: decorator
@inline
export function orderingSpace(n: i32): usize {
  return COUNTS + (<usize>(n + 1) << 3);
}

/**
 * Writes at `order` the indices (32 bits each) of the n ≤ 65,536 finite values at x by rising value, equal ones by rising
 * index. The values' range is cut into 65,536 equal buckets, which two passes put in order; neighbours that share a bucket
 * are put right by insertion. Where many do, as when one value lies far from the others, their bits are sorted instead.
 */
export function risingOrder(x: usize, n: i32, order: usize, work: usize): void {
  orderByBucket(x, n, order, work);
  if (!insertInOrder(x, n, order)) orderByBits(x, n, order, work);
}

// @ts-ignore: decorator
@inline
function valueAt(x: usize, i: u32): f64 {
  return load<f64>(x + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
function countUp(counts: usize, digit: u32): void {
  const at = counts + (<usize>digit << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** The place of the next entry of a digit, whose count becomes that of the one after it. */
// @ts-ignore: decorator
@inline
function nextPlace(counts: usize, digit: u32): usize {
  const at = counts + (<usize>digit << 2);
  const place = load<u32>(at);
  store<u32>(at, place + 1);
  return <usize>place << 2;
}

/** Counts of digits become the places at which their entries begin. */
function placesOf(counts: usize): void {
  let sum: u32 = 0;
  for (let at = counts; at < counts + 1024; at += 4) {
    const count = load<u32>(at);
    store<u32>(at, sum);
    sum += count;
  }
}

function orderByBucket(x: usize, n: i32, order: usize, work: usize): void {
  let lowest = v128.load_splat<f64>(x), highest = lowest;
  for (let p = x; p < x + (<usize>(n & ~1) << 3); p += 16) {
    const values = v128.load(p);
    lowest = f64x2.pmin(lowest, values);
    highest = f64x2.pmax(highest, values);
  }
  const last = valueAt(x, n - 1);
  const least = min(last, min(f64x2.extract_lane(lowest, 0), f64x2.extract_lane(lowest, 1)));
  const most = max(last, max(f64x2.extract_lane(highest, 0), f64x2.extract_lane(highest, 1)));
  const start = f64x2.splat(least), scale = f64x2.splat(65535 / (most - least));

  const low = work, high = work + 1024;
  const entries = work + COUNTS, sorted = entries + (<usize>(n + 1) << 2);
  memory.fill(work, 0, COUNTS);
  for (let i = 0; i < n; i += 2) {
    // What no bucket can be told of (the range is 0 or beyond the doubles) is 0 or the last.
    const buckets = i32x4.min_s(
      i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(v128.load(x + (<usize>i << 3)), start), scale)),
      i32x4.splat(65535),
    );
    const bucket = <u32>i32x4.extract_lane(buckets, 0);
    store<u32>(entries + (<usize>i << 2), (bucket << 16) | i);
    countUp(low, bucket & 255);
    countUp(high, bucket >> 8);
    if (i + 1 == n) break;
    const next = <u32>i32x4.extract_lane(buckets, 1);
    store<u32>(entries + (<usize>i << 2), (next << 16) | (i + 1), 4);
    countUp(low, next & 255);
    countUp(high, next >> 8);
  }
  placesOf(low);
  placesOf(high);
  for (let i = 0; i < n; i++) {
    const entry = load<u32>(entries + (<usize>i << 2));
    store<u32>(sorted + nextPlace(low, (entry >> 16) & 255), entry);
  }
  for (let i = 0; i < n; i++) {
    const entry = load<u32>(sorted + (<usize>i << 2));
    store<u32>(order + nextPlace(high, entry >> 24), entry & 65535);
  }
}

/** Moves each index below those of greater values; false when it has become too much, the order then being any. */
function insertInOrder(x: usize, n: i32, order: usize): bool {
  let moves = 4 * n;
  let before = valueAt(x, load<u32>(order));
  for (let i = 1; i < n; i++) {
    const place = order + (<usize>i << 2);
    const index = load<u32>(place);
    const value = valueAt(x, index);
    if (value >= before) {
      before = value;
      continue;
    }
    let p = place;
    do {
      store<u32>(p, load<u32>(p - 4));
      p -= 4;
      moves--;
    } while (p != order && valueAt(x, load<u32>(p - 4)) > value);
    store<u32>(p, index);
    if (moves < 0) return false;
  }
  return true;
}

/** The bits of a value so that they rise as it does; −0 as 0. */
// @ts-ignore: decorator
@inline
function risingBits(x: usize, i: u32): u64 {
  const bits = reinterpret<u64>(valueAt(x, i) + 0.0);
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

function orderByBits(x: usize, n: i32, order: usize, work: usize): void {
  const sorted = work + COUNTS;
  for (let i = 0; i < n; i++) store<u32>(order + (<usize>i << 2), i);
  let from = order, to = sorted;
  for (let shift = 0; shift < 64; shift += 8) {
    memory.fill(work, 0, 1024);
    for (let i = 0; i < n; i++) countUp(work, <u32>(risingBits(x, i) >> shift) & 255);
    placesOf(work);
    for (let i = 0; i < n; i++) {
      const index = load<u32>(from + (<usize>i << 2));
      store<u32>(to + nextPlace(work, <u32>(risingBits(x, index) >> shift) & 255), index);
    }
    const other = from;
    from = to;
    to = other;
  }
}
