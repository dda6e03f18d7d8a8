import { CscMatrix, type Triplet } from "@astra-quant/core-linalg";
import { solveInteriorPoint } from "../../qp/interior-point/solve-interior-point.ts";
import { readProblem } from "../../qp/problem.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import type { LimitSide } from "./limit-sides.ts";

/** The cheapest way to make limits hold together. */
export interface Relaxation {
  /** Σ price · amount. */
  readonly cost: number;
  /** By how much each side gives way. */
  readonly amounts: Float64Array;
  /** What each side's limit is worth: positive for those that the conflict needs. */
  readonly prices: Float64Array;
  /** Of the sides of the box: the assets whose bounds the conflict needs. */
  readonly boundsInvolved: ReadonlyMap<LimitSide, readonly number[]>;
}

/** A limit whose price is below this has no part in the conflict. */
export const NO_PART = 1e-7;
/** What the linear program is solved to, relative. */
const TOLERANCE = 1e-11;

/**
 * The least Σ price · e over weights for which every side holds once it is moved by its e ≥ 0; what is no side is no
 * limit. With weights w, t ≥ |w − centre| for what sizes count, and e, it is a linear program.
 */
export function leastRelaxation(
  problem: PortfolioProblem,
  sides: readonly LimitSide[],
  priceOf: (side: LimitSide) => number,
): Relaxation {
  const { n, boxes, current, rows, sizes } = problem;
  const entries: Triplet[] = [];
  const l: number[] = [];
  const u: number[] = [];
  const rowOf: number[][] = [];
  const boundOf = new Map<number, number>();
  const addRow = (row: readonly (readonly [number, number])[], min: number, max: number): number => {
    for (const [column, value] of row) if (value !== 0) entries.push([l.length, column, value]);
    l.push(min);
    return u.push(max) - 1;
  };
  const sized = sides.filter(({ kind }) => kind === "size").map(({ index }) => sizes[index]!);
  let columns = n;
  const magnitudes = { weights: new Map<number, number>(), trades: new Map<number, number>() };
  for (const { of, members } of sized) {
    for (let i = 0; i < n; i++) {
      if (members[i] === 1 && !magnitudes[of].has(i)) magnitudes[of].set(i, columns++);
    }
  }
  for (const of of ["weights", "trades"] as const) {
    for (const [i, t] of magnitudes[of]) {
      const centre = of === "weights" ? 0 : current[i]!;
      addRow([[i, 1], [t, -1]], Number.NEGATIVE_INFINITY, centre); // biome-ignore format: one row a line
      addRow([[i, 1], [t, 1]], centre, Number.POSITIVE_INFINITY); // biome-ignore format: one row a line
    }
  }
  const first = columns;
  sides.forEach(({ kind, index }, k) => {
    const e = first + k;
    if (kind === "size") {
      const { of, members, max } = sizes[index]!;
      const row: [number, number][] = [[e, -1]];
      for (let i = 0; i < n; i++) if (members[i] === 1) row.push([magnitudes[of].get(i)!, 1]);
      rowOf.push([addRow(row, Number.NEGATIVE_INFINITY, max)]);
    } else if (kind === "row-min" || kind === "row-max") {
      const { loadings, min, max } = rows[index]!;
      const row: [number, number][] = Array.from(loadings, (a, i) => [i, a]);
      rowOf.push([
        kind === "row-min"
          ? addRow([...row, [e, 1]], min, Number.POSITIVE_INFINITY)
          : addRow([...row, [e, -1]], Number.NEGATIVE_INFINITY, max),
      ]);
    } else {
      const { lower, upper } = boxes[index]!;
      const added: number[] = [];
      for (let i = 0; i < n; i++) {
        if (kind !== "weights-max" && Number.isFinite(lower[i])) {
          boundOf.set(l.length, i);
          added.push(addRow([[i, 1], [e, 1]], lower[i]!, Number.POSITIVE_INFINITY)); // biome-ignore format: one row a line
        }
        if (kind !== "weights-min" && Number.isFinite(upper[i])) {
          boundOf.set(l.length, i);
          added.push(addRow([[i, 1], [e, -1]], Number.NEGATIVE_INFINITY, upper[i]!)); // biome-ignore format: one row a line
        }
      }
      rowOf.push(added);
    }
    addRow([[e, 1]], 0, Number.POSITIVE_INFINITY);
  });
  columns += sides.length;
  const q = new Float64Array(columns);
  sides.forEach((side, k) => {
    q[first + k] = priceOf(side);
  });
  const program = readProblem({
    P: CscMatrix.fromTriplets(columns, columns, []),
    q,
    A: CscMatrix.fromTriplets(l.length, columns, entries),
    l,
    u,
  });
  const { x, y } = solveInteriorPoint(program, TOLERANCE);
  const amounts = Float64Array.from(sides, (_, k) => Math.max(0, x[first + k]!));
  let cost = 0;
  sides.forEach((side, k) => {
    cost += priceOf(side) * amounts[k]!;
  });
  return {
    cost,
    amounts,
    prices: Float64Array.from(sides, (_, k) => rowOf[k]!.reduce((sum, row) => sum + Math.abs(y[row]!), 0)),
    boundsInvolved: new Map(
      sides.map((side, k) => [
        side,
        rowOf[k]!.filter((row) => boundOf.has(row) && Math.abs(y[row]!) > NO_PART).map(
          (row) => boundOf.get(row)!,
        ),
      ]),
    ),
  };
}
