import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requireVector } from "@astra-quant/core-linalg/guards";
import { type MeanIcOptions, meanIc } from "../validation/ic-estimate.ts";
import { type IcEstimate, INTERVAL_OPTIONS } from "../validation/interval.ts";

export interface IcByRegimeOptions extends MeanIcOptions {
  /** Rows from the regime to the coefficient that it is held to condition, an integer ≥ 1: the signal's lag. @defaultValue 1 */
  readonly lag?: number;
}

export interface RegimeIc extends IcEstimate {
  readonly regime: number;
}

/**
 * The mean information coefficient in each regime, with its error: whether a signal works in calm or in wild markets. `ic`
 * is a causal series, such as `crossSectionalIc` gives; `regimes` numbers each row's regime from 0, such as
 * `volatilityRegime` gives, and NaN where there is none. The regime is that of the signal's row, `lag` rows before the
 * coefficient's.
 *
 * @throws QuantError "shape" for two lengths, "data" for a regime that is no integer ≥ 0, and as `meanIc` does.
 */
export function icByRegime(ic: VectorLike, regimes: VectorLike, options: IcByRegimeOptions = {}): RegimeIc[] {
  requireKnownOptions(options, ["lag", "overlap", ...INTERVAL_OPTIONS]);
  const { lag = 1, ...rest } = options;
  requireInteger("lag", lag, 1);
  const series = requireVector("ic", ic);
  const states = requireVector("regimes", regimes, series.length);
  const wrong = states.findIndex((k) => !Number.isNaN(k) && !(Number.isInteger(k) && k >= 0));
  if (wrong >= 0) {
    throw new QuantError("data", `regimes[${wrong}] must be an integer ≥ 0 or NaN, got ${states[wrong]}`, {
      index: wrong,
    });
  }
  const distinct = [...new Set(states.filter((k) => !Number.isNaN(k)))].sort((a, b) => a - b);
  return distinct.map((regime) => {
    return {
      regime,
      ...meanIc(
        series.filter((_, t) => t >= lag && states[t - lag] === regime),
        rest,
      ),
    };
  });
}
