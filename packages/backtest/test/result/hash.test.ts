import { fixture } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { backtest } from "../../src/index.ts";
import { hashOf } from "../../src/result/hash.ts";

const hash = fixture(import.meta.url, "hash.json");

describe("the hash", () => {
  test("is FNV-1a over little-endian doubles, one NaN for all", () => {
    const numbers = Float64Array.from(hash.numbers, (text: string) =>
      text === "nan" ? Number.NaN : Number(text),
    );
    expect(hashOf()).toBe(hash.empty);
    expect(hashOf(numbers)).toBe(hash.fnv1a);
    expect(hashOf(numbers.slice(0, 3), numbers.slice(3))).toBe(hash.fnv1a);
  });

  test("does not tell one NaN from another", () => {
    const other = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer);
    expect(hashOf(other)).toBe(hashOf(Float64Array.of(Number.NaN)));
  });

  test("tells 0 from −0 and one last bit from the next", () => {
    expect(hashOf(Float64Array.of(0))).not.toBe(hashOf(Float64Array.of(-0)));
    expect(hashOf(Float64Array.of(1))).not.toBe(hashOf(Float64Array.of(1 + Number.EPSILON)));
  });

  test("of a result is that of its equity and returns", () => {
    const result = backtest({ prices: [1, 2, 3, 2], weights: [1, 0.5, 1, 1], periodsPerYear: 252 });
    expect(result.hash).toBe(hashOf(result.equity, result.returns));
    expect(result.hash).toMatch(/^[0-9a-f]{16}$/);
  });
});
