import {
  cholesky,
  Matrix,
  type MatrixLike,
  multiply,
  QuantError,
  symmetricEigen,
  symmetricEigenvalues,
  symmetrize,
} from "@astra-quant/core-linalg";
import {
  requireFiniteMatrix,
  requireFiniteVector,
  requireKnownOptions,
  requireMatrix,
  requireSymmetricMatrix,
} from "@astra-quant/core-linalg/guards";
import { withDefiniteBlock } from "../../kernels/definite-block.ts";
import { DenseRisk, type Elimination, eliminationOf } from "../risk/dense-risk.ts";
import { FactorRisk } from "../risk/factor-risk.ts";
import type { RiskModel } from "../risk/risk-model.ts";
import type { FactorCovariance, PortfolioSpec } from "../spec.ts";

/** An eigenvalue below −this · the largest variance is no rounding. */
const NEGATIVE_EIGENVALUE = 1e-10;

/**
 * A model that `outlives` the call has copies of what it was given.
 *
 * @throws QuantError for a covariance that is malformed or has an eigenvalue clearly below zero.
 */
export function readRisk(
  covariance: PortfolioSpec["covariance"],
  { outlives = false }: { readonly outlives?: boolean } = {},
): RiskModel {
  return isFactorModel(covariance) ? readFactorRisk(covariance) : readDenseRisk(covariance, outlives);
}

function isFactorModel(covariance: MatrixLike | FactorCovariance): covariance is FactorCovariance {
  return typeof covariance === "object" && covariance !== null && "exposures" in covariance;
}

function readDenseRisk(covariance: MatrixLike, outlives: boolean): RiskModel {
  const given = requireMatrix("covariance", covariance);
  if (given.rows === 0) throw new QuantError("shape", "covariance must have at least one asset, got 0", {});
  const elimination = given.rows === given.columns ? eliminated(given, true) : undefined;
  if (elimination !== undefined) return new DenseRisk(outlives ? given.clone() : given, elimination);
  const sigma = symmetrize(requireSymmetricMatrix("covariance", given));
  const second = eliminated(sigma, false);
  if (second === undefined) requireSemidefinite("covariance", sigma);
  return new DenseRisk(sigma, second);
}

/** What elimination tells of Σ where it succeeds; with `isCareful`, only where Σ is finite and symmetric to the bit. */
function eliminated(sigma: Matrix, isCareful: boolean): Elimination | undefined {
  return withDefiniteBlock(
    sigma.rows,
    (K) => K.set(sigma.data),
    (block) => (isCareful && !block.isFiniteAndSymmetric() ? undefined : eliminationOf(block, sigma.rows)),
  );
}

function readFactorRisk(model: FactorCovariance): RiskModel {
  requireKnownOptions(model, ["exposures", "factorCovariance", "specific"], "covariance");
  const exposures = requireFiniteMatrix("covariance.exposures", model.exposures);
  const { rows: n, columns: k } = exposures;
  if (n === 0) throw new QuantError("shape", "covariance.exposures must have at least one asset, got 0", {});
  const F = symmetrize(requireSymmetricMatrix("covariance.factorCovariance", model.factorCovariance));
  if (F.rows !== k) {
    throw new QuantError(
      "shape",
      `covariance.factorCovariance must be ${k}×${k} as exposures has ${k} columns, got ${F.rows}×${F.columns}`,
      { factors: k, rows: F.rows },
    );
  }
  requireSemidefinite("covariance.factorCovariance", F);
  const specific = requireFiniteVector("covariance.specific", model.specific, n).slice();
  specific.forEach((value, i) => {
    if (value >= 0) return;
    throw new QuantError("range", `covariance.specific[${i}] must be at least 0, got ${value}`, { index: i });
  });
  return new FactorRisk(k === 0 ? exposures : multiply(exposures, rootOf(F)), specific);
}

/** R with RR' = F. */
function rootOf(F: Matrix): Matrix {
  const factor = cholesky(F);
  if (factor.status === "ok") return factor.L;
  const { values, vectors } = symmetricEigen(F);
  return new Matrix(
    F.rows,
    F.rows,
    vectors.data.map((entry, at) => entry * Math.sqrt(Math.max(0, values[at % F.rows]!))),
  );
}

/** Names the smallest eigenvalue of a matrix that no rounding makes negative. */
function requireSemidefinite(name: string, sigma: Matrix): void {
  const n = sigma.rows;
  let scale = 0;
  for (const value of sigma.data) scale = Math.max(scale, Math.abs(value));
  if (scale === 0) return;
  const shifted = sigma.clone();
  for (let i = 0; i < n; i++) shifted.data[i * n + i]! += NEGATIVE_EIGENVALUE * scale;
  const factor = cholesky(shifted);
  if (factor.status === "ok") return;
  const least = symmetricEigenvalues(sigma)[0]!;
  if (least >= -NEGATIVE_EIGENVALUE * scale) return;
  throw new QuantError(
    "data",
    `${name} must be positive semidefinite, but its smallest eigenvalue is ${least} (elimination fails at row ${factor.pivot}); nearestPositiveDefinite repairs it`,
    { argument: name, eigenvalue: least, pivot: factor.pivot },
  );
}
