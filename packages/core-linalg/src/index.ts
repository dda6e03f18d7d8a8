export type { ConditionReport, Definiteness } from "./covariance/condition.ts";
export { type Correlation, correlation } from "./covariance/correlation.ts";
export type { ConditionedCovariance, CovarianceEstimate } from "./covariance/covariance-estimate.ts";
export { type SampleCovarianceOptions, sampleCovariance } from "./covariance/sample-covariance.ts";
export { type CholeskyResult, cholesky, choleskySolve } from "./factor/cholesky.ts";
export { type SymmetricEigen, symmetricEigen } from "./factor/symmetric-eigen.ts";
export { QuantError, type QuantErrorCode } from "./guards/quant-error.ts";
export type { VectorLike } from "./guards/vectors.ts";
export { Matrix } from "./matrix/matrix.ts";
export { matVec, multiply, quadraticForm, symmetrize, transpose } from "./matrix/multiply.ts";
export { type MatrixLike, type MlMatrixLike, toMatrix } from "./matrix/to-matrix.ts";
export { type CorrelatedDrawsOptions, correlatedDraws } from "./random/correlated-draws.ts";
export type { GeneratorName } from "./random/generator.ts";
export { type MultivariateNormalOptions, multivariateNormal } from "./random/multivariate-normal.ts";
export { createRandom, Random, type RandomOptions, type RandomState } from "./random/random.ts";
export type { IntegerArray, RandomSource } from "./random/random-source.ts";
export { randomFrom, type SeedrandomLike } from "./random/seedrandom-source.ts";
export type { MatchedMoments, NormalShaping } from "./random/shaped-normals.ts";
export { type StandardNormalsOptions, standardNormals } from "./random/standard-normals.ts";
export { rollingBeta } from "./rolling/beta.ts";
export { rollingCorrelation } from "./rolling/correlation.ts";
export { rollingCovariance } from "./rolling/covariance.ts";
export { RollingMax, rollingMax } from "./rolling/max.ts";
export { rollingMean, rollingSum } from "./rolling/mean.ts";
export { rollingMedian } from "./rolling/median.ts";
export { RollingMin, rollingMin } from "./rolling/min.ts";
export type { RollingOptions, WindowOptions } from "./rolling/options.ts";
export {
  type QuantileStreamOptions,
  RollingQuantile,
  type RollingQuantileOptions,
  type RollingQuantileState,
  rollingQuantile,
} from "./rolling/quantile.ts";
export {
  type RankStreamOptions,
  RollingRank,
  type RollingRankOptions,
  type RollingRankState,
  rollingRank,
} from "./rolling/rank.ts";
export type { RankMethod } from "./rolling/rank-window.ts";
export type { JsonSeries, RollingState } from "./rolling/stream-state.ts";
export { type RollingVarianceOptions, rollingStd, rollingVariance } from "./rolling/variance.ts";
export type { Aggregate } from "./series/aggregate.ts";
export { type AsOfJoinOptions, asOfJoin } from "./series/as-of-join.ts";
export { backwardFill } from "./series/backward-fill.ts";
export { barsFromTicks, type Ticks } from "./series/bars-from-ticks.ts";
export type { BinOptions } from "./series/bin-options.ts";
export {
  BusinessCalendar,
  type BusinessCalendarOptions,
  type RollConvention,
} from "./series/business-calendar.ts";
export type { DateLike } from "./series/date-like.ts";
export { dropMissing, type WithoutMissing } from "./series/drop-missing.ts";
export type { FillOptions } from "./series/fill-gaps.ts";
export { fillMissing } from "./series/fill-missing.ts";
export { forwardFill } from "./series/forward-fill.ts";
export { innerJoin } from "./series/inner-join.ts";
export type { OutOption } from "./series/map-table.ts";
export { outerJoin } from "./series/outer-join.ts";
export { isoTime, Panel, type PanelFields } from "./series/panel.ts";
export { parseTime } from "./series/parse-time.ts";
export { type ReadCsvPanelOptions, readCsvPanel } from "./series/read-csv-panel.ts";
export { type Resampled, type ResampleOptions, resample } from "./series/resample.ts";
export { type ResampleBarsOptions, resampleBars } from "./series/resample-bars.ts";
export { cumulativeReturn, logReturns, type ReturnsOptions, simpleReturns } from "./series/returns.ts";
export type { TableLike, TableOf } from "./series/table-like.ts";
export { type TimeZoneOffsets, timeZoneOffsets } from "./series/time-zone.ts";
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
