import { log, Matrix } from "@astra-quant/core-linalg";
import { regressionPanel } from "../kernels/regression-panel.ts";
import { MultipleRegressionFilter } from "../regression/multiple-regression-filter.ts";
import { type Settings, settingsOf } from "../regression/options.ts";
import { RegressionFilter } from "../regression/regression-filter.ts";

/** The likelihood at one ratio q of the step's variance to R, the best R found on paper. */
export interface ProfilePoint {
  /** Σ v² ÷ F, the variances F being those for R = 1. */
  readonly squares: number;
  /** The log-likelihood for R = 1 without its squares: −½ Σ (log 2π + log F), diffuse terms included. */
  readonly rest: number;
  /** squares ÷ m. */
  readonly observationVariance: number;
  readonly logLikelihood: number;
}

/** The diffuse log-likelihood of a regression as a function of q alone. */
export class Profile {
  /** m: the innovations that a fit goes by, bars observed less the coefficients that they determine. */
  readonly innovations: number;
  readonly #X: Matrix;
  readonly #y: Float64Array;
  readonly #zeros: Float64Array;
  readonly #options: Pick<Settings, "intercept" | "drift">;
  /** X and (y, 0) for the two lanes of the panel, where there is one regressor and an intercept. */
  readonly #lanes: { readonly x: Matrix; readonly y: Matrix } | undefined;

  constructor(X: Matrix, y: Float64Array, options: Pick<Settings, "intercept" | "drift">) {
    this.#X = X;
    this.#y = y;
    this.#zeros = y.map((value) => 0 * value);
    this.#options = options;
    if (X.columns === 1 && options.intercept && options.drift !== "scaled") {
      const pair = (a: Float64Array, b: Float64Array) =>
        new Matrix(
          y.length,
          2,
          new Float64Array(2 * y.length).map((_, k) => (k % 2 === 0 ? a : b)[k >> 1]!),
        );
      this.#lanes = { x: pair(X.data, X.data), y: pair(y, this.#zeros) };
    }
    this.innovations = this.#count();
  }

  #settings(step: number): Settings {
    const { intercept, drift } = this.#options;
    const law = drift === "scaled" ? drift : "equal";
    return settingsOf({ intercept, drift: law, delta: step, observationVariance: 1 }, this.#X.columns);
  }

  #count(): number {
    const filter = new MultipleRegressionFilter(this.#settings(0));
    const { columns } = this.#X;
    this.#y.forEach((y, t) => {
      filter.advance(this.#X.data, t * columns, y);
    });
    return filter.determined ? filter.observations - columns - (this.#options.intercept ? 1 : 0) : 0;
  }

  /** The innovations are linear in y: a y of zeros has the same variances, and no squares. */
  #logLikelihoods(q: number): readonly [number, number] {
    const settings = this.#settings(q);
    if (this.#lanes !== undefined) {
      const empty = () => new Matrix(this.#y.length, 2);
      const out = {
        intercept: empty(),
        slope: empty(),
        innovation: empty(),
        innovationStd: empty(),
        zScore: empty(),
      };
      const filters = () => [new RegressionFilter(settings), new RegressionFilter(settings)];
      const [own, zeros] = regressionPanel({ ...this.#lanes, nameOf: (name) => name }, filters, out);
      return [own!.logLikelihood, zeros!.logLikelihood];
    }
    const run = (y: Float64Array) => {
      const filter = new MultipleRegressionFilter(settings);
      for (let t = 0; t < y.length; t++) filter.advance(this.#X.data, t * this.#X.columns, y[t]!);
      return filter.logLikelihood;
    };
    return [run(this.#y), run(this.#zeros)];
  }

  // ℓ(R, q) = −(m/2) log R − squares(q) ÷ 2R + rest(q), largest at R = squares ÷ m
  at(q: number): ProfilePoint {
    const [own, rest] = this.#logLikelihoods(q);
    const m = this.innovations;
    const squares = 2 * (rest - own);
    const observationVariance = squares / m;
    return {
      squares,
      rest,
      observationVariance,
      logLikelihood: rest - (m / 2) * (log(observationVariance) + 1),
    };
  }
}
