import { atPeak, type Ladder, ladder, within } from "@astra-quant/bench";
import {
  CscMatrix,
  cholesky,
  createRandom,
  leastSquares,
  Matrix,
  multiply,
  sampleCovariance,
  sparseLdl,
  type Triplet,
  triangularSolve,
} from "@astra-quant/core-linalg";
import { CholeskyDecomposition, Matrix as MlMatrix, QrDecomposition } from "ml-matrix";

const normals = (rows: number, columns: number): Matrix =>
  new Matrix(rows, columns, createRandom("bench").fillNormal(new Float64Array(rows * columns)));

const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });

const list = (data: ArrayLike<number>) => ({ shape: [data.length], data: Float64Array.from(data) });

const covarianceOf = (n: number): Matrix => sampleCovariance(normals(2 * n + 10, n)).covariance;

function lowerFactor(A: Matrix, out?: Matrix): Matrix {
  const result = cholesky(A, out === undefined ? {} : { out });
  if (result.status !== "ok") throw new Error(`pivot ${result.pivot}`);
  return result.L;
}

const factor: Ladder = ladder({
  name: "Cholesky",
  sizes: [6, 50, 200, 500, 1000],
  describe: (n) => `${n}×${n}`,
  prepare: (n) => {
    const A = covarianceOf(n);
    const ml = new MlMatrix(A.toRows());
    const out = new Matrix(n, n);
    return {
      ours: () => lowerFactor(A, out).data,
      peers: {
        ...(n <= 500
          ? { "ml-matrix": { run: () => new CholeskyDecomposition(ml).lowerTriangularMatrix.to1DArray() } }
          : {}),
        numpy: { python: "cholesky", inputs: { A: tensor(A) } },
        "a fresh result": { run: () => lowerFactor(A).data },
        "f64x2 peak": { limit: atPeak((n * n * n) / 3) },
      },
      disagreement: within(1e-11),
    };
  },
});

const product: Ladder = ladder({
  name: "matrix product",
  sizes: [6, 50, 200, 500],
  describe: (n) => `${n}×${n}`,
  prepare: (n) => {
    const [A, B] = [normals(n, n), normals(n + 1, n).selectRows(Array.from({ length: n }, (_, i) => i + 1))];
    const [mlA, mlB] = [new MlMatrix(A.toRows()), new MlMatrix(B.toRows())];
    const out = new Matrix(n, n);
    return {
      ours: () => multiply(A, B, { out }).data,
      peers: {
        "ml-matrix": { run: () => mlA.mmul(mlB).to1DArray() },
        numpy: { python: "matrix_product", inputs: { A: tensor(A), B: tensor(B) } },
        "f64x2 peak": { limit: atPeak(2 * n * n * n) },
      },
      disagreement: within(1e-11),
    };
  },
});

const triangular: Ladder = ladder({
  name: "triangular solve",
  sizes: [
    { n: 50, m: 1 },
    { n: 50, m: 50 },
    { n: 200, m: 200 },
    { n: 500, m: 500 },
  ],
  describe: ({ n, m }) => `${n}×${n}, ${m} right sides`,
  prepare: ({ n, m }) => {
    const L = lowerFactor(covarianceOf(n));
    const B = normals(n, m);
    const out = new Matrix(n, m);
    return {
      ours: () => triangularSolve(L, B, { out }).data,
      peers: {
        scipy: { python: "triangular_solve", inputs: { L: tensor(L), B: tensor(B) } },
        "f64x2 peak": { limit: atPeak(n * n * m) },
      },
      disagreement: within(1e-9),
    };
  },
});

const regression: Ladder = ladder({
  name: "least squares",
  sizes: [
    { m: 252, n: 5 },
    { m: 2520, n: 20 },
    { m: 1000, n: 100 },
  ],
  describe: ({ m, n }) => `${m}×${n}`,
  prepare: ({ m, n }) => {
    const A = normals(m, n);
    const b = normals(m + 1, 1).data.slice(1);
    const ml = new MlMatrix(A.toRows());
    const column = MlMatrix.columnVector(b);
    return {
      ours: () => leastSquares(A, b).solution,
      peers: {
        "ml-matrix": { run: () => new QrDecomposition(ml).solve(column).to1DArray() },
        numpy: { python: "least_squares", inputs: { A: tensor(A), b: list(b) } },
      },
      disagreement: within(1e-10),
    };
  },
});

/** The upper triangle of [P, Aᵀ; A, −I], P banded, with three variables a row of A. */
function kkt(variables: number, rows: number): CscMatrix {
  const random = createRandom("kkt");
  const entries: Triplet[] = [];
  for (let j = 0; j < variables; j++) {
    for (let i = Math.max(0, j - 2); i < j; i++) entries.push([i, j, 0.1 * random.normal()]);
    entries.push([j, j, 10]);
  }
  for (let i = 0; i < rows; i++) {
    const row = variables + i;
    for (let k = 0; k < 3; k++) entries.push([random.integer(variables), row, random.normal()]);
    entries.push([row, row, -1]);
  }
  return CscMatrix.fromTriplets(variables + rows, variables + rows, entries);
}

/** The upper triangle of a square grid's Laplacian, shifted. */
function grid(side: number): CscMatrix {
  const entries: Triplet[] = [];
  for (let k = 0; k < side * side; k++) {
    if (k % side > 0) entries.push([k - 1, k, -1]);
    if (k >= side) entries.push([k - side, k, -1]);
    entries.push([k, k, 5]);
  }
  return CscMatrix.fromTriplets(side * side, side * side, entries);
}

const sparseCases: Readonly<Record<string, () => CscMatrix>> = {
  "kkt of 60 and 40": () => kkt(60, 40),
  "kkt of 600 and 400": () => kkt(600, 400),
  "grid of 100×100": () => grid(100),
};

const sparseInputs = (K: CscMatrix) => ({
  pointers: list(K.columnPointers),
  rows: list(K.rowIndices),
  values: list(K.values),
});

const sparse: Ladder = ladder({
  name: "sparse LDL, ordered, factored, solved",
  sizes: Object.keys(sparseCases),
  describe: (name) => name,
  prepare: (name) => {
    const K = sparseCases[name]!();
    const b = new Float64Array(K.rows).fill(1);
    return {
      ours: () => sparseLdl(K).solve(b),
      peers: {
        qdldl: { python: "qdldl_solve", inputs: sparseInputs(K) },
        "scipy splu": { python: "splu_solve", inputs: sparseInputs(K) },
      },
      disagreement: within(1e-10),
    };
  },
});

const refactored: Ladder = ladder({
  name: "sparse LDL, same pattern again",
  sizes: Object.keys(sparseCases),
  describe: (name) => name,
  prepare: (name) => {
    const K = sparseCases[name]!();
    const b = new Float64Array(K.rows).fill(1);
    const kept = sparseLdl(K);
    return {
      ours: () => {
        kept.refactor(K.values);
        return kept.solve(b);
      },
      peers: { qdldl: { python: "qdldl_update", inputs: sparseInputs(K) } },
      disagreement: within(1e-10),
    };
  },
});

const ladders: readonly Ladder[] = [factor, product, triangular, regression, sparse, refactored];
export default ladders;
