export type { SparseColumns } from "@astra-quant/core-linalg";
export { optimizePortfolio } from "./portfolio/optimize-portfolio.ts";
export { type PortfolioChanges, PortfolioOptimizer } from "./portfolio/portfolio-optimizer.ts";
export type {
  BindingLimit,
  GroupWeights,
  PortfolioConflict,
  PortfolioFigures,
  PortfolioMethod,
  PortfolioSolution,
  PriceLeg,
  PriceReach,
  RelaxedLimit,
  RiskContributions,
} from "./portfolio/solution.ts";
export type {
  ExposureLimits,
  FactorCovariance,
  GroupLimits,
  ParticipationLimit,
  PortfolioConstraints,
  PortfolioCosts,
  PortfolioObjective,
  PortfolioSpec,
} from "./portfolio/spec.ts";
export type { AccurateInfo } from "./qp/accurate.ts";
export {
  type AdjointDerivative,
  adjointDerivative,
  type SolutionGradient,
} from "./qp/derivative/adjoint-derivative.ts";
export { Osqp } from "./qp/osqp.ts";
export type { QpChanges, QpProblem } from "./qp/problem.ts";
export type { QpMatrix, TripletMatrix } from "./qp/problem-matrix.ts";
export type { LaterSettings, QpProgress, QpSettings } from "./qp/settings.ts";
export type { QpInfo, QpSolution } from "./qp/solution.ts";
export { solveQp } from "./qp/solve-qp.ts";
export type { QpStatus } from "./qp/status.ts";
export type { Suspicion } from "./qp/suspect.ts";
export {
  type BlackLittermanOptions,
  type BlackLittermanPosterior,
  blackLitterman,
} from "./recipes/black-litterman.ts";
export {
  type EfficientFrontier,
  type EfficientFrontierOptions,
  efficientFrontier,
  type FrontierPortfolio,
} from "./recipes/efficient-frontier.ts";
export {
  type HierarchicalRiskParityOptions,
  type HierarchicalRiskParityPortfolio,
  hierarchicalRiskParity,
  type PastReturns,
} from "./recipes/hierarchical-risk-parity.ts";
export type { Linkage, Merge } from "./recipes/linkage-tree.ts";
export { type MaximumSharpeSpec, maximumSharpe } from "./recipes/maximum-sharpe.ts";
export {
  type MinimumCvarOptions,
  type MinimumCvarSolution,
  minimumCvar,
} from "./recipes/minimum-cvar.ts";
export { minimumVariance } from "./recipes/minimum-variance.ts";
export {
  type ResampledOptions,
  type ResampledPortfolio,
  resampledPortfolio,
} from "./recipes/resampled-portfolio.ts";
export { type RiskParityOptions, type RiskParityPortfolio, riskParity } from "./recipes/risk-parity.ts";
export { type RobustSpec, robustPortfolio } from "./recipes/robust-portfolio.ts";
export { type SignalWeightsOptions, signalWeights } from "./recipes/signal-weights.ts";
export { type TargetVolatilitySpec, targetVolatility } from "./recipes/target-volatility.ts";
