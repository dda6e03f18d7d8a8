import { log } from "@astra-quant/core-linalg";
import { requireNumber, requireStateRecord } from "@astra-quant/core-linalg/guards";
import { fillEmissions } from "./emissions.ts";
import { type GaussianHmm, requireDistribution, requireHmm } from "./gaussian-hmm.ts";

/** Where a {@link RegimeFilter} stands, as plain JSON. */
export interface RegimeFilterState {
  readonly version: 1;
  readonly model: GaussianHmm;
  /** Probability of each state now; null before the first row. */
  readonly probabilities: readonly number[] | null;
}

/**
 * The probability of each hidden state given everything up to now, row by row: what was expected, Σ_i p_i a_ij, times the
 * density of the observation, scaled to 1.
 *
 * @throws QuantError "shape", "range" or "not-finite" for a model whose parts do not fit.
 */
export class RegimeFilter {
  readonly #model: GaussianHmm;
  readonly #density: Float64Array;
  #probabilities: Float64Array | undefined;
  #logDensity: number = Number.NaN;

  constructor(model: GaussianHmm) {
    this.#model = requireHmm("model", model);
    this.#density = new Float64Array(model.means.length);
  }

  /** The logarithm of the density of the last observation given those before it; 0 for a missing one. */
  get logDensity(): number {
    return this.#logDensity;
  }

  /**
   * Takes one observation and answers the probability of each state, a new array. NaN is a missing observation, and so is
   * one so far from every state that no double holds its density.
   *
   * @throws QuantError "data" for what is no number.
   */
  push(x: number): Float64Array {
    requireNumber("x", x);
    const p = this.#expected();
    const largest = fillEmissions(x, this.#model, p, this.#density);
    let sum = 0;
    for (let k = 0; k < p.length; k++) {
      p[k]! *= this.#density[k]!;
      sum += p[k]!;
    }
    for (let k = 0; k < p.length; k++) p[k]! /= sum;
    this.#logDensity = largest + log(sum);
    this.#probabilities = p;
    return p.slice();
  }

  /** Probabilities of the states in the next row, before it is seen. */
  #expected(): Float64Array {
    const { initial, transition } = this.#model;
    const now = this.#probabilities;
    if (now === undefined) return Float64Array.from(initial);
    return Float64Array.from(initial, (_, j) => {
      let sum = 0;
      for (let i = 0; i < now.length; i++) sum += now[i]! * transition[i]![j]!;
      return sum;
    });
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): RegimeFilterState {
    const probabilities = this.#probabilities === undefined ? null : Array.from(this.#probabilities);
    return { version: 1, model: this.#model, probabilities };
  }

  /**
   * The filter that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RegimeFilterState): RegimeFilter {
    const { model, probabilities } = requireStateRecord(state, ["model", "probabilities"]);
    const filter = new RegimeFilter(requireHmm("state.model", model as GaussianHmm));
    if (probabilities === null) return filter;
    const states = filter.#density.length;
    filter.#probabilities = requireDistribution("state.probabilities", probabilities, states).slice();
    return filter;
  }
}
