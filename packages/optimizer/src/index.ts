export type { SparseColumns } from "@astra-quant/core-linalg";
export { optimizePortfolio } from "./portfolio/optimize-portfolio.ts";
export { type PortfolioChanges, PortfolioOptimizer } from "./portfolio/portfolio-optimizer.ts";
export type {
  BindingLimit,
  PortfolioConflict,
  PortfolioMethod,
  PortfolioSolution,
  RelaxedLimit,
} from "./portfolio/solution.ts";
export type {
  ExposureLimits,
  FactorCovariance,
  GroupLimits,
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
export { minimumVariance } from "./recipes/minimum-variance.ts";
