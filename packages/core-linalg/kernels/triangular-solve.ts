import { solveStrip } from "./shared/forward-substitution";
import { at, put } from "./shared/tile";

/** The doubles of workspace that `solveLower` needs for n rows. */
export function workspace(n: i32): i32 {
  const strips = (n + 3) >> 2;
  return strips * strips * 16 + strips * 16;
}

/**
 * Solves MX = B for a lower triangular M of n×n and writes X over B, n×m with `rowStride` doubles from row to row.
 * M's entry (i, k) lies i·down + k·across doubles from M, so that a transpose or a matrix read from its end needs no
 * copy. The diagonal counts as ones where `unit` is not 0.
 */
export function solveLower(
  M: usize, down: i32, across: i32, n: i32, unit: i32, X: usize, rowStride: i32, m: i32, work: usize,
): void {
  const strips = (n + 3) >> 2;
  const length = <usize>strips << 7; // bytes of a strip: four rows of M, or four columns of X
  const solution = work + <usize>strips * length;
  packLower(M, down, across, n, unit, work, length);
  for (let column: i32 = 0; column < m; column += 4) {
    const width = min(4, m - column);
    for (let i = 0; i < strips; i++) {
      const tile = solution + (<usize>i << 7);
      const first = X + (<usize>column << 3) + (<usize>(i * 4 * rowStride) << 3);
      const rows = min(4, n - i * 4);
      readTile(first, rowStride, rows, width, tile);
      solveStrip(work + <usize>i * length, solution, i);
      writeTile(tile, rowStride, rows, width, first);
    }
  }
}

/** Strip i holds, for k = 0 … 4i + 3, the four entries M[4i … 4i + 3][k]. Rows beyond n are those of the identity. */
function packLower(M: usize, down: i32, across: i32, n: i32, unit: i32, work: usize, length: usize): void {
  for (let i: i32 = 0; i < n; i += 4) {
    const strip = work + <usize>(i >> 2) * length;
    for (let k: i32 = 0; k < i + 4; k++) {
      for (let lane: i32 = 0; lane < 4; lane++) {
        const row = i + lane;
        let value: f64 = row == k ? 1 : 0;
        if (row < n && (k < row || (k == row && unit == 0))) value = at(M, row * down + k * across);
        put(strip, k * 4 + lane, value);
      }
    }
  }
}

/** Four rows of four columns; absent ones are zero. */
// @ts-ignore: decorator
@inline
function readTile(first: usize, rowStride: i32, rows: i32, width: i32, tile: usize): void {
  for (let r: i32 = 0; r < 4; r++) {
    const to = tile + (<usize>r << 5);
    const from = first + (<usize>(r * rowStride) << 3);
    if (r < rows && width == 4) {
      v128.store(to, v128.load(from)); v128.store(to, v128.load(from, 16), 16);
      continue;
    }
    for (let lane: i32 = 0; lane < 4; lane++) put(to, lane, r < rows && lane < width ? at(from, lane) : 0);
  }
}

// @ts-ignore: decorator
@inline
function writeTile(tile: usize, rowStride: i32, rows: i32, width: i32, first: usize): void {
  for (let r: i32 = 0; r < rows; r++) {
    const from = tile + (<usize>r << 5);
    const to = first + (<usize>(r * rowStride) << 3);
    if (width == 4) {
      v128.store(to, v128.load(from)); v128.store(to, v128.load(from, 16), 16);
      continue;
    }
    for (let lane: i32 = 0; lane < width; lane++) put(to, lane, at(from, lane));
  }
}
