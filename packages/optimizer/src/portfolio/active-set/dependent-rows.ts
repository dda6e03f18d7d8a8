import { Matrix, symmetricEigen } from "@astra-quant/core-linalg";
import { SchurComplement } from "./schur-complement.ts";

/** An eigenvalue of C'C below this part of the greatest belongs to a combination of rows that says nothing. */
const NOTHING = 1e-13;
/** Where the eigenvalues lie within this factor there is surely none of those. */
const INDEPENDENT = 1e10;
/** A combination that says nothing and is missed by less than this is met. */
const CONSISTENT = 1e-10;

/** Multipliers beyond this, where slopes are of size 1, that cancel each other are not worth keeping. */
const RUNAWAY = 100;

/** S m = b, for the Schur complement S of rows C that may depend on each other. */
export interface RowSolve {
  solve(b: Float64Array): Float64Array;
  /** The multipliers without what of them has no effect and has run away. */
  effective(m: Float64Array): Float64Array;
}

/**
 * Combinations of rows without effect on any asset take no part of the multipliers, whatever rounding leaves of them in
 * S; where they contradict, they are answered with `contradiction` times what is missed. Undefined when there are none.
 */
export function dependentRows(
  columns: Float64Array,
  count: number,
  { S }: SchurComplement,
  contradiction: number,
): RowSolve | undefined {
  if (count < 2) return undefined;
  const gram = new SchurComplement(count, 0);
  gram.add(columns, columns);
  if (gram.isWithin(INDEPENDENT)) return undefined;
  const { values, vectors } = symmetricEigen(new Matrix(count, count, gram.S));
  const nothing = values.filter((value) => value <= NOTHING * values[count - 1]!).length;
  if (nothing === 0) return undefined;
  const kept = count - nothing;
  const V = (i: number, k: number): number => vectors.data[i * count + k]!;
  const reduced = new SchurComplement(kept, 0);
  for (let k = 0; k < kept; k++) {
    for (let l = 0; l < kept; l++) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < count; j++) sum += V(i, nothing + k) * S[i * count + j]! * V(j, nothing + l);
      }
      reduced.S[k * kept + l] = sum;
    }
  }
  const along = (b: Float64Array, k: number): number => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += V(i, k) * b[i]!;
    return sum;
  };
  const combined = (parts: Float64Array): Float64Array => {
    const m = new Float64Array(count);
    for (let i = 0; i < count; i++) for (let k = 0; k < count; k++) m[i]! += V(i, k) * parts[k]!;
    return m;
  };
  return {
    effective: (m) =>
      combined(
        Float64Array.from(m, (_, k) => {
          const part = along(m, k);
          return k < nothing && Math.abs(part) > RUNAWAY ? 0 : part;
        }),
      ),
    solve(b) {
      const parts = new Float64Array(count);
      parts.set(reduced.solve(Float64Array.from({ length: kept }, (_, k) => along(b, nothing + k))), nothing);
      for (let k = 0; k < nothing; k++) {
        const missed = along(b, k);
        if (Math.abs(missed) > CONSISTENT) parts[k] = contradiction * missed;
      }
      return combined(parts);
    },
  };
}
