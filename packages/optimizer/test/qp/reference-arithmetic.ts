import { permutation, type Random } from "@astra-quant/core-linalg";

export type Dense = readonly (readonly number[])[];

/** The freedoms that rounding has: in which order K is eliminated and terms are added, and how one divides. */
export interface Arithmetic {
  order(size: number): readonly number[];
  sum(terms: readonly number[]): number;
  quotient(a: number, b: number): number;
}

export interface Factor {
  readonly order: readonly number[];
  /** Unit lower triangular, without its diagonal. */
  readonly L: number[][];
  readonly pivots: number[];
}

/** Rows as they come, sums from left to right. */
export const plainly: Arithmetic = {
  order: (size) => Array.from({ length: size }, (_, k) => k),
  sum: (terms) => {
    let total = 0;
    for (const term of terms) total += term;
    return total;
  },
  quotient: (a, b) => a / b,
};

/** The largest |entry|; 0 for none. */
export function largest(values: readonly number[]): number {
  return values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
}

/** K[order][:, order] = L diag(pivots) Lᵀ; no pivoting, and nothing is said of pivots that are zero. */
export function eliminate(K: Dense, { order, sum }: Arithmetic): Factor {
  const places = order(K.length);
  const L: number[][] = [];
  const pivots: number[] = [];
  for (let i = 0; i < K.length; i++) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) {
      const terms = row.slice(0, j).map((v, k) => -v * (i === j ? v : L[j]![k]!) * pivots[k]!);
      const rest = sum([K[places[i]!]![places[j]!]!, ...terms]);
      if (i === j) pivots.push(rest);
      else row.push(rest / pivots[j]!);
    }
    L.push(row);
  }
  return { order: places, L, pivots };
}

/** x with Kx = b. */
export function solveFactored(
  { order, L, pivots }: Factor,
  b: readonly number[],
  { sum }: Arithmetic,
): number[] {
  const w = order.map((place) => b[place]!);
  const size = w.length;
  for (let i = 0; i < size; i++) {
    const terms = [w[i]!];
    for (let k = 0; k < i; k++) terms.push(-L[i]![k]! * w[k]!);
    w[i] = sum(terms);
  }
  for (let i = 0; i < size; i++) w[i]! /= pivots[i]!;
  for (let i = size - 1; i >= 0; i--) {
    const terms = [w[i]!];
    for (let k = i + 1; k < size; k++) terms.push(-L[k]![i]! * w[k]!);
    w[i] = sum(terms);
  }
  const x = new Array<number>(size);
  order.forEach((place, k) => {
    x[place] = w[k]!;
  });
  return x;
}

/**
 * The same arithmetic otherwise rounded: K in a random order of elimination, sums from right to left, quotients by way of
 * reciprocals; and each sum as it comes, or an ulp up or down, or neither, by chance, an ulp of the sum or of its largest
 * term. What changes under it is decided by rounding.
 */
export function otherwiseRounded(random: Random): Arithmetic {
  const orders = new Map<number, readonly number[]>();
  const kind = random.integer(3);
  return {
    order: (size) => {
      const order = orders.get(size) ?? [...permutation(random, size)];
      orders.set(size, order);
      return order;
    },
    sum: (terms) => {
      let total = 0;
      for (let k = terms.length - 1; k >= 0; k--) total += terms[k]!;
      if (kind === 0) return total;
      return total + (random.integer(3) - 1) * Number.EPSILON * (kind === 1 ? total : largest(terms));
    },
    quotient: (a, b) => a * (1 / b),
  };
}
