import { QuantError, simpleReturns, type VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireKnownOptions,
  requireNonNegative,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { type PairLegsSpec, requirePairLegs } from "./pair-legs.ts";

export interface PairBarsSpec extends PairLegsSpec {
  /**
   * What trading either leg costs, in basis points of the money traded.
   * @defaultValue 0
   */
  readonly bps?: number;
}

/** All that the returns of any positions in a pair need, bar by bar: plain arrays, made once for many positions. */
export interface PairBars {
  /** The weights of a position of +1 decided at each bar; NaN where it cannot be taken. */
  readonly weightY: Float64Array;
  readonly weightX: Float64Array;
  /** What a position of +1 held over each bar earns before costs; NaN where it cannot be held. */
  readonly earned: Float64Array;
  /** What is traded to hold +1 over each bar after the bar before: |change of weight| of both legs. */
  readonly kept: Float64Array;
  /** Cost of trading, a fraction of the money traded. */
  readonly costRate: number;
}

/** What positions earned. `sweepRecord` takes it as it is. */
export interface PairReturns {
  /** One a bar, after costs, fractions; NaN at the first. */
  readonly returns: Float64Array;
  /** Runs of one sign. */
  readonly trades: number;
  /** Σ |change of weight| of both legs, all bars together. */
  readonly turnover: number;
  readonly barsInPosition: number;
}

/**
 * Prepares a pair for {@link pairReturns}; the options are those of `pairBacktest`, with costs in proportion.
 *
 * @throws QuantError "shape" for lengths that differ, "range" for a price that is not positive, "option"
 */
export function pairBars(spec: PairBarsSpec): PairBars {
  requireKnownOptions(spec, ["x", "y", "slope", "hedge", "capital", "bps"], "spec");
  const costRate = requireNonNegative("bps", spec.bps ?? 0) / 10_000;
  const { x, y, ratioAt, capitalOf } = requirePairLegs(spec);
  const [weightY, weightX] = [new Float64Array(x.length), new Float64Array(x.length)];
  for (let t = 0; t < x.length; t++) {
    const ratio = ratioAt(t);
    const unit = 1 / capitalOf(ratio);
    weightY[t] = Number.isFinite(ratio) ? unit : Number.NaN;
    weightX[t] = 0 - unit * ratio;
  }
  const [returnY, returnX] = [simpleReturns(y, { firstRow: "nan" }), simpleReturns(x, { firstRow: "nan" })];
  const [earned, kept] = [new Float64Array(x.length).fill(Number.NaN), new Float64Array(x.length)];
  for (let t = 1; t < x.length; t++) {
    earned[t] = weightY[t - 1]! * returnY[t]! + weightX[t - 1]! * returnX[t]!;
    if (t > 1)
      kept[t] = Math.abs(weightY[t - 1]! - weightY[t - 2]!) + Math.abs(weightX[t - 1]! - weightX[t - 2]!);
  }
  return { weightY, weightX, earned, kept, costRate };
}

/** Positions with a number at every bar; NaN at the beginning is not decided yet, and flat. */
function requirePositions(x: unknown, length: number): Float64Array | Int8Array {
  if (x instanceof Int8Array) {
    if (x.length === length) return x;
    throw new QuantError("shape", `position must have ${length} entries, got ${x.length}`, {
      argument: "position",
      expected: length,
      length: x.length,
    });
  }
  const given = requireVector("position", x, length);
  let first = 0;
  while (first < length && Number.isNaN(given[first])) first++;
  const gap = given.findIndex((side, t) => t >= first && !Number.isFinite(side));
  if (gap >= 0) {
    throw new QuantError(
      "not-finite",
      `position[${gap}] must be finite (NaN only before the first number), got ${given[gap]}`,
      { argument: "position", index: gap, value: given[gap] },
    );
  }
  return first === 0 ? given : given.map((side, t) => (t < first ? 0 : side));
}

/** |change of weight| of both legs from one position over bar t − 1 to another over bar t. */
function tradedBetween({ weightY, weightX }: PairBars, t: number, from: number, to: number): number {
  const heldY = from === 0 ? 0 : from * weightY[t - 2]!;
  const heldX = from === 0 ? 0 : from * weightX[t - 2]!;
  const nextY = to === 0 ? 0 : to * weightY[t - 1]!;
  const nextX = to === 0 ? 0 : to * weightX[t - 1]!;
  return Math.abs(nextY - heldY) + Math.abs(nextX - heldX);
}

/** True for a return after which something is left. NaN is none. */
const goesOn = (r: number): boolean => r > -1 && r < Number.POSITIVE_INFINITY;

/**
 * Writes what a position earns over the bars after its first, up to `end`, and returns what that takes to be traded; NaN,
 * and no further, where a bar leaves nothing or has no return.
 */
function holdOn(bars: PairBars, side: number, first: number, end: number, returns: Float64Array): number {
  const { earned, kept, costRate } = bars;
  const size = Math.abs(side);
  let total = 0;
  for (let t = first + 1; t < end; t++) {
    const traded = size * kept[t]!;
    total += traded;
    const r = 0 + side * earned[t]! - costRate * traded;
    returns[t] = r;
    if (!goesOn(r)) return Number.NaN;
  }
  return total;
}

function refuseBar(row: number, side: number): never {
  throw new QuantError(
    "not-finite",
    `x, y and slope must be there wherever a position is held: row ${row} has no return for position ${side}`,
    { row, position: side },
  );
}

/**
 * What positions in a pair would have earned, and nothing else: the returns of `pairBacktest` with a linear cost, but for
 * rounding, in a small part of its time. For sweeps over the positions of one pair.
 *
 * @param bars what {@link pairBars} made of the pair.
 * @param position decided at the end of each bar and held over the next, as in `pairBacktest`.
 * @param options `out` receives the returns, one a bar.
 * @throws QuantError "not-finite" naming the row where a position is held without a return or hedge ratio, or a gap in the
 *   positions; "shape" for another length; "data" for bars that are none.
 */
export function pairReturns(
  bars: PairBars,
  position: VectorLike | Int8Array,
  options: { readonly out?: Float64Array } = {},
): PairReturns {
  requireKnownOptions(options, ["out"]);
  if (!(bars?.weightY instanceof Float64Array)) {
    throw new QuantError("data", `bars must be what pairBars gives, got ${show(bars)}`, { argument: "bars" });
  }
  const { earned, costRate } = bars;
  const rows = earned.length;
  const sides = requirePositions(position, rows);
  const returns = outputVector(options.out, rows);
  returns[0] = Number.NaN;
  let trades = 0;
  let turnover = 0;
  let barsInPosition = 0;
  let side = 0;
  for (let first = 1; first < rows; ) {
    const next = sides[first - 1]!;
    let end = first + 1;
    while (end < rows && sides[end - 1] === next) end++;
    const traded = tradedBetween(bars, first, side, next);
    if (next === 0) {
      returns.fill(0, first, end);
      returns[first] = 0 - costRate * traded;
      turnover += traded;
    } else {
      returns[first] = 0 + next * earned[first]! - costRate * traded;
      let held = holdOn(bars, next, first, end, returns);
      if (!goesOn(returns[first]!) || Number.isNaN(held)) {
        let lost = first;
        while (goesOn(returns[lost]!)) lost++;
        if (!Number.isFinite(returns[lost])) refuseBar(lost, next);
        returns.fill(0, lost + 1);
        held =
          lost === first ? 0 : holdOn(bars, next, first, lost, returns) + Math.abs(next) * bars.kept[lost]!;
        end = rows;
        barsInPosition += lost + 1 - rows;
      }
      turnover += traded + held;
      barsInPosition += end - first;
      if (!(side * next > 0)) trades++;
    }
    side = next;
    first = end;
  }
  return { returns, trades, turnover, barsInPosition };
}
