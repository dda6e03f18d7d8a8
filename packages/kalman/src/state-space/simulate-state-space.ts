import { createRandom, Matrix, type Random } from "@astra-quant/core-linalg";
import { QuantError, requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireInitialState, type StatePrior } from "./initial-state.ts";
import { ModelReader, type StateSpaceModel } from "./model.ts";
import { rootOf } from "./square-root-covariance.ts";

export interface SimulateStateSpaceOptions {
  /** How many bars. */
  readonly bars: number;
  /** Any string or number; the same seed gives the same bits. */
  readonly seed: string | number;
  /**
   * The law of the first bar's state.
   * @defaultValue a certain 0
   */
  readonly initial?: Omit<StatePrior, "diffuse">;
}

export interface SimulatedStateSpace {
  /** bars × n. */
  readonly states: Matrix;
  /** bars × p. */
  readonly observations: Matrix;
}

/** A draw of size n with covariance A, added to `target`. */
function addNoise(random: Random, A: Float64Array, target: Float64Array): void {
  const n = target.length;
  const root = rootOf(A, n);
  const z = random.fillNormal(new Float64Array(n));
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) target[i]! += root[i * n + j]! * z[j]!;
}

/** offset + A x. */
function affine(A: Float64Array, x: Float64Array, offset: Float64Array): Float64Array {
  const n = x.length;
  return offset.map((value, i) => {
    let sum = value;
    for (let j = 0; j < n; j++) sum += A[i * n + j]! * x[j]!;
    return sum;
  });
}

/**
 * States and observations drawn from the model: what a filter of it would see.
 *
 * @throws QuantError as `KalmanFilter` does, "range" for a count that is no integer ≥ 0, "option" for a diffuse start,
 *   which has no law to draw from.
 */
export function simulateStateSpace(
  model: StateSpaceModel,
  options: SimulateStateSpaceOptions,
): SimulatedStateSpace {
  requireKnownOptions(options, ["bars", "seed", "initial"]);
  const reader = new ModelReader(model);
  const { states: n, observations: p } = reader;
  const { initial = { mean: new Float64Array(n), covariance: Matrix.zeros(n, n) } } = options;
  const { mean, covariance, diffuse } = requireInitialState(initial as StatePrior, n);
  if (diffuse.some((flag) => flag === 1)) {
    throw new QuantError("option", "initial must not be diffuse, which has no law to draw from", {
      argument: "initial",
    });
  }
  const bars = requireInteger("bars", options.bars, 0);
  const random = createRandom(options.seed);
  const states = new Matrix(bars, n);
  const observations = new Matrix(bars, p);
  let state: Float64Array = mean.slice();
  addNoise(random, covariance, state);
  for (let t = 0; t < bars; t++) {
    const { Z, H, T, Q, c, d } = reader.at(t);
    states.data.set(state, t * n);
    const seen = affine(Z, state, d);
    addNoise(random, H, seen);
    observations.data.set(seen, t * p);
    state = affine(T, state, c);
    addNoise(random, Q, state);
  }
  return { states, observations };
}
