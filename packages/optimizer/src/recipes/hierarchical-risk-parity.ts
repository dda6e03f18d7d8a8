import {
  type Matrix,
  type MatrixLike,
  QuantError,
  quadraticForm,
  sampleCovariance,
  symmetrize,
} from "@astra-quant/core-linalg";
import {
  requireFiniteMatrix,
  requireKnownOptions,
  requireOneOf,
  requireSymmetricMatrix,
} from "@astra-quant/core-linalg/guards";
import { type Linkage, leafOrder, linkageTree, type Merge } from "./linkage-tree.ts";

/** What the assets have done, periods × assets, at least 2 periods; their sample covariance is taken. */
export interface PastReturns {
  readonly returns: MatrixLike;
}

export interface HierarchicalRiskParityOptions {
  /**
   * How far apart two clusters are: as their nearest members, their furthest, their members on average, or by the
   * variance that joining them adds.
   * @defaultValue "single"
   */
  readonly linkage?: Linkage;
  /**
   * - columns: two assets are as far apart as their columns of the table of √(½(1 − ρ)), in Euclid's measure
   * - correlation: √(½(1 − ρ)) itself
   *
   * @defaultValue "columns"
   */
  readonly distance?: "columns" | "correlation";
}

export interface HierarchicalRiskParityPortfolio {
  /** n weights ≥ 0 that sum to 1. */
  readonly weights: Float64Array;
  /** √(w'Σw) per period of Σ. */
  readonly volatility: number;
  /** The assets in the tree's order, in which the covariance is nearly diagonal. */
  readonly order: Int32Array;
  /** n − 1 merges, the nearest first. */
  readonly merges: readonly Merge[];
}

const LINKAGES = ["single", "complete", "average", "ward"] as const;

/**
 * Hierarchical risk parity: assets are clustered by correlation, put in the tree's order, and capital is split in halves
 * of that order, again and again, each half by the inverse of the variance that its inverse-variance portfolio has. No
 * inverse of Σ is needed, so a singular one is fine, as of fewer periods than assets.
 *
 * A matrix is taken for the n×n covariance; returns are given as `{ returns }`, for as many periods as assets make a
 * square too.
 *
 * @throws QuantError for a covariance that is not symmetric and finite, for returns of fewer than 2 periods or not finite,
 *   and for an asset without variance.
 */
export function hierarchicalRiskParity(
  covariance: MatrixLike | PastReturns,
  options: HierarchicalRiskParityOptions = {},
): HierarchicalRiskParityPortfolio {
  requireKnownOptions(options, ["linkage", "distance"]);
  const linkage = requireOneOf("linkage", options.linkage ?? "single", LINKAGES);
  const distance = requireOneOf("distance", options.distance ?? "columns", ["columns", "correlation"]);
  const sigma = readSigma(covariance);
  const n = sigma.rows;
  const apart = correlationDistances(sigma);
  const merges = linkageTree(distance === "columns" ? columnDistances(apart, n) : apart, n, linkage);
  const order = leafOrder(merges, n);
  const weights = bisect(sigma, order);
  return { weights, volatility: Math.sqrt(Math.max(0, quadraticForm(sigma, weights))), order, merges };
}

/** Σ as given, or of the returns; every asset with a variance. */
function readSigma(given: MatrixLike | PastReturns): Matrix {
  if (typeof given === "object" && given !== null && "returns" in given) {
    requireKnownOptions(given, ["returns"], "returns");
    const returns = requireFiniteMatrix("returns", given.returns);
    const { rows, columns } = returns;
    if (rows < 2 || columns === 0) {
      throw new QuantError(
        "shape",
        `returns must have at least 2 rows of at least one asset, got ${rows}×${columns}`,
        { rows, columns },
      );
    }
    const sigma = sampleCovariance(returns).covariance;
    requireVariances(sigma, (i) => `the variance of returns' column ${i}`);
    return sigma;
  }
  const table = requireFiniteMatrix("covariance", given);
  if (table.rows !== table.columns) {
    throw new QuantError(
      "shape",
      `covariance must be square, got ${table.rows}×${table.columns}; returns are given as { returns }`,
      { rows: table.rows, columns: table.columns },
    );
  }
  const sigma = symmetrize(requireSymmetricMatrix("covariance", table));
  if (sigma.rows === 0) throw new QuantError("shape", "covariance must have at least one asset, got 0", {});
  requireVariances(sigma, (i) => `covariance[${i}][${i}]`);
  return sigma;
}

function requireVariances(sigma: Matrix, nameOf: (i: number) => string): void {
  for (let i = 0; i < sigma.rows; i++) {
    const variance = sigma.get(i, i);
    if (variance > 0) continue;
    throw new QuantError("data", `${nameOf(i)} must be positive, got ${variance}`, { index: i });
  }
}

/** √(½(1 − ρ)). */
function correlationDistances(sigma: Matrix): Float64Array {
  const n = sigma.rows;
  const d = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const rho = sigma.get(i, j) / Math.sqrt(sigma.get(i, i)) / Math.sqrt(sigma.get(j, j));
      const value = Math.sqrt(Math.max(0, (1 - rho) / 2));
      d[i * n + j] = value;
      d[j * n + i] = value;
    }
  }
  return d;
}

function columnDistances(d: Float64Array, n: number): Float64Array {
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) {
        const difference = d[i * n + k]! - d[j * n + k]!;
        sum += difference * difference;
      }
      distances[i * n + j] = Math.sqrt(sum);
      distances[j * n + i] = distances[i * n + j]!;
    }
  }
  return distances;
}

function bisect(sigma: Matrix, order: Int32Array): Float64Array {
  const weights = new Float64Array(order.length).fill(1);
  const open: Int32Array[] = [order];
  while (open.length > 0) {
    const cluster = open.pop()!;
    if (cluster.length < 2) continue;
    const half = Math.floor(cluster.length / 2);
    const left = cluster.subarray(0, half);
    const right = cluster.subarray(half);
    const riskOfLeft = clusterVariance(sigma, left);
    const riskOfRight = clusterVariance(sigma, right);
    const total = riskOfLeft + riskOfRight;
    const share = total > 0 ? riskOfRight / total : 0.5;
    for (const i of left) weights[i]! *= share;
    for (const i of right) weights[i]! *= 1 - share;
    open.push(left, right);
  }
  return weights;
}

/** Of the cluster's inverse-variance portfolio. */
function clusterVariance(sigma: Matrix, cluster: Int32Array): number {
  let total = 0;
  for (const i of cluster) total += 1 / sigma.get(i, i);
  let variance = 0;
  for (const i of cluster) {
    for (const j of cluster) variance += sigma.get(i, j) / sigma.get(i, i) / sigma.get(j, j);
  }
  return Math.max(0, variance / (total * total));
}
