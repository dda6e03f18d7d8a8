import { numberOrMissing } from "../signal/number-or-missing.ts";

/** The volume-weighted average price of one session so far. */
export class VwapOfSession {
  vwap = 0;
  volume = 0;

  reset(): void {
    this.vwap = 0;
    this.volume = 0;
  }

  /** Takes a bar in and returns how far its close stands above the average; NaN for a bar of which a part is missing. */
  push(close: number, volume: number, price: number): number {
    const traded = this.volume + volume;
    if (!Number.isFinite(price) || !Number.isFinite(close) || !Number.isFinite(traded)) return Number.NaN;
    if (traded === 0) return Number.NaN;
    // mean += (p − mean) v ÷ Σv
    this.vwap += (price - this.vwap) * (volume / traded);
    this.volume = traded;
    return numberOrMissing((close - this.vwap) / this.vwap);
  }
}
