import { fixture, sameBits } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { SobolSequence, sobolPoints } from "../../src/index.ts";

const truth = fixture(import.meta.url, "sobol.json");
const decode = (digits: string[]): number[] => digits.map((text) => Number.parseInt(text, 16) * 2 ** -52);

describe("a Sobol sequence has scipy's bits", () => {
  test("in all 1,111 dimensions", () => {
    const points = sobolPoints(1111, { count: 64 });
    for (const { index, digits } of truth.wide) {
      expect(sameBits(points.row(index), decode(digits))).toBe(true);
    }
  });

  test("in its first points, one at a time", () => {
    const sequence = new SobolSequence(5);
    for (const digits of truth.first) expect(sameBits(sequence.next(), decode(digits))).toBe(true);
  });

  test("after millions of points, reached by skipping and directly", () => {
    const { index, points } = truth.later;
    const skipped = new SobolSequence(5).skip(index);
    const direct = new SobolSequence(5);
    points.forEach((digits: string[], i: number) => {
      expect(sameBits(skipped.next(), decode(digits))).toBe(true);
      expect(sameBits(direct.at(index + i), decode(digits))).toBe(true);
    });
  });

  test("at a point beyond 2^45", () => {
    const { index, digits } = truth.huge;
    expect(sameBits(new SobolSequence(5).at(index), decode(digits))).toBe(true);
    expect(sameBits(new SobolSequence(5).skip(index).next(), decode(digits))).toBe(true);
  });
});
