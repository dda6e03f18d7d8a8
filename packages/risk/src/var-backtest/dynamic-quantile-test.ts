import { chiSquareSurvival, leastSquares, Matrix, matVec, type VectorLike } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireInteger,
  requireKnownOptions,
  requireProbability,
} from "@astra-quant/core-linalg/guards";
import { requireExceptions, requireForecast, type TestResult } from "./exceptions.ts";

export interface DynamicQuantileOptions {
  /** How often an exception shall happen. */
  readonly probability: number;
  /** How many earlier days an exception might depend on. @defaultValue 4 */
  readonly lags?: number;
  /** The forecasts, one a day, when exceptions might depend on their level. @defaultValue they are left out */
  readonly valueAtRisk?: VectorLike;
}

export interface DynamicQuantileTest extends TestResult {
  /** Regressors that are not combinations of others. */
  readonly degreesOfFreedom: number;
}

/**
 * Engle and Manganelli's dynamic quantile test: exceptions less their probability, regressed on a constant, their own
 * lags and, if given, the forecast. Under a right model nothing explains them, and
 * |X b|² ÷ (p (1 − p)) is chi-square with as many degrees of freedom as there are regressors [DumitrescuHurlinPham2012].
 *
 * @param exceptions 0 or 1 a day, in the order of time.
 * @throws QuantError as {@link kupiecTest}; "shape" for forecasts of another length, "range" for lags that leave fewer
 *   days than regressors.
 */
export function dynamicQuantileTest(
  exceptions: VectorLike,
  options: DynamicQuantileOptions,
): DynamicQuantileTest {
  requireKnownOptions(options, ["probability", "lags", "valueAtRisk"]);
  const p = requireProbability("probability", options.probability);
  const lags = requireInteger("lags", options.lags ?? 4, 0);
  const hits = requireExceptions(exceptions).map((hit) => hit - p);
  const forecast =
    options.valueAtRisk === undefined
      ? undefined
      : requireForecast("valueAtRisk", options.valueAtRisk, hits.length);
  const columns = 1 + lags + (forecast === undefined ? 0 : 1);
  const rows = hits.length - lags;
  if (rows <= columns) {
    const least = lags + columns + 1;
    throw new QuantError(
      "range",
      `exceptions must have at least ${least} entries for ${lags} lags, got ${hits.length}`,
      { argument: "exceptions", least, lags },
    );
  }
  const X = new Matrix(rows, columns);
  for (let t = 0; t < rows; t++) {
    X.data[t * columns] = 1;
    for (let lag = 1; lag <= lags; lag++) X.data[t * columns + lag] = hits[lags + t - lag]!;
    if (forecast !== undefined) X.data[t * columns + columns - 1] = forecast[lags + t]!;
  }
  const { solution, rank } = leastSquares(X, hits.subarray(lags));
  const explained = matVec(X, solution);
  const statistic = explained.reduce((sum, y) => sum + y * y, 0) / (p * (1 - p));
  return { statistic, pValue: chiSquareSurvival(statistic, rank), degreesOfFreedom: rank };
}
