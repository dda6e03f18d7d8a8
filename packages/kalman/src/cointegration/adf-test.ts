import type { VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { dickeyFullerFit, dickeyFullerSeries } from "./dickey-fuller.ts";
import { chooseLags, type LagOptions, requireLagOptions, requireLagsCarried } from "./lag-selection.ts";
import { type UnitRootCriticalValues, unitRootCriticalValues, unitRootPValue } from "./mackinnon.ts";
import { requireTrend, type Trend } from "./trend.ts";

export interface AdfTestOptions extends LagOptions {
  /**
   * Besides the lagged level: nothing, a constant, a constant and a linear, and a squared trend.
   *
   * @defaultValue "c"
   */
  readonly trend?: Trend;
}

export interface AdfTest {
  /** The t-statistic of the lagged level: the further below zero, the less a unit root fits. */
  readonly statistic: number;
  /** The probability of a statistic at most this large under a unit root. */
  readonly pValue: number;
  readonly criticalValues: UnitRootCriticalValues;
  /** γ: by how much of its level the series moves in a bar. */
  readonly coefficient: number;
  readonly standardError: number;
  /** Lagged differences in the regression. */
  readonly lags: number;
  /** Rows of the regression: bars − 1 − lags. */
  readonly observations: number;
}

/**
 * The augmented Dickey–Fuller test of a unit root: γ = 0 against γ < 0 in
 * Δy_t = trend + γ y_{t−1} + Σ δ_j Δy_{t−j} + e_t, with MacKinnon's p-value and critical values. The choices of lags are
 * those of statsmodels' `adfuller`.
 *
 * NaN for a constant series, and for one that the regression fits without a residual: neither says anything about a unit
 * root.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity, "range" for a series too short for its lags, "option" for an
 *   unknown trend or rule.
 */
export function adfTest(series: VectorLike, options: AdfTestOptions = {}): AdfTest {
  requireKnownOptions(options, ["trend", "lags", "maxLags"]);
  const { trend = "c" } = options;
  requireTrend(trend);
  requireLagOptions(options);
  const values = requireFiniteVector("series", series);
  requireLagsCarried("series", values.length, trend, options);
  const data = dickeyFullerSeries(values, trend);
  const lags = chooseLags(data, options);
  const { statistic, coefficient, standardError, observations } = dickeyFullerFit(data, lags);
  return {
    statistic,
    pValue: unitRootPValue(statistic, { trend }),
    criticalValues: unitRootCriticalValues({ trend, observations }),
    coefficient,
    standardError,
    lags,
    observations,
  };
}
