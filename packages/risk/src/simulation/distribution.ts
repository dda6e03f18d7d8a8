import { QuantError, requireKnownOptions, requirePositive, show } from "@astra-quant/core-linalg/guards";
import { requireDegrees } from "../var/return-shape.ts";

/** The quantile of a law at a probability strictly between 0 and 1. */
export type QuantileFunction = (probability: number) => number;

/**
 * The law of one day's returns.
 *
 * - `"normal"`
 * - `{ studentT: ν }`: the multivariate t of ν > 2 degrees of freedom with the given covariance; extremes of the assets
 *   come together
 * - `{ copula, marginals }`: each asset's return is its own quantile function of a probability, and the probabilities
 *   depend on one another as the copula has it under the *correlations* of the covariance: volatilities and means are
 *   the quantile functions' own. `marginals` is one function for all assets or one for each.
 */
export type ShockDistribution =
  | "normal"
  | { readonly studentT: number }
  | {
      readonly copula: "normal" | { readonly studentT: number };
      readonly marginals: QuantileFunction | readonly QuantileFunction[];
    };

/** A distribution, its parameters checked. */
export type Law =
  | { readonly name: "normal" }
  | { readonly name: "studentT"; readonly nu: number }
  | {
      readonly name: "copula";
      readonly nu: number | undefined;
      readonly marginals: readonly QuantileFunction[];
    };

function readMarginals(marginals: unknown, n: number): readonly QuantileFunction[] {
  const list = typeof marginals === "function" ? Array.from({ length: n }, () => marginals) : marginals;
  if (!Array.isArray(list) || list.length !== n) {
    throw new QuantError(
      "shape",
      `distribution.marginals must be a function or ${n} of them, got ${show(marginals)}`,
      { argument: "distribution.marginals", expected: n },
    );
  }
  const strange = list.findIndex((entry) => typeof entry !== "function");
  if (strange < 0) return list;
  throw new QuantError(
    "option",
    `distribution.marginals[${strange}] must be a quantile function, got ${show(list[strange])}`,
    { argument: "distribution.marginals", index: strange },
  );
}

/** Degrees of freedom of a t copula, which need no variance. */
function readCopula(copula: unknown): number | undefined {
  if (copula === "normal") return undefined;
  if (typeof copula === "object" && copula !== null && "studentT" in copula) {
    requireKnownOptions(copula, ["studentT"], "distribution.copula");
    return requirePositive("distribution.copula.studentT", copula.studentT);
  }
  throw new QuantError(
    "option",
    `distribution.copula must be 'normal' or { studentT }, got ${show(copula)}`,
    { argument: "distribution.copula" },
  );
}

/** The law of n assets. */
export function readDistribution(distribution: ShockDistribution, n: number): Law {
  if (distribution === "normal") return { name: "normal" };
  if (typeof distribution === "object" && distribution !== null) {
    if ("studentT" in distribution) {
      requireKnownOptions(distribution, ["studentT"], "distribution");
      return { name: "studentT", nu: requireDegrees("distribution.studentT", distribution.studentT) };
    }
    if ("copula" in distribution) {
      requireKnownOptions(distribution, ["copula", "marginals"], "distribution");
      const nu = readCopula(distribution.copula);
      return { name: "copula", nu, marginals: readMarginals(distribution.marginals, n) };
    }
  }
  throw new QuantError(
    "option",
    `distribution must be 'normal', { studentT } or { copula, marginals }, got ${show(distribution)}`,
    { argument: "distribution" },
  );
}
