import { expect, test } from "vitest";
import { ulpDistance } from "../src/index.ts";

test("the distance counts doubles, across powers of two, zero and into the infinities", () => {
  expect(ulpDistance(1, 1)).toBe(0);
  expect(ulpDistance(1, 1 + Number.EPSILON)).toBe(1);
  expect(ulpDistance(1, 1 - Number.EPSILON / 2)).toBe(1);
  expect(ulpDistance(-1, -1 - 2 * Number.EPSILON)).toBe(2);
  expect(ulpDistance(-0, 0)).toBe(0);
  expect(ulpDistance(-5e-324, 5e-324)).toBe(2);
  expect(ulpDistance(Number.MAX_VALUE, Number.POSITIVE_INFINITY)).toBe(1);
  expect(ulpDistance(1, -1)).toBeGreaterThan(2 ** 62);
});

test("NaN is at no distance from itself and infinitely far from every number", () => {
  expect(ulpDistance(Number.NaN, Number.NaN)).toBe(0);
  expect(ulpDistance(Number.NaN, 1)).toBe(Number.POSITIVE_INFINITY);
});
