/** Something that came between what was wanted and what was held, when it began. */
export interface BacktestEvent {
  /** The bar. */
  readonly row: number;
  /** The column; absent when it is about the whole book. */
  readonly asset?: number;
  /** `no-price`, `borrow`, `participation`, `cash-account`, `delisting`, `ruin`, or what an overlay calls it. */
  readonly kind: string;
  /** In words. */
  readonly reason: string;
}
