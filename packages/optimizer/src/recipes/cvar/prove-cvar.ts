import { CompensatedSum } from "@astra-quant/core-linalg";
import type { PortfolioProblem } from "../../portfolio/problem/problem.ts";
import { type Certificate, certify, objectiveAt } from "../../portfolio/proof/certificate.ts";
import { type CvarPoint, type CvarProgram, lossesOf } from "./cvar-program.ts";
import { type ExpectedShortfall, expectedShortfall } from "./expected-shortfall.ts";
import type { CvarAnswer } from "./solve-cvar.ts";

/** What is proven of a point, and the linear problem whose limits and prices it shares. */
export interface CvarProof extends ExpectedShortfall {
  readonly point: CvarPoint;
  readonly certificate: Certificate;
  readonly problem: PortfolioProblem;
}

/** A proof this good is not improved upon by another point. */
const EXCELLENT = 1e-12;

/** A shortfall below this part of an ordinary loss is taken for so large: an optimum of 0 has no other size. */
const SMALL = 1e-5;

/** The best proven of the points found; the first that is as good as can be. */
export function bestOf(program: CvarProgram, { candidates, ordinary }: CvarAnswer): CvarProof {
  let best: CvarProof | undefined;
  for (const point of candidates) {
    const proof = proveCvar(program, point, SMALL * ordinary);
    best = best === undefined ? proof : better(proof, best);
    if (distance(best) <= EXCELLENT) break;
  }
  return best!;
}

/** The first, if it is proven better than the second. */
export function better(first: CvarProof, second: CvarProof): CvarProof {
  return distance(first) < distance(second) ? first : second;
}

function distance({ certificate: { relativeGap, relativeViolation } }: CvarProof): number {
  const most = Math.max(Math.abs(relativeGap), relativeViolation);
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
}

/**
 * Any shares 0 ≤ y ≤ k that sum to 1 bound the shortfall of every portfolio from below by Σ y_s loss_s, which is linear in
 * w: the least of that and the costs within the limits has a certificate of its own.
 */
function proveCvar(program: CvarProgram, point: CvarPoint, least: number): CvarProof {
  const { scenarios, base, caps, limits } = program;
  const { weights } = point;
  const shares = legalShares(point.shares, caps);
  const losses = lossesOf(program, weights);
  const { shortfall, threshold } = expectedShortfall(losses, caps);
  const { n } = limits;
  const mu = new Float64Array(n);
  const mass = new Float64Array(n);
  const weighted = new CompensatedSum();
  let terms = 0;
  let size = 0;
  for (let s = 0; s < shares.length; s++) {
    const share = shares[s]!;
    if (share === 0) continue;
    terms++;
    weighted.add(share * losses[s]!);
    if (base !== undefined) size += share * Math.abs(base[s]!);
    for (let i = 0; i < n; i++) {
      const part = share * scenarios.data[s * n + i]!;
      mu[i]! += part;
      mass[i]! += Math.abs(part);
      size += Math.abs(part * weights[i]!);
    }
  }
  const problem = { ...limits, mu };
  const rewardDoubts = mass.map((sum) => terms * Number.EPSILON * sum);
  const linear = certify(problem, point, { rewardDoubts });
  const costs = objectiveAt(limits, weights);
  const gap = linear.gap + (shortfall - weighted.value);
  const certificate = {
    ...linear,
    gap,
    relativeGap: gap === 0 ? 0 : gap / Math.max(size + costs.size, linear.scale, least),
    objective: shortfall + costs.objective,
  };
  return { point, shortfall, threshold, certificate, problem };
}

/** The multipliers as shares: none above its cap, their sum 1. */
function legalShares(y: Float64Array, caps: Float64Array): Float64Array {
  const shares = y.map((value, s) => Math.min(Math.max(0, value), caps[s]!));
  let missing = 1 - shares.reduce((sum, value) => sum + value, 0);
  for (let s = 0; s < shares.length && missing !== 0; s++) {
    const moved = Math.min(Math.max(shares[s]! + missing, 0), caps[s]!);
    missing -= moved - shares[s]!;
    shares[s] = moved;
  }
  return shares;
}
