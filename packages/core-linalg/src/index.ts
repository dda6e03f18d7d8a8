export {
  type FutureChange,
  type FutureLeak,
  type FutureProbes,
  type ProbeFutureOptions,
  probeFuture,
} from "./causality/probe-future.ts";
export type { ConditionReport, Definiteness } from "./covariance/condition.ts";
export { type Correlation, correlation } from "./covariance/correlation.ts";
export type { ConditionedCovariance, CovarianceEstimate } from "./covariance/covariance-estimate.ts";
export { covarianceOf } from "./covariance/covariance-of.ts";
export {
  type DenoisedCovariance,
  type DenoisedCovarianceOptions,
  type DenoisingMethod,
  denoisedCovariance,
} from "./covariance/denoised-covariance.ts";
export {
  type DetonedCovariance,
  type DetonedCovarianceOptions,
  detonedCovariance,
} from "./covariance/detoned-covariance.ts";
export {
  EwmaCovariance,
  type EwmaCovarianceEstimate,
  type EwmaCovarianceOptions,
  type EwmaCovarianceState,
  ewmaCovariance,
} from "./covariance/ewma-covariance.ts";
export { type FactorModel, type FactorModelOptions, factorModel } from "./covariance/factor-model.ts";
export {
  type GerberCovariance,
  type GerberCovarianceOptions,
  gerberCovariance,
} from "./covariance/gerber-covariance.ts";
export { type LedoitWolfOptions, type LedoitWolfTarget, ledoitWolf } from "./covariance/ledoit-wolf.ts";
export {
  type NearestCorrelation,
  type NearestCorrelationOptions,
  nearestCorrelation,
} from "./covariance/nearest-correlation.ts";
export {
  type NearestPositiveDefinite,
  type NearestPositiveDefiniteOptions,
  nearestPositiveDefinite,
} from "./covariance/nearest-positive-definite.ts";
export { oas } from "./covariance/oas.ts";
export { OnlineCovariance, type OnlineCovarianceState } from "./covariance/online-covariance.ts";
export {
  type PairwiseCovariance,
  type PairwiseCovarianceOptions,
  pairwiseCovariance,
} from "./covariance/pairwise-covariance.ts";
export { type SampleCovarianceOptions, sampleCovariance } from "./covariance/sample-covariance.ts";
export type { ShrunkCovariance } from "./covariance/shrinkage.ts";
export { type StressedCorrelation, stressCorrelation } from "./covariance/stress-correlation.ts";
export { type CholeskyResult, cholesky } from "./factor/cholesky.ts";
export { choleskyInverse, choleskySolve } from "./factor/cholesky-solve.ts";
export { choleskyDowndate, choleskyUpdate } from "./factor/cholesky-update.ts";
export { choleskyCondition } from "./factor/condition-estimate.ts";
export { determinant, type LogDeterminant, logDeterminant } from "./factor/determinant.ts";
export { type Inertia, type LdlFactor, type LdlResult, ldl } from "./factor/ldl.ts";
export { ldlSolve } from "./factor/ldl-solve.ts";
export { type LeastSquares, type LeastSquaresOptions, leastSquares } from "./factor/least-squares.ts";
export { type PivotedQr, type Qr, type QrOptions, qr } from "./factor/qr.ts";
export type { RightSide, SolutionOf, SolveOptions } from "./factor/right-side.ts";
export {
  conditionNumber,
  type PseudoInverse,
  type PseudoInverseOptions,
  pseudoInverse,
  type RankOptions,
  rank,
} from "./factor/singular-values.ts";
export { type SolveResult, solve } from "./factor/solve.ts";
export { type Svd, svd } from "./factor/svd.ts";
export { type SymmetricEigen, symmetricEigen, symmetricEigenvalues } from "./factor/symmetric-eigen.ts";
export { type TriangularSolveOptions, triangularSolve } from "./factor/triangular-solve.ts";
export { QuantError, type QuantErrorCode } from "./guards/quant-error.ts";
export type { VectorLike } from "./guards/vectors.ts";
export { add, scale, subtract } from "./matrix/arithmetic.ts";
export { Matrix } from "./matrix/matrix.ts";
export {
  matVec,
  multiply,
  type OutVectorOptions,
  quadraticForm,
  symmetrize,
  transpose,
} from "./matrix/multiply.ts";
export type { OutMatrixOptions } from "./matrix/output-matrix.ts";
export { type MatrixLike, type MlMatrixLike, toMatrix } from "./matrix/to-matrix.ts";
export { toMlMatrix } from "./matrix/to-ml-matrix.ts";
export {
  type CopulaOptions,
  normalCopula,
  type StudentTCopulaOptions,
  studentTCopula,
} from "./random/copula.ts";
export { type CorrelatedDrawsOptions, correlatedDraws } from "./random/correlated-draws.ts";
export type { GeneratorName } from "./random/generator.ts";
export { type MultivariateNormalOptions, multivariateNormal } from "./random/multivariate-normal.ts";
export {
  type CholeskyOf,
  type MultivariateStudentTOptions,
  multivariateStudentT,
} from "./random/multivariate-student-t.ts";
export { permutation } from "./random/permutation.ts";
export { createRandom, Random, type RandomOptions, type RandomState } from "./random/random.ts";
export type { IntegerArray, RandomSource } from "./random/random-source.ts";
export { randomFrom, type SeedrandomLike } from "./random/seedrandom-source.ts";
export type { MatchedMoments, NormalShaping } from "./random/shaped-normals.ts";
export { type SobolPointsOptions, sobolNormals, sobolPoints } from "./random/sobol.ts";
export {
  type SobolOptions,
  type SobolScramble,
  SobolSequence,
  type SobolState,
} from "./random/sobol-sequence.ts";
export { type StandardNormalsOptions, standardNormals } from "./random/standard-normals.ts";
export { RollingBeta, rollingBeta } from "./rolling/beta.ts";
export { RollingCorrelation, rollingCorrelation } from "./rolling/correlation.ts";
export { RollingCovariance, type RollingCovarianceState, rollingCovariance } from "./rolling/covariance.ts";
export type { DecayOptions, EwmWindowOptions } from "./rolling/ewm-decay.ts";
export { EwmMean, type EwmOptions, ewmMean } from "./rolling/ewm-mean.ts";
export type { EwmRecordState, EwmState } from "./rolling/ewm-stream.ts";
export {
  EwmStd,
  EwmVariance,
  type EwmVarianceOptions,
  type EwmVarianceState,
  type EwmVarianceWindowOptions,
  ewmStd,
  ewmVariance,
} from "./rolling/ewm-variance.ts";
export { RollingKurtosis, rollingKurtosis } from "./rolling/kurtosis.ts";
export { RollingMax, rollingMax } from "./rolling/max.ts";
export { RollingMean, RollingSum, rollingMean, rollingSum } from "./rolling/mean.ts";
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
export { RollingRankCorrelation, rollingRankCorrelation } from "./rolling/rank-correlation.ts";
export type { RankMethod } from "./rolling/rank-window.ts";
export {
  type MomentWindowOptions,
  type RollingMomentOptions,
  type RollingMomentState,
  RollingSkewness,
  rollingSkewness,
} from "./rolling/skewness.ts";
export type { JsonSeries, RollingPairState, RollingState } from "./rolling/stream-state.ts";
export {
  RollingStd,
  RollingVariance,
  type RollingVarianceOptions,
  type RollingVarianceState,
  rollingStd,
  rollingVariance,
  type VarianceWindowOptions,
} from "./rolling/variance.ts";
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
export { isoTime } from "./series/iso-time.ts";
export type { OutOption } from "./series/map-table.ts";
export { outerJoin } from "./series/outer-join.ts";
export { Panel, type PanelFields } from "./series/panel.ts";
export { parseTime } from "./series/parse-time.ts";
export { type ReadCsvPanelOptions, readCsvPanel } from "./series/read-csv-panel.ts";
export { type Resampled, type ResampleOptions, resample } from "./series/resample.ts";
export { type ResampleBarsOptions, resampleBars } from "./series/resample-bars.ts";
export { cumulativeReturn, logReturns, type ReturnsOptions, simpleReturns } from "./series/returns.ts";
export type { TableLike, TableOf } from "./series/table-like.ts";
export { type TimeZoneOffsets, timeZoneOffsets } from "./series/time-zone.ts";
export { CscMatrix, type Triplet } from "./sparse/csc-matrix.ts";
export { minimumDegree } from "./sparse/minimum-degree.ts";
export type { SparseColumns } from "./sparse/sparse-columns.ts";
export {
  type SparseLdl,
  type SparseLdlOptions,
  type SparseSolveOptions,
  sparseLdl,
} from "./sparse/sparse-ldl.ts";
export { chiSquareCdf, chiSquareQuantile, chiSquareSurvival } from "./special/chi-square.ts";
export { erf, erfc } from "./special/error-function.ts";
export { exp } from "./special/exp.ts";
export { expm1 } from "./special/expm1.ts";
export { log } from "./special/log.ts";
export { lgamma } from "./special/log-gamma.ts";
export { log1p } from "./special/log1p.ts";
export { logistic } from "./special/logistic.ts";
export { normalCdf, normalPdf, normalQuantile } from "./special/normal.ts";
export { pow } from "./special/pow.ts";
export { studentTCdf, studentTPdf, studentTQuantile } from "./special/student-t.ts";
export { tanh } from "./special/tanh.ts";
export { cos, sin } from "./special/trigonometric.ts";
export {
  type CorrelationMethod,
  type CorrelationMethodOptions,
  correlationBetween,
  covarianceBetween,
} from "./statistics/association.ts";
export { type AutocorrelationOptions, autocorrelation } from "./statistics/autocorrelation.ts";
export { automaticBlockLength, type BlockLength } from "./statistics/block-length.ts";
export {
  type Bootstrap,
  type BootstrapMethod,
  type BootstrapOptions,
  bootstrap,
  type Statistic,
} from "./statistics/bootstrap.ts";
export type { BootstrapInterval, IntervalMethod } from "./statistics/bootstrap-interval.ts";
export { CompensatedSum, compensatedSum } from "./statistics/compensated-sum.ts";
export { type LjungBox, type LjungBoxOptions, ljungBox } from "./statistics/ljung-box.ts";
export { kurtosis, mean, skewness, std, type VarianceOptions, variance } from "./statistics/moments.ts";
export { type LagRule, type NeweyWest, type NeweyWestOptions, neweyWest } from "./statistics/newey-west.ts";
export { type QuantileMethod, type QuantileOptions, quantile } from "./statistics/quantile.ts";
export { type RanksOptions, ranks } from "./statistics/ranks.ts";
