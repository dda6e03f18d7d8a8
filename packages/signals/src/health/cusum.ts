import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requireNumber,
  requirePositive,
  requireStateRecord,
} from "@astra-quant/core-linalg/guards";
import { withinDoubles } from "../stream/within-doubles.ts";
import type { DriftAlarm } from "./drift-alarm.ts";

export interface CusumOptions {
  /** The mean that the series should have, in its unit. */
  readonly target: number;
  /** The standard deviation of one value, > 0, in its unit. */
  readonly standardDeviation: number;
  /** Deviations up to this are let pass, ≥ 0, in standard deviations: half the change to be found. @defaultValue 0.5 */
  readonly allowance?: number;
  /** The sum above which there is an alarm, > 0, in standard deviations. @defaultValue 5 */
  readonly threshold?: number;
}

/** What a {@link Cusum} says of one row. */
export interface CusumAlarm extends DriftAlarm {
  /** The larger of `up` and `down`. */
  readonly statistic: number;
  /** What speaks for a mean above the target, ≥ 0, in standard deviations. */
  readonly up: number;
  /** What speaks for a mean below the target, ≥ 0. */
  readonly down: number;
}

/** Where a {@link Cusum} stands, as plain JSON. */
export interface CusumState extends Required<CusumOptions> {
  readonly version: 1;
  readonly up: number;
  readonly down: number;
}

const OPTIONS = ["target", "standardDeviation", "allowance", "threshold"] as const;

/**
 * Cumulative sums for a change of a series' mean away from a target, both ways, value by value: with
 * z = (x − target) ÷ standardDeviation, up = max(0, up + z − allowance) and down = max(0, down − z − allowance). For
 * independent normal values the defaults give one false alarm in some 465 rows. After an alarm it goes on; `reset` forgets.
 *
 * @throws QuantError "not-finite" for a target that is no finite number, "range" for a standard deviation or threshold that
 *   is not positive or a negative allowance, "option" for an unknown name.
 */
export class Cusum {
  readonly #settings: Required<CusumOptions>;
  #up = 0;
  #down = 0;

  constructor(options: CusumOptions) {
    requireKnownOptions(options, OPTIONS);
    const { target, standardDeviation, allowance = 0.5, threshold = 5 } = options;
    requireFinite("target", target);
    requirePositive("standardDeviation", standardDeviation);
    requireNonNegative("allowance", allowance);
    requirePositive("threshold", threshold);
    this.#settings = { target, standardDeviation, allowance, threshold };
  }

  /**
   * Takes one value; one that is not finite is missing and changes nothing.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(x: number): CusumAlarm {
    const { target, standardDeviation, allowance, threshold } = this.#settings;
    if (Number.isFinite(requireNumber("x", x))) {
      const z = (x - target) / standardDeviation;
      this.#up = Math.max(0, withinDoubles(this.#up + z - allowance));
      this.#down = Math.max(0, withinDoubles(this.#down - z - allowance));
    }
    const statistic = Math.max(this.#up, this.#down);
    return { statistic, alarm: statistic > threshold, up: this.#up, down: this.#down };
  }

  /** Forgets everything but the settings. */
  reset(): void {
    this.#up = 0;
    this.#down = 0;
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): CusumState {
    return { version: 1, ...this.#settings, up: this.#up, down: this.#down };
  }

  /**
   * The detector that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: CusumState): Cusum {
    requireStateRecord(state, [...OPTIONS, "up", "down"]);
    const { target, standardDeviation, allowance, threshold, up, down } = state;
    const detector = new Cusum({ target, standardDeviation, allowance, threshold });
    detector.#up = requireNonNegative("state.up", up);
    detector.#down = requireNonNegative("state.down", down);
    return detector;
  }
}
