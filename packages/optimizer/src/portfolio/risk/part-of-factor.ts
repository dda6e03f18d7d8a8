import { withDefiniteBlock } from "../../kernels/definite-block.ts";
import type { FactorAround } from "./kept-factor.ts";

/** Solves for `columns` right sides in place, row-major. */
export type SolvePart = (B: Float64Array, columns: number) => void;

/**
 * What `use` gives with the solve of the free assets' part of a factored matrix M: the other rows are held at zero. With
 * E the identity's columns of those and Y = M⁻¹E, it is M⁻¹B − Y (E'Y)⁻¹ E'M⁻¹B. Undefined, and `use` not called, where
 * E'Y has no factor.
 */
export function withPartOf<T>(
  { block, N, places, others }: FactorAround,
  use: (solve: SolvePart) => T,
): T | undefined {
  const spread = (B: Float64Array, columns: number): Float64Array => {
    const X = new Float64Array(N * columns);
    for (let a = 0; a < places.length; a++) {
      for (let c = 0; c < columns; c++) X[places[a]! * columns + c] = B[a * columns + c]!;
    }
    block.solve(X, columns);
    return X;
  };
  const count = others.length;
  if (count === 0) {
    return use((B, columns) => {
      const X = spread(B, columns);
      for (let a = 0; a < places.length; a++) {
        for (let c = 0; c < columns; c++) B[a * columns + c] = X[places[a]! * columns + c]!;
      }
    });
  }
  const Y = new Float64Array(N * count);
  others.forEach((row, k) => {
    Y[row * count + k] = 1;
  });
  block.solve(Y, count);
  const fill = (S: Float64Array): void => {
    for (let k = 0; k < count; k++) {
      const row = others[k]!;
      S.set(Y.subarray(row * count, (row + 1) * count), k * count);
    }
  };
  return withDefiniteBlock(count, fill, (inner) =>
    use((B, columns) => {
      const X = spread(B, columns);
      const pull = new Float64Array(count * columns);
      for (let k = 0; k < count; k++) {
        const row = others[k]!;
        pull.set(X.subarray(row * columns, (row + 1) * columns), k * columns);
      }
      inner.solve(pull, columns);
      for (let a = 0; a < places.length; a++) {
        const row = places[a]!;
        for (let c = 0; c < columns; c++) {
          let value = X[row * columns + c]!;
          for (let k = 0; k < count; k++) value -= Y[row * count + k]! * pull[k * columns + c]!;
          B[a * columns + c] = value;
        }
      }
    }),
  );
}
