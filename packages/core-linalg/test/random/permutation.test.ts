import { expectClose, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { createRandom, permutation } from "../../src/index.ts";

describe("permutation", () => {
  test("every order is equally likely", () => {
    const random = createRandom("orders");
    const counts = new Map<string, number>();
    const COUNT = 60_000;
    for (let i = 0; i < COUNT; i++) {
      const order = permutation(random, 4).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const expected = COUNT / 24;
    const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expectClose(chiSquared, 23, statistical(Math.sqrt(46)));
  });

  test("holds every index once and takes size − 1 draws", () => {
    const random = createRandom("once");
    expect(permutation(random, 1000).toSorted()).toEqual(Int32Array.from({ length: 1000 }, (_, i) => i));
    expect(random.state.index).toBe(999);
    expect(permutation(random, 0)).toEqual(new Int32Array(0));
    expect(permutation(random, 1)).toEqual(new Int32Array(1));
  });

  test("writes into out and names what does not fit", () => {
    const out = new Int32Array(3);
    expect(permutation(createRandom(1), 3, { out })).toBe(out);
    expect(() => permutation(createRandom(1), 4, { out })).toThrow(
      "out must be an Int32Array of 4 entries, got Int32Array(3)",
    );
    expect(() => permutation(createRandom(1), -1)).toThrow(/^size must be an integer ≥ 0/);
    expect(() => permutation(null as never, 2)).toThrow("random must be a generator, got null");
  });
});
