import { numberOrMissing } from "../signal/number-or-missing.ts";

/** Mean and standard deviation of all values so far, taken in one by one. */
export class ExpandingMoments {
  count = 0;
  mean = 0;
  /** Σ (x − mean)². */
  squares = 0;

  /** Takes a value in; one that is not finite is missing. */
  push(x: number): void {
    if (!Number.isFinite(x)) return;
    this.count++;
    const distance = x - this.mean;
    this.mean = numberOrMissing(this.mean + distance / this.count) + 0;
    this.squares = numberOrMissing(this.squares + distance * (x - this.mean));
  }

  /** With ddof 1. */
  get std(): number {
    return this.count < 2 ? Number.NaN : Math.sqrt(this.squares / (this.count - 1));
  }
}
