import { Matrix } from "@astra-quant/core-linalg";
import type { FactorCovariance, PortfolioSpec } from "../../src/index.ts";

/** A covariance as golden/qp stores it: a triangle by rows, or factors. */
interface StoredCovariance {
  readonly type: "dense" | "factor";
  readonly lower: readonly number[];
  readonly exposures: number[][];
  readonly factorCovariance: number[][];
  readonly specific: number[];
}

/** A portfolio of golden/qp. */
export interface StoredPortfolio {
  readonly name: string;
  readonly covariance: string;
  readonly expectedReturns: number[];
  readonly riskAversion: number;
  readonly currentWeights?: number[];
  readonly constraints: NonNullable<PortfolioSpec["constraints"]>;
  readonly costs?: NonNullable<PortfolioSpec["costs"]>;
  readonly optimum: {
    readonly objective: number;
    readonly weights: number[];
    readonly multipliers: Readonly<Record<string, number>>;
    readonly uniqueWeights: boolean;
    readonly uniqueMultipliers: boolean;
  };
}

export interface StoredPortfolios {
  readonly covariances: Readonly<Record<string, StoredCovariance>>;
  readonly cases: readonly StoredPortfolio[];
}

export function specOf({ covariances }: StoredPortfolios, item: StoredPortfolio): PortfolioSpec {
  const { expectedReturns, riskAversion, constraints, costs, currentWeights } = item;
  return {
    covariance: covarianceOf(covariances[item.covariance]!, expectedReturns.length),
    expectedReturns,
    objective: { maximize: "utility", riskAversion },
    constraints,
    ...(costs !== undefined && { costs }),
    ...(currentWeights !== undefined && { currentWeights }),
  };
}

function covarianceOf(stored: StoredCovariance, n: number): Matrix | FactorCovariance {
  if (stored.type === "factor") {
    const { exposures, factorCovariance, specific } = stored;
    return { exposures, factorCovariance, specific };
  }
  const sigma = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = stored.lower[(i * (i + 1)) / 2 + j]!;
      sigma.set(i, j, value);
      sigma.set(j, i, value);
    }
  }
  return sigma;
}
