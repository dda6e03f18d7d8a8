import { log, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { dickeyFullerFit, dickeyFullerSeries } from "./dickey-fuller.ts";
import { requireTrend } from "./trend.ts";

export interface HalfLifeOptions {
  /**
   * 'c' reverts to a mean that is estimated, 'n' to zero.
   *
   * @defaultValue "c"
   */
  readonly trend?: "n" | "c";
}

export interface HalfLife {
  /** Bars in which half of a deviation is expected to be gone; ∞ when nothing reverts, 0 when all is gone in a bar. */
  readonly halfLife: number;
  /** Of the half-life, in bars; NaN where that is 0 or ∞. */
  readonly standardError: number;
  /** φ: the share of a deviation that is left after one bar. */
  readonly persistence: number;
  readonly persistenceError: number;
  /** Bars that went in, less one. */
  readonly observations: number;
}

/**
 * The half-life of deviations of a spread: log 2 ÷ −log φ, with φ from the regression of the spread on its value a bar
 * before, which is the Ornstein–Uhlenbeck process seen at bars. The standard error is that of φ carried to first order,
 * log 2 · se(φ) ÷ (φ log² φ).
 *
 * φ ≥ 1 does not revert: ∞. φ ≤ 0 passes its mean within a bar: 0. NaN for a constant series, for one without a residual,
 * and for too few bars. Least squares puts φ too low, by about (1 + 3 φ) ÷ n: a half-life of a fair part of the bars is
 * an underestimate.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity, "option" for an unknown trend, "shape" for no vector.
 */
export function halfLife(spread: VectorLike, options: HalfLifeOptions = {}): HalfLife {
  requireKnownOptions(options, ["trend"]);
  const { trend = "c" } = options;
  requireTrend(trend, ["n", "c"]);
  const values = requireFiniteVector("spread", spread);
  const { coefficient, standardError, observations } = dickeyFullerFit(dickeyFullerSeries(values, trend), 0);
  const persistence = 1 + coefficient;
  const rate = persistence > 0 ? -log(persistence) : Number.NaN;
  const reverts = rate > 0;
  return {
    halfLife: reverts
      ? Math.LN2 / rate
      : persistence <= 0
        ? 0
        : persistence >= 1
          ? Number.POSITIVE_INFINITY
          : Number.NaN,
    standardError: reverts ? (Math.LN2 * standardError) / (persistence * rate * rate) : Number.NaN,
    persistence,
    persistenceError: standardError,
    observations,
  };
}
