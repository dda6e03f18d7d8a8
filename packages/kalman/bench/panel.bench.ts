import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { kalmanRegression, kalmanRegressionPanel } from "@astra-quant/kalman";

interface Size {
  readonly bars: number;
  readonly pairs: number;
}

const MODEL = {
  delta: 1e-5,
  observationVariance: 1e-3,
  initial: {
    intercept: 0,
    slope: 1,
    covariance: [
      [1, 0],
      [0, 1],
    ],
  },
};

/** Random walks near 50, and near 12 + 1.8 of them with noise: cents a bar, as minutes are. */
function prices({ bars, pairs }: Size): { x: Matrix; y: Matrix } {
  const random = createRandom("pairs");
  const steps = random.fillNormal(new Float64Array(bars * pairs));
  const noise = random.fillNormal(new Float64Array(bars * pairs));
  const x = new Float64Array(bars * pairs);
  for (let k = 0; k < x.length; k++) x[k] = (k < pairs ? 50 : x[k - pairs]!) + 0.02 * steps[k]!;
  const y = x.map((price, k) => 12 + 1.8 * price + 0.05 * noise[k]!);
  return { x: new Matrix(bars, pairs, x), y: new Matrix(bars, pairs, y) };
}

const empty = ({ bars, pairs }: Size) => ({
  intercept: new Matrix(bars, pairs),
  slope: new Matrix(bars, pairs),
  innovation: new Matrix(bars, pairs),
  innovationStd: new Matrix(bars, pairs),
  zScore: new Matrix(bars, pairs),
});

function against(
  size: Size,
  ours: (x: Matrix, y: Matrix) => Float64Array,
  peers: Readonly<Record<string, string>>,
) {
  const { x, y } = prices(size);
  const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });
  const inputs = { x: tensor(x), y: tensor(y), delta: MODEL.delta, R: MODEL.observationVariance };
  return {
    ours: () => ours(x, y),
    peers: Object.fromEntries(Object.entries(peers).map(([name, python]) => [name, { python, inputs }])),
    disagreement: within(1e-8), // theirs is the shorter update, which keeps fewer digits
  };
}

const describe = ({ bars, pairs }: Size) => `${pairs} × ${bars} bars`;

const ladders: readonly Ladder[] = [
  ladder<Size>({
    name: "Kalman panel",
    sizes: [
      { bars: 10_000, pairs: 500 },
      { bars: 1000, pairs: 50 },
    ],
    describe,
    prepare: (size) => {
      const out = empty(size);
      return against(size, (x, y) => kalmanRegressionPanel(x, y, { ...MODEL, out }).zScore.data, {
        numpy: "kalman_numpy",
        numba: "kalman_numba",
        "numba, all pairs a bar": "kalman_numba_rows",
      });
    },
  }),
  ladder<Size>({
    name: "Kalman panel, two figures",
    sizes: [{ bars: 10_000, pairs: 500 }],
    describe,
    prepare: (size) => {
      const { slope, zScore } = empty(size);
      const out = { slope, zScore };
      return against(size, (x, y) => kalmanRegressionPanel(x, y, { ...MODEL, out }).zScore.data, {
        numpy: "kalman_numpy_two",
      });
    },
  }),
  ladder<Size>({
    name: "Kalman one pair",
    sizes: [{ bars: 10_000, pairs: 1 }],
    describe,
    prepare: (size) => {
      const place = () => new Float64Array(size.bars);
      const out = {
        intercept: place(),
        slope: place(),
        innovation: place(),
        innovationStd: place(),
        zScore: place(),
      };
      return against(size, (x, y) => kalmanRegression(x.data, y.data, { ...MODEL, out }).zScore, {
        "a Python loop": "kalman_python",
        "a Python loop over matrices": "kalman_python_matrices",
        numba: "kalman_numba",
      });
    },
  }),
];
export default ladders;
