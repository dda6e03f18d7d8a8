import { sharedMemory } from "./arena.ts";

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * Compiles an embedded module at its first use. Undefined where WebAssembly or its SIMD is not to be had (an old
 * engine, a content-security policy without 'wasm-unsafe-eval'): the TypeScript twin then gives the same bits.
 */
export function lazyKernel<Exports>(base64: string): () => Exports | undefined {
  let exports: Exports | undefined;
  let tried = false;
  return () => {
    if (!tried) {
      tried = true;
      try {
        const instance = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(base64)), {
          env: { memory: sharedMemory() },
        });
        exports = instance.exports as Exports;
      } catch {
        exports = undefined;
      }
    }
    return exports;
  };
}
