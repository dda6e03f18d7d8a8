import {
  chiSquareQuantile,
  createRandom,
  Matrix,
  normalQuantile,
  type Random,
  SobolSequence,
} from "@astra-quant/core-linalg";
import type { NormalSource } from "./monte-carlo-options.ts";
import type { Plan } from "./plan.ts";

/** The independent shocks of some consecutive paths. */
export interface Shocks {
  /** paths·days × n. */
  readonly normals: Float64Array;
  /** One a day, where the law asks for them. */
  readonly chiSquares: Float64Array;
}

/** Gives the shocks of one stretch of paths after the other. */
export interface Draws {
  next(shocks: Shocks): void;
}

/** Degrees of freedom of the law's chi-squares; undefined where it has none. */
export function degreesOf({ law }: Plan): number | undefined {
  return law.name === "normal" ? undefined : law.nu;
}

/** Normals of one stream and chi-squares of another, so that each path's place in them is its number. */
class RandomDraws implements Draws {
  readonly #normals: NormalSource;
  readonly #chiSquares: Random | undefined;
  readonly #nu: number | undefined;

  constructor(plan: Plan, firstPath: number) {
    this.#nu = degreesOf(plan);
    if (plan.random !== undefined) {
      this.#normals = plan.random;
      return;
    }
    const random = createRandom(plan.seed!);
    const firstDay = firstPath * plan.days;
    if (this.#nu !== undefined) this.#chiSquares = random.fork("chi-square").skip(firstDay);
    this.#normals = random.skip(firstDay * plan.loadings.length);
  }

  next({ normals, chiSquares }: Shocks): void {
    this.#normals.fillNormal(normals);
    if (this.#nu !== undefined) this.#chiSquares!.fillChiSquare(chiSquares, this.#nu);
  }
}

/** From the lower edge of a Sobol coordinate's cell to its middle. */
const HALF_CELL = 2 ** -53;

/**
 * The reflection that turns a point's first normal into the direction in which a path gains and loses most: the sum of
 * its days along the loadings. A Sobol sequence is most even in its first coordinate, which then decides most of a path.
 */
class Reflection {
  readonly #v: Float64Array;
  readonly #half: number;

  constructor({ days, loadings, volatility }: Plan) {
    const length = volatility * Math.sqrt(days);
    this.#v = Float64Array.from({ length: days * loadings.length }, (_, k) =>
      length === 0 ? 0 : -loadings[k % loadings.length]! / length,
    );
    if (length !== 0) this.#v[0]! += 1;
    this.#half = this.#v.reduce((sum, x) => sum + x * x, 0) / 2;
  }

  /** y − 2 v (v·y) ÷ (v·v), in place. */
  apply(y: Float64Array): void {
    if (this.#half === 0) return;
    let along = 0;
    for (let k = 0; k < y.length; k++) along += this.#v[k]! * y[k]!;
    along /= this.#half;
    for (let k = 0; k < y.length; k++) y[k]! -= along * this.#v[k]!;
  }
}

/** Scrambled sequences one after the other; a path's coordinates are its normals, then its days' chi-squares. */
class SobolDraws implements Draws {
  readonly #plan: Plan;
  readonly #points: number;
  readonly #dimensions: number;
  readonly #reflection: Reflection;
  #path: number;
  #sequence: SobolSequence | undefined;

  constructor(plan: Plan, firstPath: number) {
    this.#plan = plan;
    this.#points = plan.scenarios / plan.replicates;
    const chiSquares = degreesOf(plan) === undefined ? 0 : 1;
    this.#dimensions = plan.days * (plan.loadings.length + chiSquares);
    this.#reflection = new Reflection(plan);
    this.#path = firstPath;
  }

  next(shocks: Shocks): void {
    const perPath = this.#plan.days * this.#plan.loadings.length;
    const paths = shocks.normals.length / perPath;
    for (let done = 0; done < paths; ) {
      const place = this.#path % this.#points;
      if (place === 0 || this.#sequence === undefined) this.#sequence = this.#open(place);
      const count = Math.min(paths - done, this.#points - place);
      this.#fill(this.#sequence, shocks, done, count);
      done += count;
      this.#path += count;
    }
  }

  #open(place: number): SobolSequence {
    const { seed } = this.#plan;
    const replicate = Math.floor(this.#path / this.#points);
    const own = `${typeof seed} ${seed} replicate ${replicate}`;
    return new SobolSequence(this.#dimensions, { scramble: "linear", seed: own }).skip(place);
  }

  #fill(sequence: SobolSequence, { normals, chiSquares }: Shocks, first: number, count: number): void {
    const nu = degreesOf(this.#plan);
    const { days, loadings } = this.#plan;
    const d = this.#dimensions;
    const width = days * loadings.length;
    const { data } = sequence.fill(new Matrix(count, d));
    for (let p = 0; p < count; p++) {
      const place = (first + p) * width;
      for (let k = 0; k < width; k++) normals[place + k] = normalQuantile(data[p * d + k]! + HALF_CELL);
      this.#reflection.apply(normals.subarray(place, place + width));
      if (nu === undefined) continue;
      for (let t = 0; t < days; t++) {
        chiSquares[(first + p) * days + t] = chiSquareQuantile(data[p * d + width + t]! + HALF_CELL, nu);
      }
    }
  }
}

/** The draws of a plan from path `firstPath` on; antithetic pairs count as one path. */
export function drawsFrom(plan: Plan, firstPath: number): Draws {
  return plan.sampling === "sobol" ? new SobolDraws(plan, firstPath) : new RandomDraws(plan, firstPath);
}
