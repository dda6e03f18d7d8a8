/**
 * The one linear memory that all kernels share, used as a stack: mark, allocate, run, release. Offsets are bytes.
 * It grows to the largest problem met and is reused; results are copied out, so no view of it leaves the package.
 */
const PAGE = 65536;
const ALIGNMENT = 64;

let memory: WebAssembly.Memory | undefined;
let top: number = ALIGNMENT;

export function sharedMemory(): WebAssembly.Memory {
  memory ??= new WebAssembly.Memory({ initial: 16 });
  return memory;
}

/** The present height of the stack, to be handed back to {@link release}. */
export function mark(): number {
  return top;
}

export function release(height: number): void {
  top = height;
}

/** Room for `count` doubles; its contents are undefined. Views taken before may be detached by growth. */
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
