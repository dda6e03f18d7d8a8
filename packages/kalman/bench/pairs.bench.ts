import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { adfTest, johansenTest, rankPairs } from "@astra-quant/kalman";

interface Size {
  readonly bars: number;
  readonly names: number;
}

/** Walks, every third of them tied to the one before by a spread that reverts. */
function prices({ bars, names }: Size): Matrix {
  const random = createRandom("pairs");
  const X = new Matrix(bars, names);
  const spread = new Float64Array(names);
  const walk = new Float64Array(names).fill(100);
  for (let t = 0; t < bars; t++) {
    for (let j = 0; j < names; j++) {
      walk[j]! += 0.5 * random.normal();
      spread[j] = 0.9 * spread[j]! + 0.3 * random.normal();
      X.set(t, j, j % 3 === 1 ? 20 + 0.8 * walk[j - 1]! + spread[j]! : walk[j]!);
    }
  }
  return X;
}

/** Everything passes, so that all statistics can be compared; in the order of the columns. */
const EVERYTHING = {
  falseDiscoveryRate: 1,
  minHalfLife: 0,
  maxHalfLife: Number.POSITIVE_INFINITY,
  maxHurst: 9,
} as const;

function statistics(X: Matrix): Float64Array {
  const out = new Float64Array((X.columns * (X.columns - 1)) / 2);
  for (const { yColumn, xColumn, statistic } of rankPairs(X, EVERYTHING).pairs) {
    const a = Math.max(yColumn, xColumn);
    out[(a * (a - 1)) / 2 + Math.min(yColumn, xColumn)] = statistic;
  }
  return out;
}

const describe = ({ bars, names }: Size) => `${names} names × ${bars} bars`;
const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });

const ladders: readonly Ladder[] = [
  ladder<Size>({
    name: "all pairs ranked",
    sizes: [
      { bars: 1000, names: 6 },
      { bars: 250, names: 12 },
    ],
    describe,
    prepare: (size) => {
      const X = prices(size);
      return {
        ours: () => statistics(X),
        peers: { statsmodels: { python: "statsmodels_coint_pairs", inputs: { prices: tensor(X) } } },
        disagreement: within(1e-9),
      };
    },
  }),
  ladder<Size>({
    name: "all pairs of a hundred names",
    sizes: [{ bars: 1000, names: 100 }],
    describe,
    prepare: (size) => {
      const X = prices(size);
      return { ours: () => rankPairs(X).tested, peers: {}, disagreement: within(0) };
    },
  }),
  ladder<Size>({
    name: "augmented Dickey-Fuller",
    sizes: [
      { bars: 250, names: 1 },
      { bars: 1000, names: 1 },
      { bars: 10_000, names: 1 },
    ],
    describe,
    prepare: (size) => {
      const y = prices(size).column(0);
      const inputs = { y: { shape: [y.length], data: y } };
      return {
        ours: () => adfTest(y).statistic,
        peers: { statsmodels: { python: "statsmodels_adfuller", inputs } },
        disagreement: within(1e-9),
      };
    },
  }),
  ladder<Size>({
    name: "Johansen",
    sizes: [
      { bars: 1000, names: 3 },
      { bars: 1000, names: 12 },
    ],
    describe,
    prepare: (size) => {
      const X = prices(size);
      return {
        ours: () => {
          const { trace, largestEigenvalue } = johansenTest(X);
          return [...trace.statistic, ...largestEigenvalue.statistic];
        },
        peers: { statsmodels: { python: "statsmodels_johansen", inputs: { prices: tensor(X) } } },
        disagreement: within(1e-9),
      };
    },
  }),
];
export default ladders;
