import { type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { readRisk } from "../portfolio/reading/read-risk.ts";
import type { RiskModel } from "../portfolio/risk/risk-model.ts";
import type { FactorCovariance } from "../portfolio/spec.ts";

export interface RiskParityOptions {
  /**
   * Of the risk each asset shall bear: n numbers > 0, scaled to sum to 1.
   * @defaultValue equal budgets
   */
  readonly budgets?: VectorLike;
}

export interface RiskParityPortfolio {
  /**
   * - optimal: every share of risk is its budget to 1e-10
   * - unbounded: an asset, or a mix of assets, has no risk to budget; `message` names it where it is one asset
   * - stalled: the best portfolio found
   */
  readonly status: "optimal" | "unbounded" | "stalled";
  /** n weights > 0 that sum to 1; NaN when unbounded. */
  readonly weights: Float64Array;
  /** √(w'Σw) per period of Σ. */
  readonly volatility: number;
  /** w_i (Σw)_i ÷ w'Σw: what each asset bears of the risk; they sum to 1. */
  readonly riskShares: Float64Array;
  /** The largest difference of a share from its budget. */
  readonly budgetError: number;
  readonly message?: string;
  /** Sweeps over all assets. */
  readonly iterations: number;
}

/** A share of risk this near to its budget is there. */
const MET = 1e-13;
const ACCEPTED = 1e-10;
const MOST_SWEEPS = 2000;
/** Sweeps without a smaller error after which rounding is all that moves. */
const SWEEPS_WITHOUT_PROGRESS = 50;

/**
 * The long-only portfolio in which each asset bears its budget of the risk: the minimum of
 * ½x'Σx − Σ b_i ln x_i, scaled to sum to 1, by cyclic coordinate descent. It is the only one of its kind where Σ is
 * positive definite. A factor model costs n·k a sweep.
 *
 * @throws QuantError for a covariance as optimizePortfolio, and for budgets that are not n positive numbers.
 */
export function riskParity(
  covariance: MatrixLike | FactorCovariance,
  options: RiskParityOptions = {},
): RiskParityPortfolio {
  requireKnownOptions(options, ["budgets"]);
  const risk = readRisk(covariance);
  const b = readBudgets(options.budgets, risk.n);
  const riskless = risk.variances.findIndex((variance) => !(variance > 0));
  if (riskless >= 0)
    return without(risk.n, `asset ${riskless} has no variance, so no weight gives it its share of the risk`);
  const { x, error, sweeps } = descend(risk, b);
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]!;
  if (!(total < Number.POSITIVE_INFINITY)) {
    return without(risk.n, "a mix of assets has no variance, so nothing ends its weight");
  }
  const weights = x.map((value) => value / total);
  return {
    ...sharesOf(risk, weights, b),
    status: error <= ACCEPTED ? "optimal" : "stalled",
    weights,
    iterations: sweeps,
  };
}

function readBudgets(budgets: VectorLike | undefined, n: number): Float64Array {
  if (budgets === undefined) return new Float64Array(n).fill(1 / n);
  const given = requireFiniteVector("budgets", budgets, n);
  let sum = 0;
  given.forEach((budget, i) => {
    if (!(budget > 0))
      throw new QuantError("range", `budgets[${i}] must be positive, got ${budget}`, { index: i });
    sum += budget;
  });
  return given.map((budget) => budget / sum);
}

/** x_i ← (−c_i + √(c_i² + 4Σ_ii b_i)) / (2Σ_ii), c_i = (Σx)_i − Σ_ii x_i. */
function descend(risk: RiskModel, b: Float64Array): { x: Float64Array; error: number; sweeps: number } {
  const { n, variances } = risk;
  const image = risk.running();
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    x[i] = 1 / Math.sqrt(n * variances[i]!);
    image.add(i, x[i]!);
  }
  let best = x.slice();
  let least = Number.POSITIVE_INFINITY;
  let standing = 0;
  for (let sweep = 0; ; sweep++) {
    let error = 0;
    for (let i = 0; i < n; i++) error = Math.max(error, Math.abs(x[i]! * image.slope(i) - b[i]!));
    if (error < least) {
      least = error;
      best = x.slice();
      standing = 0;
    } else standing++;
    if (least <= MET || standing > SWEEPS_WITHOUT_PROGRESS || sweep >= MOST_SWEEPS || Number.isNaN(error)) {
      return { x: best, error: least, sweeps: sweep };
    }
    for (let i = 0; i < n; i++) {
      const variance = variances[i]!;
      const c = image.slope(i) - variance * x[i]!;
      const root = Math.sqrt(c * c + 4 * variance * b[i]!);
      // of the two forms the one that does not cancel
      const next = c > 0 ? (2 * b[i]!) / (c + root) : (root - c) / (2 * variance);
      image.add(i, next - x[i]!);
      x[i] = next;
    }
  }
}

function sharesOf(
  risk: RiskModel,
  weights: Float64Array,
  b: Float64Array,
): Pick<RiskParityPortfolio, "volatility" | "riskShares" | "budgetError"> {
  const image = new Float64Array(risk.n);
  risk.addProduct(weights, image);
  let variance = 0;
  for (let i = 0; i < weights.length; i++) variance += weights[i]! * image[i]!;
  const riskShares = weights.map((w, i) => (w * image[i]!) / variance);
  let budgetError = 0;
  for (let i = 0; i < b.length; i++) budgetError = Math.max(budgetError, Math.abs(riskShares[i]! - b[i]!));
  return { volatility: Math.sqrt(variance), riskShares, budgetError };
}

function without(n: number, message: string): RiskParityPortfolio {
  const nothing = new Float64Array(n).fill(Number.NaN);
  return {
    status: "unbounded",
    weights: nothing,
    volatility: Number.NaN,
    riskShares: nothing.slice(),
    budgetError: Number.NaN,
    message,
    iterations: 0,
  };
}
