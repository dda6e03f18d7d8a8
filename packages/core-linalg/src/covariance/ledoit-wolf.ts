import { nearestName, requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { constantCorrelation } from "./constant-correlation.ts";
import { squaredDistance, squaredNorm } from "./norms.ts";
import {
  type CentredSample,
  centredSample,
  type ShrunkCovariance,
  scaledIdentity,
  shrink,
  withinUnit,
} from "./shrinkage.ts";
import { singleFactor } from "./single-factor.ts";

const TARGETS = ["identity", "constant-correlation", "single-factor"] as const;

/** What a Ledoit–Wolf estimate is drawn towards. */
export type LedoitWolfTarget = (typeof TARGETS)[number];

export interface LedoitWolfOptions {
  /**
   * "identity": the mean variance on the diagonal, no covariances; "constant-correlation": the sample's variances, all
   * correlations at their mean; "single-factor": the sample's variances, covariances by betas to one market.
   *
   * @defaultValue "identity"
   */
  readonly target?: LedoitWolfTarget;
  /**
   * For "single-factor": as many returns as X has rows. @defaultValue the equally weighted mean of the assets
   */
  readonly market?: VectorLike;
}

function requireTarget(target: unknown): LedoitWolfTarget {
  if (TARGETS.includes(target as LedoitWolfTarget)) return target as LedoitWolfTarget;
  const near = typeof target === "string" ? nearestName(target, TARGETS) : undefined;
  const hint =
    near === undefined ? `it is one of ${TARGETS.map(show).join(", ")}` : `did you mean ${show(near)}?`;
  throw new QuantError("option", `unknown target ${show(target)}; ${hint}`, {
    argument: "target",
    value: target,
    choices: TARGETS,
  });
}

/**
 * The intensity towards μI, μ = tr S ÷ n  [scikitLearn], with the norms over n left out on both sides:
 *
 * ρ = Σ_t ‖x_t x_tᵀ − S‖² ÷ T² ÷ ‖S − μI‖²
 */
function identity(sample: CentredSample): ShrunkCovariance {
  const { centred, covariance: S } = sample;
  const { rows: T, columns: n, data } = centred;
  const F = scaledIdentity(S);
  if (n === 1) return shrink(sample, F, 0);
  let fourth = 0;
  for (let t = 0; t < T; t++) {
    let square = 0;
    for (let j = 0; j < n; j++) square += data[t * n + j]! * data[t * n + j]!;
    fourth += square * square;
  }
  const noise = (fourth / T - squaredNorm(S)) / T;
  return shrink(sample, F, withinUnit(noise / squaredDistance(S, F)));
}

/**
 * The Ledoit–Wolf shrinkage of a time × assets matrix of returns: the sample covariance, of ddof 0 throughout, drawn
 * towards a target of few parameters by the intensity that least squared error asks for. Better than the sample's
 * wherever assets are many and rows are few, and positive definite even with more assets than rows (unless the
 * intensity is 0 or the target itself is singular).
 *
 * "identity" is their well-conditioned estimator of 2004 as scikit-learn computes it [scikitLearn];
 * "constant-correlation" that of "Honey, I shrunk the sample covariance matrix" and "single-factor" that of 2003, both
 * with the sample's variances kept, as PyPortfolioOpt has them given a covariance of ddof 0 [PyPortfolioOpt]. Assets without variance have no correlation
 * and are left out of the mean of them.
 *
 * @throws QuantError "not-finite" for NaN or ±∞ anywhere, "shape" for fewer than two rows or a market of another length,
 *   "option" for an unknown target or a market that the target does not use.
 */
export function ledoitWolf(X: MatrixLike, options: LedoitWolfOptions = {}): ShrunkCovariance {
  requireKnownOptions(options, ["target", "market"]);
  const target = requireTarget(options.target ?? "identity");
  const { market } = options;
  if (market !== undefined && target !== "single-factor") {
    throw new QuantError("option", `market is for target 'single-factor', got target '${target}'`, {
      argument: "market",
      target,
    });
  }
  const sample = centredSample(X);
  if (target === "identity") return identity(sample);
  if (target === "constant-correlation") return constantCorrelation(sample);
  const given = market === undefined ? undefined : requireFiniteVector("market", market, sample.centred.rows);
  return singleFactor(sample, given);
}
