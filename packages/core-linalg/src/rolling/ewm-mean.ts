import { requireKnownOptions } from "../guards/options.ts";
import { ewmColumns } from "../kernels/ewm.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { EWM_OPTIONS, type EwmWindowOptions, requireEwmSettings } from "./ewm-decay.ts";
import { type EwmForm, type EwmRecord, emptyEwmRecord } from "./ewm-moments.ts";
import { type EwmState, EwmStream, resumeEwm } from "./ewm-stream.ts";

export interface EwmOptions<X extends TableLike> extends EwmWindowOptions {
  /** Where to write the answer: an array of the answer's form and size that shares no memory with x. */
  readonly out?: TableOf<X>;
}

const MEAN: EwmForm = { as: "mean", bias: false };

/**
 * The exponentially weighted mean of all values up to each time, of a vector or of every column of a matrix or `Panel`
 * (time × assets); the answer has x's form, size and unit. How fast weights fall is said by exactly one of `halfLife`,
 * `span`, `alpha` and `centerOfMass`. A value that is not finite counts as missing: the answer stays as it was, and
 * what lies before the gap ages with it unless `ignoreMissing`. NaN until `minPeriods` values have been present, and from
 * then on where the distance of a value from the mean is beyond the doubles.
 *
 * @throws QuantError "option" unless exactly one decay is given, "range" for one outside its interval or a minPeriods
 *   that is no integer ≥ 1, "shape" for x or `out` of a wrong form.
 */
export function ewmMean<X extends TableLike>(x: X, options: EwmOptions<X>): TableOf<X> {
  requireKnownOptions(options, [...EWM_OPTIONS, "out"]);
  const settings = requireEwmSettings(options);
  const table = requireTable("x", x);
  return answerInKind(x, table, options.out, [table], (answer) => ewmColumns(table, settings, MEAN, answer));
}

/** {@link ewmMean} value by value. */
export class EwmMean extends EwmStream {
  constructor(options: EwmWindowOptions, /** @internal */ record: EwmRecord = emptyEwmRecord()) {
    requireKnownOptions(options, EWM_OPTIONS);
    super(requireEwmSettings(options), MEAN, record);
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: EwmState): EwmMean {
    return resumeEwm(state, (options, _fields, record) => new EwmMean(options, record));
  }
}
