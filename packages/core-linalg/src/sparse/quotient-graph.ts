import type { SparseColumns } from "./sparse-columns.ts";

/** Rows with more than this many entries (times √n) are put last: they would make every degree the same. */
const DENSE_ROW_FACTOR = 10;
const DENSE_ROW_LEAST = 16;

const NONE: readonly number[] = [];

const LIVE = 0;
const GONE = 1;

/**
 * What is left of a symmetric matrix's pattern during elimination, in the form that never grows: variables that are
 * still neighbours by an entry of the matrix, and elements, each the set of variables that an eliminated pivot has made
 * neighbours of each other. Variables that have become indistinguishable are one variable with a weight.
 */
export class QuotientGraph {
  /** The variables that are ordered by degree, ascending. */
  readonly variables: number[] = [];
  /** Of each live variable a bound on how many others its elimination would join. */
  readonly degree: Int32Array;
  readonly #dense: number[] = [];
  readonly #state: Uint8Array;
  /** How many variables a live one stands for. */
  readonly #weight: Int32Array;
  /** The variables that a variable stands for besides itself; undefined when there are none. */
  readonly #merged: (number[] | undefined)[];
  /**
   * Each variable's elements from #starts[i] on, and its neighbours from #firstNeighbour[i] to #starts[i + 1]. There is
   * room for a new element always, since what led to it (a neighbour or an older element) goes.
   */
  readonly #lists: Int32Array;
  readonly #starts: Int32Array;
  readonly #elements: Int32Array;
  readonly #firstNeighbour: Int32Array;
  /** 1 for an element that was not absorbed. */
  readonly #isElement: Uint8Array;
  /** The variables of each element. */
  readonly #members: (readonly number[])[];
  /** The weight of an element's variables: what leaves it is absorbed with it, so it stays as long as the element. */
  readonly #size: Int32Array;
  readonly #order: number[] = [];
  readonly #mark: Int32Array;
  #marks = 0;
  readonly #outside: Int32Array;
  readonly #outsideStep: Int32Array;
  #step = 0;
  /** The sum of a variable's lists, which indistinguishable variables share, and the next variable in the same bucket. */
  readonly #key: Float64Array;
  readonly #next: Int32Array;
  readonly #bucketFirst: Int32Array;
  readonly #bucketLast: Int32Array;

  /** Takes the upper triangle of the matrix. */
  constructor(upper: SparseColumns) {
    const n = upper.columns;
    this.degree = new Int32Array(n);
    this.#state = new Uint8Array(n);
    this.#weight = new Int32Array(n).fill(1);
    this.#size = new Int32Array(n);
    this.#mark = new Int32Array(n);
    this.#outside = new Int32Array(n);
    this.#outsideStep = new Int32Array(n);
    this.#merged = new Array(n).fill(undefined);
    this.#members = new Array(n).fill(NONE);
    this.#isElement = new Uint8Array(n);
    this.#key = new Float64Array(n);
    this.#next = new Int32Array(n);
    this.#bucketFirst = new Int32Array(n).fill(-1);
    this.#bucketLast = new Int32Array(n);
    const { degree } = this;
    forEachEdge(upper, (i, j) => {
      degree[i]!++;
      degree[j]!++;
    });
    const limit = Math.max(DENSE_ROW_LEAST, DENSE_ROW_FACTOR * Math.sqrt(n));
    for (let i = 0; i < n; i++) (degree[i]! > limit ? this.#dense : this.variables).push(i);
    for (const i of this.#dense) this.#state[i] = GONE;
    this.#dense.sort((a, b) => degree[a]! - degree[b]! || a - b);
    const state = this.#state;
    const isLive = (i: number, j: number): boolean => state[i] === LIVE && state[j] === LIVE;
    for (const i of this.variables) degree[i] = 0;
    forEachEdge(upper, (i, j) => {
      if (!isLive(i, j)) return;
      degree[i]!++;
      degree[j]!++;
    });
    const starts = new Int32Array(n + 1);
    for (let i = 0; i < n; i++) starts[i + 1] = starts[i]! + (state[i] === LIVE ? degree[i]! : 0);
    const lists = new Int32Array(starts[n]!);
    const next = starts.slice(0, n);
    forEachEdge(upper, (i, j) => {
      if (!isLive(i, j)) return;
      lists[next[i]!++] = j;
      lists[next[j]!++] = i;
    });
    this.#lists = lists;
    this.#starts = starts;
    this.#elements = new Int32Array(n);
    this.#firstNeighbour = starts.slice(0, n);
  }

  isCurrent(i: number, degree: number): boolean {
    return this.#state[i] === LIVE && this.degree[i] === degree;
  }

  /**
   * Eliminates the pivot and every variable that nothing but the pivot's element touches any more; the variables whose
   * degree changed.
   */
  eliminate(pivot: number): number[] {
    this.#step++;
    this.#put(pivot);
    const element = this.#formElement(pivot);
    this.#countOutside(element);
    const left: number[] = [];
    for (const i of element) if (!this.#absorbInto(pivot, i)) left.push(i);
    this.#mergeAlike(left);
    const variables: number[] = [];
    for (const i of left) if (this.#state[i] === LIVE) variables.push(i);
    this.#close(pivot, variables);
    return variables;
  }

  /** The order of elimination, the dense rows last. */
  finish(): Int32Array {
    return Int32Array.from(this.#order.concat(this.#dense));
  }

  #put(i: number): void {
    this.#state[i] = GONE;
    this.#order.push(i);
    const merged = this.#merged[i];
    if (merged !== undefined) for (const j of merged) this.#order.push(j);
  }

  /** The variables that elimination of the pivot joins; the pivot's own elements are absorbed. They stay marked. */
  #formElement(pivot: number): number[] {
    const element: number[] = [];
    const mark = this.#mark;
    const state = this.#state;
    const lists = this.#lists;
    const marks = ++this.#marks;
    const start = this.#starts[pivot]!;
    for (let p = this.#firstNeighbour[pivot]!; p < this.#starts[pivot + 1]!; p++) {
      const i = lists[p]!;
      if (mark[i] === marks || state[i] === GONE) continue;
      mark[i] = marks;
      element.push(i);
    }
    for (let p = start; p < start + this.#elements[pivot]!; p++) {
      const e = lists[p]!;
      if (this.#isElement[e] === 0) continue;
      for (const i of this.#members[e]!) {
        if (mark[i] === marks || state[i] === GONE) continue;
        mark[i] = marks;
        element.push(i);
      }
      this.#absorb(e);
    }
    return element;
  }

  #absorb(e: number): void {
    this.#isElement[e] = 0;
    this.#members[e] = NONE;
  }

  /** For every older element that meets the new one: the weight of its variables outside the new one. */
  #countOutside(element: readonly number[]): void {
    const outside = this.#outside;
    const outsideStep = this.#outsideStep;
    const size = this.#size;
    const isElement = this.#isElement;
    const lists = this.#lists;
    const step = this.#step;
    for (const i of element) {
      const weight = this.#weight[i]!;
      const start = this.#starts[i]!;
      const end = start + this.#elements[i]!;
      for (let p = start; p < end; p++) {
        const e = lists[p]!;
        if (isElement[e] === 0) continue;
        if (outsideStep[e] === step) outside[e]! -= weight;
        else {
          outsideStep[e] = step;
          outside[e] = size[e]! - weight;
        }
      }
    }
  }

  /**
   * Replaces in i's lists whatever the new element covers, and leaves the weight of what it does not in i's degree;
   * true when there is none, and i is ordered too.
   */
  #absorbInto(pivot: number, i: number): boolean {
    const lists = this.#lists;
    const outside = this.#outside;
    const isElement = this.#isElement;
    const state = this.#state;
    const mark = this.#mark;
    const marks = this.#marks;
    const start = this.#starts[i]!;
    const elementsEnd = start + this.#elements[i]!;
    const firstNeighbour = this.#firstNeighbour[i]!;
    let sum = 0;
    let key = pivot;
    let end = start;
    for (let p = start; p < elementsEnd; p++) {
      const e = lists[p]!;
      if (isElement[e] === 0) continue;
      const weight = outside[e]!;
      if (weight === 0) {
        this.#absorb(e);
        continue;
      }
      sum += weight;
      key += e;
      lists[end++] = e;
    }
    let first = this.#starts[i + 1]!;
    for (let p = first - 1; p >= firstNeighbour; p--) {
      const j = lists[p]!;
      if (state[j] !== LIVE || mark[j] === marks) continue;
      sum += this.#weight[j]!;
      key += j;
      lists[--first] = j;
    }
    this.#firstNeighbour[i] = first;
    lists[end++] = pivot;
    this.#elements[i] = end - start;
    if (sum === 0) {
      this.#put(i);
      return true;
    }
    outside[i] = sum;
    this.#key[i] = key;
    return false;
  }

  /** Makes one of the variables that have the same elements and neighbours. */
  #mergeAlike(variables: readonly number[]): void {
    if (variables.length < 2) return;
    const n = this.#key.length;
    const key = this.#key;
    const next = this.#next;
    const first = this.#bucketFirst;
    const last = this.#bucketLast;
    for (const i of variables) {
      next[i] = -1;
      const bucket = key[i]! % n;
      if (first[bucket] === -1) first[bucket] = i;
      else next[last[bucket]!] = i;
      last[bucket] = i;
    }
    for (const variable of variables) {
      const bucket = key[variable]! % n;
      for (let i = first[bucket]!; i !== -1; i = next[i]!) this.#mergeFollowers(i);
      first[bucket] = -1;
    }
  }

  /** Merges into i those after it in its bucket that are like it. */
  #mergeFollowers(i: number): void {
    if (this.#state[i] === GONE) return;
    let marked = false;
    for (let j = this.#next[i]!; j !== -1; j = this.#next[j]!) {
      if (this.#state[j] === GONE || this.#key[j] !== this.#key[i]) continue;
      if (!marked) this.#markLists(i);
      marked = true;
      if (this.#looksMarked(i, j)) this.#merge(i, j);
    }
  }

  #markLists(i: number): void {
    const lists = this.#lists;
    const start = this.#starts[i]!;
    const marks = ++this.#marks;
    for (let p = start; p < start + this.#elements[i]!; p++) this.#mark[lists[p]!] = marks;
    for (let p = this.#firstNeighbour[i]!; p < this.#starts[i + 1]!; p++) this.#mark[lists[p]!] = marks;
  }

  /** True when j's lists are those of i, which are marked. An element and a variable never share a number. */
  #looksMarked(i: number, j: number): boolean {
    const starts = this.#starts;
    const firstNeighbour = this.#firstNeighbour;
    if (this.#elements[i] !== this.#elements[j]) return false;
    if (starts[i + 1]! - firstNeighbour[i]! !== starts[j + 1]! - firstNeighbour[j]!) return false;
    const lists = this.#lists;
    const mark = this.#mark;
    const marks = this.#marks;
    for (let p = starts[j]!; p < starts[j]! + this.#elements[j]!; p++) {
      if (mark[lists[p]!] !== marks) return false;
    }
    for (let p = firstNeighbour[j]!; p < starts[j + 1]!; p++) if (mark[lists[p]!] !== marks) return false;
    return true;
  }

  #merge(i: number, j: number): void {
    this.#weight[i]! += this.#weight[j]!;
    const merged = this.#merged[i] ?? [];
    merged.push(j);
    for (const k of this.#merged[j] ?? []) merged.push(k);
    this.#merged[i] = merged;
    this.#merged[j] = undefined;
    this.#state[j] = GONE;
    this.#elements[j] = 0;
    this.#firstNeighbour[j] = this.#starts[j + 1]!;
  }

  /** Gives the new element its variables, and these the smallest of three bounds on their degree. */
  #close(pivot: number, variables: number[]): void {
    if (variables.length === 0) return;
    let size = 0;
    for (const i of variables) size += this.#weight[i]!;
    this.#members[pivot] = variables;
    this.#isElement[pivot] = 1;
    this.#size[pivot] = size;
    const remaining = this.variables.length - this.#order.length;
    for (const i of variables) {
      const weight = this.#weight[i]!;
      this.degree[i] = Math.min(
        remaining - weight,
        this.degree[i]! + size - weight,
        this.#outside[i]! + size - weight,
      );
    }
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
