import { QuantError, show } from "../guards/quant-error.ts";
import { minimumDegreeOrder } from "../kernels/minimum-degree.ts";
import type { SparseColumns } from "./sparse-columns.ts";

/** How the order of elimination is chosen: by name, or a permutation of the indices from 0. */
export type Ordering = "amd" | "natural" | ArrayLike<number>;

/** The order asked for, for the upper triangle of a symmetric matrix. */
export function readOrdering(ordering: unknown, upper: SparseColumns): Int32Array {
  const n = upper.columns;
  if (ordering === "amd") return minimumDegreeOrder(upper);
  if (ordering === "natural") return Int32Array.from({ length: n }, (_, k) => k);
  const isList = Array.isArray(ordering) || ArrayBuffer.isView(ordering);
  const list = isList ? (ordering as unknown as ArrayLike<number>) : undefined;
  const seen = new Uint8Array(n);
  for (let k = 0; k < (list?.length ?? 0); k++) if (seen[list![k]!] === 0) seen[list![k]!] = 1;
  if (list?.length === n && !seen.includes(0)) return Int32Array.from(list);
  throw new QuantError(
    "option",
    `ordering must be 'amd', 'natural' or a permutation of 0 … ${n - 1}, got ${show(ordering)}`,
    { argument: "ordering" },
  );
}
