/** A running sum that keeps what each addition rounds away (two-sum), so n terms cost no more error than one. */
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
