import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { crossSectionalIc, hitRate, informationCoefficient, turnover } from "@astra-quant/signals";
import { type MarketSize, tensor } from "./simulated-market.ts";

/** The rows that a window of 252 and a lag of 1 leave without an answer. */
const WARM_UP = 252;

const validation: Ladder = ladder<MarketSize>({
  name: "signal validation",
  sizes: [
    { rows: 2520, columns: 500 },
    { rows: 2520, columns: 20 },
  ],
  describe: ({ rows, columns }) =>
    `rolling IC, hits, turnover and rank IC of ${columns} assets × ${rows} days`,
  prepare: ({ rows, columns }) => {
    const random = createRandom("validation");
    const signal = new Matrix(rows, columns, random.fillNormal(new Float64Array(rows * columns)));
    const returns = new Matrix(rows, columns, random.fillNormal(new Float64Array(rows * columns)));
    const from = WARM_UP * columns;
    return {
      ours: () => {
        const tables = [informationCoefficient(signal, returns), hitRate(signal, returns), turnover(signal)];
        const width = rows * columns - from;
        const answers = new Float64Array(tables.length * width + rows - 1);
        tables.forEach(({ data }, i) => {
          answers.set(data.subarray(from), i * width);
        });
        answers.set(crossSectionalIc(signal, returns).subarray(1), tables.length * width);
        return answers;
      },
      peers: {
        pandas: {
          python: "pandas_validation",
          inputs: { signal: tensor(signal), returns: tensor(returns) },
        },
      },
      disagreement: within(1e-9),
    };
  },
});

const ladders: readonly Ladder[] = [validation];
export default ladders;
