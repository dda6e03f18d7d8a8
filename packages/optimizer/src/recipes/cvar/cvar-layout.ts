import type { CvarProgram } from "./cvar-program.ts";

/** sign · w_i ≤ limit. */
export interface Bound {
  readonly variable: number;
  readonly sign: 1 | -1;
  readonly limit: number;
}

/** sign · a'w ≤ limit. */
export interface Side {
  readonly row: number;
  readonly loadings: Float64Array;
  readonly sign: 1 | -1;
  readonly limit: number;
}

/** Complementary pairs (slack, multiplier) in one flat order: u of each scenario, v of each, bounds, sides. */
export interface CvarLayout {
  readonly bounds: readonly Bound[];
  readonly sides: readonly Side[];
  readonly equalities: readonly {
    readonly row: number;
    readonly loadings: Float64Array;
    readonly value: number;
  }[];
  readonly at: { readonly v: number; readonly bounds: number; readonly sides: number };
  readonly pairs: number;
}

export function cvarLayout({ limits, scenarios: S }: CvarProgram): CvarLayout {
  const { n, lower, upper, rows } = limits;
  const bounds: Bound[] = [];
  for (let variable = 0; variable < n; variable++) {
    if (lower[variable]! > Number.NEGATIVE_INFINITY)
      bounds.push({ variable, sign: -1, limit: -lower[variable]! });
    if (upper[variable]! < Number.POSITIVE_INFINITY)
      bounds.push({ variable, sign: 1, limit: upper[variable]! });
  }
  const sides: Side[] = [];
  const equalities: CvarLayout["equalities"][number][] = [];
  rows.forEach(({ loadings, min, max }, row) => {
    if (min === max) {
      equalities.push({ row, loadings, value: min });
      return;
    }
    if (max < Number.POSITIVE_INFINITY) sides.push({ row, loadings, sign: 1, limit: max });
    if (min > Number.NEGATIVE_INFINITY) sides.push({ row, loadings, sign: -1, limit: -min });
  });
  const at = { v: S, bounds: 2 * S, sides: 2 * S + bounds.length };
  return { bounds, sides, equalities, at, pairs: at.sides + sides.length };
}
