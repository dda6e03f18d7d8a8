import type { TableLike, TableOf } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireStateNumber,
  requireStateRecord,
} from "@astra-quant/core-linalg/guards";
import { bufferLaw, requireBuffer } from "./apply-buffer.ts";
import { foldColumns } from "./columns.ts";
import { requireTarget } from "./position-decay.ts";

export interface PositionBufferOptions {
  /** The smallest change that is traded, as a fraction of the position held, in [0, 1). @defaultValue 0.15 */
  readonly buffer?: number;
  /** What is held before the first target. @defaultValue 0 */
  readonly initial?: number;
}

export interface BufferedPositionsOptions<X extends TableLike> extends PositionBufferOptions {
  /** An array of the answer's form and size that shares no memory with the input. */
  readonly out?: TableOf<X>;
}

/** Where a {@link PositionBuffer} stands, as plain JSON. */
export interface PositionBufferState {
  readonly version: 1;
  readonly buffer: number;
  /** Held now. */
  readonly position: number;
}

const OPTIONS = ["buffer", "initial"] as const;

/** {@link applyBuffer} for one asset over time: remembers what is held. */
export class PositionBuffer {
  readonly #buffer: number;
  #position: number;

  constructor(options: PositionBufferOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    const { buffer = 0.15, initial = 0 } = options;
    this.#buffer = requireBuffer(buffer);
    this.#position = requireFinite("initial", initial) + 0;
  }

  /**
   * The position held from this target on; a missing one (NaN) changes nothing.
   *
   * @throws QuantError "not-finite" for an infinite target, "data" for no number.
   */
  push(target: number): number {
    this.#position = bufferLaw(this.#buffer)(requireTarget(target), this.#position);
    return this.#position;
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): PositionBufferState {
    return { version: 1, buffer: this.#buffer, position: this.#position };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: PositionBufferState): PositionBuffer {
    const { buffer, position } = requireStateRecord(state);
    const inRange = (value: number): boolean => value >= 0 && value < 1;
    return new PositionBuffer({
      buffer: requireStateNumber("state.buffer", "in [0, 1)", buffer, inRange),
      initial: requireStateNumber("state.position", "a finite number", position),
    });
  }
}

/**
 * {@link PositionBuffer} over a history of targets, of a vector or of every column of a matrix or panel
 * (time × assets): what is held after each row. The answer has the form of `targets`.
 *
 * @throws QuantError as the class does.
 */
export function bufferedPositions<X extends TableLike>(
  targets: X,
  options: BufferedPositionsOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...OPTIONS, "out"]);
  const { out, ...settings } = options;
  return foldColumns("targets", targets, out, () => new PositionBuffer(settings));
}
