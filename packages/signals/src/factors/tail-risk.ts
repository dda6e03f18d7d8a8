import {
  QuantError,
  RollingQuantile,
  rollingQuantile,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireOneOf,
  requireProbability,
  requireStateRecord,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { fillInKind } from "../panel/fill-in-kind.ts";
import { numberOrMissing } from "../signal/number-or-missing.ts";
import { resumePart } from "../stream/resume-part.ts";
import { meanBeyond, tailBorderLevel, tailMean } from "./tail-mean.ts";

export interface TailRiskSignalSettings {
  /** Returns in each window. @defaultValue 60 */
  readonly window?: number;
  /** Probability of each tail, below ½. @defaultValue 0.05 */
  readonly tailProbability?: number;
  /**
   * What stands for the loss in the tail: its border, the quantile, or the mean of what lies beyond it, the
   * expected shortfall.
   *
   * @defaultValue "quantile"
   */
  readonly tail?: "quantile" | "expected-shortfall";
}

export interface TailRiskSignalOptions<X extends TableLike> extends TailRiskSignalSettings {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link TailRiskSignal} stands, as plain JSON. */
export interface TailRiskSignalState extends Required<TailRiskSignalSettings> {
  readonly version: 1;
  readonly left: RollingQuantile["state"];
  readonly right: RollingQuantile["state"];
  readonly border: RollingQuantile["state"];
}

const SETTINGS: readonly string[] = ["window", "tailProbability", "tail"];

function requireSettings(options: TailRiskSignalSettings, within = ""): Required<TailRiskSignalSettings> {
  const { window = 60, tailProbability = 0.05, tail = "quantile" } = options;
  const settings = {
    window: requireInteger(`${within}window`, window, 1),
    tailProbability: requireProbability(`${within}tailProbability`, tailProbability),
    tail: requireOneOf(`${within}tail`, tail, ["quantile", "expected-shortfall"]),
  };
  if (tailProbability < 0.5) return settings;
  throw new QuantError("range", `${within}tailProbability must be below 0.5, got ${tailProbability}`, {
    argument: `${within}tailProbability`,
    value: tailProbability,
  });
}

// −tail · (q₉₅ + q₀₅) ÷ (q₉₅ − q₀₅)
function scoreOf(loss: number, left: number, right: number): number {
  return numberOrMissing(-loss * ((right + left) / (right - left)));
}

/** Puts the scores where the right tails were. */
function fillScores(loss: Float64Array, left: Float64Array, right: Float64Array): void {
  for (let k = 0; k < right.length; k++) right[k] = scoreOf(loss[k]!, left[k]!, right[k]!);
}

/**
 * Tail risk: the loss in the lower tail, scaled by how lopsided the two tails are: with q the rolling quantiles,
 * −tail · (q₉₅ + q₀₅) ÷ (q₉₅ − q₀₅), where tail is q₀₅ itself or, by option, the mean of the returns beyond it
 * (a return, negative as a rule). Quantiles are of type R-7.
 *
 * Returns are simple fractions a period, a vector or time × assets (a matrix or `Panel`); the answer has their form
 * and size and is a fraction. Full windows only, looking back: with the default window and a NaN in row 0, as
 * returns that keep the rows of their prices have it, row 60 is the first answer. A NaN in a window, or tails that
 * coincide (as of constant prices), is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or a probability outside (0, ½), "option" for an
 *   unknown tail, "shape" for returns or `out` of a wrong form.
 */
export function tailRiskSignal<X extends TableLike>(
  returns: X,
  options: TailRiskSignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...SETTINGS, "out"]);
  const { window, tailProbability, tail } = requireSettings(options);

  const table = requireTable("returns", returns);
  return fillInKind(returns, table, options.out, [table], (answer, room) => {
    const left = rollingQuantile(table, window, tailProbability, { out: room() });
    const right = rollingQuantile(table, window, 1 - tailProbability, { out: answer });
    const loss = tail === "quantile" ? left : tailMean(table, window, tailProbability);
    fillScores(loss.data, left.data, right.data);
  });
}

/** {@link tailRiskSignal} return by return, for one asset. */
export class TailRiskSignal {
  readonly #settings: Required<TailRiskSignalSettings>;
  #left: RollingQuantile;
  #right: RollingQuantile;
  #border: RollingQuantile;
  /** The returns of the window, the latest last. */
  #recent: number[] = [];

  /** @throws QuantError as {@link tailRiskSignal} does. */
  constructor(options: TailRiskSignalSettings = {}) {
    requireKnownOptions(options, SETTINGS);
    this.#settings = requireSettings(options);
    const { window, tailProbability } = this.#settings;
    this.#left = new RollingQuantile(window, tailProbability);
    this.#right = new RollingQuantile(window, 1 - tailProbability);
    this.#border = new RollingQuantile(window, tailBorderLevel(window, tailProbability));
  }

  /** Returns that a first answer needs. */
  get warmUp(): number {
    return this.#settings.window;
  }

  /**
   * The signal after this return, in the bits of the batch form; NaN until the window is full.
   *
   * @throws QuantError "data" when the return is no number; NaN is a missing one.
   */
  push(periodReturn: number): number {
    requireNumber("periodReturn", periodReturn);
    const { window, tailProbability, tail } = this.#settings;
    const left = this.#left.push(periodReturn);
    const right = this.#right.push(periodReturn);
    const border = this.#border.push(periodReturn);
    if (this.#recent.push(periodReturn) > window) this.#recent.shift();
    const loss = tail === "quantile" ? left : meanBeyond(this.#recent, border, tailProbability);
    return scoreOf(loss, left, right);
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): TailRiskSignalState {
    const [left, right, border] = [this.#left.state, this.#right.state, this.#border.state];
    return { version: 1, ...this.#settings, left, right, border };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: TailRiskSignalState): TailRiskSignal {
    const record = requireStateRecord(state, SETTINGS);
    const stream = new TailRiskSignal(requireSettings(record, "state."));
    stream.#left = resumePart(record, "left", stream.#left, RollingQuantile.from);
    stream.#right = resumePart(record, "right", stream.#right, RollingQuantile.from);
    stream.#border = resumePart(record, "border", stream.#border, RollingQuantile.from);
    stream.#recent = Array.from(stream.#border.state.values, (value) => value ?? Number.NaN);
    return stream;
  }
}
