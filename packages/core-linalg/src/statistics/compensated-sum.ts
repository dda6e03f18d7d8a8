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

/** The compensated sum of the terms; 0 for none. */
export function compensatedSum(terms: Iterable<number>): number {
  const sum = new CompensatedSum();
  for (const term of terms) sum.add(term);
  return sum.value;
}
