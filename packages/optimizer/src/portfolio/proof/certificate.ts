import { CompensatedSum } from "@astra-quant/core-linalg";
import { scratch } from "../../scratch.ts";
import { costOf } from "../problem/asset-cost.ts";
import { type LimitUse, limitUse, limitViolation } from "../problem/limit-use.ts";
import {
  type PortfolioProblem,
  type Pressures,
  type PricedPortfolio,
  type Prices,
  pressures,
} from "../problem/problem.ts";
import { addLinearSlopes, riskProduct } from "../problem/slopes.ts";
import { foundScale, unitsOf } from "../problem/units.ts";
import { type Box, impliedBox } from "./implied-box.ts";
import { leftOnTheTable, slopeLeftOver } from "./left-on-the-table.ts";

/** What is proven of a portfolio, whatever found it. */
export interface Certificate {
  /** f(w) minus a proven lower bound on f over the limits; ∞ when there is none. */
  readonly gap: number;
  /** gap ÷ scale. */
  readonly relativeGap: number;
  /** The size of what f is summed from, or so much that a gap of nothing but rounding is 1e-8 of it. */
  readonly scale: number;
  /** What rounding may leave in the gap. */
  readonly rounding: number;
  /** The largest overrun of a limit, in its own units. */
  readonly violation: number;
  /** The same against the size of the weights, where that is above 1. */
  readonly relativeViolation: number;
  /** f(w). */
  readonly objective: number;
  /** g = γΣw + θ∘(w − w0) − μ + Σ η_r a_r. */
  readonly slopes: Float64Array;
  /** Σw; undefined where γ is 0. */
  readonly image: Float64Array | undefined;
  readonly use: LimitUse;
}

export interface CertifyOptions {
  /** What rounding may have left in each entry of a μ that is itself a sum. */
  readonly rewardDoubts?: Float64Array;
  /** The {@link expectedScale} of the problem, if it is known. */
  readonly expected?: number;
}

const MOST_VIOLATION = 1e-9;
const MOST_RELATIVE_GAP = 1e-8;

/** The rule behind the status "optimal". */
export function isOptimal({ relativeGap, relativeViolation }: Certificate): boolean {
  return relativeViolation <= MOST_VIOLATION && relativeGap <= MOST_RELATIVE_GAP;
}

/** A slope is indistinguishable from zero below this many roundings of the terms it is summed from. */
const SLOPE_ROUNDINGS = 8;
const RELATIVE_GAP_OF_ROUNDING = 1e-8;
/** An objective below this part of an ordinary one is taken for so large: an optimum of 0 has no other size. */
const SMALL = 1e-8;

/**
 * The convex f is linearised at w; what remains separates by asset, and the least of ψ_i(v) = g_i v + φ_i(v) over an
 * asset's box lies at an end or at a kink. So for any prices λ ≥ 0 and η
 *
 *     f(w) − f* ≤ Σ_i [ ψ_i(w_i) − min_v ψ_i(v) ] + Σ_s λ_s (max_s − size_s) + Σ_r η_r⁺ (max_r − a_r'w) + η_r⁻ (a_r'w − min_r)
 *
 * where every term is what one asset or one limit leaves on the table. Assets that nothing bounds are taken by
 * completing the square where Σ is positive definite; where it is not, a slope that is zero to rounding counts as zero,
 * and any other proves nothing.
 */
export function certify(
  problem: PortfolioProblem,
  { weights, prices: given }: PricedPortfolio,
  { rewardDoubts, expected }: CertifyOptions = {},
): Certificate {
  const { n, gamma, costs, risk, rows, sizes } = problem;
  const prices = legalPrices(problem, given);
  const image = gamma === 0 ? undefined : scratch(n);
  const curved = scratch(n);
  if (image !== undefined) {
    risk.addProduct(weights, image);
    for (let i = 0; i < n; i++) curved[i] = gamma * image[i]!;
  }
  const slopes = scratch(n);
  for (let i = 0; i < n; i++) slopes[i] = curved[i]! + costs.quadratic[i]! * weights[i]!;
  addLinearSlopes(problem, prices.rows, slopes);
  const pressed = pressures(problem, prices);
  const doubts = slopeDoubts(problem, weights, prices, pressed);
  if (rewardDoubts !== undefined) for (let i = 0; i < n; i++) doubts[i]! += rewardDoubts[i]!;
  const use = limitUse(problem, weights);
  const terms = new CompensatedSum();
  for (let r = 0; r < rows.length; r++) {
    const { min, max } = rows[r]!;
    const eta = prices.rows[r]!;
    if (eta !== 0) terms.add(eta * ((eta > 0 ? max : min) - use.rows[r]!));
  }
  for (let s = 0; s < sizes.length; s++) {
    const price = prices.sizes[s]!;
    if (price > 0) terms.add(price * (sizes[s]!.max - use.sizes[s]!));
  }
  const box = impliedBox(problem);
  const left = leftOnTheTable(problem, weights, slopes, pressed, box);
  let open: Float64Array | undefined;
  for (let i = 0; i < n; i++) {
    if (left[i]! < Number.POSITIVE_INFINITY) {
      terms.add(left[i]!);
      continue;
    }
    const pressure = { onWeight: pressed.onWeights[i]!, onTrade: pressed.onTrades[i]! };
    open ??= scratch(n);
    open[i] = slopeLeftOver(problem, i, weights[i]!, slopes[i]!, pressure);
  }
  const rounding = roundingOf(problem, weights, doubts, left, box);
  const gap = terms.value + (open === undefined ? 0 : squareCompletion(problem, open, doubts));
  const { objective, size } = objectiveAt(problem, weights, curved);
  const { weight, slope } = unitsOf(problem, foundScale(problem, weights, expected));
  const violation = limitViolation(problem, weights, use);
  const scale = Math.max(size, rounding / RELATIVE_GAP_OF_ROUNDING, SMALL * weight * slope);
  return {
    gap,
    relativeGap: gap === 0 ? 0 : gap / scale,
    scale,
    rounding,
    violation,
    relativeViolation: violation / Math.max(1, weight),
    objective,
    slopes,
    image,
    use,
  };
}

/** f(w), and the size of what it is summed from. */
export function objectiveAt(
  problem: PortfolioProblem,
  weights: Float64Array,
  image: Float64Array = riskProduct(problem, weights),
): { objective: number; size: number } {
  const { n, mu, current, costs } = problem;
  const { buy, sell, long, short, quadratic } = costs;
  const half = new CompensatedSum();
  const rest = new CompensatedSum();
  let size = 0;
  for (let i = 0; i < n; i++) {
    const w = weights[i]!;
    const trade = w - current[i]!;
    const cost = costOf(w, current[i]!, buy[i]!, sell[i]!, long[i]!, short[i]!);
    half.add(0.5 * w * image[i]!);
    half.add(0.5 * quadratic[i]! * trade * trade);
    rest.add(-mu[i]! * w);
    rest.add(cost);
    size += Math.abs(mu[i]! * w) + Math.abs(cost);
  }
  return { objective: half.value + rest.value, size: Math.abs(half.value) + size };
}

/** The prices, without those that press on a side that does not exist. */
function legalPrices({ rows, sizes }: PortfolioProblem, given: Prices): Prices {
  return {
    rows: given.rows.map((eta, r) => {
      const { min, max } = rows[r]!;
      if (eta > 0 && max === Number.POSITIVE_INFINITY) return 0;
      return eta < 0 && min === Number.NEGATIVE_INFINITY ? 0 : eta;
    }),
    sizes: given.sizes.map((price, s) => (sizes[s]!.max < Number.POSITIVE_INFINITY ? Math.max(0, price) : 0)),
  };
}

/** What rounding may leave in each slope; |Σw|_i is at most σ_i Σ_j σ_j |w_j|. */
function slopeDoubts(
  { n, mu, risk, gamma, costs, rows }: PortfolioProblem,
  weights: Float64Array,
  prices: Prices,
  { onWeights, onTrades }: Pressures,
): Float64Array {
  const { buy, sell, long, short, quadratic } = costs;
  let total = 0;
  for (let j = 0; j < n; j++) total += Math.sqrt(risk.variances[j]!) * Math.abs(weights[j]!);
  const doubts = scratch(n);
  for (let i = 0; i < n; i++) {
    let size =
      gamma * Math.sqrt(risk.variances[i]!) * total + Math.abs(mu[i]!) + onWeights[i]! + onTrades[i]!;
    size += quadratic[i]! * Math.abs(weights[i]!);
    size += Math.abs(buy[i]!) + Math.abs(sell[i]!) + Math.abs(long[i]!) + Math.abs(short[i]!);
    doubts[i] = size;
  }
  for (let r = 0; r < rows.length; r++) {
    const price = prices.rows[r]!;
    if (price === 0) continue;
    const { loadings } = rows[r]!;
    for (let i = 0; i < n; i++) doubts[i]! += Math.abs(price * loadings[i]!);
  }
  for (let i = 0; i < n; i++) doubts[i]! *= (n + SLOPE_ROUNDINGS) * Number.EPSILON;
  return doubts;
}

/** The doubt in each slope by how far from zero the asset may be in the bound that was taken. */
function roundingOf(
  { n, current }: PortfolioProblem,
  weights: Float64Array,
  doubts: Float64Array,
  left: Float64Array,
  { lower, upper }: Box,
): number {
  let rounding = 0;
  for (let i = 0; i < n; i++) {
    if (left[i] === Number.POSITIVE_INFINITY) continue;
    let reach = Math.max(Math.abs(weights[i]!), Math.abs(current[i]!));
    if (Number.isFinite(lower[i]!)) reach = Math.max(reach, Math.abs(lower[i]!));
    if (Number.isFinite(upper[i]!)) reach = Math.max(reach, Math.abs(upper[i]!));
    rounding += doubts[i]! * reach;
  }
  return rounding;
}

/** max_v over everything of −[ r'(v − w) + ½(v − w)'H(v − w) ] = ½ r'H⁻¹r, H = γΣ + diag θ. */
function squareCompletion(problem: PortfolioProblem, r: Float64Array, doubts: Float64Array): number {
  if (r.every((slope, i) => Math.abs(slope) <= doubts[i]!)) return 0;
  const { risk, gamma, costs } = problem;
  if (!risk.isDefinite()) return Number.POSITIVE_INFINITY;
  const all = Int32Array.from(r, (_, i) => i);
  const solved = risk.withBlock(all, gamma, costs.quadratic, (block) => {
    const x = r.slice();
    block.solve(x, 1);
    return x;
  });
  if (solved === undefined) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < r.length; i++) sum += r[i]! * solved[i]!;
  return sum / 2;
}
