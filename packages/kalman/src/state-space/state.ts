import {
  QuantError,
  requireFinite,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  show,
} from "@astra-quant/core-linalg/guards";
import { COVARIANCE_FORMS, type CovarianceForm } from "./state-covariance.ts";
import { requireCarriedCovariance, requireUnknownDirections } from "./state-guards.ts";

/** The filter before its next bar, as plain JSON; the model itself is no part of it. */
export interface KalmanFilterState {
  readonly version: 1;
  readonly form: CovarianceForm;
  /** The index of the next bar. */
  readonly bar: number;
  /** Of the next bar's state, n entries. */
  readonly mean: readonly number[];
  /** Its covariance, or a root of it in the square-root form; n × n, row-major. */
  readonly covariance: readonly number[];
  /** The directions of which nothing is known yet, n rows, row-major; empty once everything is determined. */
  readonly unknown: readonly number[];
  readonly observations: number;
  readonly missing: number;
  readonly logLikelihood: number;
}

const FIELDS = [
  "version",
  "form",
  "bar",
  "mean",
  "covariance",
  "unknown",
  "observations",
  "missing",
  "logLikelihood",
];

/** The state of a filter of so many states, if it is one that this version wrote. */
export function requireFilterState(state: unknown, states: number, name = "state"): KalmanFilterState {
  if (typeof state !== "object" || state === null) {
    throw new QuantError("data", `${name} must be an object, got ${show(state)}`, { argument: name });
  }
  const given = state as KalmanFilterState;
  if (given.version !== 1) {
    throw new QuantError("data", `${name}.version must be 1, got ${show(given.version)}`, {
      argument: `${name}.version`,
    });
  }
  requireKnownOptions(given, FIELDS);
  const form = requireOneOf(`${name}.form`, given.form, COVARIANCE_FORMS);
  const covariance =
    form === "joseph"
      ? requireCarriedCovariance(`${name}.covariance`, given.covariance, states)
      : requireFiniteVector(`${name}.covariance`, given.covariance, states * states);
  return {
    version: 1,
    form,
    bar: requireInteger(`${name}.bar`, given.bar, 0),
    mean: Array.from(requireFiniteVector(`${name}.mean`, given.mean, states)),
    covariance: Array.from(covariance),
    unknown: Array.from(requireUnknownDirections(`${name}.unknown`, given.unknown, states)),
    observations: requireInteger(`${name}.observations`, given.observations, 0),
    missing: requireInteger(`${name}.missing`, given.missing, 0),
    logLikelihood: requireFinite(`${name}.logLikelihood`, given.logLikelihood),
  };
}
