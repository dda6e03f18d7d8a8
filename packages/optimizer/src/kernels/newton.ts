import {
  factorTypescript,
  type Ldl,
  lazyKernel,
  Placed,
  type PlacedLdl,
  placeLdl,
  solveTypescript,
  symmetricTimesVector,
  timesVector,
  transposeTimesVector,
} from "@astra-quant/core-linalg/kernels";
import { largest } from "../vectors.ts";
import { newtonWasm } from "./generated/newton.ts";
import { PIVOT_TOLERANCE, positivePivots } from "./ldl.ts";
import { withPlaced } from "./with-placed.ts";

/** The arrays of [P, A'; A, −diag(v)], of a right side and its solution, and of a point; vectors of x's part, then y's. */
export interface Newton {
  readonly n: number;
  readonly m: number;
  /** Entries of the matrix's upper triangle. */
  readonly entries: number;
  /** Where each variable, then each row, stands in the order of elimination. */
  readonly place: Int32Array;
  /** Where the diagonal, the entries of P and those of A stand among the values of the matrix. */
  readonly diagonalPlaces: Int32Array;
  readonly objectivePlaces: Int32Array;
  readonly rowPlaces: Int32Array;
  /** P's upper triangle and A, by column. */
  readonly pPointers: Int32Array;
  readonly pRows: Int32Array;
  readonly pValues: Float64Array;
  readonly aPointers: Int32Array;
  readonly aRows: Int32Array;
  readonly aValues: Float64Array;
  /** v. */
  readonly slackness: Float64Array;
  readonly rightSide: Float64Array;
  readonly solution: Float64Array;
  /** The solution before it was refined. */
  readonly before: Float64Array;
  readonly residual: Float64Array;
  readonly point: Float64Array;
  /** Ax, Px and A'y of the last point, or of the last solution. */
  readonly image: Float64Array;
  readonly curvature: Float64Array;
  readonly pull: Float64Array;
}

/** The kernel's structure, in the order of kernels/newton.ts. */
const FIELDS: readonly (keyof Newton)[] = [
  "n",
  "m",
  "entries",
  "place",
  "diagonalPlaces",
  "objectivePlaces",
  "rowPlaces",
  "pPointers",
  "pRows",
  "pValues",
  "aPointers",
  "aRows",
  "aValues",
  "slackness",
  "rightSide",
  "solution",
  "before",
  "residual",
  "point",
  "image",
  "curvature",
  "pull",
];

const REFINEMENTS = 8;
/** Refinement ends when a step leaves more than this share of the residual. */
const WORTHWHILE = 0.5;
/** A residual beyond this share of the right side calls for less regularisation. */
const SLOPPY = 1e-10;

/** What works on a {@link Newton} system: each call reads what its caller has written in the arrays, and writes there. */
export interface NewtonEngine {
  /** Factors the matrix of this slackness, regularised: how many pivots are positive, −1 when one is zero. */
  factor(regularisation: number): number;
  /**
   * Solves the system without its regularisation, refined until the residual is `exact` times the right side or for as
   * long as that helps, and leaves Ax of the solution in `image`: whether it ended early with a residual worth naming.
   */
  solve(exact: number): boolean;
  /** Ax, Px and A'y of the point. */
  products(): void;
}

/** The readable engine; the WebAssembly equals it in every bit. Of `ldl` it takes the pattern alone. */
export function typescriptNewton(ldl: Ldl, s: Newton): NewtonEngine {
  const own = withOwnNumbers(ldl);
  return {
    factor: (regularisation) => factorMatrix(own, s, regularisation),
    solve: (exact) => solveRefined(own, s, exact),
    products: () => multiply(s, s.point),
  };
}

function withOwnNumbers(ldl: Ldl): Ldl {
  return {
    ...ldl,
    upperValues: ldl.upperValues.slice(),
    rows: ldl.rows.slice(),
    values: ldl.values.slice(),
    runs: ldl.runs.slice(),
    pivots: ldl.pivots.slice(),
    inverse: ldl.inverse.slice(),
    work: ldl.work.slice(),
  };
}

function factorMatrix(ldl: Ldl, s: Newton, regularisation: number): number {
  const { n, m, diagonalPlaces, objectivePlaces, rowPlaces, pValues, aValues, slackness } = s;
  const values = ldl.upperValues;
  values.fill(0);
  for (let j = 0; j < n; j++) values[diagonalPlaces[j]!] = regularisation;
  for (let k = 0; k < pValues.length; k++) values[objectivePlaces[k]!]! += pValues[k]!;
  for (let k = 0; k < aValues.length; k++) values[rowPlaces[k]!] = aValues[k]!;
  for (let i = 0; i < m; i++) values[diagonalPlaces[n + i]!] = -slackness[i]! - regularisation;
  return factorTypescript(ldl, PIVOT_TOLERANCE) < 0 ? positivePivots(ldl) : -1;
}

function multiply(s: Newton, vector: Float64Array): void {
  const { n, m, image, curvature, pull } = s;
  const A = { rows: m, columns: n, columnPointers: s.aPointers, rowIndices: s.aRows, values: s.aValues };
  const P = { ...A, rows: n, columnPointers: s.pPointers, rowIndices: s.pRows, values: s.pValues };
  timesVector(A, vector, image);
  symmetricTimesVector(P, vector, curvature);
  transposeTimesVector(A, vector.subarray(n), pull);
}

function solveRefined(ldl: Ldl, s: Newton, exact: number): boolean {
  const { place, rightSide, solution, before, residual } = s;
  const { work } = ldl;
  solution.fill(0);
  residual.set(rightSide);
  const scale = largest(rightSide);
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= REFINEMENTS; step++) {
    before.set(solution);
    for (let k = 0; k < place.length; k++) work[place[k]!] = residual[k]!;
    solveTypescript(ldl, work);
    for (let k = 0; k < place.length; k++) solution[k]! += work[place[k]!]!;
    writeResidual(s);
    const left = largest(residual);
    if (!(left < least)) {
      if (step > 0) {
        solution.set(before);
        multiply(s, solution);
      }
      return false;
    }
    if (left <= exact * scale) return false;
    if (left > WORTHWHILE * least) return left > SLOPPY * scale;
    least = left;
  }
  return false;
}

function writeResidual(s: Newton): void {
  const { n, m, slackness, rightSide, solution, residual, image, curvature, pull } = s;
  multiply(s, solution);
  for (let j = 0; j < n; j++) residual[j] = rightSide[j]! - curvature[j]! - pull[j]!;
  for (let i = 0; i < m; i++) {
    const held = slackness[i]! * solution[n + i]!;
    residual[n + i] = rightSide[n + i]! - image[i]! + held;
  }
}

interface NewtonModule {
  factor(ldl: number, newton: number, regularisation: number): number;
  solve(ldl: number, newton: number, exact: number): number;
  products(newton: number): void;
}

const kernel: () => NewtonModule | undefined = lazyKernel<NewtonModule>(newtonWasm);

const PATTERN = ["upperPointers", "upperRows", "parent", "pointers", "alike", "fours"] as const;
const GIVEN = [
  ...(["place", "diagonalPlaces", "objectivePlaces", "rowPlaces"] as const),
  ...(["pPointers", "pRows", "pValues", "aPointers", "aRows", "aValues"] as const),
];

/** Holds matrix and factor in the arena; vectors go in and come out with each call. */
class WebassemblyNewton implements NewtonEngine {
  readonly #wasm: NewtonModule;
  readonly #ldl: PlacedLdl;
  readonly #system: Placed<keyof Newton>;

  constructor(wasm: NewtonModule, ldl: Ldl, system: Newton) {
    this.#wasm = wasm;
    this.#ldl = placeLdl(ldl);
    this.#system = new Placed({ names: FIELDS, fields: system });
    this.#ldl.begin();
    for (const name of PATTERN) this.#ldl.send(name);
    this.#system.begin();
    for (const name of GIVEN) this.#system.send(name);
  }

  factor(regularisation: number): number {
    this.#system.send("slackness");
    return this.#wasm.factor(this.#ldl.address, this.#system.address, regularisation);
  }

  solve(exact: number): boolean {
    this.#system.send("rightSide");
    const isSlow = this.#wasm.solve(this.#ldl.address, this.#system.address, exact) !== 0;
    this.#system.fetch("solution");
    this.#system.fetch("image");
    return isSlow;
  }

  products(): void {
    this.#system.send("point");
    this.#wasm.products(this.#system.address);
    for (const name of ["image", "curvature", "pull"] as const) this.#system.fetch(name);
  }
}

/** What `run` gives with an engine in WebAssembly, which lives until then; undefined, and `run` not called, without one. */
export function withWebassemblyNewton<T>(
  ldl: Ldl,
  system: Newton,
  run: (engine: NewtonEngine) => T,
): { readonly answer: T } | undefined {
  const wasm = kernel();
  return wasm && withPlaced(() => new WebassemblyNewton(wasm, ldl, system), run);
}

/** Entries of L below which the readable engine is faster. */
const SMALL = 64;

/** What `run` gives with whichever engine is at hand. */
export function withNewtonEngine<T>(ldl: Ldl, system: Newton, run: (engine: NewtonEngine) => T): T {
  const fast = ldl.values.length < SMALL ? undefined : withWebassemblyNewton(ldl, system, run);
  return fast === undefined ? run(typescriptNewton(ldl, system)) : fast.answer;
}
