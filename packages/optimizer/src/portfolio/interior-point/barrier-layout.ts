import { scratch } from "../../scratch.ts";
import type { PortfolioProblem, RowLimit, SizeLimit } from "../problem/problem.ts";

/** The finite ends of the variables' box, on one side. */
export interface Ends {
  readonly variables: Int32Array;
  readonly ends: Float64Array;
}

/** |w − centre| of assets, each split into w − centre = P − M with rates on both parts. */
export interface Folds {
  /** Indices among the variables. */
  readonly variables: Int32Array;
  readonly centres: Float64Array;
  readonly ratesAbove: Float64Array;
  readonly ratesBelow: Float64Array;
}

/** What a size counts: Σ of folds, Σ sign · w of assets on one side of the centre, and what fixed assets use. */
export interface CountedSize {
  readonly folds: Int32Array;
  /** 1 for a fold that it counts, 0 for another. */
  readonly counts: Uint8Array;
  readonly signs: Float64Array;
  readonly constant: number;
  readonly max: number;
}

/** A row as it concerns the variables. */
export interface BarrierRow {
  readonly loadings: Float64Array;
  readonly min: number;
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
  readonly lower: Ends;
  readonly upper: Ends;
  readonly folds: Folds;
  readonly rows: readonly BarrierRow[];
  readonly sizes: readonly CountedSize[];
  /** Indices of rows with a finite max, and with a finite min; equalities are in neither. */
  readonly rowMaxima: Int32Array;
  readonly rowMinima: Int32Array;
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

export function barrierLayout(problem: PortfolioProblem): BarrierLayout {
  const { n, lower, upper } = problem;
  const assets = indicesOf(n, (i) => lower[i]! < upper[i]!);
  const { reward, folds, sizes } = foldsOf(problem, assets);
  const lowerEnds = endsOf(assets, lower);
  const upperEnds = endsOf(assets, upper);
  const rows = problem.rows.map((row) => rowOf(row, problem, assets));
  const isBand = (r: number): boolean => rows[r]!.min !== rows[r]!.max;
  const rowMaxima = indicesOf(rows.length, (r) => isBand(r) && rows[r]!.max < Number.POSITIVE_INFINITY);
  const rowMinima = indicesOf(rows.length, (r) => isBand(r) && rows[r]!.min > Number.NEGATIVE_INFINITY);
  const above = lowerEnds.ends.length + upperEnds.ends.length;
  const foldCount = folds.centres.length;
  const maxima = above + 2 * foldCount;
  const minima = maxima + rowMaxima.length;
  return {
    assets,
    reward,
    lower: lowerEnds,
    upper: upperEnds,
    folds,
    rows,
    sizes,
    rowMaxima,
    rowMinima,
    pairs: minima + rowMinima.length + sizes.length,
    at: {
      upper: lowerEnds.ends.length,
      above,
      below: above + foldCount,
      maxima,
      minima,
      sizes: minima + rowMinima.length,
    },
  };
}

function rowOf(
  { loadings, min, max }: RowLimit,
  { n, lower, upper }: PortfolioProblem,
  assets: Int32Array,
): BarrierRow {
  let held = 0;
  for (let i = 0; i < n; i++) if (!(lower[i]! < upper[i]!)) held += loadings[i]! * lower[i]!;
  return { loadings: picked(loadings, assets), min: min - held, max: max - held };
}

/** The kinks inside the box, and what of costs and sizes is linear there. */
function foldsOf(
  problem: PortfolioProblem,
  assets: Int32Array,
): Pick<BarrierLayout, "reward" | "folds" | "sizes"> {
  const { n, lower, upper, current, costs, mu } = problem;
  const sizes = problem.sizes.filter(({ max }) => max < Number.POSITIVE_INFINITY);
  const reward = scratch(assets.length);
  for (let a = 0; a < assets.length; a++) {
    const i = assets[a]!;
    reward[a] = mu[i]! + costs.quadratic[i]! * current[i]!;
  }
  const variables: number[] = [];
  const centres: number[] = [];
  const ratesAbove: number[] = [];
  const ratesBelow: number[] = [];
  const counted = sizes.map(() => ({
    folds: [] as number[],
    signs: scratch(assets.length),
    constant: 0,
  }));
  for (let i = 0; i < n; i++) {
    if (lower[i]! < upper[i]!) continue;
    for (let s = 0; s < sizes.length; s++) {
      const size = sizes[s]!;
      if (size.members[i] === 1) counted[s]!.constant += Math.abs(lower[i]! - centreOf(size, problem, i));
    }
  }
  const foldAt = (variable: number, centre: number): void => {
    const i = assets[variable]!;
    let counts = false;
    for (const size of sizes) {
      if (size.members[i] === 1 && centreOf(size, problem, i) === centre) counts = true;
    }
    let above = 0;
    let below = 0;
    if (centre === 0) {
      above += costs.long[i]!;
      below += costs.short[i]!;
    }
    if (centre === current[i]!) {
      above += costs.buy[i]!;
      below += costs.sell[i]!;
    }
    const isFold = (counts || above !== -below) && lower[i]! < centre && upper[i]! > centre;
    const sign = upper[i]! <= centre ? -1 : 1;
    for (let s = 0; s < sizes.length; s++) {
      const size = sizes[s]!;
      if (!(size.members[i] === 1 && centreOf(size, problem, i) === centre)) continue;
      const count = counted[s]!;
      if (isFold) count.folds.push(centres.length);
      else {
        count.signs[variable] = sign;
        count.constant -= sign * centre;
      }
    }
    if (isFold) {
      variables.push(variable);
      centres.push(centre);
      ratesAbove.push(above);
      ratesBelow.push(below);
    } else reward[variable]! -= sign > 0 ? above : -below;
  };
  for (let variable = 0; variable < assets.length; variable++) {
    const w0 = current[assets[variable]!]!;
    foldAt(variable, 0);
    if (w0 !== 0) foldAt(variable, w0);
  }
  return {
    reward,
    folds: {
      variables: new Int32Array(variables),
      centres: vectorOf(centres),
      ratesAbove: vectorOf(ratesAbove),
      ratesBelow: vectorOf(ratesBelow),
    },
    sizes: counted.map(({ folds, signs, constant }, s) => ({
      folds: new Int32Array(folds),
      counts: flagsOf(folds, centres.length),
      signs,
      constant,
      max: sizes[s]!.max,
    })),
  };
}

function centreOf({ of }: SizeLimit, { current }: PortfolioProblem, i: number): number {
  return of === "weights" ? 0 : current[i]!;
}

function endsOf(assets: Int32Array, given: Float64Array): Ends {
  const variables = indicesOf(assets.length, (a) => Number.isFinite(given[assets[a]!]));
  const ends = scratch(variables.length);
  for (let k = 0; k < ends.length; k++) ends[k] = given[assets[variables[k]!]!]!;
  return { variables, ends };
}

function indicesOf(count: number, isOne: (k: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let k = 0; k < count; k++) if (isOne(k)) found.push(k);
  return new Int32Array(found);
}

function flagsOf(indices: readonly number[], count: number): Uint8Array {
  const flags = new Uint8Array(count);
  for (const k of indices) flags[k] = 1;
  return flags;
}

function picked(v: Float64Array, indices: Int32Array): Float64Array {
  const out = scratch(indices.length);
  for (let k = 0; k < out.length; k++) out[k] = v[indices[k]!]!;
  return out;
}

function vectorOf(values: readonly number[]): Float64Array {
  const out = scratch(values.length);
  for (let k = 0; k < out.length; k++) out[k] = values[k]!;
  return out;
}
