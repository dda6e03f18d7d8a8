import { expect } from "vitest";
import type { Tolerance } from "./tolerance.ts";

/** A number, or any nesting of numbers; `null` is NaN (JSON has no other way to say it). */
export type Numbers =
  | number
  | null
  | Float64Array
  | Int8Array
  | Int32Array
  | readonly Numbers[]
  | { readonly data: Float64Array };

interface Leaf {
  path: string;
  value: number;
}

function leaves(x: Numbers, path = ""): Leaf[] {
  if (x === null || typeof x === "number") return [{ path, value: x ?? Number.NaN }];
  const list = "data" in x && x.data instanceof Float64Array ? x.data : (x as ArrayLike<Numbers>);
  return Array.from(list as ArrayLike<Numbers>, (entry, i) => leaves(entry, `${path}[${i}]`)).flat();
}

/** True when both hold the same doubles, bit by bit; all NaNs count as one. */
export function sameBits(a: Numbers, b: Numbers): boolean {
  const left = leaves(a);
  const right = leaves(b);
  return left.length === right.length && left.every(({ value }, i) => Object.is(value, right[i]!.value));
}

/**
 * Expects every number of `actual` within the tolerance of its counterpart. The scale of a relative tolerance
 * is the largest finite |expected| of the whole array, or the one given; NaN must meet NaN, ∞ must meet ∞.
 */
export function expectClose(actual: Numbers, expected: Numbers, tolerance: Tolerance, scale?: number): void {
  const got = leaves(actual);
  const wanted = leaves(expected);
  expect(got.length, "number of entries").toBe(wanted.length);
  const magnitude = wanted.reduce(
    (m, { value }) => (Number.isFinite(value) ? Math.max(m, Math.abs(value)) : m),
    0,
  );
  const allowed = tolerance.absolute ?? tolerance.relative * (scale ?? (magnitude || 1));
  for (let i = 0; i < got.length; i++) {
    const a = got[i]!;
    const b = wanted[i]!.value;
    if (Object.is(a.value, b)) continue;
    const error = Math.abs(a.value - b);
    if (tolerance.relative === 0 || !(error <= allowed)) {
      const message = `entry ${a.path || "value"}: ${a.value} is ${error} from ${b}; ${tolerance.name} allows ${allowed}`;
      expect.fail(message);
    }
  }
}
