import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireNonNegative } from "@astra-quant/core-linalg/guards";
import { atWorstMean } from "../portfolio/frontier/frontier-goals.ts";
import { type FrontierPoint, type FrontierSearch, missing } from "../portfolio/frontier/frontier-point.ts";
import { frontierRoot, ordinaryT } from "../portfolio/frontier/frontier-root.ts";
import { optimizePortfolio } from "../portfolio/optimize-portfolio.ts";
import { unitsOf } from "../portfolio/problem/units.ts";
import { certify } from "../portfolio/proof/certificate.ts";
import { readRates } from "../portfolio/reading/per-asset.ts";
import { type ReadSpec, readSpec } from "../portfolio/reading/read-spec.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";
import { solutionOf, withoutPortfolio } from "../portfolio/solution-of.ts";
import type { PortfolioSpec } from "../portfolio/spec.ts";

/** How wrong the expected returns may be. */
export type MeanUncertainty =
  /** Each by as much as this, one number for all assets or one an asset, ≥ 0. */
  | { readonly box: number | VectorLike }
  /** All together: (m − μ)'Σ⁻¹(m − μ) ≤ ellipsoid², as of estimates from T periods with radius √(χ²/T); ≥ 0. */
  | { readonly ellipsoid: number };

/** A portfolio problem whose objective is the utility; see {@link PortfolioSpec}. */
export interface RobustSpec extends Omit<PortfolioSpec, "objective"> {
  /** Of the utility; ≥ 0. */
  readonly riskAversion: number;
}

/** Beyond this many times an ordinary 1/γ nothing ends the gain. */
const FAR = 1e12;
/** A variance below this part of (Σσ|w|)² is what rounding leaves of none. */
const NO_RISK = 1e-13;
const NO_GROWTH = 1e-20;

/**
 * The portfolio whose utility is greatest where the expected returns are as bad for it as they may be:
 *
 *     box:        μ'w − Σ box_i |w_i| − costs − riskAversion · w'Σw
 *     ellipsoid:  μ'w − ellipsoid √(w'Σw) − costs − riskAversion · w'Σw
 *
 * `objective` is that worst utility, `expectedReturn` still μ'w. A box is a charge for holding, as funding is; an
 * ellipsoid is more risk aversion, found with the weights.
 *
 * @throws QuantError as {@link optimizePortfolio} does, and for an uncertainty that is negative or of neither kind.
 */
export function robustPortfolio(spec: RobustSpec, uncertainty: MeanUncertainty): PortfolioSolution {
  requireKnownOptions(uncertainty, ["box", "ellipsoid"], "uncertainty");
  const { riskAversion, ...rest } = spec;
  const whole: PortfolioSpec = { ...rest, objective: { maximize: "utility", riskAversion } };
  const isBox = "box" in uncertainty;
  if (isBox === "ellipsoid" in uncertainty) {
    throw new QuantError("option", "uncertainty must have one of box and ellipsoid", {});
  }
  return isBox
    ? optimizePortfolio(withBox(whole, uncertainty.box))
    : withinEllipsoid(whole, requireNonNegative("uncertainty.ellipsoid", uncertainty.ellipsoid));
}

/** Holding either side costs what the mean may be worse by. */
function withBox(spec: PortfolioSpec, box: number | VectorLike): PortfolioSpec {
  const { n } = readSpec(spec).problem;
  const width = readRates("uncertainty.box", box, n);
  width.forEach((value, i) => {
    requireNonNegative(`uncertainty.box[${i}]`, value);
  });
  const { funding = { long: 0, short: 0 } } = spec.costs ?? {};
  const widened = (rate: number | VectorLike): Float64Array =>
    readRates("costs.funding", rate, n).map((value, i) => value + width[i]!);
  return {
    ...spec,
    costs: { ...spec.costs, funding: { long: widened(funding.long), short: widened(funding.short) } },
  };
}

/** Of the frontier the point whose 1/t is γ + ellipsoid/√V: there the slopes of the worst utility vanish. */
function withinEllipsoid(spec: PortfolioSpec, radius: number): PortfolioSolution {
  if (radius === 0) return optimizePortfolio(spec);
  const read = readSpec(spec);
  if (read.aim !== undefined) {
    throw new QuantError("option", "constraints.volatility must not go with uncertainty.ellipsoid", {});
  }
  const search: FrontierSearch = { problem: read.problem, method: read.method };
  const ordinary = ordinaryT(search);
  const goal = atWorstMean(
    read.problem.gamma,
    radius,
    (point) => point.t > FAR * ordinary || point.t < ordinary / FAR || isRiskless(read, point),
  );
  const { point, outcome, iterations } = frontierRoot(search, goal, { t: ordinary, settled: undefined });
  if (outcome === "ended" && point.t > FAR * ordinary) return withoutEnd(read, point, radius);
  const variance = isRiskless(read, point) ? 0 : point.variance;
  const solution = worstUtility(read, { ...point, variance }, radius, iterations);
  return outcome === "ended" && point.t < ordinary / FAR ? atRest(read, point, solution) : solution;
}

/** Whether what is left of V = v₀ + growth · t² is rounding in v₀, and what t leaves is nothing. */
function isRiskless(
  { problem: { risk } }: ReadSpec,
  { t, variance, growth, solved }: FrontierPoint,
): boolean {
  let size = 0;
  solved.portfolio.weights.forEach((w, i) => {
    size += Math.sqrt(risk.variances[i]!) * Math.abs(w);
  });
  return variance <= NO_RISK * size * size && growth * t * t <= NO_GROWTH * size * size;
}

/** The worst utility rises with the size of the portfolio, for ever. */
function withoutEnd(
  read: ReadSpec,
  { solved, reward, variance }: FrontierPoint,
  radius: number,
): PortfolioSolution {
  const ratio = reward / Math.sqrt(variance);
  const message = `nothing ends the gain: a portfolio within the limits earns ${shown(ratio)} for each unit of volatility, more than the ellipsoid's ${shown(radius)} takes away, and it may grow without end; a gross limit would end that, or bounds on the weights`;
  return withoutPortfolio(read, "unbounded", message, solved);
}

/** Where every portfolio may lose, nothing is held: the bound on the worst utility of a next to empty portfolio is its proof. */
function atRest(read: ReadSpec, point: FrontierPoint, almost: PortfolioSolution): PortfolioSolution {
  const { problem } = read;
  const weights = new Float64Array(problem.n);
  const { prices } = point.solved.portfolio;
  const none = certify(problem, { weights, prices });
  if (none.violation > 0 || none.objective !== 0) return almost;
  const gap = Math.max(0, almost.objective + almost.certifiedGap);
  const { weight, slope } = unitsOf(problem);
  const certificate = { ...none, gap, relativeGap: gap / (weight * slope) };
  return solutionOf(read, { ...point.solved, portfolio: { weights, prices }, certificate });
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/**
 * For any w: √(w'Σw) ≥ w*'Σw ÷ √V*, and so radius √(w'Σw) ≥ k w*'Σw for a k of at most radius ÷ √V*: the gap of the point's
 * utility, whose 1/t is γ + k, is one of the worst utility with what k falls short by.
 */
function worstUtility(
  read: ReadSpec,
  point: FrontierPoint,
  radius: number,
  iterations: number,
): PortfolioSolution {
  const { problem, reward, variance, t } = point;
  const { gamma } = read.problem;
  const volatility = Math.sqrt(variance);
  const objective = reward - radius * volatility - 0.5 * gamma * variance;
  const missed = Math.abs(variance / t - radius * volatility - gamma * variance);
  return solutionOf(
    { ...read, problem, toObjective: () => objective },
    { ...missing(point, missed), iterations },
  );
}
