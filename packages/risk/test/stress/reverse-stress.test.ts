import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { reverseStress, type StressBook } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

describe("reverseStress", () => {
  const two: StressBook = {
    weights: [1, 1],
    covariance: [
      [0.04, 0],
      [0, 0.01],
    ],
  };

  test("spreads the loss by what each asset adds to the variance", () => {
    const got = reverseStress(two, { loss: 0.5 });
    if (got.status !== "found") throw new Error("found");
    expectClose(got.shocks, [-0.4, -0.1], rounding(8));
    expectClose([got.distance, got.pnl], [0.5 / Math.sqrt(0.05), -0.5], rounding(16));
    expectClose(
      got.positions.map(({ deviations }) => deviations),
      [-2, -1],
      rounding(16),
    );
    expectClose(got.probability, 0.012_673_659_338_734_126, rounding(64)); // Φ(−√5)
  });

  test("from a book's daily covariance to a horizon of days", () => {
    const ten = reverseStress(two, { loss: 0.5, horizon: 10 });
    const one = reverseStress(two, { loss: 0.5 });
    if (ten.status !== "found" || one.status !== "found") throw new Error("found");
    expectClose(ten.distance, one.distance / Math.sqrt(10), rounding(16));
    expectClose(ten.shocks, one.shocks, rounding(16));
  });

  test("where the mean already loses as much, it is the scenario, at distance 0", () => {
    const got = reverseStress(two, { loss: 0.1, mean: [-0.1, -0.1] });
    expect(got).toMatchObject({ status: "found", distance: 0 });
    if (got.status === "found") {
      expect(Array.from(got.shocks)).toEqual([-0.1, -0.1]);
      expect(got.probability).toBeGreaterThan(0.5);
    }
  });

  test("bounds push the loss elsewhere", () => {
    const got = reverseStress(two, { loss: 0.5, bounds: { min: -0.3 } });
    if (got.status !== "found") throw new Error("found");
    expectClose(got.shocks, [-0.3, -0.2], rounding(16));
    expect(got.positions.map(({ atBound }) => atBound)).toEqual([true, false]);
    expectClose(got.distance, Math.sqrt(1.5 ** 2 + 2 ** 2), rounding(16));
  });

  test("a bound of 0 may hold a shock at 0", () => {
    const got = reverseStress(two, { loss: 0.5, bounds: { min: [-1, 0] } });
    if (got.status !== "found") throw new Error("found");
    expectClose(got.shocks, [-0.5, 0], rounding(16));
  });

  test("is unreachable for a book without risk, and within bounds that are too narrow", () => {
    expect(reverseStress({ ...two, weights: [0, 0] }, { loss: 1 })).toEqual({ status: "unreachable" });
    expect(reverseStress(two, { loss: 0.5, bounds: { min: -0.2, max: 1 } })).toEqual({
      status: "unreachable",
    });
    const still = {
      weights: [1, 1],
      covariance: [
        [0, 0],
        [0, 0],
      ],
    };
    expect(reverseStress(still, { loss: 0.5 })).toEqual({ status: "unreachable" });
  });

  test("a singular covariance keeps assets together", () => {
    const twins = {
      weights: [1, 1],
      covariance: [
        [0.04, 0.04],
        [0.04, 0.04],
      ],
    };
    const got = reverseStress(twins, { loss: 0.4 });
    if (got.status !== "found") throw new Error("found");
    expectClose(got.shocks, [-0.2, -0.2], rounding(8));
    expect(reverseStress(twins, { loss: 0.4, bounds: { min: [-0.1, -1] } })).toEqual({
      status: "unreachable",
    });
  });

  test.each([
    [{ loss: 0 }, "range: loss must be positive and finite, got 0"],
    [
      { loss: 1, distribution: { studentT: 2 } },
      "range: distribution.studentT must be > 2 for a covariance to exist, got 2",
    ],
    [{ loss: 1, distribution: "t" }, `option: distribution must be 'normal' or { studentT }, got "t"`],
    [
      { loss: 1, bounds: { min: Number.NaN } },
      "not-finite: bounds.min[0] must be a number or -Infinity, got NaN",
    ],
    [{ loss: 1, bounds: { min: 0.1, max: 0 } }, "range: bounds.min[0] must be at most 0, got 0.1"],
    [{ loss: 1, bounds: { minimum: 0 } }, "option: unknown option 'minimum'; known options: min, max"],
    [{ loss: 1, mean: [0] }, "shape: mean must have 2 entries, got 1"],
    [
      { loss: 1, horizon: 2, covariance: two.covariance },
      "option: horizon is for the book's covariance; one that is given holds already",
    ],
  ])("refuses case %#", (options, message) => {
    expect(refusal(() => reverseStress(two, options as never))).toBe(message);
  });
});
