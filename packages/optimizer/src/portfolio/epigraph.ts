import { CscMatrix, type Triplet } from "@astra-quant/core-linalg";
import type { QpProblem } from "../qp/problem.ts";
import { barrierLayout } from "./interior-point/barrier-layout.ts";
import { noPrices, type PortfolioProblem, type PricedPortfolio } from "./problem/problem.ts";
import { riskProduct } from "./problem/slopes.ts";

/**
 * The portfolio as a quadratic program in (w, t): where a cost or a size has a kink, t ≥ |w − centre| by two rows, and t
 * pays for it. Kinks cost nothing below zero on the two sides together, so t comes to |w − centre|, or may.
 */
export interface EpigraphForm {
  readonly qp: QpProblem;
  /** The portfolio in a point of the program. */
  portfolio(x: Float64Array, y: Float64Array): PricedPortfolio;
}

export function epigraphForm(problem: PortfolioProblem): EpigraphForm {
  const { n, lower, upper, costs } = problem;
  const layout = barrierLayout(problem);
  const { assets, reward, folds, rows, sizes } = layout;
  const f = assets.length;
  const foldCount = folds.centres.length;
  const columns = f + foldCount;
  const q = new Float64Array(columns);
  const held = riskProduct(
    problem,
    lower.map((end, i) => (end < upper[i]! ? 0 : end)),
  );
  for (let a = 0; a < f; a++) q[a] = held[assets[a]!]! - reward[a]!;
  // above · v⁺ + below · v⁻ = ½ (above − below) v + ½ (above + below) |v|
  for (let k = 0; k < foldCount; k++) {
    const above = folds.ratesAbove[k]!;
    const below = folds.ratesBelow[k]!;
    q[folds.variables[k]!]! += 0.5 * (above - below);
    q[f + k] = 0.5 * (above + below);
  }
  const entries: Triplet[] = [];
  const l: number[] = [];
  const u: number[] = [];
  const addRow = (row: readonly (readonly [number, number])[], least: number, greatest: number): void => {
    for (const [column, value] of row) if (value !== 0) entries.push([l.length, column, value]);
    l.push(least);
    u.push(greatest);
  };
  const each = (values: Float64Array): [number, number][] => Array.from(values, (value, a) => [a, value]);
  for (const { loadings, min, max } of rows) addRow(each(loadings), min, max);
  for (const { folds: counted, signs, constant, max } of sizes) {
    const row = [...each(signs), ...Array.from(counted, (k): [number, number] => [f + k, 1])];
    addRow(row, Number.NEGATIVE_INFINITY, max - constant);
  }
  folds.variables.forEach((variable, k) => {
    const centre = folds.centres[k]!;
    addRow([[variable, 1], [f + k, -1]], Number.NEGATIVE_INFINITY, centre); // biome-ignore format: one row a line
    addRow([[variable, 1], [f + k, 1]], centre, Number.POSITIVE_INFINITY); // biome-ignore format: one row a line
  });
  for (let a = 0; a < f; a++) addRow([[a, 1]], lower[assets[a]!]!, upper[assets[a]!]!);
  return {
    qp: {
      P: curvatureTriplets(problem, assets, columns),
      q,
      A: CscMatrix.fromTriplets(l.length, columns, entries),
      l,
      u,
    },
    portfolio: (x, y) => {
      const weights = lower.slice();
      for (let a = 0; a < f; a++) weights[assets[a]!] = x[a]!;
      const prices = noPrices(problem);
      prices.rows.set(y.subarray(0, rows.length));
      let row = rows.length;
      problem.sizes.forEach(({ max }, s) => {
        if (max < Number.POSITIVE_INFINITY) prices.sizes[s] = Math.max(0, y[row++]!);
      });
      return { weights, prices };
    },
  };

  function curvatureTriplets(of: PortfolioProblem, free: Int32Array, size: number): CscMatrix {
    const triplets: Triplet[] = [];
    const unit = new Float64Array(n);
    for (let b = 0; b < free.length; b++) {
      unit[free[b]!] = 1;
      const column = riskProduct(of, unit);
      unit[free[b]!] = 0;
      for (let a = 0; a <= b; a++) {
        const value = column[free[a]!]! + (a === b ? costs.quadratic[free[a]!]! : 0);
        triplets.push([a, b, value]);
      }
    }
    return CscMatrix.fromTriplets(size, size, triplets);
  }
}
