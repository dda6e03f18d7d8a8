import { type Ladder, ladder, type Peer, within } from "@astra-quant/bench";
import {
  createRandom,
  Matrix,
  rollingMax,
  rollingMedian,
  rollingMin,
  rollingQuantile,
  rollingRank,
} from "@astra-quant/core-linalg";
import { quantile } from "simple-statistics";

interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly window: number;
}

const SIZES: readonly Size[] = [
  { rows: 2520, columns: 1, window: 60 },
  { rows: 2520, columns: 500, window: 20 },
  { rows: 2520, columns: 500, window: 60 },
  { rows: 2520, columns: 500, window: 250 },
  { rows: 2520, columns: 500, window: 1000 },
];

/** simple-statistics knows no windows: each one is cut out. */
function slicedMedians(x: readonly number[], window: number): number[] {
  return x.slice(window - 1).map((_, i) => quantile(x.slice(i, i + window), 0.5));
}

/** A rolling function against Python's, on the full windows alone. */
function rolling(
  name: string,
  roll: (X: Matrix, window: number, out: Matrix) => Matrix,
  python: Readonly<Record<string, string>>,
  inProcess: (X: Matrix, window: number) => Readonly<Record<string, Peer>> = () => ({}),
): Ladder {
  return ladder<Size>({
    name,
    sizes: SIZES,
    describe: ({ rows, columns, window }) => `${rows}×${columns}, window ${window}`,
    prepare: ({ rows, columns, window }) => {
      const X = new Matrix(rows, columns, createRandom("bench").fillNormal(new Float64Array(rows * columns)));
      const out = new Matrix(rows, columns);
      const inputs = { X: { shape: [rows, columns], data: X.data }, window };
      const peers = Object.entries(python).map(([peer, call]) => [peer, { python: call, inputs }] as const);
      return {
        ours: () => roll(X, window, out).data.subarray((window - 1) * columns),
        peers: { ...(columns === 1 ? inProcess(X, window) : {}), ...Object.fromEntries(peers) },
        disagreement: within(1e-13),
      };
    },
  });
}

const ladders: readonly Ladder[] = [
  rolling("rolling minimum", (X, window, out) => rollingMin(X, window, { out }), {
    pandas: "pandas_rolling_min",
    bottleneck: "bottleneck_move_min",
  }),
  rolling("rolling maximum", (X, window, out) => rollingMax(X, window, { out }), {
    pandas: "pandas_rolling_max",
    bottleneck: "bottleneck_move_max",
  }),
  rolling("rolling quantile 5 %", (X, window, out) => rollingQuantile(X, window, 0.05, { out }), {
    pandas: "pandas_rolling_quantile",
  }),
  rolling(
    "rolling median",
    (X, window, out) => rollingMedian(X, window, { out }),
    { pandas: "pandas_rolling_median", bottleneck: "bottleneck_move_median" },
    (X, window) => ({
      "simple-statistics": { run: () => slicedMedians(Array.from(X.data), window) },
    }),
  ),
  rolling("rolling rank", (X, window, out) => rollingRank(X, window, { out }), {
    pandas: "pandas_rolling_rank",
    bottleneck: "bottleneck_move_rank",
  }),
];
export default ladders;
