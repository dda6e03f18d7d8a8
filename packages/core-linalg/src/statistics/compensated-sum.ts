import { QuantError, show } from "../guards/quant-error.ts";

/**
 * A running sum that keeps what each addition rounds away (two-sum), so that n terms cost no more error than one: a
 * ledger of a thousand rows ends on the cent that its rows say. NaN and infinities end in NaN.
 */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(term: number): void {
    const sum = this.#sum + term;
    const part = sum - this.#sum;
    this.#lost += this.#sum - (sum - part) + (term - part);
    this.#sum = sum;
  }

  get value(): number {
    return this.#sum + this.#lost;
  }
}

/**
 * The compensated sum of the terms; 0 for none.
 *
 * @throws QuantError "shape" for terms that cannot be walked over, "data" for one that is no number.
 */
export function compensatedSum(terms: Iterable<number>): number {
  if (typeof terms?.[Symbol.iterator] !== "function") {
    throw new QuantError("shape", `terms must be a list of numbers, got ${show(terms)}`, {
      argument: "terms",
    });
  }
  const sum = new CompensatedSum();
  let i = 0;
  for (const term of terms) {
    if (typeof term !== "number") {
      throw new QuantError("data", `terms[${i}] must be a number, got ${show(term)}`, {
        index: i,
        value: term,
      });
    }
    sum.add(term);
    i++;
  }
  return sum.value;
}
