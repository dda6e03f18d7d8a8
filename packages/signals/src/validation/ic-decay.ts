import { QuantError, type TableLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requireOneOf, show } from "@astra-quant/core-linalg/guards";
import { type IcEstimateOptions, icEstimate } from "./ic-estimate.ts";
import { type IcEstimate, INTERVAL_OPTIONS } from "./interval.ts";

export interface IcDecayOptions extends Omit<IcEstimateOptions, "lag" | "horizon"> {
  /** Periods ahead, integers ≥ 1. @defaultValue [1, 2, 3, 5, 10, 20] */
  readonly horizons?: readonly number[];
  /**
   * What is predicted `h` periods ahead: `cumulative`, the compounded return of periods 1 … h, or `single`, the return of
   * period h alone.
   *
   * @defaultValue "cumulative"
   */
  readonly outcome?: "cumulative" | "single";
}

/** An estimate `horizon` periods ahead. */
export interface IcAtHorizon extends IcEstimate {
  readonly horizon: number;
}

/**
 * How the information coefficient fades: {@link icEstimate} at each of several horizons, with errors that know of the
 * overlap of cumulative outcomes. One asset over time or, for a panel, across assets.
 *
 * @throws QuantError as `icEstimate` does; "range" for a horizon that is no integer ≥ 1, "shape" for no list of them.
 */
export function icDecay(signal: TableLike, returns: TableLike, options: IcDecayOptions = {}): IcAtHorizon[] {
  requireKnownOptions(options, ["horizons", "outcome", "method", "minAssets", ...INTERVAL_OPTIONS]);
  const { horizons = [1, 2, 3, 5, 10, 20], outcome = "cumulative", ...rest } = options;
  if (!Array.isArray(horizons)) {
    throw new QuantError("shape", `horizons must be an array, got ${show(horizons)}`, {
      argument: "horizons",
    });
  }
  requireOneOf("outcome", outcome, ["cumulative", "single"]);
  return horizons.map((horizon: number, i) => {
    requireInteger(`horizons[${i}]`, horizon, 1);
    const pairing = outcome === "cumulative" ? { horizon } : { lag: horizon };
    return { horizon, ...icEstimate(signal, returns, { ...rest, ...pairing }) };
  });
}
