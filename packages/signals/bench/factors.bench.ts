import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom, Matrix } from "@astra-quant/core-linalg";
import {
  betaSignal,
  carrySignal,
  momentumSignal,
  tailRiskSignal,
  volatilitySignal,
} from "@astra-quant/signals";

interface Size {
  readonly rows: number;
  readonly columns: number;
}

const DAY = 86_400_000;
/** Rows before the last of the factors answers. */
const WARM_UP = 271;

/** Prices of a market and its assets, a day a row from 1970 on, and their returns, row 0 being NaN. */
function simulated({ rows, columns }: Size) {
  const random = createRandom("factors");
  const market = random.fillNormal(new Float64Array(rows)).map((shock) => 0.01 * shock);
  market[0] = Number.NaN;
  const prices = new Matrix(rows, columns);
  const returns = new Matrix(rows, columns);
  prices.data.fill(100, 0, columns);
  returns.data.fill(Number.NaN, 0, columns);
  for (let k = columns; k < prices.data.length; k++) {
    const ofMarket = market[Math.floor(k / columns)]!;
    returns.data[k] = ofMarket + 0.01 * random.normal();
    prices.data[k] = prices.data[k - columns]! * (1 + returns.data[k]!);
  }
  const dates = Float64Array.from({ length: rows }, (_, t) => t * DAY);
  return { prices, returns, market, dates };
}

const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });

const fiveFactors: Ladder = ladder<Size>({
  name: "five factors",
  sizes: [
    { rows: 2520, columns: 500 },
    { rows: 2520, columns: 20 },
  ],
  describe: ({ rows, columns }) => `${columns} assets × ${rows} days`,
  prepare: (size) => {
    const { prices, returns, market, dates } = simulated(size);
    const from = WARM_UP * size.columns;
    const inputs = {
      prices: tensor(prices),
      returns: tensor(returns),
      market: { shape: [size.rows], data: market },
    };
    return {
      ours: () => {
        const factors = [
          volatilitySignal(returns),
          momentumSignal(returns, market),
          tailRiskSignal(returns),
          betaSignal(returns, market),
          carrySignal(prices, returns, dates),
        ];
        const answers = new Float64Array(factors.length * (returns.data.length - from));
        factors.forEach(({ data }, i) => {
          answers.set(data.subarray(from), i * (data.length - from));
        });
        return answers;
      },
      peers: { pandas: { python: "pandas_factors", inputs } },
      disagreement: within(1e-9),
    };
  },
});

const ladders: readonly Ladder[] = [fiveFactors];
export default ladders;
