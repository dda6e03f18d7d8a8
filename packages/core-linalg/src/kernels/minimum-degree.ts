import { QuotientGraph } from "../sparse/quotient-graph.ts";
import { SmallestFirst } from "../sparse/smallest-first.ts";
import type { SparseColumns } from "../sparse/sparse-columns.ts";
import { allocateIntegers, copyIntegersIn, copyIntegersOut, inArena } from "./arena.ts";
import { minimumDegreeWasm } from "./generated/minimum-degree.ts";
import { lazyKernel } from "./load-kernel.ts";

interface MinimumDegreeKernel {
  workspace(n: number, edges: number): number;
  order(n: number, edges: number, pointers: number, rows: number, out: number, work: number): void;
}

const kernel: () => MinimumDegreeKernel | undefined = lazyKernel<MinimumDegreeKernel>(minimumDegreeWasm);

/**
 * Approximate minimum degree's order for the upper triangle of a pattern, ties to the smaller index. In readable form;
 * the WebAssembly gives the same.
 */
export function minimumDegreeTypescript(upper: SparseColumns): Int32Array {
  const graph = new QuotientGraph(upper);
  const queue = new SmallestFirst(upper.columns);
  for (const i of graph.variables) queue.push(graph.degree[i]!, i);
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (!graph.isCurrent(next.index, next.key)) continue;
    for (const i of graph.eliminate(next.index)) queue.push(graph.degree[i]!, i);
  }
  return graph.finish();
}

/** As {@link minimumDegreeTypescript}; undefined where WebAssembly or the memory for it is not to be had. */
export function minimumDegreeWebassembly(upper: SparseColumns): Int32Array | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  const n = upper.columns;
  const edges = upper.columnPointers[n]!;
  return inArena(() => {
    const pointers = allocateIntegers(n + 1);
    const rows = allocateIntegers(edges);
    const out = allocateIntegers(n);
    const work = allocateIntegers(wasm.workspace(n, edges));
    copyIntegersIn(pointers, upper.columnPointers);
    copyIntegersIn(rows, upper.rowIndices);
    wasm.order(n, edges, pointers, rows, out, work);
    const order = new Int32Array(n);
    copyIntegersOut(out, order);
    return order;
  });
}

/** The order by whichever form is at hand. */
export function minimumDegreeOrder(upper: SparseColumns): Int32Array {
  return minimumDegreeWebassembly(upper) ?? minimumDegreeTypescript(upper);
}
