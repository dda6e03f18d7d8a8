/** What integers may be drawn into. */
export type IntegerArray = Float64Array | Int32Array | Uint32Array;

/**
 * Where the functions of this room take their numbers from: a {@link Random}, what {@link randomFrom} makes of a
 * seedrandom generator, or anything that has these methods. Each `fill` fills and returns `out` with what as many
 * single calls would give.
 */
export interface RandomSource {
  /** A number strictly between 0 and 1, on a grid of 2⁻⁵². */
  uniform(): number;
  /** A standard normal. */
  normal(): number;
  /** An exponential of mean 1. */
  exponential(): number;
  /** An integer in [0, below), every one equally likely; `below` is an integer in [1, 2³²]. */
  integer(below: number): number;
  /** A gamma of mean shape · scale and variance shape · scale². @param scale 1 without it */
  gamma(shape: number, scale?: number): number;
  /** A chi-square of mean `degreesOfFreedom`, which need not be whole. */
  chiSquare(degreesOfFreedom: number): number;
  /** Student's t; its variance is ν ÷ (ν − 2) beyond two degrees of freedom, which need not be whole. */
  studentT(degreesOfFreedom: number): number;
  fillUniform(out: Float64Array): Float64Array;
  fillNormal(out: Float64Array): Float64Array;
  fillExponential(out: Float64Array): Float64Array;
  fillInteger<Out extends IntegerArray>(out: Out, below: number): Out;
  fillGamma(out: Float64Array, shape: number, scale?: number): Float64Array;
  fillChiSquare(out: Float64Array, degreesOfFreedom: number): Float64Array;
  fillStudentT(out: Float64Array, degreesOfFreedom: number): Float64Array;
}
