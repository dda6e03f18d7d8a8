import { CscMatrix, type Matrix, type Triplet } from "@astra-quant/core-linalg";
import type { DeskSpec } from "./desk-problems.ts";
import type { Program } from "./programs.ts";

/** A desk's problem with a dense covariance in epigraph form: t ≥ |w|, and u ≥ |w − w0| where trading costs; what is minimised is −utility. */
export function deskProgram({ covariance, expectedReturns, currentWeights, ...spec }: DeskSpec): Program {
  const n = expectedReturns.length;
  const sigma = covariance as Matrix;
  const cost = (spec.costs?.linear as number | undefined) ?? 0;
  const size = cost > 0 ? 3 * n : 2 * n;
  const objective: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i <= j; i++) objective.push([i, j, 2 * spec.objective.riskAversion * sigma.get(i, j)]);
  }
  const entries: Triplet[] = [];
  const l: number[] = [];
  const u: number[] = [];
  const addRow = (row: readonly (readonly [number, number])[], least: number, greatest: number): void => {
    for (const [column, value] of row) entries.push([l.length, column, value]);
    l.push(least);
    u.push(greatest);
  };
  const { weights, gross, net, groups = {}, exposures = {} } = spec.constraints!;
  const all = Array.from({ length: n }, (_, j) => j);
  const sum = (columns: readonly number[]): [number, number][] => columns.map((j) => [j, 1]);
  const band = ({ min, max }: { min?: number; max?: number }): [number, number] => [
    min ?? Number.NEGATIVE_INFINITY,
    max ?? Number.POSITIVE_INFINITY,
  ];
  addRow(sum(all), ...band(net as { min: number; max: number }));
  addRow(sum(all.map((j) => n + j)), Number.NEGATIVE_INFINITY, gross!.max);
  for (const group of Object.values(groups)) addRow(sum(group.members as number[]), ...band(group));
  for (const exposure of Object.values(exposures)) {
    const { loadings } = exposure;
    addRow(
      all.map((j) => [j, loadings[j]!]),
      ...band(exposure),
    );
  }
  const addSize = (first: number, centre: (j: number) => number): void => {
    for (const j of all) {
      addRow([[first + j, 1], [j, -1]], -centre(j), Number.POSITIVE_INFINITY); // biome-ignore format: one row a line
      addRow([[first + j, 1], [j, 1]], centre(j), Number.POSITIVE_INFINITY); // biome-ignore format: one row a line
    }
  };
  addSize(n, () => 0);
  if (cost > 0) addSize(2 * n, (j) => currentWeights[j]!);
  for (const j of all) addRow([[j, 1]], weights!.min as number, weights!.max as number);
  const q = new Float64Array(size).fill(cost, 2 * n);
  for (const j of all) q[j] = -expectedReturns[j]!;
  return {
    P: CscMatrix.fromTriplets(size, size, objective),
    q,
    A: CscMatrix.fromTriplets(l.length, size, entries),
    l: Float64Array.from(l),
    u: Float64Array.from(u),
  };
}
