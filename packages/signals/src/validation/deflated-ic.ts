import { expm1, log1p, normalCdf, normalQuantile, QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";

export interface DeflatedIcOptions {
  /** Signals that were tried, the best of which this is; an integer ≥ 1. */
  readonly trials: number;
  /** Standard deviation of the coefficients over the trials, ≥ 0. @defaultValue the standard error */
  readonly dispersion?: number;
}

export interface DeflatedIc {
  /** The coefficient that the best of so many signals without skill is expected to show. */
  readonly expectedMaximum: number;
  /** (ic − expectedMaximum) ÷ standardError. */
  readonly tStatistic: number;
  /** The probability that the true coefficient is above what luck explains: Φ of that. */
  readonly probability: number;
  /** One-sided, that the best of so many independent signals without skill shows as much: 1 − Φ(ic ÷ se)^trials. */
  readonly pValue: number;
}

const EULER_GAMMA = 0.5772156649015329;

/** The expected largest of n standard normals: (1 − γ) Φ⁻¹(1 − 1/n) + γ Φ⁻¹(1 − 1/(n e)), 0 for one. */
function expectedMaximumOf(n: number): number {
  if (n === 1) return 0;
  const tail = -normalQuantile(1 / n);
  const farther = -normalQuantile(1 / (n * Math.E));
  return (1 - EULER_GAMMA) * tail + EULER_GAMMA * farther;
}

/**
 * An information coefficient judged as the best of several tries, as the deflated Sharpe ratio judges a strategy: measured
 * not from 0 but from what the best of `trials` signals without skill would show. The expected maximum is the usual
 * approximation, within 0.05 of a dispersion of the true one.
 *
 * @throws QuantError "range" for trials that are no integer ≥ 1, a standard error that is not positive or a negative
 *   dispersion, "not-finite" for an ic that is no finite number, "shape" for no estimate, "option" for an unknown name.
 */
export function deflatedIc(
  estimate: { readonly ic: number; readonly standardError: number },
  options: DeflatedIcOptions,
): DeflatedIc {
  requireKnownOptions(options, ["trials", "dispersion"]);
  if (typeof estimate !== "object" || estimate === null) {
    throw new QuantError("shape", `estimate must hold ic and standardError, got ${show(estimate)}`);
  }
  const ic = requireFinite("ic", estimate.ic);
  const standardError = requirePositive("standardError", estimate.standardError);
  const { trials, dispersion = standardError } = options;
  requireInteger("trials", trials, 1);
  requireNonNegative("dispersion", dispersion);
  const expectedMaximum = dispersion * expectedMaximumOf(trials);
  const tStatistic = (ic - expectedMaximum) / standardError;
  const tail = normalCdf(-ic / standardError);
  return {
    expectedMaximum,
    tStatistic,
    probability: normalCdf(tStatistic),
    pValue: -expm1(trials * log1p(-tail)),
  };
}
