import { type Matrix, QuantError, simpleReturns } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireInteger,
  requireKnownOptions,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { type CostTerm, requireCostTerms } from "./costs/cost-term.ts";
import { holdWeights } from "./held-weights.ts";
import { type BacktestResult, resultOf } from "./result.ts";
import { refuseReturn, simulate } from "./simulate.ts";
import { requireTimeByAsset, type TimeByAsset } from "./time-by-asset.ts";
import { tradesOf } from "./trades.ts";

export interface BacktestSpec {
  /** Time × assets (a vector for one asset), positive; give these or `returns`. NaN where nothing is held. */
  readonly prices?: TimeByAsset;
  /**
   * Simple returns, time × assets, fractions: row t is the move from row t − 1 to row t. Row 0 is only the
   * moment at which the capital is counted, and its values are not used.
   */
  readonly returns?: TimeByAsset;
  /**
   * Fractions of capital, same shape, negative when short: row t is decided with data up to and including row
   * t. NaN at the beginning of a column means not decided yet, and nothing is held.
   */
  readonly weights: TimeByAsset;
  /** @defaultValue [] */
  readonly costs?: readonly CostTerm[];
  /**
   * Rows between a decision and the first bar that earns with it.
   * @defaultValue 1
   */
  readonly lag?: number;
  /** Bars in a year: 252 for daily, 252 · 390 for one-minute bars of US stocks. */
  readonly periodsPerYear: number;
  /**
   * Initial capital, positive.
   * @defaultValue 1
   */
  readonly capital?: number;
  /**
   * Lets `lag` be 0, to show what look-ahead is worth; the result is stamped with it.
   * @defaultValue false
   */
  readonly allowLookAhead?: boolean;
}

const NAMES: readonly (keyof BacktestSpec)[] = [
  "prices",
  "returns",
  "weights",
  "costs",
  "lag",
  "periodsPerYear",
  "capital",
  "allowLookAhead",
];

function requireLag(lag: number, allowLookAhead: boolean): number {
  if (lag === 0 && !allowLookAhead) {
    throw new QuantError(
      "range",
      "lag must be an integer ≥ 1, got 0: a bar would earn with weights that know its return (allowLookAhead: true insists)",
      { argument: "lag", value: lag },
    );
  }
  return requireInteger("lag", lag, allowLookAhead ? 0 : 1);
}

/** The assets' returns by row, from whichever of the two was given. */
function requireReturns({ prices, returns }: BacktestSpec): { name: "prices" | "returns"; table: Matrix } {
  if ((prices === undefined) === (returns === undefined)) {
    throw new QuantError(
      "option",
      `give either prices or returns, got ${prices === undefined ? "neither" : "both"}`,
    );
  }
  const name = prices === undefined ? "returns" : "prices";
  const given = requireTimeByAsset(name, (prices ?? returns)!);
  if (given.rows < 2) {
    throw new QuantError("shape", `${name} must have at least 2 rows, got ${given.rows}`, {
      argument: name,
      rows: given.rows,
    });
  }
  return { name, table: prices === undefined ? given : simpleReturns(given, { firstRow: "nan" }) };
}

function rowsInPosition(held: Matrix): number {
  const { rows, columns, data } = held;
  let count = 0;
  for (let t = 0; t < rows; t++) {
    if (data.subarray(t * columns, (t + 1) * columns).some((weight) => weight !== 0)) count++;
  }
  return count;
}

/**
 * What a panel of weights would have earned: weights decided at row t are held from row t + lag on, the book is
 * brought back to its weights at every bar, and costs are taken from what changes in them.
 *
 * The weights are constant fractions of capital between two decisions: the small trades that keep them so while
 * prices move are free, and are not in the turnover. No financing is charged. Nothing is closed at the end.
 *
 * @returns one entry a row in every series; costs are negative in `pnl`
 * @throws QuantError "not-finite" naming row and column where an asset is held that has no return, or where
 *   weights have a gap; "range" for prices that are not positive and for lag 0 without `allowLookAhead`;
 *   "shape", "option" and "data" for arguments that do not fit
 */
export function backtest(spec: BacktestSpec): BacktestResult {
  requireKnownOptions(spec, NAMES, "spec");
  const { costs = [], lag = 1, capital = 1, allowLookAhead = false } = spec;
  requireBoolean("allowLookAhead", allowLookAhead);
  const periodsPerYear = requirePositive("periodsPerYear", spec.periodsPerYear);
  const terms = requireCostTerms(costs);
  const { name, table } = requireReturns(spec);
  const weights = requireTimeByAsset("weights", spec.weights, { name, of: table });
  const { held, firstBar } = holdWeights(
    "weights",
    weights,
    requireLag(lag, allowLookAhead),
    (row, column) => `weights[${row}][${column}]`,
  );
  const simulation = simulate(
    table,
    held,
    terms,
    requirePositive("capital", capital),
    refuseReturn((column) => `${name} in column ${column}`),
  );
  const { equity } = simulation;
  const trades = tradesOf(held, (t, j) => {
    const cell = t * held.columns + j;
    return equity[t - 1]! * (held.data[cell]! * table.data[cell]!);
  });
  return resultOf({
    simulation,
    trades,
    barsInPosition: rowsInPosition(held),
    firstBar,
    periodsPerYear,
    lookAhead: lag === 0,
  });
}
