import { describe, expect, test } from "vitest";
import { bits, expectClose, rounding, sameBits, statistical } from "../src/index.ts";

describe("expectClose", () => {
  test("an error beyond the tolerance fails", () => {
    expect(() => expectClose([1, 2 + 1e-9], [1, 2], rounding(2))).toThrow(/entry \[1\]/);
  });

  test("the scale is the largest expected entry", () => {
    expectClose([1e6, 1e-12], [1e6, 0], rounding(1));
    expect(() => expectClose([1, 1e-12], [1, 0], rounding(1))).toThrow();
  });

  test("NaN meets only NaN, and null stands for it", () => {
    expectClose([Number.NaN, 1], [null, 1], bits);
    expect(() => expectClose([0], [null], statistical(1))).toThrow();
    expect(() => expectClose([Number.NaN], [0], statistical(1))).toThrow();
  });

  test("lengths must agree", () => {
    expect(() => expectClose([1, 2], [1], bits)).toThrow(/number of entries/);
  });

  test("bits tell −0 from 0", () => {
    expect(sameBits([0], [-0])).toBe(false);
    expect(sameBits([Number.NaN], [Number.NaN])).toBe(true);
  });
});
