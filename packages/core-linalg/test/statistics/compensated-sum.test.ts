import { expect, test } from "vitest";
import { CompensatedSum, compensatedSum } from "../../src/index.ts";

test("a sum keeps what each addition rounds away", () => {
  expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
  expect(compensatedSum(Array.from({ length: 1000 }, () => 0.1))).toBe(100);
  expect(compensatedSum([])).toBe(0);
});

test("a running sum tells its value at any time", () => {
  const sum = new CompensatedSum();
  sum.add(2 ** 53);
  sum.add(1);
  sum.add(-(2 ** 53));
  expect(sum.value).toBe(1);
  sum.add(Number.NaN);
  expect(sum.value).toBeNaN();
});
