import type { SparseColumns } from "./sparse-columns.ts";

/** Rows with more than this many entries (times √n) are put last: they would make every degree the same. */
const DENSE_ROW_FACTOR = 10;
const DENSE_ROW_LEAST = 16;

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
  /** The variables that a variable stands for besides itself. */
  readonly #merged: number[][];
  readonly #neighbours: number[][];
  readonly #elements: number[][];
  /** The variables of each element; undefined for what is no element or was absorbed. */
  readonly #members: (number[] | undefined)[];
  /** The weight of an element's variables: what leaves it is absorbed with it, so it stays as long as the element. */
  readonly #size: Int32Array;
  readonly #order: number[] = [];
  readonly #mark: Int32Array;
  #marks = 0;
  readonly #outside: Int32Array;
  readonly #outsideStep: Int32Array;
  #step = 0;

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
    this.#merged = Array.from({ length: n }, () => []);
    this.#neighbours = Array.from({ length: n }, () => []);
    this.#elements = Array.from({ length: n }, () => []);
    this.#members = new Array(n).fill(undefined);
    forEachEdge(upper, (i, j) => {
      this.degree[i]!++;
      this.degree[j]!++;
    });
    const limit = Math.max(DENSE_ROW_LEAST, DENSE_ROW_FACTOR * Math.sqrt(n));
    for (let i = 0; i < n; i++) (this.degree[i]! > limit ? this.#dense : this.variables).push(i);
    for (const i of this.#dense) this.#state[i] = GONE;
    forEachEdge(upper, (i, j) => {
      if (this.#state[i] === GONE || this.#state[j] === GONE) return;
      this.#neighbours[i]!.push(j);
      this.#neighbours[j]!.push(i);
    });
    this.#dense.sort((a, b) => this.degree[a]! - this.degree[b]! || a - b);
    for (const i of this.variables) this.degree[i] = this.#neighbours[i]!.length;
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
    const left = element.filter((i) => !this.#absorbInto(pivot, i));
    this.#mergeAlike(left);
    const variables = left.filter((i) => this.#state[i] === LIVE);
    this.#close(pivot, variables);
    return variables;
  }

  /** The order of elimination, the dense rows last. */
  finish(): Int32Array {
    return Int32Array.from([...this.#order, ...this.#dense]);
  }

  #put(i: number): void {
    this.#state[i] = GONE;
    this.#order.push(i, ...this.#merged[i]!);
  }

  /** The variables that elimination of the pivot joins; the pivot's own elements are absorbed. They stay marked. */
  #formElement(pivot: number): number[] {
    const element: number[] = [];
    this.#marks++;
    const take = (i: number): void => {
      if (this.#mark[i] === this.#marks || this.#state[i] === GONE) return;
      this.#mark[i] = this.#marks;
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

  /** For every older element that meets the new one: the weight of its variables outside the new one. */
  #countOutside(element: readonly number[]): void {
    for (const i of element) {
      for (const e of this.#elements[i]!) {
        if (this.#members[e] === undefined) continue;
        if (this.#outsideStep[e] !== this.#step) {
          this.#outsideStep[e] = this.#step;
          this.#outside[e] = this.#size[e]!;
        }
        this.#outside[e]! -= this.#weight[i]!;
      }
    }
  }

  /**
   * Replaces in i's lists whatever the new element covers, and leaves the weight of what it does not in i's degree;
   * true when there is none, and i is ordered too.
   */
  #absorbInto(pivot: number, i: number): boolean {
    let outside = 0;
    const elements = this.#elements[i]!.filter((e) => {
      if (this.#members[e] === undefined) return false;
      if (this.#outside[e] === 0) this.#members[e] = undefined;
      outside += this.#outside[e]!;
      return this.#outside[e]! > 0;
    });
    const neighbours = this.#neighbours[i]!.filter((j) => {
      const kept = this.#state[j] === LIVE && this.#mark[j] !== this.#marks;
      if (kept) outside += this.#weight[j]!;
      return kept;
    });
    elements.push(pivot);
    this.#neighbours[i] = neighbours;
    this.#elements[i] = elements;
    if (outside === 0) {
      this.#put(i);
      return true;
    }
    this.#outside[i] = outside;
    return false;
  }

  /** Makes one of the variables that have the same elements and neighbours. */
  #mergeAlike(variables: readonly number[]): void {
    const buckets = new Map<number, number[]>();
    for (const i of variables) {
      let key = 0;
      for (const e of this.#elements[i]!) key += e;
      for (const j of this.#neighbours[i]!) key += j;
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [i]);
      else bucket.push(i);
    }
    for (const bucket of buckets.values()) {
      for (let a = 0; a < bucket.length - 1; a++) {
        const i = bucket[a]!;
        if (this.#state[i] === GONE) continue;
        this.#marks++;
        for (const e of this.#elements[i]!) this.#mark[e] = this.#marks;
        for (const k of this.#neighbours[i]!) this.#mark[k] = this.#marks;
        for (let b = a + 1; b < bucket.length; b++) {
          const j = bucket[b]!;
          if (this.#state[j] === LIVE && this.#looksMarked(i, j)) this.#merge(i, j);
        }
      }
    }
  }

  /** True when j's lists are those of i, which are marked. An element and a variable never share a number. */
  #looksMarked(i: number, j: number): boolean {
    return (
      this.#elements[i]!.length === this.#elements[j]!.length &&
      this.#neighbours[i]!.length === this.#neighbours[j]!.length &&
      this.#elements[j]!.every((e) => this.#mark[e] === this.#marks) &&
      this.#neighbours[j]!.every((k) => this.#mark[k] === this.#marks)
    );
  }

  #merge(i: number, j: number): void {
    this.#weight[i]! += this.#weight[j]!;
    this.#merged[i]!.push(j, ...this.#merged[j]!);
    this.#state[j] = GONE;
    this.#merged[j] = [];
    this.#neighbours[j] = [];
    this.#elements[j] = [];
  }

  /** Gives the new element its variables, and these the smallest of three bounds on their degree. */
  #close(pivot: number, variables: number[]): void {
    if (variables.length === 0) return;
    let size = 0;
    for (const i of variables) size += this.#weight[i]!;
    this.#members[pivot] = variables;
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
