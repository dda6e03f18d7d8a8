import {
  type JsonSeries,
  RollingMean,
  type RollingState,
  rollingMean,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireStateRecord,
  requireStateSeries,
  requireTable,
  toJsonSeries,
} from "@astra-quant/core-linalg/guards";
import { positionChanges } from "../kernels/position-changes.ts";
import { fillInKind } from "../panel/fill-in-kind.ts";
import { resumePart } from "../stream/resume-part.ts";
import { type PositionRule, positionOf, requirePositionRule } from "./position.ts";

/** What {@link Turnover} and {@link turnover} share. */
export interface TurnoverWindowOptions {
  /** Changes in each mean, an integer ≥ 1. @defaultValue 252 */
  readonly window?: number;
  /** Changes of a window that must be present, 1 … window. @defaultValue window */
  readonly minPeriods?: number;
  /** What changes: `raw` turnover has the unit of the signal. @defaultValue "tanh" */
  readonly position?: PositionRule;
}

export interface TurnoverOptions<X extends TableLike> extends TurnoverWindowOptions {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link Turnover} stands, as plain JSON. */
export interface TurnoverState {
  readonly version: 1;
  readonly window: number;
  readonly minPeriods: number;
  readonly position: PositionRule;
  /** The position of the row before, null where it was missing. */
  readonly held: JsonSeries;
  readonly changes: RollingState;
}

type TurnoverSettings = Required<TurnoverWindowOptions>;

const OPTIONS = ["window", "minPeriods", "position"] as const;

function requireTurnoverSettings(options: TurnoverWindowOptions): TurnoverSettings {
  const { window = 252, position = "tanh" } = options;
  requireInteger("window", window, 1);
  const minPeriods = requireInteger("minPeriods", options.minPeriods ?? window, 1, window);
  return { window, minPeriods, position: requirePositionRule(position) };
}

/**
 * The mean absolute change of the position from row to row over the last `window` rows, ≥ 0: a fraction of the largest
 * position a period. A row counts where its signal and the one before are finite; NaN where fewer than `minPeriods` do.
 *
 * `signal` is a vector or time × assets (a matrix or `Panel`); the answer has its form and size, and row t looks back only.
 *
 * @throws QuantError "range" for a window or minPeriods out of range, "shape" for a signal or `out` of a wrong form,
 *   "option" for an unknown name or rule.
 */
export function turnover<X extends TableLike>(signal: X, options: TurnoverOptions<X> = {}): TableOf<X> {
  requireKnownOptions(options, [...OPTIONS, "out"]);
  const { window, minPeriods, position } = requireTurnoverSettings(options);
  const table = requireTable("signal", signal);
  return fillInKind(signal, table, options.out, [table], (answer, room) => {
    const changes = room();
    positionChanges(table, position, new Float64Array(table.columns).fill(Number.NaN), changes.data);
    rollingMean(changes, window, { minPeriods, out: answer });
  });
}

/** {@link turnover} of one asset, row by row. */
export class Turnover {
  readonly #settings: TurnoverSettings;
  #held: number = Number.NaN;
  #changes: RollingMean;

  constructor(options: TurnoverWindowOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    this.#settings = requireTurnoverSettings(options);
    const { window, minPeriods } = this.#settings;
    this.#changes = new RollingMean(window, { minPeriods });
  }

  /**
   * Takes the signal of one row and answers as the batch form does in that row; NaN is a missing signal.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(signal: number): number {
    const wanted = positionOf(requireNumber("signal", signal), this.#settings.position);
    const change = Math.abs(wanted - this.#held);
    this.#held = wanted;
    return this.#changes.push(change);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): TurnoverState {
    return { version: 1, ...this.#settings, held: toJsonSeries([this.#held]), changes: this.#changes.state };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: TurnoverState): Turnover {
    const record = requireStateRecord(state, [...OPTIONS, "held", "changes"]);
    const { window, minPeriods, position, held } = state;
    const stream = new Turnover({ window, minPeriods, position });
    stream.#held = requireStateSeries("state.held", held, 1)[0] ?? Number.NaN;
    stream.#changes = resumePart(record, "changes", stream.#changes, RollingMean.from);
    return stream;
  }
}
