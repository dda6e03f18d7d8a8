import { type Ladder, ladder, within } from "@astra-quant/bench";
import {
  betaSignal,
  carrySignal,
  momentumSignal,
  tailRiskSignal,
  volatilitySignal,
} from "@astra-quant/signals";
import { type MarketSize, simulatedMarket, tensor } from "./simulated-market.ts";

/** Rows before the last of the factors answers. */
const WARM_UP = 271;

const fiveFactors: Ladder = ladder<MarketSize>({
  name: "five factors",
  sizes: [
    { rows: 2520, columns: 500 },
    { rows: 2520, columns: 20 },
  ],
  describe: ({ rows, columns }) => `${columns} assets × ${rows} days`,
  prepare: (size) => {
    const { prices, returns, market, dates } = simulatedMarket(size);
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
