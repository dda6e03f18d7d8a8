import type { Panel } from "@astra-quant/core-linalg";
import {
  combineSignals,
  crossSectionalTurnover,
  type DeflatedIc,
  deflatedIc,
  type FalseDiscoveryRate,
  falseDiscoveryRate,
  type IcAtHorizon,
  type IcEstimate,
  icDecay,
  icEstimate,
  type LookAheadProof,
  lookAheadProof,
  type QuantileReturns,
  quantileReturns,
} from "@astra-quant/signals";
import type { MeasuredFactor } from "./measure-factors.ts";
import { type Pipeline, runPipeline } from "./run-pipeline.ts";
import type { Universe } from "./universe.ts";

/** What a signal was worth over its history, each figure with its error. */
export interface Verdict {
  readonly ic: IcEstimate;
  readonly decay: readonly IcAtHorizon[];
  readonly portfolios: QuantileReturns;
  /** Mean daily turnover of its positions, as a share of the largest. */
  readonly turnover: number;
}

function meanOf(x: Float64Array): number {
  const known = x.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function verdictOn(scores: Panel, returns: Panel): Verdict {
  return {
    ic: icEstimate(scores, returns),
    decay: icDecay(scores, returns, { horizons: [1, 5, 20], outcome: "single" }),
    portfolios: quantileReturns(scores, returns, { quantiles: 3 }),
    turnover: meanOf(crossSectionalTurnover(scores)),
  };
}

export interface Judgement {
  readonly factors: Readonly<Record<string, Verdict>>;
  /** Which of the factors are more than chance, taken together. */
  readonly discoveries: FalseDiscoveryRate;
  /** The best of the factors, judged as the best of so many. */
  readonly best: { readonly name: string } & DeflatedIc;
  /** From the first weights on; undefined without any. */
  readonly composite: Verdict | undefined;
  /** All factors in equal parts over the same days. */
  readonly equal: Verdict | undefined;
}

function equalParts(factors: Readonly<Record<string, MeasuredFactor>>): Panel {
  const scores = Object.fromEntries(Object.entries(factors).map(([name, factor]) => [name, factor.scores]));
  return combineSignals(scores, Object.fromEntries(Object.keys(scores).map((name) => [name, 1 / 5]))).signal;
}

/** What the factors and their composite were worth. */
export function judgePipeline({ data, factors, weighings, composite }: Pipeline): Judgement {
  const verdicts = Object.fromEntries(
    Object.entries(factors).map(([name, { scores }]) => [name, verdictOn(scores, data.returns)]),
  );
  const names = Object.keys(verdicts);
  const best = names.reduce((a, b) => (verdicts[b]!.ic.ic > verdicts[a]!.ic.ic ? b : a));
  const first = weighings[0]?.row;
  const since = (panel: Panel): Verdict | undefined => {
    return first === undefined ? undefined : verdictOn(panel.slice(first), data.returns.slice(first));
  };
  return {
    factors: verdicts,
    discoveries: falseDiscoveryRate(names.map((name) => verdicts[name]!.ic.pValue)),
    best: { name: best, ...deflatedIc(verdicts[best]!.ic, { trials: names.length }) },
    composite: since(composite),
    equal: since(equalParts(factors)),
  };
}

/** The whole pipeline, weights and all, asked again about histories without their future. */
export function provePipeline({ prices, benchmark }: Universe): LookAheadProof {
  return lookAheadProof((known: Panel) => runPipeline({ prices: known, benchmark }).composite, prices, {
    cuts: 2,
    shortest: Math.min(prices.rows, 800),
  });
}
