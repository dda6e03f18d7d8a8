/**
 * Rows 4i … 4i + 3 of the solution of LX = B, four columns: what the rows before leave of the right side, then
 * substitution in the tile. The strip holds, for k = 0 … 4i + 3, the entries of those rows in L's column k.
 */
// @ts-ignore: decorator
@inline
export function solveStrip(strip: usize, solution: usize, i: i32): void {
  let a = strip;
  let b = solution;
  const tile = solution + (<usize>i << 7);
  let c00 = v128.load(tile), c01 = v128.load(tile, 16);
  let c10 = v128.load(tile, 32), c11 = v128.load(tile, 48);
  let c20 = v128.load(tile, 64), c21 = v128.load(tile, 80);
  let c30 = v128.load(tile, 96), c31 = v128.load(tile, 112);
  while (b != tile) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f64>(a);
    c00 = f64x2.sub(c00, f64x2.mul(x, b0)); c01 = f64x2.sub(c01, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 8);
    c10 = f64x2.sub(c10, f64x2.mul(x, b0)); c11 = f64x2.sub(c11, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 16);
    c20 = f64x2.sub(c20, f64x2.mul(x, b0)); c21 = f64x2.sub(c21, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 24);
    c30 = f64x2.sub(c30, f64x2.mul(x, b0)); c31 = f64x2.sub(c31, f64x2.mul(x, b1));
    a += 32; b += 32;
  }
  let l = v128.load_splat<f64>(a);
  c00 = f64x2.div(c00, l); c01 = f64x2.div(c01, l);
  l = v128.load_splat<f64>(a, 8);
  c10 = f64x2.sub(c10, f64x2.mul(l, c00)); c11 = f64x2.sub(c11, f64x2.mul(l, c01));
  l = v128.load_splat<f64>(a, 16);
  c20 = f64x2.sub(c20, f64x2.mul(l, c00)); c21 = f64x2.sub(c21, f64x2.mul(l, c01));
  l = v128.load_splat<f64>(a, 24);
  c30 = f64x2.sub(c30, f64x2.mul(l, c00)); c31 = f64x2.sub(c31, f64x2.mul(l, c01));
  l = v128.load_splat<f64>(a, 40);
  c10 = f64x2.div(c10, l); c11 = f64x2.div(c11, l);
  l = v128.load_splat<f64>(a, 48);
  c20 = f64x2.sub(c20, f64x2.mul(l, c10)); c21 = f64x2.sub(c21, f64x2.mul(l, c11));
  l = v128.load_splat<f64>(a, 56);
  c30 = f64x2.sub(c30, f64x2.mul(l, c10)); c31 = f64x2.sub(c31, f64x2.mul(l, c11));
  l = v128.load_splat<f64>(a, 80);
  c20 = f64x2.div(c20, l); c21 = f64x2.div(c21, l);
  l = v128.load_splat<f64>(a, 88);
  c30 = f64x2.sub(c30, f64x2.mul(l, c20)); c31 = f64x2.sub(c31, f64x2.mul(l, c21));
  l = v128.load_splat<f64>(a, 120);
  c30 = f64x2.div(c30, l); c31 = f64x2.div(c31, l);
  v128.store(tile, c00); v128.store(tile, c01, 16);
  v128.store(tile, c10, 32); v128.store(tile, c11, 48);
  v128.store(tile, c20, 64); v128.store(tile, c21, 80);
  v128.store(tile, c30, 96); v128.store(tile, c31, 112);
}
