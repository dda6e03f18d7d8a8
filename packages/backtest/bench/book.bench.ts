import { type BacktestSpec, backtest, linearCost } from "@astra-quant/backtest";
import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom, Matrix } from "@astra-quant/core-linalg";

interface Size {
  readonly rows: number;
  readonly assets: number;
}

const BPS = 5;

/** Random walks, and weights of which every one changes at every row: an order a cell. */
function book({ rows, assets }: Size): { prices: Matrix; weights: Matrix } {
  const random = createRandom("book");
  const moves = random.fillNormal(new Float64Array(rows * assets));
  const scores = random.fillNormal(new Float64Array(rows * assets));
  const prices = moves.slice();
  for (let k = 0; k < prices.length; k++) {
    prices[k] = (k < assets ? 100 : prices[k - assets]!) * (1 + 0.01 * moves[k]!);
  }
  return {
    prices: new Matrix(rows, assets, prices),
    weights: new Matrix(
      rows,
      assets,
      scores.map((score) => (0.5 * score) / assets),
    ),
  };
}

const describe = ({ rows, assets }: Size) => `${rows} rows × ${assets} assets`;

function against(size: Size, spec: Partial<BacktestSpec>, peers: Readonly<Record<string, string>>) {
  const given = book(size);
  const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });
  const inputs = { prices: tensor(given.prices), weights: tensor(given.weights), bps: BPS };
  const costs = [linearCost({ bps: BPS })];
  return {
    ours: () => backtest({ ...given, costs, capital: 1e6, periodsPerYear: 252, ...spec }).equity,
    peers: Object.fromEntries(Object.entries(peers).map(([name, python]) => [name, { python, inputs }])),
    disagreement: within(1e-10),
  };
}

const sizes: readonly Size[] = [
  { rows: 1000, assets: 1000 },
  { rows: 2520, assets: 500 },
  { rows: 252, assets: 50 },
];

const ladders: readonly Ladder[] = [
  ladder<Size>({
    name: "backtest of shares and cash",
    sizes,
    describe,
    prepare: (size) => against(size, { rebalance: "every-bar" }, { vectorbt: "backtest_vectorbt" }),
  }),
  ladder<Size>({
    name: "backtest of constant weights",
    sizes,
    describe,
    prepare: (size) => against(size, {}, { numpy: "backtest_numpy", pandas: "backtest_pandas" }),
  }),
];
export default ladders;
