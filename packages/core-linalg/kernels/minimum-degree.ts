import {
  absorbInto, close, countOutside, formElement, Graph, graphWords, layOut, mergeAlike, put, readPattern,
} from "./shared/quotient-graph";
import { keyOf, move, siftUp, takeFirst } from "./shared/smallest-first";
import { indexAt, putIndex } from "./shared/tile";

/** Rows with more than this many entries (times √n) are put last: they would make every degree the same. */
const DENSE_ROW_FACTOR: f64 = 10;
const DENSE_ROW_LEAST: f64 = 16;

/** The integers of workspace that `order` needs for so many entries above the diagonal. */
export function workspace(n: i32, edges: i32): i32 {
  return graphWords(n, edges) + 3 * n + 2;
}

/** Minimum degree's order of a pattern's upper triangle; the smaller index first of equal degrees, dense rows last. */
export function order(n: i32, edges: i32, pointers: usize, rows: usize, out: usize, work: usize): void {
  const heap = work;
  const place = heap + (<usize>n << 3);
  const g = layOut(place + (<usize>(n + (n & 1)) << 2), n, edges, out);
  readPattern(g, pointers, rows, max(DENSE_ROW_LEAST, DENSE_ROW_FACTOR * sqrt(<f64>n)));
  let size: i32 = 0;
  for (let i: i32 = 0; i < n; i++) {
    if (!indexAt(g.gone, i)) siftUp(heap, place, size++, keyOf(indexAt(g.degree, i), i));
  }
  while (size > 0) {
    const pivot = takeFirst(heap, place, size--);
    if (!indexAt(g.gone, pivot)) eliminate(g, pivot, heap, place, size);
  }
  // what is not ordered yet is dense
  memory.fill(g.mark, 0, <usize>n << 2);
  for (let k: i32 = 0; k < g.ordered; k++) putIndex(g.mark, indexAt(out, k), 1);
  for (let i: i32 = 0; i < n; i++) {
    if (!indexAt(g.mark, i)) siftUp(heap, place, size++, keyOf(indexAt(g.degree, i), i));
  }
  while (size > 0) putIndex(out, g.ordered++, takeFirst(heap, place, size--));
}

/** Eliminates the pivot and every variable that nothing but the pivot's element touches any more. */
function eliminate(g: Graph, pivot: i32, heap: usize, place: usize, size: i32): void {
  put(g, pivot);
  const element = g.element;
  const joined = formElement(g, pivot);
  countOutside(g, joined);
  let left: i32 = 0;
  for (let k: i32 = 0; k < joined; k++) {
    const i = indexAt(element, k);
    if (!absorbInto(g, pivot, i)) putIndex(element, left++, i);
  }
  mergeAlike(g, left);
  let count: i32 = 0;
  for (let k: i32 = 0; k < left; k++) {
    const i = indexAt(element, k);
    if (!indexAt(g.gone, i)) putIndex(element, count++, i);
  }
  close(g, pivot, count);
  for (let k: i32 = 0; k < count; k++) {
    const i = indexAt(element, k);
    move(heap, place, indexAt(g.degree, i), i, size);
  }
}
