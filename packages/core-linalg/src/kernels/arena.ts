/**
 * The one linear memory that all kernels share, used as a stack: what is allocated {@link inArena} is given back at
 * its end. Offsets are bytes. It grows to the largest problem met and is reused; results are copied out, so no view
 * of it leaves the package.
 */
const PAGE = 65536;
const ALIGNMENT = 64;

let memory: WebAssembly.Memory | undefined;
let top: number = ALIGNMENT;

export function sharedMemory(): WebAssembly.Memory {
  memory ??= new WebAssembly.Memory({ initial: 16 });
  return memory;
}

/**
 * What `run` gives, its allocations released; undefined when there is no memory for them (the engine gives no more,
 * or 4 GiB would be passed): the caller's TypeScript twin needs none.
 */
export function inArena<T>(run: () => T): T | undefined {
  const height = top;
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    top = height;
  }
}

/**
 * Room for `count` doubles; its contents are undefined. Views taken before may be detached by growth.
 *
 * @throws RangeError when the memory cannot grow.
 */
export function allocate(count: number): number {
  const offset = top;
  top = offset + Math.ceil((count * 8) / ALIGNMENT) * ALIGNMENT;
  const missing = top - sharedMemory().buffer.byteLength;
  if (missing > 0) sharedMemory().grow(Math.ceil(missing / PAGE));
  return offset;
}

/** The `count` doubles at `offset`, valid until the next allocation. */
export function doublesAt(offset: number, count: number): Float64Array {
  return new Float64Array(sharedMemory().buffer, offset, count);
}

/** Copies `source` in; all allocations of a call come before the first of these. */
export function copyIn(offset: number, source: Float64Array): void {
  doublesAt(offset, source.length).set(source);
}

/** Copies `target.length` doubles out. */
export function copyOut(offset: number, target: Float64Array): void {
  target.set(doublesAt(offset, target.length));
}

/** Room for `count` integers of 32 bits, as {@link allocate} for doubles. */
export function allocateIntegers(count: number): number {
  return allocate(Math.ceil(count / 2));
}

/** Copies `source` in; all allocations of a call come before the first of these. */
export function copyIntegersIn(offset: number, source: Int32Array): void {
  new Int32Array(sharedMemory().buffer, offset, source.length).set(source);
}

/** Copies `target.length` integers out. */
export function copyIntegersOut(offset: number, target: Int32Array): void {
  target.set(new Int32Array(sharedMemory().buffer, offset, target.length));
}
