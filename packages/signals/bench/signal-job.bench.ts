import { type Ladder, ladder, within } from "@astra-quant/bench";
import type { Matrix } from "@astra-quant/core-linalg";
import {
  betaSignal,
  carrySignal,
  crossSectionalIc,
  crossSectionalTurnover,
  healthHistory,
  informationCoefficient,
  momentumSignal,
  tailRiskSignal,
  volatilitySignal,
} from "@astra-quant/signals";
import { type MarketSize, simulatedMarket, tensor } from "./simulated-market.ts";

const IC_WINDOW = 252;
const RANK_WINDOW = 63;
/** Rows before the last of the figures is there: the volatility's own 271, a window of 252, a lag of 1. */
const WARM_UP = 271 + IC_WINDOW + 1;

const SIZES: readonly MarketSize[] = [
  { rows: 2520, columns: 500 },
  { rows: 2520, columns: 20 },
];

const describe = ({ rows, columns }: MarketSize) => `${columns} assets × ${rows} days`;

/** All answers from row WARM_UP on, one after the other: tables, and series of one entry a row. */
function joined(answers: readonly (Matrix | Float64Array)[]): Float64Array {
  const parts = answers.map((answer) =>
    "data" in answer ? answer.data.subarray(WARM_UP * answer.columns) : answer.subarray(WARM_UP),
  );
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function healthOf(signal: Matrix, returns: Matrix): readonly Float64Array[] {
  const ic = crossSectionalIc(signal, returns);
  const traded = crossSectionalTurnover(signal);
  const adjusted = ic.map((value, t) => value / (1 + 100 * traded[t]!));
  return [ic, adjusted, healthHistory(ic, adjusted).score];
}

type Market = ReturnType<typeof simulatedMarket>;

const fiveFactors = ({ prices, returns, market, dates }: Market): readonly Matrix[] => [
  volatilitySignal(returns),
  momentumSignal(returns, market),
  tailRiskSignal(returns),
  betaSignal(returns, market),
  carrySignal(prices, returns, dates),
];

const inputsOf = ({ prices, returns, market }: Market) => ({
  prices: tensor(prices),
  returns: tensor(returns),
  market: { shape: [market.length], data: market },
});

const wholeJob: Ladder = ladder<MarketSize>({
  name: "signal job",
  sizes: SIZES,
  describe: (size) =>
    `five factors, their rolling, rank and cross-sectional IC and health: ${describe(size)}`,
  prepare: (size) => {
    const data = simulatedMarket(size);
    const { returns } = data;
    return {
      ours: () =>
        joined(
          fiveFactors(data).flatMap((signal) => [
            signal,
            informationCoefficient(signal, returns, { window: IC_WINDOW }),
            informationCoefficient(signal, returns, { window: RANK_WINDOW, method: "spearman" }),
            ...healthOf(signal, returns),
          ]),
        ),
      peers: { pandas: { python: "pandas_signal_job", inputs: inputsOf(data) } },
      disagreement: within(1e-9),
    };
  },
});

/** One stage of the job on one signal, the momentum. */
function stage(
  name: string,
  python: string,
  ours: (signal: Matrix, returns: Matrix) => readonly (Matrix | Float64Array)[],
): Ladder {
  return ladder<MarketSize>({
    name,
    sizes: SIZES,
    describe,
    prepare: (size) => {
      const { returns, market } = simulatedMarket(size);
      const signal = momentumSignal(returns, market);
      return {
        ours: () => joined(ours(signal, returns)),
        peers: { pandas: { python, inputs: { signal: tensor(signal), returns: tensor(returns) } } },
        disagreement: within(1e-9),
      };
    },
  });
}

const ladders: readonly Ladder[] = [
  wholeJob,
  stage("rolling IC", "pandas_rolling_ic", (signal, returns) => [
    informationCoefficient(signal, returns, { window: IC_WINDOW }),
  ]),
  stage("rolling rank IC", "pandas_rolling_rank_ic", (signal, returns) => [
    informationCoefficient(signal, returns, { window: RANK_WINDOW, method: "spearman" }),
  ]),
  stage("cross-sectional IC and health", "pandas_health", healthOf),
];
export default ladders;
