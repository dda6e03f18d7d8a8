import { JosephCovariance } from "./joseph-covariance.ts";
import { SquareRootCovariance } from "./square-root-covariance.ts";

/** How the finite part of the state's covariance is carried. */
export type CovarianceForm = "joseph" | "square-root";

export const COVARIANCE_FORMS: readonly CovarianceForm[] = ["joseph", "square-root"];

/** The finite part P of the state's covariance, n × n. */
export interface StateCovariance {
  readonly form: CovarianceForm;
  /** Writes P z into `cross` and gives zᵀ P z. */
  project(z: Float64Array, cross: Float64Array): number;
  /** Takes in an observation z α + noise whose `cross` = P z and variance F = zᵀ P z + noise have been found. */
  update(z: Float64Array, noise: number, cross: Float64Array, variance: number): void;
  /** P ← (I − K zᵀ) P (I − K zᵀ)ᵀ + K noise Kᵀ for a gain that is not P's own: that of a diffuse direction. */
  replace(z: Float64Array, noise: number, gain: Float64Array): void;
  /** P ← T P Tᵀ + Q. */
  predict(T: Float64Array, Q: Float64Array): void;
  /** P, row-major: a copy. */
  dense(): Float64Array;
  /** What the form carries, row-major, as a state keeps it. */
  readonly data: Float64Array;
}

export function covarianceOfForm(form: CovarianceForm, P: Float64Array, n: number): StateCovariance {
  return form === "joseph" ? new JosephCovariance(P.slice(), n) : SquareRootCovariance.of(P, n);
}
