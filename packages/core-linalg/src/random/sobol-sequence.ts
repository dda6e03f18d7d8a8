import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { outputVector } from "../guards/vectors.ts";
import { coordinateOf, fillSobol, type SobolPlace } from "../kernels/sobol.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { toMatrix } from "../matrix/to-matrix.ts";
import { normalQuantile } from "../special/normal.ts";
import { scrambleDirections } from "./linear-scramble.ts";
import { keysFromSeed } from "./seed.ts";
import { DIGITS, directionNumbers } from "./sobol-direction-numbers.ts";
import { SOBOL_DIMENSIONS } from "./sobol-directions.ts";
import { squares64 } from "./squares.ts";
import type { Word } from "./word.ts";

/** How the points of a Sobol sequence are randomised. */
export type SobolScramble = "none" | "digital-shift" | "linear" | "owen";

export interface SobolOptions {
  /**
   * - `none`: the sequence itself; its first point is the origin
   * - `digital-shift`: the binary digits of a dimension are all flipped alike, at random
   * - `linear`: Matoušek's random linear scrambling, then a shift [HongHickernell2003]: each digit is flipped depending
   *   linearly on the digits above it, what scipy's `scramble` does; points cost no more than unscrambled ones
   * - `owen`: nested uniform scrambling: each digit is flipped depending in any way on the digits above it, many times
   *   the work of the others
   *
   * Either way a point is uniform on the unit cube and the points together remain as even as they were, so an average
   * over them is unbiased, and several seeds show its error. `linear` and `owen` make averages of smooth functions more
   * exact, by much the same.
   *
   * @defaultValue "none"
   */
  readonly scramble?: SobolScramble;
  /** Any string or finite number; wanted by a scramble, and by nothing else. */
  readonly seed?: string | number;
}

/** Where a sequence stands, as plain JSON. */
export interface SobolState {
  readonly version: 1;
  readonly dimensions: number;
  readonly scramble: SobolScramble;
  readonly seed?: string | number;
  /** The number of the next point. */
  readonly index: number;
}

const SCRAMBLES: readonly SobolScramble[] = ["none", "digital-shift", "linear", "owen"];
const POINTS = 2 ** DIGITS;
/** From the lower edge of a coordinate's cell to its middle. */
const HALF_CELL = 2 ** -53;

function requireSeed(scramble: SobolScramble, seed: string | number | undefined): void {
  if ((scramble === "none") === (seed === undefined)) return;
  const rule = seed === undefined ? `scramble '${scramble}' needs a seed` : "a seed needs a scramble";
  throw new QuantError("option", `${rule}, got seed ${show(seed)}`, { scramble, seed });
}

/** 52 random digits for each dimension. */
function shiftDigits(dimensions: number, key: Word): Uint32Array {
  const halves = new Uint32Array(2 * dimensions);
  const word: Word = { high: 0, low: 0 };
  for (let d = 0; d < dimensions; d++) {
    squares64({ high: 0, low: d }, key, word);
    halves[2 * d] = word.low;
    halves[2 * d + 1] = word.high >>> 12;
  }
  return halves;
}

/**
 * Sobol's quasi-random sequence with the direction numbers of Joe and Kuo [JoeKuo2008], up to 1,111 dimensions: points of
 * the unit cube that fill it more evenly than random ones, so that averages over n of them have errors near 1 ÷ n rather
 * than 1 ÷ √n. Coordinates have 52 binary digits and lie in [0, 1); points come in Gray-code order and any of the 2⁵² can
 * be had directly.
 *
 * Take 2^m points from the beginning (or any aligned block of 2^m): only these are balanced, and leaving the first one
 * out unbalances them. The origin, point 0, is an extreme under an unbounded quantile function: scramble before using
 * {@link fillNormal}.
 */
export class SobolSequence {
  readonly dimensions: number;
  readonly scramble: SobolScramble;
  readonly #seed: string | number | undefined;
  readonly #directions: Uint32Array;
  readonly #origin: Uint32Array;
  readonly #digits: Uint32Array;
  readonly #owenKey: Word | undefined;
  #index = 0;

  /**
   * @throws QuantError "range" for dimensions that are no integer in [1, 1111], "option" for a scramble that does not
   *   exist or has no seed, or a seed without scramble.
   */
  constructor(dimensions: number, options: SobolOptions = {}) {
    requireKnownOptions(options, ["scramble", "seed"]);
    const { scramble = "none", seed } = options;
    this.dimensions = requireInteger("dimensions", dimensions, 1, SOBOL_DIMENSIONS);
    this.scramble = requireOneOf("scramble", scramble, SCRAMBLES);
    requireSeed(scramble, seed);
    this.#seed = seed;
    const key = seed === undefined ? undefined : keysFromSeed(seed).main;
    this.#directions = directionNumbers(dimensions);
    this.#owenKey = scramble === "owen" ? key : undefined;
    if (scramble === "linear") scrambleDirections(this.#directions, dimensions, key!);
    const shifted = scramble === "linear" || scramble === "digital-shift";
    this.#origin = shifted ? shiftDigits(dimensions, key!) : new Uint32Array(2 * dimensions);
    this.#digits = this.#origin.slice();
  }

  /** The number of the next point. */
  get index(): number {
    return this.#index;
  }

  /** The next point: `dimensions` coordinates in [0, 1). */
  next(out?: Float64Array): Float64Array {
    const point = outputVector(out, this.dimensions);
    this.#fill(point, 1);
    return point;
  }

  /** Point number `index`, counted from 0; the sequence stays where it is. */
  at(index: number, out?: Float64Array): Float64Array {
    requireInteger("index", index, 0, POINTS - 1);
    const point = outputVector(out, this.dimensions);
    const place = this.#place(index, this.#digitsAt(index));
    for (let d = 0; d < this.dimensions; d++) point[d] = coordinateOf(place, d);
    return point;
  }

  /** Leaves out the next `count` points. */
  skip(count: number): this {
    requireInteger("count", count, 0, POINTS - this.#index);
    this.#index += count;
    this.#digits.set(this.#digitsAt(this.#index));
    return this;
  }

  /** Fills and returns `out`, count×dimensions, with the next points, one a row. */
  fill(out: Matrix): Matrix {
    const points = this.#requireTable(out);
    this.#fill(points.data, points.rows);
    return out;
  }

  /**
   * As {@link fill}, with standard normals: the quantile of each coordinate's middle of its cell, so that 0 (and the
   * origin of an unscrambled sequence) is −8.2 and never −∞.
   */
  fillNormal(out: Matrix): Matrix {
    const { data } = this.fill(out);
    for (let k = 0; k < data.length; k++) data[k] = normalQuantile(data[k]! + HALF_CELL);
    return out;
  }

  /** A snapshot to go on from with {@link SobolSequence.from}. */
  get state(): SobolState {
    return {
      version: 1,
      dimensions: this.dimensions,
      scramble: this.scramble,
      ...(this.#seed === undefined ? {} : { seed: this.#seed }),
      index: this.#index,
    };
  }

  /**
   * The sequence that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: SobolState): SobolSequence {
    if (typeof state !== "object" || state === null || state.version !== 1) {
      throw new QuantError("data", `state must be a sequence's state of version 1, got ${show(state)}`, {
        state,
      });
    }
    requireInteger("state.dimensions", state.dimensions, 1, SOBOL_DIMENSIONS);
    const scramble = requireOneOf("state.scramble", state.scramble, SCRAMBLES);
    const index = requireInteger("state.index", state.index, 0, POINTS);
    const options = state.seed === undefined ? { scramble } : { scramble, seed: state.seed };
    return new SobolSequence(state.dimensions, options).skip(index);
  }

  #place(index: number, digits: Uint32Array): SobolPlace {
    return {
      dimensions: this.dimensions,
      index,
      digits,
      directions: this.#directions,
      owenKey: this.#owenKey,
    };
  }

  /** The digits of a point: the direction numbers of the ones in its Gray code, added without carry. */
  #digitsAt(index: number): Uint32Array {
    const digits = this.#origin.slice();
    let rest = index;
    for (let k = 0; rest > 0; k++) {
      const half = Math.floor(rest / 2);
      if ((rest - 2 * half + half) % 2 === 1) {
        const row = 2 * this.dimensions * k;
        for (let i = 0; i < digits.length; i++) digits[i]! ^= this.#directions[row + i]!;
      }
      rest = half;
    }
    return digits;
  }

  #requireTable(out: Matrix): Matrix {
    const matrix = toMatrix(out, "out");
    if (matrix.columns === this.dimensions && matrix.data === out.data) return matrix;
    throw new QuantError(
      "shape",
      `out must be a Matrix of ${this.dimensions} columns, got ${matrix.rows}×${matrix.columns}`,
      { argument: "out", columns: matrix.columns },
    );
  }

  #fill(out: Float64Array, count: number): void {
    if (this.#index + count > POINTS) {
      throw new QuantError("range", "a Sobol sequence has 2^52 points", { index: this.#index, count });
    }
    fillSobol(this.#place(this.#index, this.#digits), out);
    this.#index += count;
  }
}
