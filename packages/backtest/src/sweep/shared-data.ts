import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

type Numbers = Float64Array | Float32Array | Int32Array | Int8Array | Uint8Array;

function isNumbers(x: unknown): x is Numbers {
  return ArrayBuffer.isView(x) && "length" in x;
}

/** A plain object, a matrix or a panel; a date or a map is sent as it is. */
function isRecord(x: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(x);
  return (
    prototype === null || prototype === Object.prototype || "data" in x || ("values" in x && "index" in x)
  );
}

/** The numbers in memory that workers share, where there is such memory; else a copy. */
function sharedNumbers(x: Numbers): Numbers {
  const Kind = x.constructor as new (buffer: ArrayBufferLike) => Numbers;
  const shared = typeof SharedArrayBuffer === "function";
  const buffer = shared ? new SharedArrayBuffer(x.byteLength) : new ArrayBuffer(x.byteLength);
  const copy = new Kind(buffer);
  copy.set(x);
  return copy;
}

/**
 * The data as a swept module gets them, in a worker or not: plain objects and lists, with typed arrays in shared memory. A
 * `Matrix` comes out as { rows, columns, data } and a `Panel` as { index, columns, values }, which every function takes.
 */
export function sharedData(x: unknown, name = "data"): unknown {
  if (isNumbers(x)) return sharedNumbers(x);
  if (Array.isArray(x)) {
    return x.map((entry, i) => (typeof entry === "number" ? entry : sharedData(entry, `${name}[${i}]`)));
  }
  if (typeof x === "function" || typeof x === "symbol") {
    throw new QuantError("data", `${name} must be what can be sent to a worker, got ${show(x)}`, {
      argument: name,
    });
  }
  if (typeof x !== "object" || x === null || !isRecord(x)) return x;
  return Object.fromEntries(
    Object.entries(x).map(([key, entry]) => [key, sharedData(entry, `${name}.${key}`)]),
  );
}
