import { Matrix, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  refuseField,
  requireKnownOptions,
  requireNonNegative,
  requireNumber,
  requireStateRecord,
  requireTable,
} from "@astra-quant/core-linalg/guards";

/** What {@link SignalFlips} and {@link signalFlips} share. */
export interface FlipOptions {
  /** A signal within ± this keeps the side that it was on, ≥ 0. @defaultValue 0 */
  readonly threshold?: number;
}

export interface SignalFlipsOptions<X extends TableLike> extends FlipOptions {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link SignalFlips} stands, as plain JSON. */
export interface SignalFlipsState {
  readonly version: 1;
  readonly threshold: number;
  /** 1 for long, −1 for short, 0 before the first side. */
  readonly side: -1 | 0 | 1;
}

/** {@link signalFlips} of one asset, row by row. */
export class SignalFlips {
  readonly #threshold: number;
  #side: -1 | 0 | 1 = 0;

  constructor(options: FlipOptions = {}) {
    requireKnownOptions(options, ["threshold"]);
    this.#threshold = requireNonNegative("threshold", options.threshold ?? 0);
  }

  /** 1 when the signal has turned from short to long, −1 from long to short, else 0. NaN keeps the side. Throws QuantError "data" for no number. */
  push(signal: number): number {
    if (!(Math.abs(requireNumber("signal", signal)) > this.#threshold)) return 0;
    const side = signal > 0 ? 1 : -1;
    const flip = this.#side !== 0 && side !== this.#side ? side : 0;
    this.#side = side;
    return flip;
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): SignalFlipsState {
    return { version: 1, threshold: this.#threshold, side: this.#side };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: SignalFlipsState): SignalFlips {
    const { threshold, side } = requireStateRecord(state, ["threshold", "side"]);
    const stream = new SignalFlips({ threshold: requireNonNegative("state.threshold", threshold) });
    if (side !== 0 && side !== 1 && side !== -1) refuseField("state.side", "-1, 0 or 1", side);
    stream.#side = side;
    return stream;
  }
}

/**
 * The rows in which a signal changes side: 1 where it turns from short to long, −1 from long to short, 0 elsewhere. The
 * first side is no flip; a missing signal, or one within the threshold, keeps the side.
 *
 * `signal` is a vector or time × assets (a matrix or `Panel`); the answer has its form and size, and looks back only.
 *
 * @throws QuantError "range" for a negative threshold, "shape" for a signal or `out` of a wrong form.
 */
export function signalFlips<X extends TableLike>(signal: X, options: SignalFlipsOptions<X> = {}): TableOf<X> {
  requireKnownOptions(options, ["threshold", "out"]);
  const { out, ...rest } = options;
  const table = requireTable("signal", signal);
  const { rows, columns } = table;
  const sides = Array.from({ length: columns }, () => new SignalFlips(rest));
  const flips = new Matrix(rows, columns);
  for (let k = 0; k < flips.data.length; k++) flips.data[k] = sides[k % columns]!.push(table.data[k]!);
  return inKindOf(signal, flips, out);
}
