import { Matrix, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePositive, requireVector } from "@astra-quant/core-linalg/guards";
import { type CostTerm, requireCostTerms } from "../costs/cost-term.ts";
import { ConstantWeights } from "../engine/holdings.ts";
import { simulate } from "../engine/simulate.ts";
import { type Financing, requireCarry } from "../financing/financing.ts";
import { requireRebalance } from "../rebalance/rebalance.ts";
import { type BacktestResult, resultOf } from "../result/result.ts";
import { movesOf } from "../spec/bar-returns.ts";
import { decisionsOf } from "../spec/decisions.ts";
import type { Market } from "../spec/market.ts";
import { spreadTrades } from "../trades/trades.ts";
import { type PairLegs, type PairLegsSpec, requirePairLegs } from "./pair-legs.ts";

export interface PairBacktestSpec extends PairLegsSpec {
  /**
   * Decided at the end of each bar and held over the next: +1 is long y and short slope · x. NaN at the
   * beginning means not decided yet.
   */
  readonly position: VectorLike | Int8Array;
  /** Charged on the changes of both legs, those of the hedge ratio included. @defaultValue [] */
  readonly costs?: readonly CostTerm[];
  /** What the legs cost to hold over a bar, entries for y and x (or tables of two columns). @defaultValue nothing */
  readonly financing?: Financing;
  /** Bars in a year: 252 · 390 for one-minute bars of US stocks. */
  readonly periodsPerYear: number;
}

const NAMES: readonly (keyof PairBacktestSpec)[] = [
  "x",
  "y",
  "slope",
  "position",
  "hedge",
  "capital",
  "costs",
  "financing",
  "periodsPerYear",
];

const LAG = 1;
const LEGS = ["y", "x"] as const;

function asVector(position: VectorLike | Int8Array): VectorLike {
  return position instanceof Int8Array ? Float64Array.from(position) : position;
}

/** The weights of both legs, y first, decided at each bar. */
function legWeights(position: Float64Array, { ratioAt, capitalOf }: PairLegs): Matrix {
  const weights = new Matrix(position.length, 2);
  position.forEach((side, t) => {
    const ratio = side === 0 || Number.isNaN(side) ? 0 : ratioAt(t);
    if (!Number.isFinite(ratio)) refuseRatio(t, side, ratio);
    const unit = side / capitalOf(ratio);
    weights.data[2 * t] = unit;
    weights.data[2 * t + 1] = 0 - unit * ratio;
  });
  return weights;
}

function refuseRatio(row: number, side: number, ratio: number): never {
  throw new QuantError(
    "not-finite",
    `slope, x and y must give a finite hedge ratio wherever a position is taken: row ${row} gives ${ratio} for position ${side}`,
    { row, position: side, value: ratio },
  );
}

/**
 * What positions in a pair would have earned: with p the position, h the hedge ratio and both legs' simple
 * returns, bar t earns p[t−1] · (ret_y[t] − h[t−1] · ret_x[t]), divided by 1 + |h[t−1]| when the capital is
 * gross. Starts from capital 1; everything else is as in `backtest`, with the weights of y and x as its panel.
 * `trades` are those of the spread, asset 0.
 *
 * @throws QuantError "not-finite" naming the row where a position is taken without a hedge ratio or held over a
 *   bar without a price; "shape" for lengths that differ; "range" for a price that is not positive; "option"
 */
export function pairBacktest(spec: PairBacktestSpec): BacktestResult {
  requireKnownOptions(spec, NAMES, "spec");
  const periodsPerYear = requirePositive("periodsPerYear", spec.periodsPerYear);
  const costs = requireCostTerms(spec.costs ?? []);
  const legs = requirePairLegs(spec);
  const { x, y } = legs;
  if (x.length < 2) {
    throw new QuantError("shape", `x must have at least 2 entries, got ${x.length}`, { argument: "x" });
  }
  const position = requireVector("position", asVector(spec.position), x.length);
  const rows = x.length;
  const prices = new Matrix(rows, 2);
  for (let t = 0; t < rows; t++) prices.data.set([y[t]!, x[t]!], 2 * t);
  const decisions = decisionsOf(
    "position",
    "weight",
    legWeights(position, legs),
    LAG,
    "refuse",
    (row) => `position[${row}]`,
  );
  const market: Market = { name: "prices", rows, columns: 2, prices, returnsAt: movesOf(prices) };
  const { financing } = spec;
  const simulation = simulate({
    market,
    decisions,
    lag: LAG,
    capital: 1,
    rule: requireRebalance("constant-weights", rows, undefined),
    holdings: new ConstantWeights(2),
    costs,
    ...(financing !== undefined && { carry: requireCarry(financing, market, undefined) }),
    sourceOf: (column) => LEGS[column]!,
  });
  return resultOf({
    simulation,
    trades: spreadTrades,
    firstBar: decisions.firstBar,
    periodsPerYear,
    lag: LAG,
    assets: LEGS,
  });
}
