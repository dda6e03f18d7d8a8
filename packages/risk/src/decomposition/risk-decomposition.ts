import { requirePositive } from "@astra-quant/core-linalg/guards";
import type { RiskMeasure } from "../var/risk-measure.ts";

/** A portfolio's risk, position by position. Losses are positive fractions of capital. */
export interface RiskDecomposition {
  readonly measure: RiskMeasure;
  /** The portfolio's risk. */
  readonly total: number;
  /** What each position adds: weight × marginal. They sum to the total; a hedge has a negative one. */
  readonly component: Float64Array;
  /** By how much the total rises for a unit of weight. */
  readonly marginal: Float64Array;
  /** component ÷ total; zeros where the total is 0. */
  readonly percent: Float64Array;
  /** The risk of each position alone. */
  readonly standalone: Float64Array;
  /** By how much the total would fall without the position. */
  readonly incremental: Float64Array;
  /** Σ standalone. */
  readonly undiversified: number;
  /** undiversified ÷ total: 1 when nothing diversifies; NaN where the total is 0. */
  readonly diversificationRatio: number;
  /** The total and the components in the currency of `capital`. */
  readonly monetary?: { readonly total: number; readonly component: Float64Array };
}

interface Parts {
  readonly measure: RiskMeasure;
  readonly total: number;
  readonly weights: Float64Array;
  readonly marginal: Float64Array;
  readonly standalone: Float64Array;
  readonly incremental: Float64Array;
  readonly capital: number | undefined;
}

/** What follows from the parts. */
export function decompositionOf(parts: Parts): RiskDecomposition {
  const { measure, total, weights, marginal, standalone, incremental, capital } = parts;
  const component = marginal.map((slope, i) => weights[i]! * slope + 0);
  const undiversified = standalone.reduce((sum, risk) => sum + risk, 0);
  const monetary =
    capital === undefined
      ? {}
      : {
          monetary: {
            total: requirePositive("capital", capital) * total,
            component: component.map((part) => capital * part),
          },
        };
  return {
    measure,
    total,
    component,
    marginal,
    percent: component.map((part) => (total === 0 ? 0 : part / total)),
    standalone,
    incremental,
    undiversified,
    diversificationRatio: total === 0 ? Number.NaN : undiversified / total,
    ...monetary,
  };
}
