import { indexAt, putIndex } from "./tile";

// A heap of keys, degree · 2³² + index, the smallest first; place[index] is where an index's key stands.

// @ts-ignore: decorator
@inline
function keyAt(heap: usize, k: i32): u64 {
  return load<u64>(heap + (<usize>k << 3));
}

// @ts-ignore: decorator
@inline
function putKey(heap: usize, place: usize, k: i32, key: u64): void {
  store<u64>(heap + (<usize>k << 3), key);
  putIndex(place, <i32>key, k);
}

// @ts-ignore: decorator
@inline
export function keyOf(degree: i32, index: i32): u64 {
  return (<u64>degree << 32) | <u64>index;
}

/** Puts a key in at position k, which is free, or above it. */
export function siftUp(heap: usize, place: usize, k: i32, key: u64): void {
  while (k > 0) {
    const parent = (k - 1) >> 1;
    const above = keyAt(heap, parent);
    if (above <= key) break;
    putKey(heap, place, k, above);
    k = parent;
  }
  putKey(heap, place, k, key);
}

/** Puts a key in at position k, which is free, or below it. */
export function siftDown(heap: usize, place: usize, k: i32, key: u64, size: i32): void {
  for (;;) {
    let child = 2 * k + 1;
    if (child >= size) break;
    let below = keyAt(heap, child);
    if (child + 1 < size) {
      const other = keyAt(heap, child + 1);
      if (other < below) {
        below = other;
        child++;
      }
    }
    if (below >= key) break;
    putKey(heap, place, k, below);
    k = child;
  }
  putKey(heap, place, k, key);
}

/** Gives an index that is in the heap another degree. */
export function move(heap: usize, place: usize, degree: i32, index: i32, size: i32): void {
  const k = indexAt(place, index);
  const key = keyOf(degree, index);
  if (key < keyAt(heap, k)) siftUp(heap, place, k, key);
  else siftDown(heap, place, k, key, size);
}

/** Takes the smallest key out of a heap of `size`; its index. */
export function takeFirst(heap: usize, place: usize, size: i32): i32 {
  const first = <i32>keyAt(heap, 0);
  if (size > 1) siftDown(heap, place, 0, keyAt(heap, size - 1), size - 1);
  return first;
}
