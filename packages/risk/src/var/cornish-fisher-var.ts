import {
  kurtosis,
  mean,
  normalPdf,
  normalQuantile,
  skewness,
  std,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  isVector,
  QuantError,
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { monetaryLoss, type TailLoss } from "./tail-loss.ts";
import { tailProbability } from "./tail-probability.ts";

/** The first four moments of one period's return. */
export interface ReturnMoments {
  readonly mean: number;
  readonly volatility: number;
  readonly skewness: number;
  /** In excess of the normal's 3. */
  readonly kurtosis: number;
}

/**
 * Where the expansion is a law, its quantiles in order.
 *
 * - `everywhere`: at every probability above 1e-16
 * - `in-the-tail`: not everywhere, but the quantiles of the tail are in order and no other falls below them, so that both
 *   figures are the quantile and the tail mean of what it describes
 * - `crossing`: quantiles cross at the confidence asked for; the figures are the formulas' and no law's
 */
export type CornishFisherValidity = "everywhere" | "in-the-tail" | "crossing";

export interface CornishFisherVarOptions {
  /** Strictly between 0 and 1. */
  readonly confidence: number;
  /** How many periods are held, > 0; skewness falls with its root and kurtosis with it. @defaultValue 1 */
  readonly horizon?: number;
  /** Asks for `monetary`. */
  readonly capital?: number;
}

export interface CornishFisherVar extends TailLoss {
  readonly valid: CornishFisherValidity;
  /** As used, over the horizon. */
  readonly moments: ReturnMoments;
  /** The losses in the currency of `capital`. */
  readonly monetary?: TailLoss;
}

function momentsOf(data: VectorLike | ReturnMoments): ReturnMoments {
  if (isVector(data)) {
    const returns = requireReturns("returns", data);
    if (returns.length < 4) {
      throw new QuantError(
        "range",
        `returns must number at least 4 for their four moments, got ${returns.length}`,
        { argument: "returns", least: 4, value: returns.length },
      );
    }
    requirePositive("the standard deviation of returns", std(returns));
    return {
      mean: mean(returns),
      volatility: std(returns),
      skewness: skewness(returns),
      kurtosis: kurtosis(returns),
    };
  }
  requireKnownOptions(data, ["mean", "volatility", "skewness", "kurtosis"], "moments");
  return {
    mean: requireFinite("moments.mean", data.mean),
    volatility: requireNonNegative("moments.volatility", data.volatility),
    skewness: requireFinite("moments.skewness", data.skewness),
    kurtosis: requireFinite("moments.kurtosis", data.kurtosis),
  };
}

/** Normals beyond this have a probability below 1e-16 and are left out of account. */
const FURTHEST = 8.3;

/** Whether a x² + b x + c is positive on all of an interval. */
function positiveOn(a: number, b: number, c: number, from: number, to: number): boolean {
  const at = (x: number): number => (a * x + b) * x + c;
  const bottom = -b / (2 * a);
  return at(from) > 0 && at(to) > 0 && !(a > 0 && bottom > from && bottom < to && at(bottom) <= 0);
}

function validityAt(c: number, S: number, K: number): CornishFisherValidity {
  // x(z) = p₃ z³ + p₂ z² + p₁ z + p₀
  const p3 = K / 24 - (S * S) / 18;
  const p2 = S / 6;
  const p1 = 1 - K / 8 + (5 * S * S) / 36;
  const rising = (from: number, to: number): boolean => positiveOn(3 * p3, 2 * p2, p1, from, to);
  const tail = rising(Math.min(c, -FURTHEST), c);
  if (tail && rising(c, FURTHEST)) return "everywhere";
  // (x(z) − x(c)) ÷ (z − c) > 0 for z > c: nothing outside the tail falls below its edge.
  const above = positiveOn(p3, p3 * c + p2, (p3 * c + p2) * c + p1, c, FURTHEST);
  return tail && above ? "in-the-tail" : "crossing";
}

/** Value at risk and expected shortfall of a return of these moments, its tail by the expansion. */
export function cornishFisherTail(
  moments: ReturnMoments,
  alpha: number,
): TailLoss & { readonly valid: CornishFisherValidity } {
  const { mean: mu, volatility: sigma, skewness: S, kurtosis: K } = moments;
  const c = normalQuantile(alpha);
  // x(z) = z + (z² − 1) S ÷ 6 + (z³ − 3z) K ÷ 24 − (2z³ − 5z) S² ÷ 36 at z = c, and its mean over z ≤ c
  const x = c + ((c * c - 1) * S) / 6 + ((c * c - 3) * c * K) / 24 - ((2 * c * c - 5) * c * S * S) / 36;
  const tailMean = 1 + (c * S) / 6 + ((c * c - 1) * K) / 24 - ((2 * c * c - 1) * S * S) / 36;
  return {
    valueAtRisk: -mu - sigma * x,
    expectedShortfall: -mu + (sigma * normalPdf(c) * tailMean) / alpha,
    valid: validityAt(c, S, K),
  };
}

/**
 * Value at risk and expected shortfall from the first four moments, by the expansion of Cornish and Fisher
 * [RiskConcile]: modified VaR. The shortfall is the mean of the expansion over its tail, exactly. The skewness and
 * kurtosis go into the formula as they are; those of the law it describes differ from them [Maillard2012].
 *
 * @param data returns, whose moments are taken (std with ddof 1; skewness and kurtosis with ddof 0), or the moments.
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN, "range" for fewer than four returns or returns
 *   that are all the same, a confidence outside (0, 1) or a horizon that is not positive.
 */
export function cornishFisherVar(
  data: VectorLike | ReturnMoments,
  options: CornishFisherVarOptions,
): CornishFisherVar {
  requireKnownOptions(options, ["confidence", "horizon", "capital"]);
  const alpha = tailProbability(options.confidence);
  const horizon = requirePositive("horizon", options.horizon ?? 1);
  const one = momentsOf(data);
  const moments: ReturnMoments = {
    mean: one.mean * horizon,
    volatility: one.volatility * Math.sqrt(horizon),
    skewness: one.skewness / Math.sqrt(horizon),
    kurtosis: one.kurtosis / horizon,
  };
  const tail = cornishFisherTail(moments, alpha);
  return { ...tail, moments, ...monetaryLoss(options.capital, tail) };
}
