import { describe, expect, test } from "vitest";
import { scratch, scratchCopy } from "../src/scratch.ts";

describe("scratch", () => {
  test("vectors are zero, as long as asked, and share no entry, whatever was written to those before", () => {
    const lengths = Array.from({ length: 500 }, (_, k) => (k * 7) % 150);
    const vectors = lengths.map((n, k) => {
      const vector = scratch(n);
      expect(vector).toEqual(new Float64Array(n));
      return vector.fill(k + 1);
    });
    vectors.forEach((vector, k) => {
      expect(vector).toEqual(new Float64Array(lengths[k]!).fill(k + 1));
    });
  });

  test("short vectors share a buffer, long ones have their own", () => {
    const buffers = Array.from({ length: 100 }, () => scratch(3).buffer);
    expect(new Set(buffers).size).toBeLessThanOrEqual(2);
    expect(scratch(100_000).buffer.byteLength).toBe(800_000);
  });

  test("a copy has the entries and not the memory", () => {
    const v = Float64Array.of(1, -0, Number.NaN);
    const copy = scratchCopy(v);
    v[0] = 7;
    expect(copy).toEqual(Float64Array.of(1, -0, Number.NaN));
  });
});
