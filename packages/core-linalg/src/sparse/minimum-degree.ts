import { QuotientGraph } from "./quotient-graph.ts";
import { SmallestFirst } from "./smallest-first.ts";
import type { SparseColumns } from "./sparse-columns.ts";
import { requireUpperTriangle } from "./upper-triangle.ts";

/** The order behind {@link minimumDegree}, for the upper triangle of a matrix that was checked. */
export function minimumDegreeOrder(upper: SparseColumns): Int32Array {
  const graph = new QuotientGraph(upper);
  const queue = new SmallestFirst(upper.columns);
  for (const i of graph.variables) queue.push(graph.degree[i]!, i);
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (!graph.isCurrent(next.index, next.key)) continue;
    for (const i of graph.eliminate(next.index)) queue.push(graph.degree[i]!, i);
  }
  return graph.finish();
}

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
