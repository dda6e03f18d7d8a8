import { Matrix } from "@astra-quant/core-linalg";
import type { BarReturns } from "../spec/bar-returns.ts";
import type { Market } from "../spec/market.ts";

/** Money by position, time × assets. */
export interface PositionLedger {
  /** Held over each bar, after its trades; negative when short. */
  readonly value: Matrix;
  /**
   * Earned by the price's move (and dividends): `value` times the return, worked out when first asked for, from the prices
   * as they then stand: who uses the memory of a backtest's prices again asks before.
   */
  readonly price: Matrix;
  /** Paid for trading, ≤ 0 when it costs. */
  readonly cost: Matrix;
  /** Earned by being held, negative when it costs. */
  readonly carry: Matrix;
}

/** Everything a backtest books, one entry a row. */
export interface Ledger {
  readonly equity: Float64Array;
  readonly returns: Float64Array;
  readonly pnl: {
    readonly price: Float64Array;
    readonly cost: Float64Array;
    readonly carry: Float64Array;
    readonly hedge: Float64Array;
    readonly cash: Float64Array;
  };
  readonly turnover: Float64Array;
  readonly gross: Float64Array;
  readonly net: Float64Array;
  readonly positions: PositionLedger;
}

/** Value × return, position by position, as the engine adds them up. */
function pricePnl({ rows, columns, data }: Matrix, returnsAt: BarReturns): Matrix {
  const earned = new Matrix(rows, columns);
  for (let t = 1; t < rows; t++) {
    const moves = returnsAt(t);
    for (let j = 0, k = t * columns; j < columns; j++, k++) {
      if (data[k] !== 0) earned.data[k] = data[k]! * moves[j]!;
    }
  }
  return earned;
}

/** Empty books. What is never charged is a matrix of zeros, made when first asked for. */
export function newLedger(
  { rows, columns, returnsAt }: Market,
  capital: number,
  books: { readonly cost: boolean; readonly carry: boolean },
): Ledger {
  const series = () => new Float64Array(rows);
  const value = new Matrix(rows, columns);
  let price: Matrix | undefined;
  let cost = books.cost ? new Matrix(rows, columns) : undefined;
  let carry = books.carry ? new Matrix(rows, columns) : undefined;
  const ledger: Ledger = {
    equity: series(),
    returns: series(),
    pnl: { price: series(), cost: series(), carry: series(), hedge: series(), cash: series() },
    turnover: series(),
    gross: series(),
    net: series(),
    positions: {
      value,
      get price() {
        price ??= pricePnl(value, returnsAt);
        return price;
      },
      get cost() {
        cost ??= new Matrix(rows, columns);
        return cost;
      },
      get carry() {
        carry ??= new Matrix(rows, columns);
        return carry;
      },
    },
  };
  ledger.equity[0] = capital;
  ledger.returns[0] = Number.NaN;
  return ledger;
}
