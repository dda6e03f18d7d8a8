import type { Matrix, Panel } from "@astra-quant/core-linalg";
import {
  type CombinedSignals,
  combineSignals,
  crossSectionalScores,
  type FusedSignal,
  fuseTimeframes,
  type MarketData,
  marketDataOf,
} from "@astra-quant/signals";
import { hourlyComposite } from "./hourly-composite.ts";
import { marketRegime } from "./market-regime.ts";
import { type MeasuredFactor, measureFactors } from "./measure-factors.ts";
import type { Universe } from "./universe.ts";
import { type Weighing, weighFactors, weightsByRow } from "./weigh-factors.ts";

/** Every stage of the pipeline; each row of each looks back only. */
export interface Pipeline {
  readonly data: MarketData;
  readonly factors: Readonly<Record<string, MeasuredFactor>>;
  /** Time × (calm, wild); undefined before the model is fitted. */
  readonly regime: Matrix | undefined;
  readonly weighings: readonly Weighing[];
  /** The daily composite, time × names: NaN before the first weights, 0 where every factor is excluded. */
  readonly composite: Panel;
  /** The composite of the day before and the hours so far; undefined without hourly bars. */
  readonly fused: FusedSignal<Panel> | undefined;
}

/** A flat composite has no spread to score: it is silent, not missing. */
function fuse(composite: Panel, hourly: Panel): FusedSignal<Panel> {
  const daily = crossSectionalScores(composite, { limit: 3 });
  return fuseTimeframes(
    { daily, hourly: crossSectionalScores(hourly, { limit: 3 }) },
    { labels: { daily: "start" }, missing: "silent" },
  );
}

/** Prices → five factors → scores → coefficients, health → weights under the regime → composite → with the hours. */
export function runPipeline({
  prices,
  benchmark,
  hourly,
}: Pick<Universe, "prices" | "benchmark" | "hourly">): Pipeline {
  const data = marketDataOf(prices, benchmark);
  const factors = measureFactors(data);
  const regime = marketRegime(data.market);
  const weighings = weighFactors(factors, regime);
  const names = Object.keys(factors);
  const scores = Object.fromEntries(names.map((name) => [name, factors[name]!.scores]));
  const weights = weightsByRow(weighings, names, prices.rows);
  const { signal }: CombinedSignals<Panel> = combineSignals(scores, weights);
  const composite = afterFirstWeights(signal, weighings[0]?.row ?? prices.rows);
  const fused = hourly === undefined ? undefined : fuse(composite, hourlyComposite(hourly));
  return { data, factors, regime, weighings, composite, fused };
}

/** Before there are weights the composite is not flat but unknown. */
function afterFirstWeights(signal: Panel, first: number): Panel {
  signal.values.data.fill(Number.NaN, 0, first * signal.columns.length);
  return signal;
}
