import { QuantError, show } from "@astra-quant/core-linalg/guards";

/** Refuses a book of amounts or rates so large that a double does not hold what they come to. */
export function requireMoney(name: "gross" | "total", amount: number): void {
  if (Number.isFinite(amount)) return;
  throw new QuantError("not-finite", `book must come to a finite ${name}, got ${show(amount)}`, {
    argument: "book",
  });
}
