import { requireBoolean, requireKnownOptions } from "../guards/options.ts";
import { ewmColumns } from "../kernels/ewm.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { EWM_OPTIONS, type EwmWindowOptions, requireEwmSettings } from "./ewm-decay.ts";
import type { EwmOptions } from "./ewm-mean.ts";
import { type EwmRecord, emptyEwmRecord } from "./ewm-moments.ts";
import { type EwmState, EwmStream, resumeEwm } from "./ewm-stream.ts";

export interface EwmBiasOptions {
  /**
   * The weighted squares about the weighted mean as they are, instead of divided by 1 − Σp² (p each value's share of
   * the weights), which makes them unbiased for values alike and independent.
   *
   * @defaultValue false
   */
  readonly bias?: boolean;
}

export interface EwmVarianceOptions<X extends TableLike> extends EwmOptions<X>, EwmBiasOptions {}
export interface EwmVarianceWindowOptions extends EwmWindowOptions, EwmBiasOptions {}

export interface EwmVarianceState extends EwmState {
  readonly bias: boolean;
}

const OPTIONS: readonly string[] = [...EWM_OPTIONS, "bias"];

function requireBias({ bias = false }: EwmBiasOptions): boolean {
  return requireBoolean("bias", bias);
}

function varianceInKind<X extends TableLike>(
  x: X,
  options: EwmVarianceOptions<X>,
  as: "variance" | "std",
): TableOf<X> {
  requireKnownOptions(options, [...OPTIONS, "out"]);
  const settings = requireEwmSettings(options);
  const form = { as, bias: requireBias(options) };
  const table = requireTable("x", x);
  return answerInKind(x, table, options.out, [table], (answer) => ewmColumns(table, settings, form, answer));
}

/**
 * The exponentially weighted variance of all values up to each time, in the unit of x squared; never negative, 0 while
 * the values are constant. Without `bias` it is NaN for a single value. Squares beyond the doubles (distances from the
 * mean above 1e154) are NaN from then on; all else as in {@link ewmMean}.
 *
 * @throws QuantError as {@link ewmMean} does, and "option" for a bias that is neither true nor false.
 */
export function ewmVariance<X extends TableLike>(x: X, options: EwmVarianceOptions<X>): TableOf<X> {
  return varianceInKind(x, options, "variance");
}

/** The square root of {@link ewmVariance}, in the unit of x; everything else as there. */
export function ewmStd<X extends TableLike>(x: X, options: EwmVarianceOptions<X>): TableOf<X> {
  return varianceInKind(x, options, "std");
}

function resumeVariance<Stream>(
  state: EwmVarianceState,
  Class: new (options: EwmVarianceWindowOptions, record: EwmRecord) => Stream,
): Stream {
  return resumeEwm(state, (options, { bias }, record) => {
    return new Class({ ...options, bias: requireBoolean("state.bias", bias) }, record);
  });
}

/** {@link ewmVariance} value by value. */
export class EwmVariance extends EwmStream {
  readonly #bias: boolean;

  constructor(options: EwmVarianceWindowOptions, /** @internal */ record: EwmRecord = emptyEwmRecord()) {
    requireKnownOptions(options, OPTIONS);
    const bias = requireBias(options);
    super(requireEwmSettings(options), { as: "variance", bias }, record);
    this.#bias = bias;
  }

  override get state(): EwmVarianceState {
    return { ...super.state, bias: this.#bias };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: EwmVarianceState): EwmVariance {
    return resumeVariance(state, EwmVariance);
  }
}

/** {@link ewmStd} value by value. */
export class EwmStd extends EwmStream {
  readonly #bias: boolean;

  constructor(options: EwmVarianceWindowOptions, /** @internal */ record: EwmRecord = emptyEwmRecord()) {
    requireKnownOptions(options, OPTIONS);
    const bias = requireBias(options);
    super(requireEwmSettings(options), { as: "std", bias }, record);
    this.#bias = bias;
  }

  override get state(): EwmVarianceState {
    return { ...super.state, bias: this.#bias };
  }

  /** As {@link EwmVariance.from}. */
  static from(state: EwmVarianceState): EwmStd {
    return resumeVariance(state, EwmStd);
  }
}
