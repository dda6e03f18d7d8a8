import { createRandom, Matrix, sampleCovariance } from "@astra-quant/core-linalg";
import type { FactorCovariance, PortfolioSpec } from "@astra-quant/optimizer";

/** A desk's problem: a box, a gross limit and a net band; `B` has linear costs, five groups and a neutral beta as well. */
export interface DeskCase {
  readonly n: number;
  readonly limits: "A" | "B";
  /**
   * - ordinary: two years of days or more, a gross of 2: most weights are zero
   * - dense: a gross of 20 and much aversion to risk: most weights are not
   * - singular: half as many periods as assets
   */
  readonly kind: "ordinary" | "dense" | "singular";
}

export type DeskSpec = PortfolioSpec & {
  readonly covariance: Matrix | FactorCovariance;
  readonly expectedReturns: Float64Array;
  readonly currentWeights: Float64Array;
  readonly objective: { readonly maximize: "utility"; readonly riskAversion: number };
};

const GROUPS = 5;

/** By the year: volatilities of 20 to 40 %, expected returns of ±10 %. */
export function deskSpec({ n, limits, kind }: DeskCase): DeskSpec {
  const random = createRandom(`desk ${n} ${limits} ${kind}`);
  const betas = random.fillUniform(new Float64Array(n)).map((u) => 0.5 + u);
  const periods = kind === "singular" ? Math.ceil(n / 2) : Math.max(504, 2 * n);
  const returns = new Matrix(periods, n);
  for (let t = 0; t < periods; t++) {
    const market = 0.18 * random.normal();
    for (let j = 0; j < n; j++) returns.data[t * n + j] = betas[j]! * market + 0.25 * random.normal();
  }
  return { covariance: sampleCovariance(returns).covariance, ...deskTerms({ n, limits, kind }, betas) };
}

/** The same desk with a model of k factors for its covariance. */
export function factorDeskSpec(n: number, k: number, limits: "A" | "B"): DeskSpec {
  const random = createRandom(`factor desk ${n} ${k}`);
  const exposures = new Matrix(n, k, random.fillNormal(new Float64Array(n * k)));
  for (let j = 0; j < n; j++) exposures.data[j * k] = 0.5 + random.uniform();
  const factorCovariance = Matrix.identity(k);
  for (let f = 0; f < k; f++) factorCovariance.set(f, f, f === 0 ? 0.0324 : 0.04 / k);
  const specific = random.fillUniform(new Float64Array(n)).map((u) => 0.02 + 0.06 * u);
  const betas = specific.map((_, j) => exposures.get(j, 0));
  return {
    covariance: { exposures, factorCovariance, specific },
    ...deskTerms({ n, limits, kind: "ordinary" }, betas),
  };
}

function deskTerms({ n, limits, kind }: DeskCase, betas: Float64Array): Omit<DeskSpec, "covariance"> {
  const random = createRandom(`desk terms ${n} ${limits} ${kind}`);
  const isDense = kind === "dense";
  const wide = Math.max(0.1, 2 / n);
  const currentWeights = random
    .fillNormal(new Float64Array(n))
    .map((z) => (limits === "B" && random.uniform() < 0.5 ? (z * 0.5) / n : 0));
  return {
    expectedReturns: random.fillNormal(new Float64Array(n)).map((z) => 0.1 * z),
    currentWeights,
    objective: { maximize: "utility", riskAversion: isDense ? 20 : 5 },
    constraints: {
      weights: { min: -wide, max: wide },
      gross: { max: isDense ? 20 : 2 },
      net: { min: -0.1, max: 0.1 },
      ...(limits === "B" && {
        groups: Object.fromEntries(
          Array.from({ length: GROUPS }, (_, g) => [
            `sector${g}`,
            {
              members: Array.from({ length: n }, (_m, j) => j).filter((j) => j % GROUPS === g),
              min: -0.1,
              max: 0.1,
            },
          ]),
        ),
        exposures: { beta: { loadings: betas, min: -0.05, max: 0.05 } },
      }),
    },
    ...(limits === "B" && { costs: { linear: 0.002 } }),
  };
}
