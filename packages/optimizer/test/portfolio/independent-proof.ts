import { type Matrix, toMatrix } from "@astra-quant/core-linalg";
import type { FactorCovariance, PortfolioSolution, PortfolioSpec } from "../../src/index.ts";
import type { RandomPortfolio } from "./random-portfolios.ts";

/** What a solution is worth, from its weights, its stated prices and the spec alone: no code of the product's. */
export interface IndependentProof {
  /** μ'w − riskAversion w'Σw − costs. */
  readonly utility: number;
  /** A proven upper bound on the utility of any weights within the limits. */
  readonly bound: number;
  /** The size of what they are summed from. */
  readonly size: number;
  /** The largest overrun of a limit. */
  readonly violation: number;
}

export function proofOf({ spec, box }: RandomPortfolio, solution: PortfolioSolution): IndependentProof {
  const { expectedReturns: mu, currentWeights: w0, objective, constraints, costs = {} } = spec;
  const { weights: w } = solution;
  const n = w.length;
  const aversion = objective.riskAversion;
  const image = timesCovariance(spec.covariance, w);
  const rate = (given: number | ArrayLike<number> | undefined, i: number): number =>
    typeof given === "number" ? given : (given?.[i] ?? 0);
  const { linear, funding, quadratic } = costs;
  const trading = typeof linear === "object" && "buy" in linear ? linear : { buy: linear, sell: linear };
  const kinked = (i: number, v: number): number => {
    const trade = v - w0[i]!;
    return (
      rate(trading.buy, i) * Math.max(0, trade) +
      rate(trading.sell, i) * Math.max(0, -trade) +
      rate(funding?.long, i) * Math.max(0, v) +
      rate(funding?.short, i) * Math.max(0, -v)
    );
  };
  const price = (name: string): number =>
    solution.binding.find(({ constraint }) => constraint === name)?.shadowPrice ?? 0;

  let utility = 0;
  let size = 0;
  let bound = 0;
  let violation = 0;
  const slope = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const theta = rate(quadratic, i);
    const trade = w[i]! - w0[i]!;
    const terms = [
      mu[i]! * w[i]!,
      -aversion * w[i]! * image[i]!,
      -0.5 * theta * trade * trade,
      -kinked(i, w[i]!),
    ];
    for (const term of terms) {
      utility += term;
      size += Math.abs(term);
    }
    // what is curved, linearised at w: its value there, and its slope
    bound += aversion * w[i]! * image[i]! + 0.5 * theta * (w[i]! * w[i]! - w0[i]! * w0[i]!);
    slope[i] = mu[i]! - 2 * aversion * image[i]! - theta * trade;
    violation = Math.max(violation, box.lower[i]! - w[i]!, w[i]! - box.upper[i]!);
  }
  const onWeight = new Float64Array(n);
  const onTrade = new Float64Array(n);
  const priceRow = (name: string, loadings: (i: number) => number, min = -Infinity, max = Infinity): void => {
    let value = 0;
    const eta = price(`${name}.max`) - price(`${name}.min`);
    for (let i = 0; i < n; i++) {
      value += loadings(i) * w[i]!;
      slope[i]! -= eta * loadings(i);
    }
    if (eta !== 0) bound += eta * (eta > 0 ? max : min);
    violation = Math.max(violation, min - value, value - max);
  };
  const priceSize = (
    name: string,
    counts: (i: number) => boolean,
    onto: Float64Array,
    centre: (i: number) => number,
    max: number,
  ): void => {
    let value = 0;
    const lambda = price(name);
    for (let i = 0; i < n; i++) {
      if (!counts(i)) continue;
      value += Math.abs(w[i]! - centre(i));
      onto[i]! += lambda;
    }
    bound += lambda * max;
    violation = Math.max(violation, value - max);
  };
  const { net, gross, turnover, groups = {}, exposures = {} } = constraints;
  if (net !== undefined) {
    const { min, max } = "equal" in net ? { min: net.equal, max: net.equal } : net;
    priceRow("net", () => 1, min, max);
  }
  if (gross !== undefined)
    priceSize(
      "gross.max",
      () => true,
      onWeight,
      () => 0,
      gross.max,
    );
  if (turnover !== undefined)
    priceSize(
      "turnover.max",
      () => true,
      onTrade,
      (i) => w0[i]!,
      turnover.max,
    );
  for (const [name, { members, min, max, gross: limit }] of Object.entries(groups)) {
    const isMember = (i: number): boolean => members.includes(i);
    priceRow(`groups.${name}`, (i) => (isMember(i) ? 1 : 0), min, max);
    if (limit !== undefined) priceSize(`groups.${name}.gross.max`, isMember, onWeight, () => 0, limit.max);
  }
  for (const [name, { loadings, min, max }] of Object.entries(exposures)) {
    priceRow(`exposures.${name}`, (i) => loadings[i]!, min, max);
  }
  // what is left separates by asset, and is greatest at an end or at a kink
  for (let i = 0; i < n; i++) {
    const { lower, upper } = box;
    const at = (v: number): number =>
      slope[i]! * v - kinked(i, v) - onWeight[i]! * Math.abs(v) - onTrade[i]! * Math.abs(v - w0[i]!);
    const points = [lower[i]!, upper[i]!, 0, w0[i]!].filter((v) => v >= lower[i]! && v <= upper[i]!);
    bound += Math.max(...points.map(at));
  }
  return { utility, bound, size, violation };
}

function timesCovariance(covariance: PortfolioSpec["covariance"], w: Float64Array): Float64Array {
  if (!(typeof covariance === "object" && "exposures" in covariance)) return times(toMatrix(covariance), w);
  const { exposures, factorCovariance, specific } = covariance as FactorCovariance;
  const B = toMatrix(exposures);
  const factors = new Float64Array(B.columns);
  for (let i = 0; i < w.length; i++) {
    for (let k = 0; k < B.columns; k++) factors[k]! += B.data[i * B.columns + k]! * w[i]!;
  }
  const moved = times(toMatrix(factorCovariance), factors);
  return w.map((value, i) => {
    let sum = specific[i]! * value;
    for (let k = 0; k < B.columns; k++) sum += B.data[i * B.columns + k]! * moved[k]!;
    return sum;
  });
}

function times(A: Matrix, v: Float64Array): Float64Array {
  return Float64Array.from({ length: A.rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < A.columns; j++) sum += A.data[i * A.columns + j]! * v[j]!;
    return sum;
  });
}
