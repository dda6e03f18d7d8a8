/** A queue of (key, index) pairs that gives out the smallest key first, and of equal keys the smallest index. */
export class SmallestFirst {
  readonly #heap: number[] = [];
  readonly #base: number;

  /** Indices are below `base`; keys are non-negative integers with key · base exact in a double. */
  constructor(base: number) {
    this.#base = Math.max(base, 1);
  }

  push(key: number, index: number): void {
    const heap = this.#heap;
    const entry = key * this.#base + index;
    let child = heap.push(entry) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (heap[parent]! <= entry) break;
      heap[child] = heap[parent]!;
      child = parent;
    }
    heap[child] = entry;
  }

  pop(): { key: number; index: number } | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) this.#sink(last);
    const index = first % this.#base;
    return { key: (first - index) / this.#base, index };
  }

  #sink(entry: number): void {
    const heap = this.#heap;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
      if (heap[child]! >= entry) break;
      heap[parent] = heap[child]!;
      parent = child;
    }
    heap[parent] = entry;
  }
}
