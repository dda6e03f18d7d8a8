import type { NamedParts } from "./reading/read-constraints.ts";
import type { ReadSpec } from "./reading/read-spec.ts";
import type { RiskModel } from "./risk/risk-model.ts";
import type { GroupWeights, PortfolioFigures, RiskContributions } from "./solution.ts";

/** What weights amount to; NaN where they are. */
export function figuresOf(
  { problem, parts, expectedReturns }: ReadSpec,
  weights: Float64Array,
): PortfolioFigures {
  const { risk, current } = problem;
  let gross = 0;
  let net = 0;
  let turnover = 0;
  for (let i = 0; i < weights.length; i++) {
    gross += Math.abs(weights[i]!);
    net += weights[i]!;
    turnover += Math.abs(weights[i]! - current[i]!);
  }
  const image = new Float64Array(weights.length);
  risk.addProduct(weights, image);
  const volatility = Math.sqrt(Math.max(0, sumOfProducts(weights, image)));
  const { ofDay } = parts;
  return {
    expectedReturn: expectedReturns === undefined ? Number.NaN : sumOfProducts(expectedReturns, weights),
    volatility,
    contributions: contributionsTo(risk, volatility, weights, image),
    gross,
    net,
    turnover,
    groups: groupWeights(parts, weights),
    exposures: Object.fromEntries(
      parts.exposures.map(({ name, loadings }) => [name, sumOfProducts(loadings, weights)]),
    ),
    ...(ofDay !== undefined && {
      participation: weights.map((w, i) => (w === current[i] ? 0 : Math.abs(w - current[i]!) * ofDay[i]!)),
    }),
  };
}

/** ∂σ/∂w_i = (Σw)_i ÷ σ, and w_i times that. */
function contributionsTo(
  { variances }: RiskModel,
  volatility: number,
  weights: Float64Array,
  image: Float64Array,
): RiskContributions {
  if (volatility === 0) {
    return { marginal: variances.map(() => Number.NaN), component: new Float64Array(weights.length) };
  }
  const marginal = image.map((slope) => slope / volatility);
  return { marginal, component: marginal.map((slope, i) => slope * weights[i]!) };
}

function groupWeights(
  { groups }: NamedParts,
  weights: Float64Array,
): { readonly [name: string]: GroupWeights } {
  return Object.fromEntries(
    groups.map(({ name, members }) => {
      let gross = 0;
      let net = 0;
      for (let i = 0; i < weights.length; i++) {
        if (members[i] === 0) continue;
        gross += Math.abs(weights[i]!);
        net += weights[i]!;
      }
      return [name, { gross, net }];
    }),
  );
}

function sumOfProducts(v: Float64Array, w: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! * w[i]!;
  return sum;
}
