import { Matrix, QuantError, simpleReturns } from "@astra-quant/core-linalg";
import { requireFinite, requireVector } from "@astra-quant/core-linalg/guards";
import type { BacktestSpec } from "./backtest-spec.ts";
import { requireTimeByAsset } from "./time-by-asset.ts";

/** What becomes of a position whose price is missing. */
export type MissingPrices = "refuse" | "carry" | "close";

/** What the assets earn over each bar, and where they can be traded. */
export interface Market {
  /** How the caller's table is called in messages. */
  readonly name: "prices" | "returns";
  readonly rows: number;
  readonly columns: number;
  /** Simple returns, dividends included; entry (t, j) is the move from row t − 1 to row t. */
  readonly returns: Matrix;
  /** The prices of fills, the last one known where one is missing; absent when returns were given. */
  readonly prices?: Matrix;
  /** 0 where an asset has no price to trade at; absent when nobody asked to go on without one. */
  readonly tradable?: Uint8Array;
  /** 1 where a position ends with its bar, its price being missing; as absent. */
  readonly closes?: Uint8Array;
}

function requireOneTable({ prices, returns }: BacktestSpec): { name: Market["name"]; table: Matrix } {
  if ((prices === undefined) === (returns === undefined)) {
    throw new QuantError(
      "option",
      `give either prices or returns, got ${prices === undefined ? "neither" : "both"}`,
    );
  }
  const name = prices === undefined ? "returns" : "prices";
  const table = requireTimeByAsset(name, (prices ?? returns)!);
  if (table.rows >= 2) return { name, table };
  throw new QuantError("shape", `${name} must have at least 2 rows, got ${table.rows}`, {
    argument: name,
    rows: table.rows,
  });
}

/** Prices with each gap filled by the last price before it; a column's beginning stays NaN. */
function carried(prices: Matrix): Matrix {
  const { rows, columns } = prices;
  const data = prices.data.slice();
  for (let k = columns; k < data.length; k++) if (Number.isNaN(data[k]!)) data[k] = data[k - columns]!;
  return new Matrix(rows, columns, data);
}

/** Adds what a share pays to what its price moves: (p_t + d_t) ÷ p_{t−1} − 1. */
function withDividends(returns: Matrix, prices: Matrix, spec: BacktestSpec): Matrix {
  if (spec.dividends === undefined) return returns;
  const dividends = requireTimeByAsset("dividends", spec.dividends, { name: "prices", of: prices });
  const { columns, data } = returns;
  const answer = data.slice();
  for (let k = columns; k < data.length; k++) {
    const paid = dividends.data[k]!;
    if (paid === 0) continue;
    requireFinite(`dividends[${Math.floor(k / columns)}][${k % columns}]`, paid);
    answer[k] = data[k]! + paid / prices.data[k - columns]!;
  }
  return new Matrix(returns.rows, columns, answer);
}

/** A return of −1 or less would leave less than nothing of a share. */
function requireDelistingReturns(given: BacktestSpec["delistingReturn"], columns: number): Float64Array {
  const values =
    typeof given === "object"
      ? requireVector("delistingReturn", given, columns)
      : new Float64Array(columns).fill(requireFinite("delistingReturn", given ?? 0));
  values.forEach((value) => {
    if (value >= -1 && value < Number.POSITIVE_INFINITY) return;
    throw new QuantError("range", `delistingReturn must be ≥ -1 and finite, got ${value}`, {
      argument: "delistingReturn",
      value,
    });
  });
  return values;
}

/** Where the caller's table has a number, by cell; row 0 of returns, which is not used, is taken to be as row 1. */
function knownCells(name: Market["name"], { columns, data }: Matrix): Uint8Array {
  const known = new Uint8Array(data.length);
  for (let k = 0; k < data.length; k++) known[k] = Number.isNaN(data[k]!) ? 0 : 1;
  if (name === "returns") known.copyWithin(0, columns, 2 * columns);
  return known;
}

/** Gives each gap the return that the policy says, and marks where a position ends. */
function bridged(market: Market, known: Uint8Array, policy: MissingPrices, delisting: Float64Array): Market {
  const { rows, columns, name } = market;
  const returns = market.returns.data.slice();
  const closes = new Uint8Array(rows * columns);
  for (let k = columns; k < returns.length; k++) {
    if (known[k] === 1) {
      // The first price of a column, or after its close, has no price before it: nothing was held.
      if (known[k - columns] === 0 && (policy === "close" || Number.isNaN(returns[k]!))) returns[k] = 0;
    } else if (policy === "close" && known[k - columns] === 1) {
      returns[k] = delisting[k % columns]!;
      closes[k] = 1;
    } else if (policy === "close" || name === "returns" || Number.isNaN(returns[k]!)) {
      returns[k] = 0;
    }
  }
  return { ...market, returns: new Matrix(rows, columns, returns), tradable: known, closes };
}

/** The market of a spec, its gaps treated as the spec says. */
export function requireMarket(spec: BacktestSpec, policy: MissingPrices): Market {
  const { name, table } = requireOneTable(spec);
  const { rows, columns } = table;
  if (spec.dividends !== undefined && name === "returns") {
    throw new QuantError("option", "dividends are paid on prices: returns hold them already", {
      argument: "dividends",
    });
  }
  if (spec.delistingReturn !== undefined && policy !== "close") {
    throw new QuantError("option", `delistingReturn is for missingPrices 'close', not '${policy}'`, {
      argument: "delistingReturn",
    });
  }
  if (name === "returns") {
    const market: Market = { name, rows, columns, returns: table };
    if (policy === "refuse") return market;
    return bridged(
      market,
      knownCells(name, table),
      policy,
      requireDelistingReturns(spec.delistingReturn, columns),
    );
  }
  const prices = policy === "refuse" ? table : carried(table);
  const returns = withDividends(simpleReturns(prices, { firstRow: "nan" }), prices, spec);
  const market: Market = { name, rows, columns, returns, prices };
  if (policy === "refuse") return market;
  return bridged(
    market,
    knownCells(name, table),
    policy,
    requireDelistingReturns(spec.delistingReturn, columns),
  );
}
