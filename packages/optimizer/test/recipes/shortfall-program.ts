import { CscMatrix, type Triplet } from "@astra-quant/core-linalg";
import highsLoader from "highs";
import type { MinimumCvarOptions, PortfolioConstraints } from "../../src/index.ts";

const highs = await highsLoader();

/** Of HiGHS' model statuses. */
export const OPTIMAL = "7";
export const UNBOUNDED = "10";

/** What a linear solver makes of a minimum CVaR. */
export interface LinearAnswer {
  readonly status: string;
  readonly objective: number;
  readonly weights: Float64Array;
}

/** The program as a linear one, written down anew: w = P − M and w − w0 = B − V carry the kinks, u the excess losses. */
export function solveByHighs(
  scenarios: readonly ArrayLike<number>[],
  options: MinimumCvarOptions,
): LinearAnswer {
  const { confidence = 0.95, constraints = {}, costs = {}, expectedReturns } = options;
  const S = scenarios.length;
  const n = scenarios[0]!.length;
  const each = (value: number | ArrayLike<number> | undefined, absent: number): number[] =>
    Array.from({ length: n }, (_, i) => (value === undefined ? absent : typeof value === "number" ? value : value[i]!)); // biome-ignore format: a line
  const probabilities = options.probabilities ?? new Float64Array(S).fill(1 / S);
  const benchmark = each(options.benchmark as ArrayLike<number>, 0);
  const current = each(options.currentWeights as ArrayLike<number>, 0);
  const { linear } = costs;
  const sides = typeof linear === "object" && "buy" in linear ? linear : { buy: linear, sell: linear };
  const rates = {
    buy: each(sides.buy as number, 0),
    sell: each(sides.sell as number, 0),
    long: each(costs.funding?.long as number, 0),
    short: each(costs.funding?.short as number, 0),
  };
  const weights = constraints.weights ?? {};
  const lower = each(weights.min as number, Number.NEGATIVE_INFINITY);
  const upper = each(weights.max as number, Number.POSITIVE_INFINITY);
  if (constraints.participation) {
    const { max, capital, averageDailyValue } = constraints.participation;
    const day = each(averageDailyValue as number, 0);
    const share = each(max as number, 0);
    for (let i = 0; i < n; i++) {
      const trade = (share[i]! * day[i]!) / capital;
      lower[i] = Math.max(lower[i]!, current[i]! - trade);
      upper[i] = Math.min(upper[i]!, current[i]! + trade);
    }
  }
  const at = { alpha: n, P: n + 1, M: 2 * n + 1, B: 3 * n + 1, V: 4 * n + 1, u: 5 * n + 1 };
  const size = 5 * n + 1 + S;
  const cost = new Float64Array(size);
  cost[at.alpha] = 1;
  for (let i = 0; i < n; i++) {
    cost[at.P + i] = rates.long[i]!;
    cost[at.M + i] = rates.short[i]!;
    cost[at.B + i] = rates.buy[i]!;
    cost[at.V + i] = rates.sell[i]!;
  }
  for (let s = 0; s < S; s++) cost[at.u + s] = probabilities[s]! / (1 - confidence);
  const least = new Float64Array(size);
  const most = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  least[at.alpha] = Number.NEGATIVE_INFINITY;
  least.set(lower);
  most.set(upper);
  const entries: Triplet[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const add = (row: readonly (readonly [number, number])[], min: number, max: number): void => {
    for (const [column, value] of row) if (value !== 0) entries.push([rowLower.length, column, value]);
    rowLower.push(min);
    rowUpper.push(max);
  };
  for (let i = 0; i < n; i++) {
    add([[i, 1], [at.P + i, -1], [at.M + i, 1]], 0, 0); // biome-ignore format: a line
    add([[i, 1], [at.B + i, -1], [at.V + i, 1]], current[i]!, current[i]!); // biome-ignore format: a line
  }
  scenarios.forEach((r, s) => {
    let held = 0;
    const row: [number, number][] = Array.from({ length: n }, (_, i) => [i, r[i]!]);
    for (let i = 0; i < n; i++) held += benchmark[i]! * r[i]!;
    add([...row, [at.alpha, 1], [at.u + s, 1]], held, Number.POSITIVE_INFINITY);
  });
  const all = Array.from({ length: n }, (_, i) => i);
  const sum = (members: readonly number[], bases: readonly number[]): [number, number][] =>
    bases.flatMap((base) => members.map((i): [number, number] => [base + i, 1]));
  const { net = { equal: 1 }, gross, turnover, groups = {}, exposures = {}, expectedReturn }: PortfolioConstraints = constraints; // biome-ignore format: a line
  if ("equal" in net) add(sum(all, [0]), net.equal, net.equal);
  else add(sum(all, [0]), net.min ?? Number.NEGATIVE_INFINITY, net.max ?? Number.POSITIVE_INFINITY);
  if (gross) add(sum(all, [at.P, at.M]), 0, gross.max);
  if (turnover) add(sum(all, [at.B, at.V]), 0, turnover.max);
  for (const group of Object.values(groups)) {
    const members = group.members as number[];
    add(sum(members, [0]), group.min ?? Number.NEGATIVE_INFINITY, group.max ?? Number.POSITIVE_INFINITY);
    if (group.gross) add(sum(members, [at.P, at.M]), 0, group.gross.max);
  }
  for (const { loadings, min, max } of Object.values(exposures)) {
    const row = all.map((i): [number, number] => [i, (loadings as ArrayLike<number>)[i]!]);
    add(row, min ?? Number.NEGATIVE_INFINITY, max ?? Number.POSITIVE_INFINITY);
  }
  if (expectedReturn) {
    const mean = (i: number): number =>
      scenarios.reduce((total, r, s) => total + probabilities[s]! * r[i]!, 0);
    const mu = all.map((i) => (expectedReturns ? (expectedReturns as ArrayLike<number>)[i]! : mean(i)));
    add(all.map((i) => [i, mu[i]!]), expectedReturn.min, Number.POSITIVE_INFINITY); // biome-ignore format: a line
  }
  const A = CscMatrix.fromTriplets(rowLower.length, size, entries);
  const model = highs.createModel({
    numCols: size,
    numRows: rowLower.length,
    colCost: cost,
    colLower: least,
    colUpper: most,
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
    matrix: {
      format: "csc" as const,
      numRows: A.rows,
      numCols: A.columns,
      starts: A.columnPointers,
      indices: A.rowIndices,
      values: A.values,
    },
  });
  try {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: 1e-10,
      dual_feasibility_tolerance: 1e-10,
    });
    model.run();
    const x = model.getSolution().colValue;
    return {
      status: String(model.getModelStatus()),
      objective: cost.reduce((total, c, j) => total + c * x[j]!, 0),
      weights: Float64Array.from(x.slice(0, n)),
    };
  } finally {
    model.dispose();
  }
}
