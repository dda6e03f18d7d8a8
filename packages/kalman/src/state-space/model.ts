import { type Matrix, type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFiniteMatrix,
  requireFiniteVector,
  requireKnownOptions,
  requireSymmetricMatrix,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireSemidefinite } from "./semidefinite.ts";

/** The same for every bar, or a function of the bar's index, 0 being the first. */
export type Varying<Value> = Value | ((bar: number) => Value);

/**
 * A linear Gaussian model of p observations and n states. With α the state of a bar and α′ that of the next:
 *
 * - y = d + Z α + ε, ε normal with covariance H
 * - α′ = c + T α + η, η normal with covariance Q
 */
export interface StateSpaceModel {
  /** Z, p × n. */
  readonly design: Varying<MatrixLike>;
  /** H, p × p, positive semidefinite. */
  readonly observationCovariance: Varying<MatrixLike>;
  /** T, n × n: from this bar to the next. */
  readonly transition: Varying<MatrixLike>;
  /** Q, n × n, positive semidefinite: of what this bar's state gains on its way to the next. */
  readonly stateCovariance: Varying<MatrixLike>;
  /**
   * d, p entries.
   * @defaultValue 0
   */
  readonly observationIntercept?: Varying<VectorLike>;
  /**
   * c, n entries.
   * @defaultValue 0
   */
  readonly stateIntercept?: Varying<VectorLike>;
}

/** The model at one bar, row-major. */
export interface ModelAtBar {
  readonly Z: Float64Array;
  readonly H: Float64Array;
  readonly T: Float64Array;
  readonly Q: Float64Array;
  readonly c: Float64Array;
  readonly d: Float64Array;
}

const FIELDS = [
  "design",
  "observationCovariance",
  "transition",
  "stateCovariance",
  "observationIntercept",
  "stateIntercept",
];

function requireShape(name: string, matrix: Matrix, rows: number, columns: number): Float64Array {
  if (matrix.rows === rows && matrix.columns === columns) return matrix.data;
  throw new QuantError("shape", `${name} must be ${rows}×${columns}, got ${matrix.rows}×${matrix.columns}`, {
    argument: name,
  });
}

function requireCovariance(name: string, given: MatrixLike, size: number): Float64Array {
  const { data } = requireSymmetricMatrix(name, given, size);
  requireSemidefinite(name, data, size);
  return data;
}

/** Reads a constant once and a function at every bar. */
function reader<Value>(
  given: Varying<Value>,
  name: string,
  read: (name: string, value: Value) => Float64Array,
): (bar: number) => Float64Array {
  if (typeof given === "function") {
    const at = given as (bar: number) => Value;
    return (bar) => read(`${name}(${bar})`, at(bar)).slice();
  }
  const constant = read(name, given).slice();
  return () => constant;
}

/** A validated model: its sizes, and its matrices at any bar. */
export class ModelReader {
  /** n. */
  readonly states: number;
  /** p. */
  readonly observations: number;
  readonly #readers: Readonly<Record<keyof ModelAtBar, (bar: number) => Float64Array>>;

  /** @throws QuantError for a matrix of another shape, not finite, or no covariance where one must be. */
  constructor(model: StateSpaceModel, firstBar = 0) {
    if (typeof model !== "object" || model === null) {
      throw new QuantError("option", `model must be an object, got ${show(model)}`, { argument: "model" });
    }
    requireKnownOptions(model, FIELDS, "model");
    const { design, observationCovariance, transition, stateCovariance } = model;
    const first = requireFiniteMatrix("design", typeof design === "function" ? design(firstBar) : design);
    const { rows: p, columns: n } = first;
    this.states = n;
    this.observations = p;
    if (p === 0 || n === 0)
      throw new QuantError("shape", `design must not be empty, got ${p}×${n}`, { argument: "design" });
    const dense = (rows: number, columns: number) => (name: string, value: MatrixLike) =>
      requireShape(name, requireFiniteMatrix(name, value), rows, columns);
    const vector = (length: number) => (name: string, value: VectorLike) =>
      requireFiniteVector(name, value, length);
    const covariance = (size: number) => (name: string, value: MatrixLike) =>
      requireCovariance(name, value, size);
    const { observationIntercept = new Float64Array(p), stateIntercept = new Float64Array(n) } = model;
    this.#readers = {
      Z: reader(design, "design", dense(p, n)),
      H: reader(observationCovariance, "observationCovariance", covariance(p)),
      T: reader(transition, "transition", dense(n, n)),
      Q: reader(stateCovariance, "stateCovariance", covariance(n)),
      c: reader(stateIntercept, "stateIntercept", vector(n)),
      d: reader(observationIntercept, "observationIntercept", vector(p)),
    };
  }

  at(bar: number): ModelAtBar {
    const { Z, H, T, Q, c, d } = this.#readers;
    return { Z: Z(bar), H: H(bar), T: T(bar), Q: Q(bar), c: c(bar), d: d(bar) };
  }
}
