import { type Ladder, ladder, within } from "@astra-quant/bench";
import {
  createRandom,
  ewmMean,
  ewmStd,
  Matrix,
  rollingBeta,
  rollingCorrelation,
  rollingCovariance,
  rollingKurtosis,
  rollingMean,
  rollingSkewness,
  rollingStd,
} from "@astra-quant/core-linalg";

interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly window: number;
}

const PANELS: readonly Size[] = [
  { rows: 2520, columns: 500, window: 20 },
  { rows: 2520, columns: 500, window: 60 },
  { rows: 2520, columns: 500, window: 250 },
  { rows: 2520, columns: 6, window: 60 },
];
const SERIES: Size = { rows: 1_000_000, columns: 1, window: 60 };

/** The share of values that are missing in the ladders with gaps; half a window must be present. */
const MISSING = 0.02;

const normals = (rows: number, columns: number): Matrix =>
  new Matrix(rows, columns, createRandom("bench").fillNormal(new Float64Array(rows * columns)));

function withGaps(X: Matrix): Matrix {
  const chance = createRandom("gaps").fillUniform(new Float64Array(X.data.length));
  return new Matrix(
    X.rows,
    X.columns,
    X.data.map((value, k) => (chance[k]! < MISSING ? Number.NaN : value)),
  );
}

const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });

/** A rolling function against Python's, on the full windows alone. */
function rolling(
  name: string,
  sizes: readonly Size[],
  roll: (X: Matrix, window: number, out: Matrix, market: Float64Array) => Matrix,
  python: Readonly<Record<string, string>>,
  data: (rows: number, columns: number) => Matrix = normals,
): Ladder {
  return ladder<Size>({
    name,
    sizes,
    describe: ({ rows, columns, window }) => `${rows}×${columns}, window ${window}`,
    prepare: ({ rows, columns, window }) => {
      const X = data(rows, columns);
      const market = createRandom("market").fillNormal(new Float64Array(rows));
      const out = new Matrix(rows, columns);
      const inputs = { X: tensor(X), market: { shape: [rows], data: market }, window };
      const peers = Object.entries(python).map(([peer, call]) => [peer, { python: call, inputs }] as const);
      return {
        ours: () => roll(X, window, out, market).data.subarray((window - 1) * columns),
        peers: Object.fromEntries(peers),
        disagreement: within(1e-11),
      };
    },
  });
}

const ladders: readonly Ladder[] = [
  rolling("rolling mean", [...PANELS, SERIES], (X, window, out) => rollingMean(X, window, { out }), {
    pandas: "pandas_rolling_mean",
    bottleneck: "bottleneck_move_mean",
    numba: "numba_move_mean",
  }),
  rolling("rolling std", [...PANELS, SERIES], (X, window, out) => rollingStd(X, window, { out }), {
    pandas: "pandas_rolling_std",
    bottleneck: "bottleneck_move_std",
    numba: "numba_move_std",
  }),
  rolling(
    "rolling std with gaps",
    PANELS,
    (X, window, out) => rollingStd(X, window, { out, minPeriods: Math.ceil(window / 2) }),
    { pandas: "pandas_rolling_std_with_gaps", bottleneck: "bottleneck_move_std_with_gaps" },
    (rows, columns) => withGaps(normals(rows, columns)),
  ),
  rolling(
    "rolling covariance",
    PANELS,
    (X, window, out, market) => rollingCovariance(X, market, window, { out }),
    {
      pandas: "pandas_rolling_covariance",
    },
  ),
  rolling("rolling beta", PANELS, (X, window, out, market) => rollingBeta(X, market, window, { out }), {
    pandas: "pandas_rolling_beta",
  }),
  rolling(
    "rolling correlation",
    PANELS,
    (X, window, out, market) => rollingCorrelation(X, market, window, { out }),
    { pandas: "pandas_rolling_correlation" },
  ),
  rolling("rolling skewness", PANELS, (X, window, out) => rollingSkewness(X, window, { out }), {
    pandas: "pandas_rolling_skewness",
  }),
  rolling("rolling kurtosis", PANELS, (X, window, out) => rollingKurtosis(X, window, { out }), {
    pandas: "pandas_rolling_kurtosis",
  }),
  rolling("EWM mean", PANELS, (X, window, out) => ewmMean(X, { span: window, out }), {
    pandas: "pandas_ewm_mean",
  }),
  rolling("EWM std", PANELS, (X, window, out) => ewmStd(X, { span: window, out }), {
    pandas: "pandas_ewm_std",
  }),
];
export default ladders;
