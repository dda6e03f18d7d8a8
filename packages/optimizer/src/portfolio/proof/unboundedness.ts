import { solveByInteriorPoint } from "../interior-point/interior-point.ts";
import { slopeLeftOf, slopeRightOf } from "../problem/asset-cost.ts";
import type { CostRates, PortfolioProblem, RowLimit } from "../problem/problem.ts";
import { ZeroRisk } from "../risk/zero-risk.ts";

/** A gain below this, against the largest rate, is what rounding leaves of none. */
const NO_GAIN = 1e-8;
/** Parts of a direction, against its largest, that are what rounding leaves of nothing. */
const NO_PART = 1e-7;
const TOLERANCE = 1e-11;
const NO_PRESSURE = { onWeight: 0, onTrade: 0 };

/**
 * A direction that earns without end: no limit stops it, it carries no risk, and it gains more than it costs. Undefined
 * when there is none. It is the portfolio of the most gain among the directions of size 1 along which no limit ends.
 */
export function unboundedDirection(problem: PortfolioProblem): Float64Array | undefined {
  const { n, risk, gamma, mu } = problem;
  const riskless = gamma > 0 ? risk.riskless() : { rows: [], frozen: new Uint8Array(n) };
  const directions = endlessDirections(problem, riskless.frozen);
  if (directions === undefined) return undefined;
  const { lower, upper, costs: recession } = directions;
  const rows = [...directions.rows];
  for (const loadings of riskless.rows) rows.push({ name: "risk", loadings, min: 0, max: 0 });
  let scale = 0;
  for (let i = 0; i < n; i++) {
    scale = Math.max(scale, Math.abs(mu[i]!), Math.abs(recession.long[i]!), Math.abs(recession.short[i]!));
  }
  if (scale === 0) return undefined;
  const { portfolio } = solveByInteriorPoint(
    {
      n,
      risk: new ZeroRisk(n),
      gamma: 0,
      mu: mu.map((value) => value / scale),
      current: new Float64Array(n),
      costs: {
        ...recession,
        long: recession.long.map((value) => value / scale),
        short: recession.short.map((value) => value / scale),
      },
      lower,
      upper,
      boxes: [],
      rows,
      sizes: [],
    },
    TOLERANCE,
  );
  const direction = portfolio.weights.map((d) => (Math.abs(d) > NO_PART ? d : 0));
  if (rows.some((row) => isStopped(row, direction))) return undefined;
  let gain = 0;
  direction.forEach((d, i) => {
    gain += mu[i]! * d - (d > 0 ? recession.long[i]! * d : recession.short[i]! * -d);
  });
  return gain > NO_GAIN * scale ? direction : undefined;
}

/** The limits on directions of size 1 along which no limit ends, and what a unit costs far out; undefined where there are none. */
export function endlessDirections(
  problem: PortfolioProblem,
  frozen: Uint8Array,
): Pick<PortfolioProblem, "lower" | "upper" | "rows" | "costs"> | undefined {
  const { n, costs, sizes } = problem;
  const lower = new Float64Array(n);
  const upper = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const isStopped =
      frozen[i] === 1 || costs.quadratic[i]! > 0 || sizes.some(({ members }) => members[i] === 1);
    lower[i] = isStopped || problem.lower[i]! > Number.NEGATIVE_INFINITY ? 0 : -1;
    upper[i] = isStopped || problem.upper[i]! < Number.POSITIVE_INFINITY ? 0 : 1;
  }
  if (lower.every((least, i) => least === 0 && upper[i] === 0)) return undefined;
  const rows = problem.rows.map(({ name, loadings, min, max }) => ({
    name,
    loadings,
    min: min > Number.NEGATIVE_INFINITY ? 0 : min,
    max: max < Number.POSITIVE_INFINITY ? 0 : max,
  }));
  return { lower, upper, rows, costs: recessionRates(problem) };
}

/** Whether a row ends a direction, by more than rounding leaves of its parts. */
function isStopped({ loadings, min, max }: RowLimit, direction: Float64Array): boolean {
  let value = 0;
  let size = 0;
  for (let i = 0; i < direction.length; i++) {
    value += loadings[i]! * direction[i]!;
    size += Math.abs(loadings[i]!);
  }
  return value > max + NO_PART * size || value < min - NO_PART * size;
}

/** What a unit costs far out, where every kink is behind: as if everything were carry. */
function recessionRates(problem: PortfolioProblem): CostRates {
  const { n } = problem;
  const zero = new Float64Array(n);
  return {
    buy: zero,
    sell: zero,
    long: zero.map((_, i) => slopeRightOf(problem, i, Number.POSITIVE_INFINITY, NO_PRESSURE)),
    short: zero.map((_, i) => -slopeLeftOf(problem, i, Number.NEGATIVE_INFINITY, NO_PRESSURE)),
    quadratic: zero,
  };
}

/** Why nothing ends the gain, in words. */
export function unboundedMessage(direction: Float64Array, names: readonly string[]): string {
  return `nothing ends the gain of ever more weight ${inWords(direction, names)}: it carries no risk that counts, and no limit stops it; a gross limit would, or bounds on these weights`;
}

/** What a direction is long of, against what it is short of: the largest by name. */
export function inWords(direction: Float64Array, names: readonly string[]): string {
  const parts = Array.from(direction, (d, i) => ({ d, name: names[i]! }))
    .filter(({ d }) => d !== 0)
    .sort((a, b) => Math.abs(b.d) - Math.abs(a.d));
  const list = (sign: number): string => {
    const named = parts.filter(({ d }) => d * sign > 0).map(({ name }) => name);
    return named.length > 3
      ? `${named.slice(0, 3).join(", ")} and ${named.length - 3} more`
      : named.join(", ");
  };
  const longs = list(1);
  const shorts = list(-1);
  return [longs && `long ${longs}`, shorts && `short ${shorts}`].filter(Boolean).join(" against ");
}
