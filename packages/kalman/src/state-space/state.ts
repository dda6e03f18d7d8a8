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
export function requireFilterState(state: unknown, states: number): KalmanFilterState {
  if (typeof state !== "object" || state === null) {
    throw new QuantError("data", `state must be an object, got ${show(state)}`, { argument: "state" });
  }
  const given = state as KalmanFilterState;
  if (given.version !== 1) {
    throw new QuantError("data", `state.version must be 1, got ${show(given.version)}`, {
      argument: "state.version",
    });
  }
  requireKnownOptions(given, FIELDS);
  const unknown = requireFiniteVector("state.unknown", given.unknown);
  if (unknown.length % states !== 0 || unknown.length > states * states) {
    throw new QuantError(
      "data",
      `state.unknown must have ${states} rows of equal length, got ${unknown.length} entries`,
      {
        argument: "state.unknown",
      },
    );
  }
  const form = requireOneOf("state.form", given.form, COVARIANCE_FORMS);
  const covariance = requireFiniteVector("state.covariance", given.covariance, states * states);
  for (let i = 0; form === "joseph" && i < states; i++) {
    const variance = covariance[i * states + i]!;
    if (variance >= 0) continue;
    throw new QuantError(
      "data",
      `state.covariance must have no negative variance, got ${variance} for state ${i}`,
      {
        argument: "state.covariance",
      },
    );
  }
  return {
    version: 1,
    form,
    bar: requireInteger("state.bar", given.bar, 0),
    mean: Array.from(requireFiniteVector("state.mean", given.mean, states)),
    covariance: Array.from(covariance),
    unknown: Array.from(unknown),
    observations: requireInteger("state.observations", given.observations, 0),
    missing: requireInteger("state.missing", given.missing, 0),
    logLikelihood: requireFinite("state.logLikelihood", given.logLikelihood),
  };
}
