import type { TableLike, TableOf } from "@astra-quant/core-linalg";
import {
  requireKnownOptions,
  requireNonNegative,
  requireStateRecord,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { fillInKind } from "../panel/fill-in-kind.ts";
import { resumePart } from "../stream/resume-part.ts";
import {
  type IcWindowOptions,
  InformationCoefficient,
  type InformationCoefficientState,
  informationCoefficient,
} from "./information-coefficient.ts";
import { PAIR_WINDOW_OPTIONS } from "./pair-window.ts";
import type { PositionRule } from "./position.ts";
import { Turnover, type TurnoverState, turnover } from "./turnover.ts";

/** What {@link TurnoverAdjustedIc} and {@link turnoverAdjustedIc} share. */
export interface TurnoverAdjustedIcWindowOptions extends IcWindowOptions {
  /** What changes, as in `turnover`. @defaultValue "tanh" */
  readonly position?: PositionRule;
  /** What a unit of turnover weighs, ≥ 0. @defaultValue 100 */
  readonly turnoverPenalty?: number;
}

export interface TurnoverAdjustedIcOptions<X extends TableLike> extends TurnoverAdjustedIcWindowOptions {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link TurnoverAdjustedIc} stands, as plain JSON. */
export interface TurnoverAdjustedIcState extends Required<TurnoverAdjustedIcWindowOptions> {
  readonly version: 1;
  readonly ic: InformationCoefficientState;
  readonly turnover: TurnoverState;
}

const OPTIONS = [...PAIR_WINDOW_OPTIONS, "method", "position", "turnoverPenalty"] as const;

/** Options with those that are left out left out: `undefined` is no value of theirs. */
function partsOf(options: TurnoverAdjustedIcWindowOptions) {
  const { position, turnoverPenalty = 100, ...ic } = options;
  const { window, minPeriods } = ic;
  return {
    penalty: requireNonNegative("turnoverPenalty", turnoverPenalty),
    ic,
    turnover: {
      ...(window !== undefined && { window }),
      ...(minPeriods !== undefined && { minPeriods }),
      ...(position !== undefined && { position }),
    },
  };
}

/** IC ÷ (1 + penalty · turnover), in the place of the coefficient. */
function penalise(ic: Float64Array, traded: Float64Array, penalty: number): void {
  for (let k = 0; k < ic.length; k++) ic[k]! /= 1 + penalty * traded[k]!;
}

/**
 * The rolling information coefficient net of trading: IC ÷ (1 + 100 turnover), with both over the same window. The mean
 * change of the position is the turnover; a signal that trades more is worth less. Row t is made of what is known at t.
 *
 * Forms, pairs and timing as in `informationCoefficient`; NaN where either part is. With the timing 'look-ahead' the figure
 * stands in the row of its last signal, whose turnover it takes.
 *
 * @throws QuantError as `informationCoefficient` and `turnover` do; "range" for a negative penalty.
 */
export function turnoverAdjustedIc<X extends TableLike>(
  signal: X,
  returns: TableLike,
  options: TurnoverAdjustedIcOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...OPTIONS, "out"]);
  const { out, ...rest } = options;
  const parts = partsOf(rest);
  const table = requireTable("signal", signal);
  const inputs = [table, requireTable("returns", returns)];
  return fillInKind(signal, table, out, inputs, (answer, room) => {
    const ic = informationCoefficient(table, returns, { ...parts.ic, out: answer });
    const traded = turnover(table, { ...parts.turnover, out: room() });
    penalise(ic.data, traded.data, parts.penalty);
  });
}

/** {@link turnoverAdjustedIc} of one asset, row by row. */
export class TurnoverAdjustedIc {
  readonly #penalty: number;
  #ic: InformationCoefficient;
  #turnover: Turnover;

  constructor(options: TurnoverAdjustedIcWindowOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    const parts = partsOf(options);
    this.#penalty = parts.penalty;
    this.#ic = new InformationCoefficient(parts.ic);
    this.#turnover = new Turnover(parts.turnover);
  }

  /**
   * Takes the signal and the return of one row and answers as the batch form does in that row; NaN is a missing number.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(signal: number, earned: number): number {
    const ic = this.#ic.push(signal, earned);
    return ic / (1 + this.#penalty * this.#turnover.push(signal));
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): TurnoverAdjustedIcState {
    const { state: ic } = this.#ic;
    const { state: traded } = this.#turnover;
    const { window, minPeriods, method, lag, horizon, timing } = ic;
    const settings = { window, minPeriods, method, lag, horizon, timing, position: traded.position };
    return { version: 1, ...settings, turnoverPenalty: this.#penalty, ic, turnover: traded };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: TurnoverAdjustedIcState): TurnoverAdjustedIc {
    const record = requireStateRecord(state, [...OPTIONS, "ic", "turnover"]);
    const { window, minPeriods, method, lag, horizon, timing, position, turnoverPenalty } = state;
    const settings = { window, minPeriods, method, lag, horizon, timing, position, turnoverPenalty };
    const stream = new TurnoverAdjustedIc(settings);
    stream.#ic = resumePart(record, "ic", stream.#ic, InformationCoefficient.from);
    stream.#turnover = resumePart(record, "turnover", stream.#turnover, Turnover.from);
    return stream;
  }
}
