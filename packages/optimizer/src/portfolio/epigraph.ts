import { CscMatrix, Matrix } from "@astra-quant/core-linalg";
import type { QpProblem } from "../qp/problem.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";

/**
 * The portfolio as a quadratic program in (w, t): where the gross limit makes a kink, t_i ≥ |w_i| by two rows,
 * and Σt stands for gross. An asset whose box has one sign needs no t.
 */
export interface EpigraphForm {
  readonly qp: QpProblem;
  /** The portfolio in a point of the program. */
  portfolio(x: Float64Array, y: Float64Array): PricedPortfolio;
}

export function epigraphForm(problem: PortfolioProblem): EpigraphForm {
  const { n, sigma, mu, lower, upper, gross, netMin, netMax } = problem;
  const kinked: number[] = [];
  if (gross < Number.POSITIVE_INFINITY) {
    for (let i = 0; i < n; i++) if (lower[i]! < 0 && upper[i]! > 0) kinked.push(i);
  }
  const size = n + kinked.length;
  const entries: [number, number, number][] = [];
  const l: number[] = [];
  const u: number[] = [];
  const addRow = (row: readonly (readonly [number, number])[], least: number, greatest: number): number => {
    for (const [column, value] of row) entries.push([l.length, column, value]);
    l.push(least);
    return u.push(greatest) - 1;
  };
  const all = Array.from({ length: n }, (_, i) => [i, 1] as const);
  const netRow = addRow(all, netMin, netMax);
  let grossRow = -1;
  if (gross < Number.POSITIVE_INFINITY) {
    const oneSigned = all.filter(([i]) => !(lower[i]! < 0 && upper[i]! > 0));
    grossRow = addRow(
      [
        ...oneSigned.map(([i]) => [i, lower[i]! < 0 ? -1 : 1] as const),
        ...kinked.map((_, k) => [n + k, 1] as const),
      ],
      Number.NEGATIVE_INFINITY,
      gross,
    );
    kinked.forEach((i, k) => {
      addRow(
        [
          [i, 1],
          [n + k, -1],
        ],
        Number.NEGATIVE_INFINITY,
        0,
      );
      addRow(
        [
          [i, 1],
          [n + k, 1],
        ],
        0,
        Number.POSITIVE_INFINITY,
      );
    });
  }
  for (let i = 0; i < n; i++) {
    if (lower[i]! > Number.NEGATIVE_INFINITY || upper[i]! < Number.POSITIVE_INFINITY) {
      addRow([[i, 1]], lower[i]!, upper[i]!);
    }
  }
  const P = new Matrix(size, size);
  for (let i = 0; i < n; i++) P.data.set(sigma.data.subarray(i * n, (i + 1) * n), i * size);
  for (let k = 0; k < P.data.length; k++) P.data[k]! *= problem.gamma;
  const q = new Float64Array(size);
  for (let i = 0; i < n; i++) q[i] = -mu[i]!;
  return {
    qp: { P: CscMatrix.fromDense(P), q, A: CscMatrix.fromTriplets(l.length, size, entries), l, u },
    portfolio: (x, y) => ({
      weights: x.slice(0, n),
      lambda: grossRow < 0 ? 0 : Math.max(0, y[grossRow]!),
      eta: y[netRow]!,
    }),
  };
}
