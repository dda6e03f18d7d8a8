import type { VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { dickeyFullerFit, dickeyFullerSeries } from "./dickey-fuller.ts";
import { requireLagsCarried } from "./lag-selection.ts";
import { type UnitRootCriticalValues, unitRootCriticalValues, unitRootPValue } from "./mackinnon.ts";
import { requireTrend, type Trend, trendColumns } from "./trend.ts";

export interface PhillipsPerronTestOptions {
  /**
   * Besides the lagged level: nothing, a constant, or a constant and a linear trend.
   *
   * @defaultValue "c"
   */
  readonly trend?: "n" | "c" | "ct";
  /**
   * Autocovariances in the long-run variance of the residuals.
   *
   * @defaultValue ⌈12 (n ÷ 100)^¼⌉ for n observations
   */
  readonly lags?: number;
}

export interface PhillipsPerronTest {
  /** Z_τ: the Dickey–Fuller t-statistic, corrected for autocorrelation of the residuals. */
  readonly statistic: number;
  /** The probability of a statistic at most this large under a unit root. */
  readonly pValue: number;
  readonly criticalValues: UnitRootCriticalValues;
  /** γ: by how much of its level the series moves in a bar. */
  readonly coefficient: number;
  readonly standardError: number;
  readonly lags: number;
  readonly observations: number;
}

/** Residuals of Δy_t = trend + γ y_{t−1}, given γ. */
function residualsOf(changes: Float64Array, levels: Float64Array, gamma: number, trend: Trend): Float64Array {
  const residuals = Float64Array.from(changes, (change, t) => change - gamma * levels[t]!);
  for (const column of trendColumns(trend, residuals.length)) {
    let share = 0;
    for (let t = 0; t < residuals.length; t++) share += residuals[t]! * column[t]!;
    for (let t = 0; t < residuals.length; t++) residuals[t]! -= share * column[t]!;
  }
  return residuals;
}

/** Σ u² ÷ n, and that with Bartlett-weighted autocovariances, of residuals that need no centring. */
function variancesOf(u: Float64Array, lags: number): { readonly short: number; readonly long: number } {
  const n = u.length;
  const short = u.reduce((sum, value) => sum + value * value, 0) / n;
  let long = short;
  for (let j = 1; j <= lags; j++) {
    let sum = 0;
    for (let t = j; t < n; t++) sum += u[t]! * u[t - j]!;
    long += 2 * (1 - j / (lags + 1)) * (sum / n);
  }
  return { short, long };
}

/**
 * Phillips and Perron's test of a unit root: the Dickey–Fuller regression without lagged differences, its t-statistic
 * corrected by the long-run variance λ² of the residuals (Bartlett weights), whose variance is γ₀:
 * Z_τ = √(γ₀ ÷ λ²) t − ½ (λ² − γ₀) ÷ λ · n se(γ) ÷ s.
 *
 * NaN for a constant series, and for one that the regression fits without a residual.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity, "range" for a series too short or lags that are no integer in
 *   [0, n − 2], "option" for an unknown trend.
 */
export function phillipsPerronTest(
  series: VectorLike,
  options: PhillipsPerronTestOptions = {},
): PhillipsPerronTest {
  requireKnownOptions(options, ["trend", "lags"]);
  const { trend = "c" } = options;
  requireTrend(trend, ["n", "c", "ct"]);
  const values = requireFiniteVector("series", series);
  requireLagsCarried("series", values.length, trend, { lags: 0 });
  const n = values.length - 1;
  const { lags = Math.min(Math.ceil(12 * Math.sqrt(Math.sqrt((n + 1) / 100))), n - 1) } = options;
  requireInteger("lags", lags, 0, n - 1);
  const data = dickeyFullerSeries(values, trend);
  const { coefficient, standardError, statistic: t, residualVariance } = dickeyFullerFit(data, 0);
  const u = residualsOf(data.changes, data.levels, coefficient, trend);
  const { short, long } = variancesOf(u, lags);
  const statistic =
    Math.sqrt(short / long) * t -
    ((0.5 * (long - short)) / Math.sqrt(long)) * ((n * standardError) / Math.sqrt(residualVariance));
  return {
    statistic,
    pValue: unitRootPValue(statistic, { trend }),
    criticalValues: unitRootCriticalValues({ trend, observations: n }),
    coefficient,
    standardError,
    lags,
    observations: n,
  };
}
