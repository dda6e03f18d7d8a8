import { QuantError } from "@astra-quant/core-linalg";
import type { Plan } from "./plan.ts";

/** Says which return of a bar a position cannot live with; `held` says what is held, in words. */
export function refuseReturn({ market, sourceOf }: Plan, row: number, column: number, held: string): never {
  const value = market.returnsAt(row)[column]!;
  const rule = Number.isFinite(value)
    ? "must give a P&L within the doubles"
    : "must give a finite return wherever a weight is held";
  throw new QuantError("not-finite", `${sourceOf(column)} ${rule}: row ${row} gives ${value} for ${held}`, {
    row,
    column,
    value,
  });
}
