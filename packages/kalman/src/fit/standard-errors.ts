import { exp } from "@astra-quant/core-linalg";
import type { Profile } from "./profile.ts";
import { derivatives } from "./search.ts";

/** Standard errors from the curvature of the likelihood at its summit; NaN where there is none. */
export interface FitStandardErrors {
  readonly delta: number;
  readonly observationVariance: number;
  readonly logDelta: number;
  readonly logObservationVariance: number;
}

/** Of (log step, log R) at a summit. */
export interface LogErrors {
  readonly logStep: number;
  readonly logObservationVariance: number;
}

export const NO_ERRORS: FitStandardErrors = {
  delta: Number.NaN,
  observationVariance: Number.NaN,
  logDelta: Number.NaN,
  logObservationVariance: Number.NaN,
};

/**
 * By the observed information in (ρ, ψ) = (log R, log q):
 * ℓ = −(m/2) ρ − ½ squares(ψ) e^−ρ + rest(ψ), whose second derivatives are −m/2, squares′ ÷ 2R and rest″ − squares″ ÷ 2R.
 * With log step = ρ + ψ.
 */
export function observedErrors(profile: Profile, logRatio: number, size: number, R: number): LogErrors {
  const at = (psi: number) => profile.at(exp(psi) / size);
  const [squares1, squares2] = derivatives((psi) => at(psi).squares, logRatio);
  const [, rest2] = derivatives((psi) => at(psi).rest, logRatio);
  // J = [a b; b c]
  const a = profile.innovations / 2;
  const b = -squares1 / (2 * R);
  const c = squares2 / (2 * R) - rest2;
  const determinant = a * c - b * b;
  const isSummit = determinant > 0 && c > 0;
  return {
    logStep: isSummit ? Math.sqrt((a + c - 2 * b) / determinant) : Number.NaN,
    logObservationVariance: isSummit ? Math.sqrt(c / determinant) : Number.NaN,
  };
}
