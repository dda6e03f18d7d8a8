import type { Matrix } from "@astra-quant/core-linalg";
import type { ScenarioPairs, ScenarioResiduals } from "./scenario-pairs.ts";
import { timesVector, transposeTimesVector, weightedGram } from "./scenario-table.ts";

/** What u dz + z du and v dy + y dv are to be. */
export interface PairTargets {
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/**
 * The scenarios' part of a Newton step, eliminated by hand. With D = 1 ÷ (u/z + v/y)
 *
 *     dy = D (e − X dx),   e = target_v/y − (target_u − u · missing cap)/z − missing slack
 *
 * so that they add X'DX to what curves the variables x, and X'De to what pulls at them.
 */
export class ScenarioStep {
  readonly #table: Matrix;
  readonly #pairs: ScenarioPairs;
  readonly #residuals: ScenarioResiduals;
  readonly #D: Float64Array;

  constructor(table: Matrix, pairs: ScenarioPairs, residuals: ScenarioResiduals) {
    this.#table = table;
    this.#pairs = pairs;
    this.#residuals = residuals;
    const { u, z, v, y } = pairs;
    this.#D = u.map((slack, s) => 1 / (slack / z[s]! + v[s]! / y[s]!));
  }

  /** X'DX. */
  curvature(): Matrix {
    return weightedGram(this.#table, this.#D);
  }

  /** De, and X'De. */
  load(targets: PairTargets): { readonly De: Float64Array; readonly pull: Float64Array } {
    const { u, z, y } = this.#pairs;
    const { cap, slack } = this.#residuals;
    const De = this.#D.map((weight, s) => {
      const e = targets.v[s]! / y[s]! - (targets.u[s]! - u[s]! * cap[s]!) / z[s]! - slack[s]!;
      return weight * e;
    });
    return { De, pull: transposeTimesVector(this.#table, De) };
  }

  /** The direction of the pairs, where the variables move by dx. */
  direction(targets: PairTargets, De: Float64Array, dx: Float64Array): ScenarioPairs {
    const { u, z } = this.#pairs;
    const { cap, slack } = this.#residuals;
    const dq = timesVector(this.#table, dx);
    const dy = De.map((load, s) => load - this.#D[s]! * dq[s]!);
    const dz = cap.map((missing, s) => missing - dy[s]!);
    const du = dz.map((change, s) => (targets.u[s]! - u[s]! * change) / z[s]!);
    const dv = du.map((change, s) => change + dq[s]! + slack[s]!);
    return { u: du, z: dz, v: dv, y: dy };
  }
}
