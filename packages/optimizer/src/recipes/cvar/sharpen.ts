import { leastSquares, Matrix } from "@astra-quant/core-linalg";
import { statesOf } from "../../portfolio/active-set/active-states.ts";
import { Kinks } from "../../portfolio/active-set/kinks.ts";
import { limitUse } from "../../portfolio/problem/limit-use.ts";
import { noPrices, type PortfolioProblem, pressures } from "../../portfolio/problem/problem.ts";
import { slopesAt } from "../../portfolio/problem/slopes.ts";
import type { ReducedPoint } from "./cvar-interior-point.ts";
import type { ReducedProgram } from "./reduced-program.ts";
import { timesVector, transposeTimesVector } from "./scenario-table.ts";

/** One equation a'x = value that holds where the point leads to, and what its multiplier pulls at: sign · a. */
interface Equation {
  readonly loadings: Float64Array;
  readonly missing: number;
  readonly sign: 1 | -1;
  /** Takes what its multiplier changes by. */
  readonly change: (by: number) => void;
}

/**
 * The vertex that a point of the interior leads to. Scenarios whose loss and share leave them on the threshold, the limits
 * that hold with a price, and weights at a kink are equations; weights and prices are moved by the least that meets them,
 * so that what the interior point knows to some digits is known to rounding. Whether that is so, the proof tells.
 */
export function sharpen(program: ReducedProgram, point: ReducedPoint): ReducedPoint {
  const { table, base, caps } = program;
  const x = Float64Array.of(...point.weights, point.alpha);
  const q = timesVector(table, x);
  const y = point.y.slice();
  const onThreshold: number[] = [];
  for (let s = 0; s < y.length; s++) {
    const room = q[s]! + base[s]!;
    const share = y[s]! / caps[s]!;
    if (share > room && 1 - share > -room) onThreshold.push(s);
    else y[s] = room > 0 ? 0 : caps[s]!;
  }
  const problem = withReward(program, point.y);
  const kinks = new Kinks(problem);
  const states = statesOf(problem, kinks, { weights: x, prices: point.prices });
  const free: number[] = [];
  for (let i = 0; i < problem.n; i++) {
    const state = states.assets[i]!;
    if (state % 2 === 0) free.push(i);
    else x[i] = kinks.point(i, (state - 1) / 2);
  }
  const prices = noPrices(problem);
  const use = limitUse(problem, x);
  const image = timesVector(table, x);
  const equations: Equation[] = onThreshold.map((s) => ({
    loadings: table.data.subarray(s * problem.n, (s + 1) * problem.n),
    missing: -(image[s]! + base[s]!),
    sign: -1,
    change: (by) => {
      y[s] = Math.min(Math.max(0, y[s]! + by), caps[s]!);
    },
  }));
  problem.rows.forEach(({ loadings, min, max }, r) => {
    const side = states.rows[r]!;
    if (side === 0) return;
    prices.rows[r] = point.prices.rows[r]!;
    equations.push({
      loadings,
      missing: (side > 0 ? max : min) - use.rows[r]!,
      sign: 1,
      change: (by) => {
        prices.rows[r]! += by;
      },
    });
  });
  problem.sizes.forEach(({ of, members, max }, k) => {
    if (states.sizes[k] === 0) return;
    prices.sizes[k] = point.prices.sizes[k]!;
    const loadings = Float64Array.from(members, (member, i) => {
      const segment = states.assets[i]! / 2;
      if (member === 0 || !Number.isInteger(segment)) return 0;
      return of === "weights" ? kinks.weightSign(i, segment) : kinks.tradeSign(i, segment);
    });
    equations.push({
      loadings,
      missing: max - use.sizes[k]!,
      sign: 1,
      change: (by) => {
        prices.sizes[k] = Math.max(0, prices.sizes[k]! + by);
      },
    });
  });
  if (equations.length === 0 || free.length === 0) return point;
  const A = new Matrix(equations.length, free.length);
  equations.forEach(({ loadings }, e) => {
    free.forEach((i, f) => {
      A.data[e * free.length + f] = loadings[i]!;
    });
  });
  const { solution: move } = leastSquares(A, equations.map(({ missing }) => missing)); // biome-ignore format: a line
  free.forEach((i, f) => {
    x[i]! += move[f]!;
  });
  const pull = slopesAt(withReward(program, y), { weights: x, prices });
  const { onWeights, onTrades } = pressures(problem, prices);
  const At = new Matrix(free.length, equations.length);
  equations.forEach(({ sign }, e) => {
    for (let f = 0; f < free.length; f++)
      At.data[f * equations.length + e] = sign * A.data[e * free.length + f]!;
  });
  const { solution: repriced } = leastSquares(
    At,
    free.map((i) => -(pull[i]! + kinks.slope(i, states.assets[i]! / 2, onWeights[i]!, onTrades[i]!))),
  );
  equations.forEach(({ change }, e) => {
    change(repriced[e]!);
  });
  for (let i = 0; i < problem.n; i++) x[i] = Math.min(Math.max(x[i]!, problem.lower[i]!), problem.upper[i]!);
  return { ...point, weights: x.slice(0, -1), alpha: x[x.length - 1]!, y, prices };
}

/** The program at a fixed weighting of its scenarios, which is a reward. */
function withReward({ problem, table }: ReducedProgram, y: Float64Array): PortfolioProblem {
  const reward = transposeTimesVector(table, y);
  return { ...problem, mu: problem.mu.map((value, i) => value + reward[i]!) };
}
