import type { SparseColumns } from "./columns.ts";
import { SmallestFirst } from "./smallest-first.ts";

/** Rows with more than this many entries (times √n) are put last: they would make every degree the same. */
const DENSE_ROW_FACTOR = 10;
const DENSE_ROW_LEAST = 16;

/**
 * A fill-reducing elimination order of a symmetric matrix, given by its upper triangle: order[k] is the index
 * eliminated k-th. Approximate minimum degree on the quotient graph, with element absorption and mass
 * elimination; ties go to the smaller index, so the order is a function of the pattern alone.
 */
export function minimumDegreeOrder(upper: SparseColumns): Int32Array {
  const graph = new QuotientGraph(upper);
  const queue = new SmallestFirst(upper.columns);
  for (const i of graph.sparse) queue.push(graph.degree[i]!, i);
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (!graph.isCurrent(next.index, next.key)) continue;
    for (const i of graph.eliminate(next.index)) queue.push(graph.degree[i]!, i);
  }
  return graph.finish();
}

const LIVE = 0;
const ORDERED = 1;

class QuotientGraph {
  /** Indices that are ordered by degree, ascending. */
  readonly sparse: number[] = [];
  readonly degree: Int32Array;
  readonly #dense: number[] = [];
  readonly #state: Uint8Array;
  readonly #neighbours: number[][];
  readonly #elements: number[][];
  /** The live variables of each element; undefined for what is no element or was absorbed. */
  readonly #members: (number[] | undefined)[];
  readonly #order: number[] = [];
  readonly #mark: Int32Array;
  readonly #outside: Int32Array;
  readonly #outsideStep: Int32Array;
  #step = 0;

  constructor(upper: SparseColumns) {
    const n = upper.columns;
    this.degree = new Int32Array(n);
    this.#state = new Uint8Array(n);
    this.#mark = new Int32Array(n);
    this.#outside = new Int32Array(n);
    this.#outsideStep = new Int32Array(n);
    this.#neighbours = Array.from({ length: n }, () => []);
    this.#elements = Array.from({ length: n }, () => []);
    this.#members = new Array(n).fill(undefined);
    forEachEdge(upper, (i, j) => {
      this.degree[i]!++;
      this.degree[j]!++;
    });
    const limit = Math.max(DENSE_ROW_LEAST, DENSE_ROW_FACTOR * Math.sqrt(n));
    for (let i = 0; i < n; i++) (this.degree[i]! > limit ? this.#dense : this.sparse).push(i);
    for (const i of this.#dense) this.#state[i] = ORDERED;
    forEachEdge(upper, (i, j) => {
      if (this.#state[i] !== LIVE || this.#state[j] !== LIVE) return;
      this.#neighbours[i]!.push(j);
      this.#neighbours[j]!.push(i);
    });
    this.#dense.sort((a, b) => this.degree[a]! - this.degree[b]! || a - b);
    for (const i of this.sparse) this.degree[i] = this.#neighbours[i]!.length;
  }

  isCurrent(i: number, degree: number): boolean {
    return this.#state[i] === LIVE && this.degree[i] === degree;
  }

  /** Eliminates the pivot and everything that is now indistinguishable from it; the indices whose degree changed. */
  eliminate(pivot: number): number[] {
    this.#step++;
    this.#put(pivot);
    const element = this.#formElement(pivot);
    this.#countOutside(pivot, element);
    const left = element.filter((i) => !this.#absorbInto(pivot, i, element.length));
    this.#members[pivot] = left.length > 0 ? left : undefined;
    return left;
  }

  finish(): Int32Array {
    return Int32Array.from([...this.#order, ...this.#dense]);
  }

  #put(i: number): void {
    this.#state[i] = ORDERED;
    this.#order.push(i);
  }

  /** The variables that elimination of the pivot joins; the pivot's own elements are absorbed. */
  #formElement(pivot: number): number[] {
    const element: number[] = [];
    this.#mark[pivot] = this.#step;
    const take = (i: number): void => {
      if (this.#mark[i] === this.#step || this.#state[i] !== LIVE) return;
      this.#mark[i] = this.#step;
      element.push(i);
    };
    this.#neighbours[pivot]!.forEach(take);
    for (const e of this.#elements[pivot]!) {
      this.#members[e]?.forEach(take);
      this.#members[e] = undefined;
    }
    this.#neighbours[pivot] = [];
    this.#elements[pivot] = [];
    return element;
  }

  /** For every older element that meets the new one: how many of its variables lie outside the new one. */
  #countOutside(pivot: number, element: readonly number[]): void {
    for (const i of element) {
      for (const e of this.#elements[i]!) {
        const members = e === pivot ? undefined : this.#members[e];
        if (members === undefined) continue;
        if (this.#outsideStep[e] !== this.#step) {
          this.#outsideStep[e] = this.#step;
          this.#outside[e] = members.length;
        }
        this.#outside[e]!--;
      }
    }
  }

  /** Replaces in i's lists whatever the new element covers; true when nothing else is left and i is ordered too. */
  #absorbInto(pivot: number, i: number, elementSize: number): boolean {
    const elements: number[] = [];
    let outside = 0;
    for (const e of this.#elements[i]!) {
      if (this.#members[e] === undefined) continue;
      if (this.#outside[e] === 0) continue;
      elements.push(e);
      outside += this.#outside[e]!;
    }
    const neighbours = this.#neighbours[i]!.filter(
      (j) => this.#state[j] === LIVE && this.#mark[j] !== this.#step,
    );
    elements.push(pivot);
    this.#neighbours[i] = neighbours;
    this.#elements[i] = elements;
    if (neighbours.length === 0 && elements.length === 1) {
      this.#put(i);
      return true;
    }
    this.degree[i] = Math.min(
      neighbours.length + elementSize - 1 + outside,
      this.degree[i]! + elementSize - 1,
      this.sparse.length - this.#order.length - 1,
    );
    return false;
  }
}

function forEachEdge(upper: SparseColumns, visit: (i: number, j: number) => void): void {
  for (let j = 0; j < upper.columns; j++) {
    for (let k = upper.columnPointers[j]!; k < upper.columnPointers[j + 1]!; k++) {
      const i = upper.rowIndices[k]!;
      if (i !== j) visit(i, j);
    }
  }
}
