import { Matrix, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireStateRecord,
  requireStateSeries,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { numberOrMissing } from "../signal/number-or-missing.ts";

export interface IntradayMomentumSettings {
  /** Bars that the move is measured over. @defaultValue 20 */
  readonly window?: number;
}

export interface IntradayMomentumOptions<X extends TableLike> extends IntradayMomentumSettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where an {@link IntradayMomentum} stands, as plain JSON. */
export interface IntradayMomentumState extends Required<IntradayMomentumSettings> {
  readonly version: 1;
  /** The last closes, at most `window`, the latest last; null where one is missing. */
  readonly closes: readonly (number | null)[];
}

function moveOf(now: number, before: number): number {
  return numberOrMissing((now - before) / before);
}

/**
 * The move of the close over the last 20 bars, p_t ÷ p_{t−20} − 1, a fraction; night gaps within them count. Row 20 is
 * the first answer.
 *
 * `close` is a vector, or time × assets (a matrix or `Panel`); the answer has its form and size. NaN where one of the
 * two closes is not finite, or the earlier one is 0.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, "shape" for closes or `out` of a wrong form.
 */
export function intradayMomentum<X extends TableLike>(
  close: X,
  options: IntradayMomentumOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["window", "out"]);
  const { window = 20, out } = options;
  requireInteger("window", window, 1);
  const { rows, columns, data } = requireTable("close", close);
  const signal = new Matrix(rows, columns);
  const lag = Math.min(window, rows) * columns;
  signal.data.fill(Number.NaN, 0, lag);
  for (let k = lag; k < data.length; k++) signal.data[k] = moveOf(data[k]!, data[k - lag]!);
  return inKindOf(close, signal, out);
}

/** {@link intradayMomentum} close by close, for one asset. */
export class IntradayMomentum {
  readonly #window: number;
  readonly #closes: number[] = [];

  /** @throws QuantError as {@link intradayMomentum} does. */
  constructor(options: IntradayMomentumSettings = {}) {
    requireKnownOptions(options, ["window"]);
    this.#window = requireInteger("window", options.window ?? 20, 1);
  }

  /** Moves from close to close that a first answer needs. */
  get warmUp(): number {
    return this.#window;
  }

  /**
   * The signal after this close, in the bits of the batch form.
   *
   * @throws QuantError "data" when the close is no number; NaN is a missing one.
   */
  push(close: number): number {
    requireNumber("close", close);
    const before = this.#closes.length < this.#window ? Number.NaN : this.#closes.shift()!;
    this.#closes.push(numberOrMissing(close));
    return moveOf(close, before);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): IntradayMomentumState {
    const closes = this.#closes.map((close) => (Number.isNaN(close) ? null : close + 0));
    return { version: 1, window: this.#window, closes };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: IntradayMomentumState): IntradayMomentum {
    const { window, closes } = requireStateRecord(state, ["window", "closes"]);
    const stream = new IntradayMomentum({ window: requireInteger("state.window", window, 1) });
    stream.#closes.push(...requireStateSeries("state.closes", closes, stream.#window));
    return stream;
  }
}
