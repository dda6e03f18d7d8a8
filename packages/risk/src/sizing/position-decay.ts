import type { TableLike, TableOf } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
  requireStateNumber,
  requireStateRecord,
  show,
} from "@astra-quant/core-linalg/guards";
import { foldColumns } from "./columns.ts";
import { decayFactor } from "./half-life.ts";

/** What makes a position young again. */
export type DecayRestart = "sign" | "change";

export interface PositionDecayOptions {
  /** Periods after which half of a position is left, positive. @defaultValue 10 */
  readonly halfLife?: number;
  /**
   * - `sign`: only a target of another sign; a signal that stays is worth less and less
   * - `change`: any other target
   *
   * @defaultValue "sign"
   */
  readonly restart?: DecayRestart;
}

export interface DecayedPositionsOptions<X extends TableLike> extends PositionDecayOptions {
  /** An array of the answer's form and size that shares no memory with the input. */
  readonly out?: TableOf<X>;
}

/** Where a {@link PositionDecay} stands, as plain JSON. */
export interface PositionDecayState {
  readonly version: 1;
  readonly halfLife: number;
  readonly restart: DecayRestart;
  /** Periods since the position was young. */
  readonly age: number;
  /** The last target that was not missing; null before the first. */
  readonly target: number | null;
}

const OPTIONS = ["halfLife", "restart"] as const;
const RESTARTS = ["sign", "change"] as const;

/** A target or NaN; infinities are refused. */
export function requireTarget(target: unknown): number {
  if (typeof target === "number" && Math.abs(target) !== Number.POSITIVE_INFINITY) return target;
  const code = typeof target === "number" ? "not-finite" : "data";
  throw new QuantError(code, `target must be a finite number or NaN, got ${show(target)}`, {
    argument: "target",
    value: target,
  });
}

/** {@link decayPosition} for one asset over time: counts the age of its position itself. */
export class PositionDecay {
  readonly #halfLife: number;
  readonly #restart: DecayRestart;
  #age = 0;
  #target: number = Number.NaN;

  constructor(options: PositionDecayOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    const { halfLife = 10, restart = "sign" } = options;
    this.#halfLife = requirePositive("halfLife", halfLife);
    this.#restart = requireOneOf("restart", restart, RESTARTS);
  }

  /**
   * What is left of this period's target. A missing one (NaN) gives NaN, and the position that was there grows older.
   *
   * @throws QuantError "not-finite" for an infinite target, "data" for no number.
   */
  push(target: number): number {
    requireTarget(target);
    if (!Number.isNaN(target)) {
      this.#age = this.#isYoung(target) ? 0 : this.#age + 1;
      this.#target = target + 0;
    } else if (!Number.isNaN(this.#target)) {
      this.#age += 1;
    }
    return target * decayFactor(this.#age, this.#halfLife);
  }

  #isYoung(target: number): boolean {
    if (Number.isNaN(this.#target)) return true;
    if (this.#restart === "change") return target !== this.#target;
    return Math.sign(target) !== Math.sign(this.#target);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): PositionDecayState {
    const target = Number.isNaN(this.#target) ? null : this.#target;
    return { version: 1, halfLife: this.#halfLife, restart: this.#restart, age: this.#age, target };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: PositionDecayState): PositionDecay {
    const { halfLife, restart, age, target } = requireStateRecord(state);
    const stream = new PositionDecay({
      halfLife: requireStateNumber("state.halfLife", "positive and finite", halfLife, (value) => value > 0),
      restart: requireOneOf("state.restart", restart, RESTARTS),
    });
    const counts = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
    stream.#age = requireStateNumber("state.age", "an integer ≥ 0", age, counts);
    stream.#target =
      target === null ? Number.NaN : requireStateNumber("state.target", "a finite number or null", target);
    return stream;
  }
}

/**
 * {@link PositionDecay} over a history of targets, of a vector or of every column of a matrix or panel (time × assets);
 * the answer has its form.
 *
 * @throws QuantError as the class does.
 */
export function decayedPositions<X extends TableLike>(
  targets: X,
  options: DecayedPositionsOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...OPTIONS, "out"]);
  const { out, ...settings } = options;
  return foldColumns("targets", targets, out, () => new PositionDecay(settings));
}
