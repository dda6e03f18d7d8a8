import { Matrix, QuantError } from "@astra-quant/core-linalg";
import { requireFinite, requireVector } from "@astra-quant/core-linalg/guards";
import type { BacktestSpec } from "./backtest-spec.ts";
import { type BarReturns, movesOf, rowsOf, totalMovesOf } from "./bar-returns.ts";
import { labelsOf, type PanelLabels, requireTimeByAsset } from "./time-by-asset.ts";

/** What becomes of a position whose price is missing. */
export type MissingPrices = "refuse" | "carry" | "close";

/** What the assets earn over each bar, and where they can be traded. */
export interface Market {
  /** How the caller's table is called in messages. */
  readonly name: "prices" | "returns";
  readonly rows: number;
  readonly columns: number;
  /** What the caller's table calls its rows and columns, where it is a panel. */
  readonly labels?: PanelLabels | undefined;
  /** Dividends included; NaN where one is missing. */
  readonly returnsAt: BarReturns;
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
  const { rows, columns } = table;
  if (rows >= 2 && columns >= 1) return { name, table };
  const few = rows < 2 ? `2 rows, got ${rows}` : "1 column, got 0";
  throw new QuantError("shape", `${name} must have at least ${few}`, { argument: name, rows, columns });
}

function requirePositivePrices({ columns, data }: Matrix): void {
  for (let k = 0; k < data.length; k++) {
    const price = data[k]!;
    if ((price > 0 && price < Number.POSITIVE_INFINITY) || Number.isNaN(price)) continue;
    const [row, column] = [Math.floor(k / columns), k % columns];
    throw new QuantError(
      "range",
      `prices must be positive and finite, got ${price} in row ${row}, column ${column}`,
      { argument: "prices", row, column, value: price },
    );
  }
}

/** Prices with each gap filled by the last price before it; a column's beginning stays NaN. */
function carried({ rows, columns, data: given }: Matrix): Matrix {
  const data = given.slice();
  for (let k = columns; k < data.length; k++) if (Number.isNaN(data[k]!)) data[k] = data[k - columns]!;
  return new Matrix(rows, columns, data);
}

/** A return below −1 would leave less than nothing of a share. */
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
function bridged(
  market: Market,
  known: Uint8Array,
  policy: Exclude<MissingPrices, "refuse">,
  delisting: Float64Array,
): Market {
  const { rows, columns, returnsAt } = market;
  const returns = new Float64Array(columns);
  const closes = new Uint8Array(rows * columns);
  for (let k = columns; k < closes.length; k++) {
    if (policy === "close" && known[k] === 0 && known[k - columns] === 1) closes[k] = 1;
  }
  const returnAt = (k: number, j: number, given: number): number => {
    // A carried price does not move, and may still pay a dividend.
    const earned = Number.isNaN(given) ? 0 : given;
    if (closes[k] === 1) return delisting[j]! + earned;
    const beside = policy === "close" && (known[k] === 0 || known[k - columns] === 0);
    return beside ? 0 : earned; // nothing is held there
  };
  return {
    ...market,
    returnsAt: (row) => {
      const given = returnsAt(row);
      for (let j = 0; j < columns; j++) returns[j] = returnAt(row * columns + j, j, given[j]!);
      return returns;
    },
    tradable: known,
    closes,
  };
}

function refuseOption(argument: string, message: string): never {
  throw new QuantError("option", message, { argument });
}

/** Prices, their gaps filled where they are to be carried, and what they earn. */
function priceMarket(spec: BacktestSpec, table: Matrix, policy: MissingPrices): Market {
  requirePositivePrices(table);
  const prices = policy === "refuse" ? table : carried(table);
  const { rows, columns } = table;
  const { dividends } = spec;
  const labels = labelsOf(spec.prices);
  const like = { name: "prices", rows, columns, labels };
  const returnsAt =
    dividends === undefined
      ? movesOf(prices)
      : totalMovesOf(prices, requireTimeByAsset("dividends", dividends, like));
  return { name: "prices", rows, columns, labels, prices, returnsAt };
}

/** The market of a spec, its gaps treated as the spec says. */
export function requireMarket(spec: BacktestSpec, policy: MissingPrices): Market {
  const { name, table } = requireOneTable(spec);
  const { rows, columns } = table;
  if (spec.dividends !== undefined && name === "returns") {
    refuseOption("dividends", "dividends are paid on prices: returns hold them already");
  }
  if (spec.delistingReturn !== undefined && policy !== "close") {
    refuseOption("delistingReturn", `delistingReturn is for missingPrices 'close', not '${policy}'`);
  }
  const market =
    name === "prices"
      ? priceMarket(spec, table, policy)
      : { name, rows, columns, labels: labelsOf(spec.returns), returnsAt: rowsOf(table) };
  if (policy === "refuse") return market;
  const delisting = requireDelistingReturns(spec.delistingReturn, columns);
  return bridged(market, knownCells(name, table), policy, delisting);
}
