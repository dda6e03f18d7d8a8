import { at, indexAt, put } from "../../../core-linalg/kernels/shared/tile";

/** out = Ax, for A of m rows and n columns, by column. */
export function timesVector(pointers: usize, rows: usize, values: usize, x: usize, out: usize, n: i32, m: i32): void {
  memory.fill(out, 0, <usize>m << 3);
  for (let j: i32 = 0; j < n; j++) {
    const xj = at(x, j);
    for (let p = indexAt(pointers, j), end = indexAt(pointers, j + 1); p < end; p++) {
      const i = indexAt(rows, p);
      put(out, i, at(out, i) + at(values, p) * xj);
    }
  }
}

/** out = Aᵀy, for A of n columns. */
export function transposeTimesVector(
  pointers: usize, rows: usize, values: usize, y: usize, out: usize, n: i32,
): void {
  for (let j: i32 = 0; j < n; j++) {
    let sum: f64 = 0;
    for (let p = indexAt(pointers, j), end = indexAt(pointers, j + 1); p < end; p++) {
      sum += at(values, p) * at(y, indexAt(rows, p));
    }
    put(out, j, sum);
  }
}

/** out = Px, for the symmetric P of n columns whose upper triangle is given. */
export function symmetricTimesVector(
  pointers: usize, rows: usize, values: usize, x: usize, out: usize, n: i32,
): void {
  memory.fill(out, 0, <usize>n << 3);
  for (let j: i32 = 0; j < n; j++) {
    const xj = at(x, j);
    let sum: f64 = 0;
    for (let p = indexAt(pointers, j), end = indexAt(pointers, j + 1); p < end; p++) {
      const i = indexAt(rows, p);
      const value = at(values, p);
      sum += value * at(x, i);
      if (i != j) put(out, i, at(out, i) + value * xj);
    }
    put(out, j, at(out, j) + sum);
  }
}
