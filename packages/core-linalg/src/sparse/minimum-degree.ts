import { minimumDegreeOrder } from "../kernels/minimum-degree.ts";
import type { SparseColumns } from "./sparse-columns.ts";
import { requireUpperTriangle } from "./upper-triangle.ts";

/**
 * A fill-reducing order of elimination for a symmetric matrix given whole or by its upper triangle: permutation[k] is
 * the index that is eliminated k-th. Approximate minimum degree [AmdGuide] on the quotient graph, with
 * element absorption, mass elimination, indistinguishable variables merged and dense rows put last; ties go to the
 * smaller index, so the order is a function of the pattern alone.
 *
 * @throws QuantError as {@link sparseLdl} does.
 */
export function minimumDegree(K: SparseColumns): Int32Array {
  return minimumDegreeOrder(requireUpperTriangle("K", K).upper);
}
