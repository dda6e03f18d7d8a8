import {
  refuseField,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireNumber,
  requireOneOf,
  requirePositive,
  requireStateNumber,
  requireStateRecord,
} from "@astra-quant/core-linalg/guards";
import { withinDoubles } from "../stream/within-doubles.ts";
import type { DriftAlarm } from "./drift-alarm.ts";

const DIRECTIONS = ["down", "up"] as const;

export interface PageHinkleyOptions {
  /** Changes of the mean up to this are let pass, ≥ 0, in the series' unit. @defaultValue 0.005 */
  readonly tolerance?: number;
  /** The statistic above which there is an alarm, > 0, in the series' unit. @defaultValue 1 */
  readonly threshold?: number;
  /** Which way a change is looked for: a coefficient that decays goes down. @defaultValue "down" */
  readonly direction?: (typeof DIRECTIONS)[number];
  /** Values before which there is no alarm, an integer ≥ 1. @defaultValue 30 */
  readonly minObservations?: number;
}

/** Where a {@link PageHinkley} stands, as plain JSON. */
export interface PageHinkleyState extends Required<PageHinkleyOptions> {
  readonly version: 1;
  readonly observations: number;
  readonly mean: number;
  readonly sum: number;
  readonly lowest: number;
}

const OPTIONS = ["tolerance", "threshold", "direction", "minObservations"] as const;

/**
 * Page and Hinkley's test for a change of a series' mean, value by value: with d_t = ± (x_t − mean so far) − tolerance (+ for
 * "up"), the statistic is m_t − min m, m_t = Σ d. It needs no target: the past of the series is the measure. After an alarm
 * it goes on; `reset` forgets.
 *
 * @throws QuantError "range" for a negative tolerance, a threshold that is not positive or minObservations that are no
 *   integer ≥ 1, "option" for an unknown name or direction.
 */
export class PageHinkley {
  readonly #settings: Required<PageHinkleyOptions>;
  #observations = 0;
  #mean = 0;
  #sum = 0;
  #lowest = 0;

  constructor(options: PageHinkleyOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    const { tolerance = 0.005, threshold = 1, direction = "down", minObservations = 30 } = options;
    requireNonNegative("tolerance", tolerance);
    requirePositive("threshold", threshold);
    requireOneOf("direction", direction, DIRECTIONS);
    requireInteger("minObservations", minObservations, 1);
    this.#settings = { tolerance, threshold, direction, minObservations };
  }

  /**
   * Takes one value; one that is not finite is missing and changes nothing.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(x: number): DriftAlarm {
    if (Number.isFinite(requireNumber("x", x))) {
      this.#observations++;
      this.#mean = withinDoubles(this.#mean + (x - this.#mean) / this.#observations);
      const side = this.#settings.direction === "up" ? 1 : -1;
      this.#sum = withinDoubles(this.#sum + (side * (x - this.#mean) - this.#settings.tolerance));
      this.#lowest = Math.min(this.#lowest, this.#sum);
    }
    const statistic = withinDoubles(this.#sum - this.#lowest);
    const { threshold, minObservations } = this.#settings;
    return { statistic, alarm: this.#observations >= minObservations && statistic > threshold };
  }

  /** Forgets everything but the settings. */
  reset(): void {
    this.#observations = 0;
    this.#mean = 0;
    this.#sum = 0;
    this.#lowest = 0;
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): PageHinkleyState {
    const [observations, mean, sum, lowest] = [this.#observations, this.#mean, this.#sum, this.#lowest];
    return { version: 1, ...this.#settings, observations, mean, sum, lowest };
  }

  /**
   * The detector that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: PageHinkleyState): PageHinkley {
    requireStateRecord(state, [...OPTIONS, "observations", "mean", "sum", "lowest"]);
    const { tolerance, threshold, direction, minObservations, observations, mean, sum, lowest } = state;
    const detector = new PageHinkley({ tolerance, threshold, direction, minObservations });
    detector.#observations = requireInteger("state.observations", observations, 0);
    detector.#mean = requireStateNumber("state.mean", "a finite number", mean);
    detector.#sum = requireStateNumber("state.sum", "a finite number", sum);
    detector.#lowest = requireStateNumber("state.lowest", "a finite number", lowest);
    if (detector.#lowest > Math.min(0, detector.#sum))
      refuseField("state.lowest", "at most 0 and sum", lowest);
    return detector;
  }
}
