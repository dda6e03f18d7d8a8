import { createRandom, Matrix, type Random } from "@astra-quant/core-linalg";
import type {
  FactorCovariance,
  PortfolioConstraints,
  PortfolioCosts,
  PortfolioSpec,
} from "../../src/index.ts";

/** A problem of every kind of limit and cost, with weights that meet all of its limits. */
export interface RandomPortfolio {
  readonly spec: PortfolioSpec & {
    readonly expectedReturns: Float64Array;
    readonly currentWeights: Float64Array;
    readonly objective: { readonly maximize: "utility"; readonly riskAversion: number };
    readonly constraints: PortfolioConstraints;
  };
  readonly feasible: Float64Array;
  /** The box, narrowed by participation; every asset has both ends, if need be those of the gross limit. */
  readonly box: { readonly lower: Float64Array; readonly upper: Float64Array };
  readonly isBounded: boolean;
  /** Whether Σ is definite, so that the weights are unique. */
  readonly isDefinite: boolean;
}

export function randomPortfolio(seed: number, mostAssets: number): RandomPortfolio {
  const random = createRandom(`portfolio ${seed}`);
  const n = 2 + Math.floor(random.uniform() * (mostAssets - 1));
  const each = (draw: (i: number) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => draw(i));
  const chance = (p: number): boolean => random.uniform() < p;
  const { covariance, isDefinite } = randomCovariance(random, n);
  const spread = 1 / Math.sqrt(n);
  const feasible = each(() => (chance(0.3) ? 0 : 0.5 * spread * random.normal()));
  const current = each((i) =>
    chance(0.4) ? 0 : chance(0.3) ? feasible[i]! : 0.3 * spread * random.normal(),
  );
  const slack = (): number => (chance(0.2) ? 0 : 0.3 * random.uniform());
  const sumOf = (value: (i: number) => number): number => feasible.reduce((sum, _, i) => sum + value(i), 0);
  const constraints: { -readonly [name in keyof PortfolioConstraints]: PortfolioConstraints[name] } = {};
  const lower = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  const upper = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  if (chance(0.8)) {
    feasible.forEach((w, i) => {
      const room = (): number => (chance(0.1) ? 0 : 0.5 * random.uniform());
      if (!chance(0.1)) lower[i] = Math.min(chance(0.5) ? w : 0, w) - room();
      if (!chance(0.1)) upper[i] = Math.max(chance(0.5) ? w : 0, w) + room();
    });
    constraints.weights = { min: lower.slice(), max: upper.slice() };
  }
  if (chance(0.7)) constraints.gross = { max: sumOf((i) => Math.abs(feasible[i]!)) + slack() };
  const net = sumOf((i) => feasible[i]!);
  if (chance(0.6))
    constraints.net = chance(0.3) ? { equal: net } : { min: net - slack(), max: net + slack() };
  if (chance(0.4)) {
    const groups: Record<string, object> = {};
    for (let g = 0; g < 3; g++) {
      const members = Array.from({ length: n }, (_, i) => i).filter(() => chance(0.4));
      if (members.length === 0) continue;
      const sum = members.reduce((total, i) => total + feasible[i]!, 0);
      const gross = members.reduce((total, i) => total + Math.abs(feasible[i]!), 0);
      groups[`g${g}`] = {
        members,
        ...(chance(0.7) && { min: sum - slack() }),
        ...(chance(0.7) && { max: sum + slack() }),
        ...(chance(0.3) && { gross: { max: gross + slack() } }),
      };
    }
    constraints.groups = groups as NonNullable<PortfolioConstraints["groups"]>;
  }
  if (chance(0.4)) {
    const loadings = each(() => 1 + 0.3 * random.normal());
    const value = sumOf((i) => loadings[i]! * feasible[i]!);
    const band = chance(0.4) ? { min: value, max: value } : { min: value - slack(), max: value + slack() };
    const twice = { loadings: loadings.map((a) => 2 * a), min: 2 * band.min, max: 2 * band.max };
    constraints.exposures = { beta: { loadings, ...band }, ...(chance(0.2) && { twice }) };
  }
  if (chance(0.3))
    constraints.turnover = { max: sumOf((i) => Math.abs(feasible[i]! - current[i]!)) + slack() };
  if (chance(0.3)) {
    const max = 0.1;
    const capital = 1e6;
    const moves = each((i) => Math.abs(feasible[i]! - current[i]!) + slack());
    const averageDailyValue = moves.map((move) => (move * (1 + 1e-12) * capital) / max);
    constraints.participation = { max, capital, averageDailyValue };
    for (let i = 0; i < n; i++) {
      const most = (max * averageDailyValue[i]!) / capital;
      lower[i] = Math.max(lower[i]!, current[i]! - most);
      upper[i] = Math.min(upper[i]!, current[i]! + most);
    }
  }
  const gross = constraints.gross?.max ?? Number.POSITIVE_INFINITY;
  const box = {
    lower: lower.map((end) => (end > Number.NEGATIVE_INFINITY ? end : -gross)),
    upper: upper.map((end) => (end < Number.POSITIVE_INFINITY ? end : gross)),
  };
  const costs = randomCosts(random, each);
  return {
    spec: {
      covariance,
      expectedReturns: each(() => (chance(0.05) ? 0 : 0.1 * random.normal())),
      currentWeights: current,
      objective: {
        maximize: "utility",
        riskAversion: chance(0.1) ? 0 : chance(0.1) ? 0.01 : 5 * random.uniform(),
      },
      constraints,
      ...(Object.keys(costs).length > 0 && { costs }),
    },
    feasible,
    box,
    isBounded: box.lower.every(Number.isFinite) && box.upper.every(Number.isFinite),
    isDefinite,
  };
}

/** From returns, of fewer periods than assets now and then, or by factors; an asset may be there twice. */
function randomCovariance(
  random: Random,
  n: number,
): { covariance: Matrix | FactorCovariance; isDefinite: boolean } {
  if (random.uniform() < 0.25) {
    const k = 1 + Math.floor(4 * random.uniform());
    const specific = Float64Array.from({ length: n }, () =>
      random.uniform() < 0.15 ? 0 : 0.02 * random.uniform(),
    );
    const factorCovariance = Matrix.identity(k);
    factorCovariance.data.forEach((value, at) => {
      factorCovariance.data[at] = 0.04 * value;
    });
    const exposures = new Matrix(n, k, random.fillNormal(new Float64Array(n * k)));
    return {
      covariance: { exposures, factorCovariance, specific },
      isDefinite: specific.every((d) => d > 1e-4),
    };
  }
  const isShort = random.uniform() < 0.4;
  const periods = isShort ? Math.max(1, Math.floor(n * random.uniform())) : 2 * n + 5;
  const returns = random.fillNormal(new Float64Array(periods * n));
  const isTwin = n > 2 && random.uniform() < 0.1;
  if (isTwin) for (let t = 0; t < periods; t++) returns[t * n + 1] = returns[t * n]!;
  const sigma = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < periods; t++) sum += returns[t * n + i]! * returns[t * n + j]!;
      sigma.data[i * n + j] = sigma.data[j * n + i] = (0.04 * sum) / periods;
    }
  }
  return { covariance: sigma, isDefinite: !isShort && !isTwin };
}

function randomCosts(random: Random, each: (draw: (i: number) => number) => Float64Array): PortfolioCosts {
  const rates = (): Float64Array => each(() => 0.02 * random.uniform());
  const long = rates().map((rate) => rate + 0.02);
  return {
    ...(random.uniform() < 0.4 && {
      linear: random.uniform() < 0.5 ? 0.01 : { buy: rates(), sell: rates() },
    }),
    // a rebate for shorts now and then, never more than what longs pay
    ...(random.uniform() < 0.3 && {
      funding: { long, short: each((i) => Math.max(0.01 * random.normal(), -long[i]!)) },
    }),
    ...(random.uniform() < 0.2 && { quadratic: 0.1 * random.uniform() }),
  };
}
