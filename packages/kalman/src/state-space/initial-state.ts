import { type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFiniteVector,
  requireKnownOptions,
  requireOneOf,
  requireSymmetricMatrix,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "./semidefinite.ts";

/** What is believed about the first bar's state before its observation. */
export interface StatePrior {
  readonly mean: VectorLike;
  /** n × n, positive semidefinite. */
  readonly covariance: MatrixLike;
  /**
   * True for each state of which nothing is known; its mean, variance and covariances must then be 0.
   * @defaultValue false for all
   */
  readonly diffuse?: readonly boolean[];
}

/** The prior after validation; `diffuse` holds 1 for each state of which nothing is known, else 0. */
export interface InitialState {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly diffuse: Float64Array;
}

export function requireInitialState(initial: "diffuse" | StatePrior, states: number): InitialState {
  if (typeof initial === "string") requireOneOf("initial", initial, ["diffuse"]);
  if (initial === "diffuse") {
    return {
      mean: new Float64Array(states),
      covariance: new Float64Array(states * states),
      diffuse: new Float64Array(states).fill(1),
    };
  }
  if (typeof initial !== "object" || initial === null) {
    throw new QuantError(
      "option",
      `initial must be 'diffuse' or { mean, covariance }, got ${show(initial)}`,
      {
        argument: "initial",
      },
    );
  }
  requireKnownOptions(initial, ["mean", "covariance", "diffuse"], "initial");
  const mean = requireFiniteVector("initial.mean", initial.mean, states).slice();
  const covariance = requireSymmetricMatrix("initial.covariance", initial.covariance, states).data.slice();
  requireSemidefinite("initial.covariance", covariance, states);
  const flags = initial.diffuse ?? new Array<boolean>(states).fill(false);
  if (!Array.isArray(flags) || flags.length !== states || flags.some((flag) => typeof flag !== "boolean")) {
    throw new QuantError(
      "shape",
      `initial.diffuse must have ${states} entries, true or false, got ${show(flags)}`,
      {
        argument: "initial.diffuse",
      },
    );
  }
  const diffuse = Float64Array.from(flags, (flag) => (flag ? 1 : 0));
  for (let i = 0; i < states; i++) {
    if (diffuse[i] === 0 || (mean[i] === 0 && covariance[i * states + i] === 0)) continue;
    throw new QuantError("data", `initial must have mean and variance 0 where it is diffuse, at ${i}`, {
      argument: "initial",
      index: i,
    });
  }
  return { mean, covariance, diffuse };
}
