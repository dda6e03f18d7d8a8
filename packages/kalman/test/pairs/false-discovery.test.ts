import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { describe, expect, test } from "vitest";
import { type FalseDiscoveryMethod, rankPairs } from "../../src/index.ts";

const UNIVERSES = 50;
const RATE = 0.1;
const NAMES = 9;

/** Walks, of which names 1 and 4 follow the one before by a spread that reverts. */
function universe(seed: number): Matrix {
  const random = createRandom(`false discovery ${seed}`);
  const X = new Matrix(200, NAMES);
  const walk = new Float64Array(NAMES).fill(100);
  const spread = new Float64Array(NAMES);
  for (let t = 0; t < 200; t++) {
    for (let j = 0; j < NAMES; j++) {
      walk[j]! += 0.5 * random.normal();
      spread[j] = 0.7 * spread[j]! + 0.3 * random.normal();
      X.set(t, j, j === 1 || j === 4 ? 20 + 0.8 * walk[j - 1]! + spread[j]! : walk[j]!);
    }
  }
  return X;
}

const isTrue = (a: number, b: number) => [1, 4].includes(Math.max(a, b)) && Math.abs(a - b) === 1;

describe("of the pairs that a ranking finds beside two true ones, no more are false than it promises", () => {
  for (const method of ["benjamini-yekutieli", "benjamini-hochberg", "storey"] as FalseDiscoveryMethod[]) {
    test(method, () => {
      let shares = 0;
      let squares = 0;
      let found = 0;
      for (let seed = 0; seed < UNIVERSES; seed++) {
        const { pairs } = rankPairs(universe(seed), {
          ...{ falseDiscoveryMethod: method, falseDiscoveryRate: RATE, lags: 1 },
          ...{ minHalfLife: 0, maxHalfLife: Number.POSITIVE_INFINITY, maxHurst: 9 },
        });
        const right = pairs.filter(({ yColumn, xColumn }) => isTrue(yColumn, xColumn)).length;
        const share = pairs.length === 0 ? 0 : (pairs.length - right) / pairs.length;
        shares += share;
        squares += share * share;
        found += right;
      }
      const average = shares / UNIVERSES;
      const error = Math.sqrt((squares / UNIVERSES - average * average) / UNIVERSES);
      expect(average).toBeLessThan(RATE + 3 * error);
      expect(found).toBeGreaterThan(1.8 * UNIVERSES);
    });
  }
});
