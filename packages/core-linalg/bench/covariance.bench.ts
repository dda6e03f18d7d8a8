import { atPeak, type Ladder, ladder, within } from "@astra-quant/bench";
import {
  createRandom,
  ewmaCovariance,
  ledoitWolf,
  Matrix,
  OnlineCovariance,
  sampleCovariance,
} from "@astra-quant/core-linalg";
import { Matrix as MlMatrix } from "ml-matrix";
import { sampleCovariance as pairCovariance } from "simple-statistics";

const normals = (rows: number, columns: number): Matrix =>
  new Matrix(rows, columns, createRandom("bench").fillNormal(new Float64Array(rows * columns)));

const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });

/** ml-matrix has no covariance of its own: centre the columns, then the product with the transpose. */
function mlCovariance(X: MlMatrix): number[] {
  const centred = X.clone().center("column");
  return centred
    .transpose()
    .mmul(centred)
    .div(X.rows - 1)
    .to1DArray();
}

/** simple-statistics knows pairs of samples. */
function pairwiseCovariance(columns: readonly number[][]): number[] {
  return columns.flatMap((a) => columns.map((b) => pairCovariance(a, b)));
}

const covariance: Ladder = ladder({
  name: "sample covariance",
  sizes: [
    { rows: 504, columns: 6 },
    { rows: 504, columns: 50 },
    { rows: 1000, columns: 200 },
    { rows: 1000, columns: 500 },
  ],
  describe: ({ rows, columns }) => `${rows}×${columns}`,
  prepare: ({ rows, columns }) => {
    const X = normals(rows, columns);
    const ml = new MlMatrix(X.toRows());
    const lists = Array.from({ length: columns }, (_, j) => Array.from(X.column(j)));
    return {
      ours: () => sampleCovariance(X).covariance.data,
      peers: {
        "ml-matrix": { run: () => mlCovariance(ml) },
        ...(columns <= 50 ? { "simple-statistics": { run: () => pairwiseCovariance(lists) } } : {}),
        numpy: { python: "sample_covariance", inputs: { X: tensor(X) } },
        "f64x2 peak": { limit: atPeak(rows * columns * (columns + 1)) },
      },
      disagreement: within(1e-12),
    };
  },
});

const shrinkage: Ladder = ladder({
  name: "Ledoit-Wolf covariance",
  sizes: [
    { rows: 504, columns: 6 },
    { rows: 504, columns: 50 },
    { rows: 1000, columns: 200 },
  ],
  describe: ({ rows, columns }) => `${rows}×${columns}`,
  prepare: ({ rows, columns }) => {
    const X = normals(rows, columns);
    return {
      ours: () => ledoitWolf(X).covariance.data,
      peers: { "scikit-learn": { python: "ledoit_wolf_identity", inputs: { X: tensor(X) } } },
      disagreement: within(1e-12),
    };
  },
});

const HALF_LIFE = 60;

const weighted: Ladder = ladder({
  name: "EWMA covariance",
  sizes: [
    { rows: 504, columns: 6 },
    { rows: 504, columns: 20 },
  ],
  describe: ({ rows, columns }) => `${rows}×${columns}, half-life ${HALF_LIFE}`,
  prepare: ({ rows, columns }) => {
    const X = normals(rows, columns);
    const inputs = { X: tensor(X), half_life: HALF_LIFE };
    return {
      ours: () => ewmaCovariance(X, { halfLife: HALF_LIFE }).covariance.data,
      peers: { "pandas (after every row)": { python: "ewma_covariance", inputs } },
      disagreement: within(1e-12),
    };
  },
});

/** What a stream costs beside one estimate of the same rows. */
const online: Ladder = ladder({
  name: "online covariance",
  sizes: [
    { rows: 504, columns: 6 },
    { rows: 504, columns: 50 },
  ],
  describe: ({ rows, columns }) => `${rows} rows of ${columns}, one question`,
  prepare: ({ rows, columns }) => {
    const X = normals(rows, columns);
    const pushed = Array.from({ length: rows }, (_, t) => X.row(t));
    return {
      ours: () => {
        const stream = new OnlineCovariance(columns);
        for (const row of pushed) stream.push(row);
        return stream.covariance.data;
      },
      peers: { "the batch": { run: () => sampleCovariance(X).covariance.data } },
      disagreement: within(0),
    };
  },
});

const ladders: readonly Ladder[] = [covariance, shrinkage, weighted, online];
export default ladders;
