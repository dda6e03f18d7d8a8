import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { type ByRow, requireRowValues } from "../spec/row-values.ts";
import { type AccrualUnit, accrualOf } from "./accrual-days.ts";

/** What uninvested capital earns and borrowed capital pays, a fraction over a bar or a day. */
export interface CashInterest {
  /** Earned by a positive balance. @defaultValue 0 */
  readonly credit?: ByRow;
  /** Paid by a negative one, positive when it costs. @defaultValue the credit rate */
  readonly debit?: ByRow;
  /** @defaultValue 'bar' */
  readonly per?: AccrualUnit;
}

/** Interest by row, its accrual in it. */
export interface CashRates {
  readonly credit: Float64Array;
  readonly debit: Float64Array;
}

export function requireCashRates(
  cash: CashInterest,
  rows: number,
  dates: Float64Array | undefined,
): CashRates {
  requireKnownOptions(cash, ["credit", "debit", "per"], "cash");
  const { credit = 0, debit = credit, per } = cash;
  const accrued = accrualOf("cash", per, rows, dates);
  const over = (name: string, rate: ByRow) =>
    requireRowValues(name, rate, rows).map((value, t) => value * accrued[t]!);
  return { credit: over("cash.credit", credit), debit: over("cash.debit", debit) };
}

/** Interest of one bar on what of the capital is in no position: short sales add to it, longs take from it. */
export function interestOn({ credit, debit }: CashRates, row: number, balance: number): number {
  return balance * (balance > 0 ? credit[row]! : debit[row]!);
}
