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
  /** One regressor and an intercept: a panel of one pair. */
  readonly #isLine: boolean;

  constructor(X: Matrix, y: Float64Array, options: Pick<Settings, "intercept" | "drift">) {
    this.#X = X;
    this.#y = y;
    this.#zeros = y.map((value) => 0 * value);
    this.#options = options;
    this.#isLine = X.columns === 1 && options.intercept && options.drift !== "scaled";
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

  /** The log-likelihood's squares and what remains of it without them. */
  #parts(q: number): Pick<ProfilePoint, "squares" | "rest"> {
    const settings = this.#settings(q);
    if (this.#isLine) {
      const y = new Matrix(this.#y.length, 1, this.#y);
      const empty = () => new Matrix(y.rows, 1);
      const out = {
        intercept: empty(),
        slope: empty(),
        innovation: empty(),
        innovationStd: empty(),
        zScore: empty(),
      };
      const prices = { x: this.#X, y, nameOf: (name: string) => name };
      const [filter] = regressionPanel(prices, () => [new RegressionFilter(settings)], out);
      const { squares, logLikelihood } = filter!;
      return { squares, rest: logLikelihood + 0.5 * squares };
    }
    const run = (y: Float64Array) => {
      const filter = new MultipleRegressionFilter(settings);
      for (let t = 0; t < y.length; t++) filter.advance(this.#X.data, t * this.#X.columns, y[t]!);
      return filter.logLikelihood;
    };
    // The innovations are linear in y: a y of zeros has the same variances, and no squares.
    const rest = run(this.#zeros);
    return { squares: 2 * (rest - run(this.#y)), rest };
  }

  // ℓ(R, q) = −(m/2) log R − squares(q) ÷ 2R + rest(q), largest at R = squares ÷ m
  at(q: number): ProfilePoint {
    const { squares, rest } = this.#parts(q);
    const m = this.innovations;
    const observationVariance = squares / m;
    return {
      squares,
      rest,
      observationVariance,
      logLikelihood: rest - (m / 2) * (log(observationVariance) + 1),
    };
  }
}
