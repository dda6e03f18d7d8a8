/**
 * What is remembered of a run of consecutive rows: `width` numbers in a shared array, the first of them how many
 * values are present. Deviations are taken from a value of the run, so that a level far from zero costs no digits and
 * nothing outside the run can touch its record. A record of zeros is the empty run.
 */
export interface RunLaw {
  readonly width: number;
  /** Writes at `to` the run at `from` with a row added; a row that is not finite adds nothing. */
  push(runs: Float64Array, from: number, to: number, x: number, y: number): void;
  /** The answer for the values of the run at `early` and those of the run at `late`, at least one in all. */
  answer(runs: Float64Array, early: number, late: number): number;
}

/**
 * A window that slides over one series (or two) without ever taking a row out of a sum (van Herk's two passes). Time
 * is cut into blocks of `window` rows; a window that straddles two blocks is the suffix of the one merged with the
 * prefix of the next. So nothing drifts, and a window knows only its own rows.
 */
export class BlockMerge {
  readonly #law: RunLaw;
  readonly #window: number;
  readonly #minPeriods: number;
  /** The open prefix, then the suffixes of the closed block by their first row, the empty one last. */
  #runs: Float64Array;
  #closed: { readonly x: number[]; readonly y: number[] } = { x: [], y: [] };
  #open: { readonly x: number[]; readonly y: number[] } = { x: [], y: [] };

  constructor(law: RunLaw, window: number, minPeriods: number) {
    this.#law = law;
    this.#window = window;
    this.#minPeriods = minPeriods;
    this.#runs = new Float64Array(2 * law.width);
  }

  /** The answer for the window that ends with this row (of one series, or two); NaN with fewer than minPeriods, and beyond the doubles. */
  push(x: number, y = 0): number {
    const law = this.#law;
    if (this.#open.x.length === this.#window) this.#closeBlock();
    this.#open.x.push(x);
    this.#open.y.push(y);
    const runs = this.#runs;
    law.push(runs, 0, 0, x, y);
    const early = (this.#closed.x.length === 0 ? 1 : this.#open.x.length) * law.width;
    if (runs[early]! + runs[0]! < this.#minPeriods) return Number.NaN;
    const answer = law.answer(runs, early, 0);
    return Number.isFinite(answer) ? answer : Number.NaN;
  }

  /** The rows of the closed block and of the open one: pushed in this order they lead to the same answers. */
  get remembered(): { readonly x: readonly number[]; readonly y: readonly number[] } {
    return { x: [...this.#closed.x, ...this.#open.x], y: [...this.#closed.y, ...this.#open.y] };
  }

  #closeBlock(): void {
    const { width } = this.#law;
    const window = this.#window;
    if (this.#closed.x.length === 0) this.#runs = new Float64Array((window + 1) * width);
    const { x, y } = this.#open;
    for (let row = window - 1; row > 0; row--) {
      this.#law.push(this.#runs, (row + 1) * width, row * width, x[row]!, y[row]!);
    }
    this.#runs.fill(0, 0, width);
    this.#closed = this.#open;
    this.#open = { x: [], y: [] };
  }
}
