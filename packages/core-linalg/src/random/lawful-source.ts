import { requireInteger, requirePositive } from "../guards/numbers.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { MOST_INTEGERS } from "./integer.ts";
import { EXPONENTIAL, type Law, NORMAL, UNIFORM } from "./law.ts";
import type { IntegerArray, RandomSource } from "./random-source.ts";

function integerLaw(below: number, most: number): Law {
  return { name: "integer", below: requireInteger("below", below, 1, most) };
}

function gammaLaw(shape: number, scale: number): Law {
  return { name: "gamma", shape: requirePositive("shape", shape), scale: requirePositive("scale", scale) };
}

function chiSquareLaw(degreesOfFreedom: number): Law {
  return { name: "gamma", shape: 0.5 * requirePositive("degreesOfFreedom", degreesOfFreedom), scale: 2 };
}

function studentTLaw(degreesOfFreedom: number): Law {
  return { name: "studentT", degreesOfFreedom: requirePositive("degreesOfFreedom", degreesOfFreedom) };
}

function requireDoubles(out: Float64Array): Float64Array {
  if (out instanceof Float64Array) return out;
  throw new QuantError("shape", `out must be a Float64Array, got ${show(out)}`, { argument: "out" });
}

function mostIntegers(out: IntegerArray): number {
  if (out instanceof Int32Array) return 2 ** 31;
  if (out instanceof Float64Array || out instanceof Uint32Array) return MOST_INTEGERS;
  throw new QuantError(
    "shape",
    `out must be a Float64Array, an Int32Array or a Uint32Array, got ${show(out)}`,
    { argument: "out" },
  );
}

/** The methods of a source, all from two: one number of a law, and an array of them. */
export abstract class LawfulSource implements RandomSource {
  protected abstract draw(law: Law): number;
  protected abstract fill<Out extends IntegerArray>(law: Law, out: Out): Out;

  /** A number strictly between 0 and 1, on a grid of 2⁻⁵². */
  uniform(): number {
    return this.draw(UNIFORM);
  }

  /** A standard normal. */
  normal(): number {
    return this.draw(NORMAL);
  }

  /** An exponential of mean 1: −log of a uniform. */
  exponential(): number {
    return this.draw(EXPONENTIAL);
  }

  /**
   * An integer in [0, below), every one equally likely (Lemire's method) [Lemire2019].
   *
   * @throws QuantError "range" unless `below` is an integer in [1, 2³²].
   */
  integer(below: number): number {
    return this.draw(integerLaw(below, MOST_INTEGERS));
  }

  /**
   * A gamma of mean shape · scale and variance shape · scale² [MarsagliaTsang2000Gamma]. Of a shape below about 0.05
   * some draws are smaller than any double, and 0.
   *
   * @throws QuantError "range" or "not-finite" unless both are positive and finite.
   */
  gamma(shape: number, scale = 1): number {
    return this.draw(gammaLaw(shape, scale));
  }

  /**
   * A chi-square of mean ν and variance 2ν: a gamma of shape ν ÷ 2 and scale 2. ν need not be whole.
   *
   * @throws QuantError "range" or "not-finite" unless ν is positive and finite.
   */
  chiSquare(degreesOfFreedom: number): number {
    return this.draw(chiSquareLaw(degreesOfFreedom));
  }

  /**
   * Student's t of ν degrees of freedom: z √(ν ÷ w), z normal and w chi-square. Its variance is ν ÷ (ν − 2) for ν > 2,
   * infinite or undefined below. Of ν below about 0.1 some draws are beyond the doubles, and ±∞.
   *
   * @throws QuantError "range" or "not-finite" unless ν is positive and finite.
   */
  studentT(degreesOfFreedom: number): number {
    return this.draw(studentTLaw(degreesOfFreedom));
  }

  /** Fills and returns `out` with what as many calls of {@link uniform} would give. */
  fillUniform(out: Float64Array): Float64Array {
    return this.fill(UNIFORM, requireDoubles(out));
  }

  /** Fills and returns `out` with what as many calls of {@link normal} would give. */
  fillNormal(out: Float64Array): Float64Array {
    return this.fill(NORMAL, requireDoubles(out));
  }

  /** Fills and returns `out` with what as many calls of {@link exponential} would give. */
  fillExponential(out: Float64Array): Float64Array {
    return this.fill(EXPONENTIAL, requireDoubles(out));
  }

  /**
   * Fills and returns `out` with what as many calls of {@link integer} would give.
   *
   * @throws QuantError "range" also for integers that an Int32Array cannot hold.
   */
  fillInteger<Out extends IntegerArray>(out: Out, below: number): Out {
    return this.fill(integerLaw(below, mostIntegers(out)), out);
  }

  /** Fills and returns `out` with what as many calls of {@link gamma} would give. */
  fillGamma(out: Float64Array, shape: number, scale = 1): Float64Array {
    return this.fill(gammaLaw(shape, scale), requireDoubles(out));
  }

  /** Fills and returns `out` with what as many calls of {@link chiSquare} would give. */
  fillChiSquare(out: Float64Array, degreesOfFreedom: number): Float64Array {
    return this.fill(chiSquareLaw(degreesOfFreedom), requireDoubles(out));
  }

  /** Fills and returns `out` with what as many calls of {@link studentT} would give. */
  fillStudentT(out: Float64Array, degreesOfFreedom: number): Float64Array {
    return this.fill(studentTLaw(degreesOfFreedom), requireDoubles(out));
  }
}
