import {
  QuantError,
  requireInteger,
  requireNonNegative,
  requireNumber,
  requireStateRecord,
  show,
} from "@astra-quant/core-linalg/guards";

export interface RunningDrawdownState {
  readonly version: 1;
  /** Equity over its high, in [0, 1]. */
  readonly level: number;
  /** The lowest level so far. */
  readonly lowest: number;
  readonly periods: number;
  readonly periodsUnderwater: number;
  readonly longestUnderwater: number;
}

/** The drawdown of a growing series, return by return: `drawdownSeries` and `maxDrawdown` as a stream. */
export class RunningDrawdown {
  #level = 1;
  #lowest = 1;
  #periods = 0;
  #underwater = 0;
  #longest = 0;

  /**
   * How far the equity stands below its high after this return, ≤ 0: the entry of `drawdownSeries`, bit by bit.
   *
   * @throws QuantError "data" for what is no number, "not-finite" for a NaN or infinity, "range" for a return ≤ −1.
   */
  push(value: number): number {
    const r = requireNumber("return", value);
    if (!(r > -1 && Number.isFinite(r))) {
      const code = Number.isFinite(r) ? "range" : "not-finite";
      throw new QuantError(code, `return must be finite and greater than -1, got ${show(r)}`, {
        argument: "return",
        value: r,
      });
    }
    this.#level = Math.min(1, this.#level * (1 + r));
    this.#lowest = Math.min(this.#lowest, this.#level);
    this.#periods++;
    this.#underwater = this.#level < 1 ? this.#underwater + 1 : 0;
    this.#longest = Math.max(this.#longest, this.#underwater);
    return this.#level - 1;
  }

  /** How far the equity stands below its high, ≤ 0. */
  get drawdown(): number {
    return this.#level - 1;
  }

  /** The deepest so far, ≤ 0. */
  get maxDrawdown(): number {
    return this.#lowest - 1;
  }

  /** Returns since the high. */
  get periodsUnderwater(): number {
    return this.#underwater;
  }

  /** The longest run of returns below a high so far. */
  get longestUnderwater(): number {
    return this.#longest;
  }

  /** Returns so far. */
  get periods(): number {
    return this.#periods;
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): RunningDrawdownState {
    return {
      version: 1,
      level: this.#level,
      lowest: this.#lowest,
      periods: this.#periods,
      periodsUnderwater: this.#underwater,
      longestUnderwater: this.#longest,
    };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RunningDrawdownState): RunningDrawdown {
    const record = requireStateRecord(state);
    const stream = new RunningDrawdown();
    stream.#level = requireLevel("state.level", record.level, 1);
    stream.#lowest = requireLevel("state.lowest", record.lowest, stream.#level);
    stream.#periods = requireInteger("state.periods", record.periods, 0);
    stream.#longest = requireInteger("state.longestUnderwater", record.longestUnderwater, 0, stream.#periods);
    stream.#underwater = requireInteger(
      "state.periodsUnderwater",
      record.periodsUnderwater,
      0,
      stream.#longest,
    );
    return stream;
  }
}

function requireLevel(name: string, value: unknown, greatest: number): number {
  const level = requireNonNegative(name, value);
  if (level <= greatest) return level;
  throw new QuantError("range", `${name} must be at most ${greatest}, got ${level}`, {
    argument: name,
    value: level,
  });
}
