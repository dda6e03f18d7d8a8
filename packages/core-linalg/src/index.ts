export type { ConditionReport } from "./covariance/condition.ts";
export { type Correlation, correlation } from "./covariance/correlation.ts";
export {
  type CovarianceEstimate,
  type SampleCovarianceOptions,
  sampleCovariance,
} from "./covariance/sample-covariance.ts";
export { type CholeskyResult, cholesky, choleskySolve } from "./factor/cholesky.ts";
export { type SymmetricEigen, symmetricEigen } from "./factor/symmetric-eigen.ts";
export { QuantError, type QuantErrorCode } from "./guards/quant-error.ts";
export type { VectorLike } from "./guards/vectors.ts";
export { Matrix } from "./matrix/matrix.ts";
export { matVec, multiply, quadraticForm, symmetrize, transpose } from "./matrix/multiply.ts";
export { type MatrixLike, type MlMatrixLike, toMatrix } from "./matrix/to-matrix.ts";
export type { GeneratorName } from "./random/generator.ts";
export { type MultivariateNormalOptions, multivariateNormal } from "./random/multivariate-normal.ts";
export { createRandom, Random, type RandomOptions, type RandomState } from "./random/random.ts";
export type { IntegerArray, RandomSource } from "./random/random-source.ts";
export { rollingBeta } from "./rolling/beta.ts";
export { rollingCorrelation } from "./rolling/correlation.ts";
export { rollingCovariance } from "./rolling/covariance.ts";
export { rollingMean, rollingSum } from "./rolling/mean.ts";
export type { RollingOptions, WindowOptions } from "./rolling/options.ts";
export { rollingQuantile } from "./rolling/quantile.ts";
export type { JsonSeries, RollingState } from "./rolling/stream-state.ts";
export { type RollingVarianceOptions, rollingStd, rollingVariance } from "./rolling/variance.ts";
export { dropMissing, type WithoutMissing } from "./series/drop-missing.ts";
export { forwardFill } from "./series/forward-fill.ts";
export { innerJoin } from "./series/inner-join.ts";
export { isoTime, Panel, type PanelFields } from "./series/panel.ts";
export { parseTime } from "./series/parse-time.ts";
export { type ReadCsvPanelOptions, readCsvPanel } from "./series/read-csv-panel.ts";
export { cumulativeReturn, logReturns, type ReturnsOptions, simpleReturns } from "./series/returns.ts";
export type { TableLike, TableOf } from "./series/table-like.ts";
export { erf, erfc } from "./special/error-function.ts";
export { exp } from "./special/exp.ts";
export { expm1 } from "./special/expm1.ts";
export { log } from "./special/log.ts";
export { lgamma } from "./special/log-gamma.ts";
export { log1p } from "./special/log1p.ts";
export { normalCdf, normalPdf, normalQuantile } from "./special/normal.ts";
export { pow } from "./special/pow.ts";
export { cos, sin } from "./special/trigonometric.ts";
export { CompensatedSum, compensatedSum } from "./statistics/compensated-sum.ts";
export { kurtosis, mean, skewness, type VarianceOptions, variance } from "./statistics/moments.ts";
export { type QuantileMethod, type QuantileOptions, quantile } from "./statistics/quantile.ts";
