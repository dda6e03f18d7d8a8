import {
  Matrix,
  RollingBeta,
  RollingStd,
  rollingBeta,
  rollingStd,
  type TableLike,
  type TableOf,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireNumber,
  requireStateRecord,
  requireTable,
  requireVector,
} from "@astra-quant/core-linalg/guards";
import { fillInKind } from "../panel/fill-in-kind.ts";
import { numberOrMissing } from "../signal/number-or-missing.ts";
import { resumePart } from "../stream/resume-part.ts";

export interface BetaSignalWindows {
  /** Returns in each beta. @defaultValue 60 */
  readonly betaWindow?: number;
  /** Betas in the measure of how unsteady beta is. @defaultValue 60 */
  readonly stabilityWindow?: number;
}

export interface BetaSignalOptions<X extends TableLike> extends BetaSignalWindows {
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** Where a {@link BetaSignal} stands, as plain JSON. */
export interface BetaSignalState extends Required<BetaSignalWindows> {
  readonly version: 1;
  readonly beta: RollingBeta["state"];
  readonly unsteadiness: RollingStd["state"];
}

const WINDOWS: readonly string[] = ["betaWindow", "stabilityWindow"];

function requireWindows(options: BetaSignalWindows, within = ""): Required<BetaSignalWindows> {
  const { betaWindow = 60, stabilityWindow = 60 } = options;
  return {
    betaWindow: requireInteger(`${within}betaWindow`, betaWindow, 2),
    stabilityWindow: requireInteger(`${within}stabilityWindow`, stabilityWindow, 2),
  };
}

// −β (1 + std₆₀ β)
function scoreOf(beta: number, unsteadiness: number): number {
  return numberOrMissing(-beta * (1 + unsteadiness));
}

/** Puts the scores where the unsteadiness was. */
function fillScores(beta: Float64Array, unsteadiness: Float64Array): void {
  for (let k = 0; k < beta.length; k++) unsteadiness[k] = scoreOf(beta[k]!, unsteadiness[k]!);
}

/**
 * Short of high and unsteady market sensitivity: with β the rolling covariance with the market ÷ the market's
 * variance, −β (1 + std₆₀ β).
 *
 * Returns are simple fractions a period, a vector or time × assets (a matrix or `Panel`); `market` is one vector of
 * as many rows, returns of the benchmark. The answer has the returns' form and size and no unit. Full windows only,
 * looking back: with the default windows and a NaN in row 0, as returns that keep the rows of their prices have it,
 * row 119 is the first answer. A NaN in a window, or a market that did not vary in it (or so little
 * that beta is beyond the doubles), is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 2, "shape" for a market of another length, returns or
 *   `out` of a wrong form.
 */
export function betaSignal<X extends TableLike>(
  returns: X,
  market: VectorLike,
  options: BetaSignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [...WINDOWS, "out"]);
  const { betaWindow, stabilityWindow } = requireWindows(options);

  const table = requireTable("returns", returns);
  const benchmark = requireVector("market", market, table.rows);
  const inputs = [table, new Matrix(table.rows, 1, benchmark)];
  return fillInKind(returns, table, options.out, inputs, (answer, room) => {
    const beta = rollingBeta(table, benchmark, betaWindow, { out: room() });
    fillScores(beta.data, rollingStd(beta, stabilityWindow, { out: answer }).data);
  });
}

/** {@link betaSignal} row by row, for one asset. */
export class BetaSignal {
  readonly #windows: Required<BetaSignalWindows>;
  #beta: RollingBeta;
  #unsteadiness: RollingStd;

  /** @throws QuantError as {@link betaSignal} does. */
  constructor(options: BetaSignalWindows = {}) {
    requireKnownOptions(options, WINDOWS);
    this.#windows = requireWindows(options);
    this.#beta = new RollingBeta(this.#windows.betaWindow);
    this.#unsteadiness = new RollingStd(this.#windows.stabilityWindow);
  }

  /** Returns that a first answer needs. */
  get warmUp(): number {
    return this.#windows.betaWindow + this.#windows.stabilityWindow - 1;
  }

  /**
   * The signal after these returns, in the bits of the batch form; NaN until the windows are full.
   *
   * @throws QuantError "data" when one of them is no number; NaN is a missing one.
   */
  push(periodReturn: number, marketReturn: number): number {
    requireNumber("periodReturn", periodReturn);
    requireNumber("marketReturn", marketReturn);
    const beta = this.#beta.push(periodReturn, marketReturn);
    return scoreOf(beta, this.#unsteadiness.push(beta));
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): BetaSignalState {
    const [beta, unsteadiness] = [this.#beta.state, this.#unsteadiness.state];
    return { version: 1, ...this.#windows, beta, unsteadiness };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: BetaSignalState): BetaSignal {
    const record = requireStateRecord(state, WINDOWS);
    const stream = new BetaSignal(requireWindows(record, "state."));
    stream.#beta = resumePart(record, "beta", stream.#beta, RollingBeta.from);
    stream.#unsteadiness = resumePart(record, "unsteadiness", stream.#unsteadiness, RollingStd.from);
    return stream;
  }
}
