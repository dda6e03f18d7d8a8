import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireNonNegative } from "@astra-quant/core-linalg/guards";
import { atWorstMean } from "../portfolio/frontier/frontier-goals.ts";
import { type FrontierPoint, type FrontierSearch, missing } from "../portfolio/frontier/frontier-point.ts";
import { frontierRoot, ordinaryT } from "../portfolio/frontier/frontier-root.ts";
import { optimizePortfolio } from "../portfolio/optimize-portfolio.ts";
import { readRates } from "../portfolio/reading/per-asset.ts";
import { type ReadSpec, readSpec } from "../portfolio/reading/read-spec.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";
import { solutionOf } from "../portfolio/solution-of.ts";
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
  const goal = atWorstMean(read.problem.gamma, radius, ({ t }) => t > FAR * ordinary || t < ordinary / FAR);
  const { point, iterations } = frontierRoot(search, goal, { t: ordinary, settled: undefined });
  return worstUtility(read, point, radius, iterations);
}

/** For any w: √(w'Σw) ≥ w*'Σw / √V*, so the gap of the point's utility is one of the worst utility. */
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
