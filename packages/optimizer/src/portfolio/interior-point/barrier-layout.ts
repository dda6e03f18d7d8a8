import type { PortfolioProblem, SizeLimit } from "../problem/problem.ts";

/** |w − centre| of one asset, split into w − centre = P − M with rates on both parts. */
export interface Fold {
  /** Index among the variables. */
  readonly variable: number;
  readonly centre: number;
  readonly rateAbove: number;
  readonly rateBelow: number;
}

/** What a size counts: Σ of folds, Σ sign · w of assets on one side of the centre, and what fixed assets use. */
export interface CountedSize {
  readonly folds: readonly number[];
  readonly signs: Float64Array;
  readonly constant: number;
  readonly max: number;
}

/**
 * The portfolio as an interior point sees it: variables, and complementary pairs (slack, multiplier) in one flat order:
 * lower ends, upper ends, P, M, row maxima, row minima, sizes.
 */
export interface BarrierLayout {
  /** The assets that can move. */
  readonly assets: Int32Array;
  /** μ + θ w0 less the linear costs of assets whose costs have no kink inside the box, one a variable. */
  readonly reward: Float64Array;
  readonly lower: readonly Bound[];
  readonly upper: readonly Bound[];
  readonly folds: readonly Fold[];
  /** Rows as they concern the variables. */
  readonly rows: readonly { readonly loadings: Float64Array; readonly min: number; readonly max: number }[];
  readonly sizes: readonly CountedSize[];
  /** Indices of rows with a finite max, and with a finite min; equalities are in neither. */
  readonly rowMaxima: readonly number[];
  readonly rowMinima: readonly number[];
  readonly pairs: number;
  /** The first pair of each kind. */
  readonly at: PairOffsets;
}

export interface PairOffsets {
  readonly upper: number;
  readonly above: number;
  readonly below: number;
  readonly maxima: number;
  readonly minima: number;
  readonly sizes: number;
}

export interface Bound {
  readonly variable: number;
  readonly end: number;
}

export function barrierLayout(problem: PortfolioProblem): BarrierLayout {
  const { n, lower, upper, current, costs, mu } = problem;
  const sizes = problem.sizes.filter(({ max }) => max < Number.POSITIVE_INFINITY);
  const assets = Int32Array.from(Array.from({ length: n }, (_, i) => i).filter((i) => lower[i]! < upper[i]!));
  const reward = Float64Array.from(assets, (i) => mu[i]! + costs.quadratic[i]! * current[i]!);
  const folds: Fold[] = [];
  const counted = sizes.map(({ max }) => ({
    folds: [] as number[],
    signs: new Float64Array(assets.length),
    constant: 0,
    max,
  }));
  for (let i = 0; i < n; i++) {
    if (lower[i]! < upper[i]!) continue;
    sizes.forEach((size, s) => {
      if (size.members[i] === 1) counted[s]!.constant += Math.abs(lower[i]! - centreOf(size, problem, i));
    });
  }
  assets.forEach((i, variable) => {
    for (const centre of new Set([0, current[i]!])) {
      const counting = sizes.flatMap((size, s) =>
        size.members[i] === 1 && centreOf(size, problem, i) === centre ? [s] : [],
      );
      let rateAbove = 0;
      let rateBelow = 0;
      if (centre === 0) {
        rateAbove += costs.long[i]!;
        rateBelow += costs.short[i]!;
      }
      if (centre === current[i]!) {
        rateAbove += costs.buy[i]!;
        rateBelow += costs.sell[i]!;
      }
      const isKinked = counting.length > 0 || rateAbove !== -rateBelow;
      if (isKinked && lower[i]! < centre && upper[i]! > centre) {
        for (const s of counting) counted[s]!.folds.push(folds.length);
        folds.push({ variable, centre, rateAbove, rateBelow });
        continue;
      }
      const sign = upper[i]! <= centre ? -1 : 1;
      reward[variable]! -= sign > 0 ? rateAbove : -rateBelow;
      for (const s of counting) {
        counted[s]!.signs[variable] = sign;
        counted[s]!.constant -= sign * centre;
      }
    }
  });
  const lowerEnds = boundsOf(assets, lower);
  const upperEnds = boundsOf(assets, upper);
  const rows = problem.rows.map(({ loadings, min, max }) => {
    let held = 0;
    for (let i = 0; i < n; i++) if (!(lower[i]! < upper[i]!)) held += loadings[i]! * lower[i]!;
    return { loadings: Float64Array.from(assets, (i) => loadings[i]!), min: min - held, max: max - held };
  });
  const indices = rows.map((_, r) => r).filter((r) => rows[r]!.min !== rows[r]!.max);
  const rowMaxima = indices.filter((r) => rows[r]!.max < Number.POSITIVE_INFINITY);
  const rowMinima = indices.filter((r) => rows[r]!.min > Number.NEGATIVE_INFINITY);
  const above = lowerEnds.length + upperEnds.length;
  const maxima = above + 2 * folds.length;
  const minima = maxima + rowMaxima.length;
  return {
    assets,
    reward,
    lower: lowerEnds,
    upper: upperEnds,
    folds,
    rows,
    sizes: counted,
    rowMaxima,
    rowMinima,
    pairs: minima + rowMinima.length + sizes.length,
    at: {
      upper: lowerEnds.length,
      above,
      below: above + folds.length,
      maxima,
      minima,
      sizes: minima + rowMinima.length,
    },
  };
}

function centreOf({ of }: SizeLimit, { current }: PortfolioProblem, i: number): number {
  return of === "weights" ? 0 : current[i]!;
}

function boundsOf(assets: Int32Array, ends: Float64Array): Bound[] {
  const bounds: Bound[] = [];
  assets.forEach((i, variable) => {
    if (Number.isFinite(ends[i])) bounds.push({ variable, end: ends[i]! });
  });
  return bounds;
}
