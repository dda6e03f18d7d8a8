import { exp, expPair, log, logPair } from "./shared/special";
import { join, squares64, squaresOfProduct } from "./shared/squares";
import { at, put } from "./shared/tile";

const LAYERS: i32 = 256;

/** 52 bits, centred in their cell: strictly between 0 and 1. */
// @ts-ignore: decorator
@inline
function unit(word: u64): f64 {
  return (<f64>(<i64>(word >> 12)) + 0.5) * 2.220446049250313e-16;
}

// What a call of any law goes by, set once by `begin`.
let counter: u64 = 0;
let stride: u64 = 1;
let key: u64 = 0;
let chainKey: u64 = 0;
let tables: usize = 0;
/** The word that the current draw has come to. */
let word: u64 = 0;

/**
 * The place of the next draw, how far it is from one to the next, the two keys, and the ziggurat's tables: 256 widths, 256 thresholds, 257 densities, then
 * the tail's start. Each fill goes on where the one before it ended.
 */
export function begin(
  counterHigh: u32, counterLow: u32, every: u32,
  keyHigh: u32, keyLow: u32, chainKeyHigh: u32, chainKeyLow: u32, tablesAt: usize,
): void {
  counter = join(counterHigh, counterLow);
  stride = <u64>every;
  key = join(keyHigh, keyLow);
  chainKey = join(chainKeyHigh, chainKeyLow);
  tables = tablesAt;
}

/** The words after a draw's first follow from one another under the second key, so no draw disturbs the next. */
// @ts-ignore: decorator
@inline
function nextWord(): u64 {
  word = squares64(word, chainKey);
  return word;
}

/** counter × key for the first of `count` draws; the counter moves past them. */
// @ts-ignore: decorator
@inline
function productBefore(count: i32): u64 {
  const product = counter * key;
  counter += <u64>count * stride;
  return product;
}

export function fillUniform(out: usize, count: i32): void {
  const step = key * stride;
  let product = productBefore(count);
  for (let i = 0; i < count; i++, product += step) put(out, i, unit(squaresOfProduct(product, key)));
}

export function fillExponential(out: usize, count: i32): void {
  const step = key * stride;
  let product = productBefore(count);
  let i: i32 = 0;
  for (; i + 2 <= count; i += 2, product += 2 * step) {
    const first = unit(squaresOfProduct(product, key));
    const second = unit(squaresOfProduct(product + step, key));
    const pair = f64x2.replace_lane(f64x2.splat(first), 1, second);
    v128.store(out + (<usize>i << 3), f64x2.neg(logPair(pair)));
  }
  if (i < count) put(out, i, -log(unit(squaresOfProduct(product, key))));
}

/** Lemire's integers in [0, below): the lowest fractions, which would favour some of them, are drawn again. */
export function fillInteger(out: usize, count: i32, below: f64): void {
  const bound = <u64>below;
  const surplus = (<u64>1 << 32) % bound;
  const step = key * stride;
  let product = productBefore(count);
  for (let i = 0; i < count; i++, product += step) {
    word = squaresOfProduct(product, key);
    let scaled = (word >> 32) * bound;
    while ((scaled & 0xffffffff) < surplus) scaled = (nextWord() >> 32) * bound;
    put(out, i, <f64>(<i64>(scaled >> 32)));
  }
}

export function fillNormal(out: usize, count: i32): void {
  const step = key * stride;
  let product = productBefore(count);
  for (let i = 0; i < count; i++, product += step) put(out, i, normalFrom(squaresOfProduct(product, key)));
}

/** Gammas; `work` has room for as many numbers as `out`, which a shape below 1 needs. */
export function fillGamma(out: usize, count: i32, shape: f64, scale: f64, work: usize): void {
  const step = key * stride;
  let product = productBefore(count);
  if (shape >= 1) {
    for (let i = 0; i < count; i++, product += step) {
      put(out, i, scale * gammaFromNormals(squaresOfProduct(product, key), shape));
    }
    return;
  }
  for (let i = 0; i < count; i++, product += step) {
    put(out, i, gammaFromNormals(squaresOfProduct(product, key), shape + 1));
    put(work, i, unit(nextWord()));
  }
  const a = f64x2.splat(shape);
  const s = f64x2.splat(scale);
  const whole = out + (<usize>(count & ~1) << 3);
  let o = out;
  for (let u = work; o != whole; o += 16, u += 16) {
    const power = expPair(f64x2.div(logPair(v128.load(u)), a));
    v128.store(o, f64x2.mul(s, f64x2.mul(v128.load(o), power)));
  }
  if (count & 1) put(out, count - 1, scale * (at(out, count - 1) * exp(log(at(work, count - 1)) / shape)));
}

/** z √(ν ÷ w): normal over the root of a chi-square. */
export function fillStudentT(out: usize, count: i32, degreesOfFreedom: f64): void {
  const half = 0.5 * degreesOfFreedom;
  const step = key * stride;
  let product = productBefore(count);
  for (let i = 0; i < count; i++, product += step) {
    const z = normalFrom(squaresOfProduct(product, key));
    put(out, i, z * Math.sqrt(half / gammaFrom(nextWord(), half)));
  }
}

/** The standard normal of a word by the ziggurat; `word` is where it ended. */
// @ts-ignore: decorator
@inline
function normalFrom(first: u64): f64 {
  const layer = <i32>(first & 255);
  const steps = <f64>(<i64>((first >> 9) & 0x000fffffffffffff));
  const magnitude = steps * at(tables, layer);
  word = first;
  if (!(steps < at(tables, LAYERS + layer))) return beyondTheRectangle();
  return reinterpret<f64>(reinterpret<u64>(magnitude) | ((first << 55) & 0x8000000000000000));
}

function beyondTheRectangle(): f64 {
  const densities = tables + (<usize>(2 * LAYERS) << 3);
  const tailStart = at(densities, LAYERS + 1);
  while (true) {
    const layer = <i32>(word & 255);
    const negative = ((word >> 8) & 1) != 0;
    const steps = <f64>(<i64>((word >> 9) & 0x000fffffffffffff));
    const x = steps * at(tables, layer);
    if (steps < at(tables, LAYERS + layer)) return negative ? -x : x;
    if (layer == 0) {
      while (true) {
        const beyond = -log(unit(nextWord())) / tailStart;
        const height = -log(unit(nextWord()));
        if (height + height > beyond * beyond) return negative ? -(tailStart + beyond) : tailStart + beyond;
      }
    }
    const below = at(densities, layer);
    const height = below + unit(nextWord()) * (at(densities, layer + 1) - below);
    if (height < exp(-0.5 * x * x)) return negative ? -x : x;
    nextWord();
  }
}

/** Marsaglia and Tsang's gamma of scale 1; below shape 1 by that of shape a + 1. */
function gammaFrom(first: u64, a: f64): f64 {
  if (a >= 1) return gammaFromNormals(first, a);
  const larger = gammaFromNormals(first, a + 1);
  return larger * exp(log(unit(nextWord())) / a);
}

// @ts-ignore: decorator
@inline
function gammaFromNormals(first: u64, a: f64): f64 {
  const d = a - 1.0 / 3.0;
  const c = 1 / Math.sqrt(9 * d);
  let from = first;
  while (true) {
    const x = normalFrom(from);
    const root = 1 + c * x;
    if (root > 0) {
      const v = root * root * root;
      const u = unit(nextWord());
      const square = x * x;
      if (u < 1 - 0.0331 * square * square) return d * v;
      if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
    }
    from = nextWord();
  }
}
