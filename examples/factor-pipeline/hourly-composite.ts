import { Matrix, Panel } from "@astra-quant/core-linalg";
import {
  type Bars,
  combineSignals,
  crossSectionalScores,
  intradayMomentum,
  intradayVolatility,
  priceAction,
  rsiSignal,
} from "@astra-quant/signals";

/** Hours of a session, of which a year has 252. */
const SESSION = 7;

function negative({ index, columns, values }: Panel): Panel {
  return new Panel({
    index,
    columns,
    values: new Matrix(
      values.rows,
      values.columns,
      values.data.map((x) => -x),
    ),
  });
}

/** The four hourly signals, each against the other names of its hour, in equal parts. */
export function hourlyComposite(bars: Bars<Panel>): Panel {
  const signals = {
    momentum: intradayMomentum(bars.close, { window: SESSION }),
    volatility: negative(
      intradayVolatility(bars, { estimator: "yang-zhang", periodsPerYear: 252 * SESSION }),
    ),
    rsi: rsiSignal(bars.close),
    priceAction: priceAction(bars),
  };
  const scores = Object.fromEntries(
    Object.entries(signals).map(([name, signal]) => [name, crossSectionalScores(signal, { limit: 3 })]),
  );
  const equal = Object.fromEntries(Object.keys(scores).map((name) => [name, 1 / 4]));
  return combineSignals(scores, equal, { missing: "missing" }).signal;
}
