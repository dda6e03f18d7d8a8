import { expect, test } from "vitest";
import { CompensatedSum, compensatedSum } from "../../src/index.ts";

test("a sum keeps what each addition rounds away", () => {
  expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
  expect(compensatedSum(Array.from({ length: 1000 }, () => 0.1))).toBe(100);
  expect(compensatedSum([])).toBe(0);
});

test("terms that are no numbers are named", () => {
  expect(() => compensatedSum(5 as unknown as number[])).toThrow("terms must be a list of numbers, got 5");
  expect(() => compensatedSum([1, "2"] as number[])).toThrow('terms[1] must be a number, got "2"');
  expect(compensatedSum(new Set([1, 2]))).toBe(3);
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
