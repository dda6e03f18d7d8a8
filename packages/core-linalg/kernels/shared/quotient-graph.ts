import { indexAt, putIndex } from "./tile";

/**
 * What is left of a pattern during elimination, as src/sparse/quotient-graph.ts has it: addresses of arrays of integers,
 * n each where nothing else is said.
 */
// @ts-ignore: decorator
@unmanaged
export class Graph {
  n: i32;
  /** Variables ordered so far, and those not dense. */
  ordered: i32;
  sparse: i32;
  order: usize;
  degree: usize;
  gone: usize;
  weight: usize;
  /** Chains of variables that stand behind another; −1 ends one. */
  mergedNext: usize;
  mergedLast: usize;
  /** n + 1. */
  starts: usize;
  elements: usize;
  firstNeighbour: usize;
  lists: usize;
  /** Where each element's variables start in the pool, and how many they are: none when it was absorbed. */
  members: usize;
  memberCount: usize;
  size: usize;
  /** Twice as large as the lists: what live elements hold never exceeds these. */
  pool: usize;
  poolEnd: i32;
  poolRoom: i32;
  /** Elements in the order of their making, which is that of the pool. */
  made: usize;
  madeCount: i32;
  mark: usize;
  marks: i32;
  outside: usize;
  outsideStep: usize;
  step: i32;
  key: usize;
  next: usize;
  bucketFirst: usize;
  bucketLast: usize;
  /** The variables of the element that is being made. */
  element: usize;
}

/** Arrays of n integers, or one more, in a graph. */
const VECTORS: i32 = 20;

/** The integers that a graph of so many entries above the diagonal takes, the structure itself included. */
export function graphWords(n: i32, edges: i32): i32 {
  return (<i32>offsetof<Graph>() >> 2) + VECTORS * (n + 1) + 6 * edges;
}

/** A graph at `address` without a pattern, its arrays after each other; the order goes to `order`. */
export function layOut(address: usize, n: i32, edges: i32, order: usize): Graph {
  const g = changetype<Graph>(address);
  const vector = <usize>(n + 1) << 2;
  const words = address + offsetof<Graph>();
  let at = words;
  g.n = n;
  g.ordered = 0;
  g.order = order;
  g.degree = at; at += vector;
  g.gone = at; at += vector;
  g.weight = at; at += vector;
  g.mergedNext = at; at += vector;
  g.mergedLast = at; at += vector;
  g.starts = at; at += vector;
  g.elements = at; at += vector;
  g.firstNeighbour = at; at += vector;
  g.members = at; at += vector;
  g.memberCount = at; at += vector;
  g.size = at; at += vector;
  g.made = at; at += vector;
  g.mark = at; at += vector;
  g.outside = at; at += vector;
  g.outsideStep = at; at += vector;
  g.key = at; at += vector;
  g.next = at; at += vector;
  g.bucketFirst = at; at += vector;
  g.bucketLast = at; at += vector;
  g.element = at; at += vector;
  memory.fill(words, 0, at - words);
  memory.fill(g.mergedNext, 0xff, vector);
  memory.fill(g.bucketFirst, 0xff, vector);
  for (let i: i32 = 0; i < n; i++) {
    putIndex(g.weight, i, 1);
    putIndex(g.mergedLast, i, i);
  }
  g.lists = at; at += <usize>edges << 3;
  g.pool = at;
  g.poolEnd = 0;
  g.poolRoom = edges << 2;
  g.madeCount = 0;
  g.marks = 0;
  g.step = 0;
  return g;
}

/** Reads the upper triangle of a pattern: the degree of each variable, dense rows put aside, the lists of the others. */
export function readPattern(g: Graph, pointers: usize, rows: usize, limit: f64): void {
  const n = g.n, degree = g.degree, gone = g.gone, starts = g.starts, lists = g.lists, next = g.next;
  countDegrees(g, pointers, rows);
  g.sparse = n;
  for (let i: i32 = 0; i < n; i++) {
    if (<f64>indexAt(degree, i) <= limit) continue;
    putIndex(gone, i, 1);
    g.sparse--;
  }
  if (g.sparse < n) {
    for (let i: i32 = 0; i < n; i++) if (!indexAt(gone, i)) putIndex(degree, i, 0);
    countDegrees(g, pointers, rows);
  }
  let start: i32 = 0;
  for (let i: i32 = 0; i < n; i++) {
    putIndex(starts, i, start);
    putIndex(next, i, start);
    putIndex(g.firstNeighbour, i, start);
    if (!indexAt(gone, i)) start += indexAt(degree, i);
  }
  putIndex(starts, n, start);
  for (let j: i32 = 0; j < n; j++) {
    if (indexAt(gone, j)) continue;
    for (let k = indexAt(pointers, j), end = indexAt(pointers, j + 1); k < end; k++) {
      const i = indexAt(rows, k);
      if (i == j || indexAt(gone, i)) continue;
      append(next, lists, i, j);
      append(next, lists, j, i);
    }
  }
}

/** Adds to the degrees the entries between variables that are not gone. */
function countDegrees(g: Graph, pointers: usize, rows: usize): void {
  const degree = g.degree, gone = g.gone;
  for (let j: i32 = 0; j < g.n; j++) {
    if (indexAt(gone, j)) continue;
    for (let k = indexAt(pointers, j), end = indexAt(pointers, j + 1); k < end; k++) {
      const i = indexAt(rows, k);
      if (i == j || indexAt(gone, i)) continue;
      putIndex(degree, i, indexAt(degree, i) + 1);
      putIndex(degree, j, indexAt(degree, j) + 1);
    }
  }
}

// @ts-ignore: decorator
@inline
function append(next: usize, lists: usize, i: i32, value: i32): void {
  const at = indexAt(next, i);
  putIndex(lists, at, value);
  putIndex(next, i, at + 1);
}

/** Orders a variable and those that stand behind it. */
export function put(g: Graph, i: i32): void {
  putIndex(g.gone, i, 1);
  for (let j = i; j >= 0; j = indexAt(g.mergedNext, j)) putIndex(g.order, g.ordered++, j);
}

/** The variables that elimination of the pivot joins, marked; the pivot's own elements are absorbed. How many. */
export function formElement(g: Graph, pivot: i32): i32 {
  const marks = ++g.marks;
  const lists = g.lists;
  let count = gather(g, lists, indexAt(g.firstNeighbour, pivot), indexAt(g.starts, pivot + 1), marks, 0);
  const start = indexAt(g.starts, pivot);
  for (let p = start, end = start + indexAt(g.elements, pivot); p < end; p++) {
    const e = indexAt(lists, p);
    const members = indexAt(g.members, e);
    count = gather(g, g.pool, members, members + indexAt(g.memberCount, e), marks, count);
    putIndex(g.memberCount, e, 0);
  }
  return count;
}

/** Takes the live variables of list[from … to) into the element, each once. */
function gather(g: Graph, list: usize, from: i32, to: i32, marks: i32, count: i32): i32 {
  const mark = g.mark, gone = g.gone, element = g.element;
  for (let p = from; p < to; p++) {
    const i = indexAt(list, p);
    if (indexAt(mark, i) == marks || indexAt(gone, i)) continue;
    putIndex(mark, i, marks);
    putIndex(element, count++, i);
  }
  return count;
}

/** For every older element that meets the new one: the weight of its variables outside the new one. */
export function countOutside(g: Graph, count: i32): void {
  const step = ++g.step;
  const outside = g.outside, outsideStep = g.outsideStep, memberCount = g.memberCount, lists = g.lists;
  for (let k: i32 = 0; k < count; k++) {
    const i = indexAt(g.element, k);
    const weight = indexAt(g.weight, i);
    const start = indexAt(g.starts, i);
    for (let p = start, end = start + indexAt(g.elements, i); p < end; p++) {
      const e = indexAt(lists, p);
      if (!indexAt(memberCount, e)) continue;
      const before = indexAt(outsideStep, e) == step ? indexAt(outside, e) : indexAt(g.size, e);
      putIndex(outsideStep, e, step);
      putIndex(outside, e, before - weight);
    }
  }
}

/**
 * Replaces in i's lists whatever the new element covers, and leaves the weight of what it does not in i's `outside`;
 * true when there is none, and i is ordered too.
 */
export function absorbInto(g: Graph, pivot: i32, i: i32): bool {
  const lists = g.lists, outside = g.outside, memberCount = g.memberCount;
  const start = indexAt(g.starts, i);
  let sum: i32 = 0;
  let key: u32 = pivot;
  let end = start;
  for (let p = start, elementsEnd = start + indexAt(g.elements, i); p < elementsEnd; p++) {
    const e = indexAt(lists, p);
    if (!indexAt(memberCount, e)) continue;
    const weight = indexAt(outside, e);
    if (weight == 0) {
      putIndex(memberCount, e, 0);
      continue;
    }
    sum += weight;
    key += e;
    putIndex(lists, end++, e);
  }
  let first = indexAt(g.starts, i + 1);
  for (let p = first - 1, firstNeighbour = indexAt(g.firstNeighbour, i); p >= firstNeighbour; p--) {
    const j = indexAt(lists, p);
    if (indexAt(g.gone, j) || indexAt(g.mark, j) == g.marks) continue;
    sum += indexAt(g.weight, j);
    key += j;
    putIndex(lists, --first, j);
  }
  putIndex(g.firstNeighbour, i, first);
  putIndex(lists, end++, pivot);
  putIndex(g.elements, i, end - start);
  if (sum == 0) {
    put(g, i);
    return true;
  }
  putIndex(outside, i, sum);
  putIndex(g.key, i, key);
  return false;
}

/** Makes one of the variables that have the same elements and neighbours, of the `count` first of the element. */
export function mergeAlike(g: Graph, count: i32): void {
  if (count < 2) return;
  const next = g.next, first = g.bucketFirst, last = g.bucketLast, element = g.element;
  for (let k: i32 = 0; k < count; k++) {
    const i = indexAt(element, k);
    const bucket = <u32>indexAt(g.key, i) % <u32>g.n;
    putIndex(next, i, -1);
    if (indexAt(first, bucket) < 0) putIndex(first, bucket, i);
    else putIndex(next, indexAt(last, bucket), i);
    putIndex(last, bucket, i);
  }
  for (let k: i32 = 0; k < count; k++) {
    const bucket = <u32>indexAt(g.key, indexAt(element, k)) % <u32>g.n;
    for (let i = indexAt(first, bucket); i >= 0; i = indexAt(next, i)) mergeFollowers(g, i);
    putIndex(first, bucket, -1);
  }
}

/** Merges into i those after it in its bucket that are like it. */
function mergeFollowers(g: Graph, i: i32): void {
  if (indexAt(g.gone, i)) return;
  let marked = false;
  for (let j = indexAt(g.next, i); j >= 0; j = indexAt(g.next, j)) {
    if (indexAt(g.gone, j) || indexAt(g.key, j) != indexAt(g.key, i)) continue;
    if (!marked) markLists(g, i);
    marked = true;
    if (looksMarked(g, i, j)) merge(g, i, j);
  }
}

function markLists(g: Graph, i: i32): void {
  const marks = ++g.marks;
  const start = indexAt(g.starts, i);
  markAll(g, start, start + indexAt(g.elements, i), marks);
  markAll(g, indexAt(g.firstNeighbour, i), indexAt(g.starts, i + 1), marks);
}

function markAll(g: Graph, from: i32, to: i32, marks: i32): void {
  for (let p = from; p < to; p++) putIndex(g.mark, indexAt(g.lists, p), marks);
}

/** True when j's lists are those of i, which are marked. An element and a variable never share a number. */
function looksMarked(g: Graph, i: i32, j: i32): bool {
  const elements = indexAt(g.elements, j);
  if (indexAt(g.elements, i) != elements) return false;
  const first = indexAt(g.firstNeighbour, j);
  const end = indexAt(g.starts, j + 1);
  if (indexAt(g.starts, i + 1) - indexAt(g.firstNeighbour, i) != end - first) return false;
  const start = indexAt(g.starts, j);
  return allMarked(g, start, start + elements) && allMarked(g, first, end);
}

function allMarked(g: Graph, from: i32, to: i32): bool {
  for (let p = from; p < to; p++) if (indexAt(g.mark, indexAt(g.lists, p)) != g.marks) return false;
  return true;
}

function merge(g: Graph, i: i32, j: i32): void {
  putIndex(g.weight, i, indexAt(g.weight, i) + indexAt(g.weight, j));
  putIndex(g.mergedNext, indexAt(g.mergedLast, i), j);
  putIndex(g.mergedLast, i, indexAt(g.mergedLast, j));
  putIndex(g.gone, j, 1);
  putIndex(g.elements, j, 0);
  putIndex(g.firstNeighbour, j, indexAt(g.starts, j + 1));
}

/** Gives the new element its variables, and these the smallest of three bounds on their degree. */
export function close(g: Graph, pivot: i32, count: i32): void {
  if (count == 0) return;
  if (g.poolEnd + count > g.poolRoom) compactPool(g);
  const element = g.element;
  let size: i32 = 0;
  for (let k: i32 = 0; k < count; k++) size += indexAt(g.weight, indexAt(element, k));
  memory.copy(g.pool + (<usize>g.poolEnd << 2), element, <usize>count << 2);
  putIndex(g.members, pivot, g.poolEnd);
  putIndex(g.memberCount, pivot, count);
  putIndex(g.size, pivot, size);
  putIndex(g.made, g.madeCount++, pivot);
  g.poolEnd += count;
  const remaining = g.sparse - g.ordered;
  for (let k: i32 = 0; k < count; k++) {
    const i = indexAt(element, k);
    const others = size - indexAt(g.weight, i);
    const bound = min(remaining - indexAt(g.weight, i), indexAt(g.degree, i) + others);
    putIndex(g.degree, i, min(bound, indexAt(g.outside, i) + others));
  }
}

/** Moves what live elements hold to the front of the pool. */
function compactPool(g: Graph): void {
  let end: i32 = 0;
  let kept: i32 = 0;
  for (let k: i32 = 0; k < g.madeCount; k++) {
    const e = indexAt(g.made, k);
    const count = indexAt(g.memberCount, e);
    if (count == 0) continue;
    memory.copy(g.pool + (<usize>end << 2), g.pool + (<usize>indexAt(g.members, e) << 2), <usize>count << 2);
    putIndex(g.members, e, end);
    putIndex(g.made, kept++, e);
    end += count;
  }
  g.poolEnd = end;
  g.madeCount = kept;
}
