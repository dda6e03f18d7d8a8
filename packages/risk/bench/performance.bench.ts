import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom } from "@astra-quant/core-linalg";
import { performanceSummary, rollingSharpe } from "@astra-quant/risk";

const returnsOf = (count: number): Float64Array => {
  const random = createRandom("performance");
  return Float64Array.from({ length: count }, () => 0.000_02 + 0.001 * random.normal());
};
const vector = (data: Float64Array) => ({ shape: [data.length], data });

/** All 26 figures of ours against the eight that the peers have too. */
const summary: Ladder = ladder({
  name: "performance summary",
  sizes: [2_520, 100_000, 1_000_000],
  describe: (count) => `${count} returns`,
  prepare: (count) => {
    const returns = returnsOf(count);
    const inputs = { returns: vector(returns) };
    return {
      ours: () => {
        const all = performanceSummary(returns, { periodsPerYear: 252 });
        const { totalReturn, cagr, volatility, sharpe, sortino, calmar, maxDrawdown, omega } = all;
        return Float64Array.of(totalReturn, cagr, volatility, sharpe, sortino, calmar, maxDrawdown, omega);
      },
      peers: {
        empyrical: { python: "empyrical_performance", inputs },
        pandas: { python: "pandas_performance", inputs },
      },
      disagreement: within(1e-9),
    };
  },
});

const WINDOW = 252;

const rolling: Ladder = ladder({
  name: "rolling Sharpe ratio",
  sizes: [2_520, 1_000_000],
  describe: (count) => `${count} returns, window ${WINDOW}`,
  prepare: (count) => {
    const returns = returnsOf(count);
    const out = new Float64Array(count);
    return {
      // The first windows are not full: NaN on both sides.
      ours: () => rollingSharpe(returns, WINDOW, { periodsPerYear: 252, out }).subarray(WINDOW - 1),
      peers: {
        pandas: { python: "pandas_rolling_sharpe", inputs: { returns: vector(returns), window: WINDOW } },
      },
      disagreement: within(1e-9),
    };
  },
});

const ladders: readonly Ladder[] = [summary, rolling];
export default ladders;
