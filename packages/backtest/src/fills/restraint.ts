/** The moment of a fill: the close of the row before a bar. */
export interface FillMoment {
  readonly row: number;
  readonly fillRow: number;
  /** Money. */
  readonly equity: number;
  /** Weights before the fill. Not to be written to. */
  readonly held: Float64Array;
}

/** Something that keeps a wanted trade from being made in full. */
export interface Restraint {
  /** The kind of its events. */
  readonly kind: string;
  /** True where the rest is tried again at the next bar, whatever the rule of rebalancing says of it. */
  readonly carriesOver?: true;
  /** Pulls the wanted weights back, in place. */
  restrain(wanted: Float64Array, moment: FillMoment): void;
  /** Why an asset did not get what was wanted, at the fill just restrained; without it nothing is said. */
  reason?(asset: number, moment: FillMoment): string;
}
