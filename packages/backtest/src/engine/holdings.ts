/** How positions live from one bar to the next. */
export interface Holdings {
  /** Writes the weights held at the close before a bar, fractions of the equity there. */
  weigh(row: number, equity: number, held: Float64Array): void;
  /** Takes the weights of a bar; those equal to what is held are not touched. */
  take(row: number, equity: number, weights: Float64Array, held: Float64Array): void;
  /** Lets the assets' returns move the positions at the end of a bar. */
  drift(returns: Float64Array): void;
  /** Ends a position. */
  close(asset: number): void;
}

/** Weights that are restored at every bar, whatever prices did. */
export class ConstantWeights implements Holdings {
  readonly #weights: Float64Array;

  constructor(columns: number) {
    this.#weights = new Float64Array(columns);
  }

  weigh(_row: number, _equity: number, held: Float64Array): void {
    held.set(this.#weights);
  }

  take(_row: number, _equity: number, weights: Float64Array): void {
    this.#weights.set(weights);
  }

  drift(): void {}

  close(asset: number): void {
    this.#weights[asset] = 0;
  }
}

/** Shares, worth their price: a dividend is paid in cash and buys nothing. */
export class DriftingShares implements Holdings {
  readonly #shares: Float64Array;
  readonly #prices: Float64Array;
  readonly #wanted: Float64Array | undefined;
  readonly #lag: number;
  readonly #whole: boolean;

  /** `wanted` are the shares decided at each row, where decisions are in shares. */
  constructor(
    columns: number,
    prices: Float64Array,
    options: { wanted?: Float64Array; lag: number; whole: boolean },
  ) {
    this.#shares = new Float64Array(columns);
    this.#prices = prices;
    this.#wanted = options.wanted;
    this.#lag = options.lag;
    this.#whole = options.whole;
  }

  weigh(row: number, equity: number, held: Float64Array): void {
    const fill = (row - 1) * held.length;
    for (let j = 0; j < held.length; j++) {
      const shares = this.#shares[j]!;
      held[j] = shares === 0 ? 0 : (shares * this.#prices[fill + j]!) / equity;
    }
  }

  take(row: number, equity: number, weights: Float64Array, held: Float64Array): void {
    const fill = (row - 1) * held.length;
    const decision = (row - this.#lag) * held.length;
    for (let j = 0; j < held.length; j++) {
      const weight = weights[j]!;
      if (weight === held[j]!) continue;
      const price = this.#prices[fill + j]!;
      // The very shares that were decided, where nothing stood between.
      const decided = this.#wanted?.[decision + j];
      const exact = decided !== undefined && (decided * price) / equity === weight;
      const shares = weight === 0 ? 0 : (weight * equity) / price;
      this.#shares[j] = exact ? decided : this.#whole ? Math.round(shares) : shares;
    }
  }

  drift(): void {}

  close(asset: number): void {
    this.#shares[asset] = 0;
  }
}

/** Money that grows with the assets' returns, where prices are not known. */
export class DriftingValues implements Holdings {
  readonly #values: Float64Array;

  constructor(columns: number) {
    this.#values = new Float64Array(columns);
  }

  weigh(_row: number, equity: number, held: Float64Array): void {
    for (let j = 0; j < held.length; j++) held[j] = this.#values[j]! / equity;
  }

  take(_row: number, equity: number, weights: Float64Array, held: Float64Array): void {
    for (let j = 0; j < held.length; j++) if (weights[j] !== held[j]) this.#values[j] = weights[j]! * equity;
  }

  drift(returns: Float64Array): void {
    const values = this.#values;
    for (let j = 0; j < values.length; j++) {
      if (values[j] !== 0) values[j] = values[j]! * (1 + returns[j]!);
    }
  }

  close(asset: number): void {
    this.#values[asset] = 0;
  }
}
