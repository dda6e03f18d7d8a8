import { scratch } from "../scratch.ts";
import { heldIn } from "./problem/limit-use.ts";
import type { NamedParts } from "./reading/read-constraints.ts";
import type { ReadSpec } from "./reading/read-spec.ts";
import type { RiskModel } from "./risk/risk-model.ts";
import type { GroupWeights, PortfolioFigures, RiskContributions } from "./solution.ts";

/** What weights amount to; NaN where they are. Σw is worked out unless given as `image`. */
export function figuresOf(
  { problem, parts, expectedReturns }: ReadSpec,
  weights: Float64Array,
  image: Float64Array = imageOf(problem.risk, weights),
): PortfolioFigures {
  const { current } = problem;
  let gross = 0;
  let net = 0;
  let turnover = 0;
  for (let i = 0; i < weights.length; i++) {
    gross += Math.abs(weights[i]!);
    net += weights[i]!;
    turnover += Math.abs(weights[i]! - current[i]!);
  }
  const volatility = Math.sqrt(Math.max(0, sumOfProducts(weights, image)));
  const figures = {
    expectedReturn: expectedReturns === undefined ? Number.NaN : sumOfProducts(expectedReturns, weights),
    volatility,
    contributions: contributionsTo(volatility, weights, image),
    gross,
    net,
    turnover,
    groups: groupWeights(parts, weights),
    exposures: exposuresOf(parts, weights),
  };
  const { ofDay } = parts;
  if (ofDay === undefined) return figures;
  const participation = weights.map((w, i) => (w === current[i] ? 0 : Math.abs(w - current[i]!) * ofDay[i]!));
  return { ...figures, participation };
}

function imageOf(risk: RiskModel, weights: Float64Array): Float64Array {
  const image = scratch(weights.length);
  risk.addProduct(weights, image);
  return image;
}

/** ∂σ/∂w_i = (Σw)_i ÷ σ, and w_i times that. */
function contributionsTo(volatility: number, weights: Float64Array, image: Float64Array): RiskContributions {
  const marginal = new Float64Array(weights.length);
  const component = new Float64Array(weights.length);
  if (volatility === 0) return { marginal: marginal.fill(Number.NaN), component };
  for (let i = 0; i < weights.length; i++) {
    marginal[i] = image[i]! / volatility;
    component[i] = marginal[i]! * weights[i]!;
  }
  return { marginal, component };
}

function groupWeights({ groups }: NamedParts, weights: Float64Array): PortfolioFigures["groups"] {
  const all: Record<string, GroupWeights> = {};
  const held = heldIn(weights);
  for (const { name, members } of groups) {
    let gross = 0;
    let net = 0;
    for (const i of held) {
      if (members[i] === 0) continue;
      gross += Math.abs(weights[i]!);
      net += weights[i]!;
    }
    all[name] = { gross, net };
  }
  return all;
}

function exposuresOf({ exposures }: NamedParts, weights: Float64Array): PortfolioFigures["exposures"] {
  const all: Record<string, number> = {};
  for (const { name, loadings } of exposures) all[name] = sumOfProducts(loadings, weights);
  return all;
}

function sumOfProducts(v: Float64Array, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! * w[i]!;
  return sum;
}
