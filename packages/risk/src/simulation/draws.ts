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

/** Scrambled sequences one after the other; a path's coordinates are its days' chi-squares, then its normals. */
class SobolDraws implements Draws {
  readonly #plan: Plan;
  readonly #points: number;
  readonly #dimensions: number;
  #path: number;
  #sequence: SobolSequence | undefined;

  constructor(plan: Plan, firstPath: number) {
    this.#plan = plan;
    this.#points = plan.scenarios / plan.replicates;
    const chiSquares = degreesOf(plan) === undefined ? 0 : 1;
    this.#dimensions = plan.days * (plan.loadings.length + chiSquares);
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
    const d = this.#dimensions;
    const { data } = sequence.fill(new Matrix(count, d));
    const { days } = this.#plan;
    const leading = nu === undefined ? 0 : days;
    const width = d - leading;
    for (let p = 0; p < count; p++) {
      for (let t = 0; t < leading; t++) {
        chiSquares[(first + p) * days + t] = chiSquareQuantile(data[p * d + t]! + HALF_CELL, nu!);
      }
      for (let k = 0; k < width; k++) {
        normals[(first + p) * width + k] = normalQuantile(data[p * d + leading + k]! + HALF_CELL);
      }
    }
  }
}

/** The draws of a plan from path `firstPath` on; antithetic pairs count as one path. */
export function drawsFrom(plan: Plan, firstPath: number): Draws {
  return plan.sampling === "sobol" ? new SobolDraws(plan, firstPath) : new RandomDraws(plan, firstPath);
}
