import { Matrix, type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  requireFiniteMatrix,
  requireFiniteVector,
  requireKnownOptions,
} from "@astra-quant/core-linalg/guards";
import { type CointegratingRegression, cointegratingRegression } from "./cointegrating-regression.ts";
import { dickeyFullerFit, dickeyFullerSeries } from "./dickey-fuller.ts";
import { chooseLags, type LagOptions, requireLagOptions, requireLagsCarried } from "./lag-selection.ts";
import { type UnitRootCriticalValues, unitRootCriticalValues, unitRootPValue } from "./mackinnon.ts";
import { requireTrend, type Trend } from "./trend.ts";

export interface EngleGrangerOptions extends LagOptions {
  /**
   * The trend of the regression of y on x.
   *
   * @defaultValue "c"
   */
  readonly trend?: Trend;
}

export interface EngleGranger {
  /**
   * `'collinear'`: y is x but for rounding; `'degenerate'`: y or the regressors do not move on their own. Neither leaves a
   * spread to test, so statistic and p-value are NaN.
   */
  readonly status: "ok" | "collinear" | "degenerate";
  /** The Dickey–Fuller t-statistic of the spread: the further below zero, the less "no cointegration" fits. */
  readonly statistic: number;
  /** The probability of a statistic at most this large without cointegration; NaN for more than five regressors. */
  readonly pValue: number;
  readonly criticalValues: UnitRootCriticalValues;
  /** Units of y per unit of each x. */
  readonly hedgeRatios: Float64Array;
  /** y less its trend and hedges: the deviation from the long-run relation, in units of y. */
  readonly spread: Float64Array;
  readonly rSquared: number;
  /** Lagged differences in the test of the spread. */
  readonly lags: number;
  readonly observations: number;
}

/** A fit closer than this leaves nothing but rounding. */
const COLLINEAR = 1 - 100 * Math.sqrt(Number.EPSILON);

/** The test of a spread that a regression has left; what {@link engleGranger} and a ranking of pairs share. */
export function testSpread(
  { residuals, rSquared, fullRank }: CointegratingRegression,
  options: LagOptions,
): Pick<EngleGranger, "status" | "statistic" | "lags" | "observations"> {
  const status =
    fullRank && !Number.isNaN(rSquared) ? (rSquared < COLLINEAR ? "ok" : "collinear") : "degenerate";
  if (status !== "ok") return { status, statistic: Number.NaN, lags: 0, observations: 0 };
  const data = dickeyFullerSeries(residuals, "n");
  const lags = chooseLags(data, options);
  const { statistic, observations } = dickeyFullerFit(data, lags);
  return { status, statistic, lags, observations };
}

/**
 * Engle and Granger's test of no cointegration: y is regressed on x, and what is left is tested for a unit root, with
 * MacKinnon's p-values and critical values for as many series. The choices are those of statsmodels' `coint`.
 *
 * @param y - n observations
 * @param x - n observations of one series, or n × k of up to 11
 * @throws QuantError "shape" for lengths that differ or more than 11 regressors, "not-finite" for a NaN or an infinity,
 *   "range" for series too short for their lags, "option" for an unknown trend or rule.
 */
export function engleGranger(
  y: VectorLike,
  x: VectorLike | MatrixLike,
  options: EngleGrangerOptions = {},
): EngleGranger {
  requireKnownOptions(options, ["trend", "lags", "maxLags"]);
  const { trend = "c" } = options;
  requireTrend(trend);
  requireLagOptions(options);
  const target = requireFiniteVector("y", y);
  const n = target.length;
  const X = isVector(x)
    ? new Matrix(n, 1, requireFiniteVector("x", x, n).slice())
    : requireFiniteMatrix("x", x as MatrixLike);
  if (X.rows !== n || X.columns < 1 || X.columns > 11) {
    throw new QuantError("shape", `x must be ${n} rows of 1 to 11 columns, got ${X.rows}×${X.columns}`, {
      argument: "x",
      rows: X.rows,
      columns: X.columns,
    });
  }
  requireLagsCarried("y", n, "n", options);
  const regression = cointegratingRegression(target, X, trend);
  const { status, statistic, lags, observations } = testSpread(regression, options);
  const series = X.columns + 1;
  return {
    status,
    statistic,
    pValue: unitRootPValue(statistic, { trend, series }),
    criticalValues: unitRootCriticalValues({ trend, series, observations: n - 1 }),
    hedgeRatios: regression.hedgeRatios,
    spread: regression.residuals,
    rSquared: regression.rSquared,
    lags,
    observations,
  };
}
