import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustedPValues, type FalseDiscoveryMethod } from "../../src/index.ts";

const { cases } = fixture(import.meta.url, "false-discovery.json");
const METHODS: readonly FalseDiscoveryMethod[] = ["benjamini-hochberg", "benjamini-yekutieli", "storey"];
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("p-values adjusted for many tests", () => {
  test("are those of scipy's false_discovery_control", () => {
    for (const { pValues, benjaminiHochberg, benjaminiYekutieli } of cases) {
      expectClose(
        adjustedPValues(pValues, { method: "benjamini-hochberg" }),
        benjaminiHochberg,
        rounding(16),
      );
      expectClose(adjustedPValues(pValues), benjaminiYekutieli, rounding(64));
    }
  });

  test("count the true nulls first, after Storey", () => {
    // one of ten above ½: (1 + 1) ÷ 5 of all are taken to be null
    const p = [0.001, 0.002, 0.01, 0.02, 0.03, 0.04, 0.1, 0.2, 0.3, 0.9];
    const plain = adjustedPValues(p, { method: "benjamini-hochberg" });
    expectClose(
      adjustedPValues(p, { method: "storey" }),
      plain.map((value) => 0.4 * value),
      rounding(8),
    );
  });

  test("leave a NaN out of the count", () => {
    const withGap = adjustedPValues([0.01, Number.NaN, 0.04], { method: "benjamini-hochberg" });
    expectClose(withGap, [0.02, Number.NaN, 0.04], rounding(4));
    expect(adjustedPValues([])).toEqual(new Float64Array(0));
  });

  test("keep the order of the p-values and never fall below them, save after Storey", () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(...METHODS), (p, method) => {
        const adjusted = adjustedPValues(p, { method });
        const order = Array.from(p.keys()).sort((a, b) => p[a]! - p[b]!);
        order.slice(1).forEach((i, k) => {
          expect(adjusted[i]!).toBeGreaterThanOrEqual(adjusted[order[k]!]!);
        });
        if (method === "storey") return;
        for (const [i, value] of p.entries()) {
          expect(adjusted[i]!).toBeGreaterThanOrEqual(value * (1 - Number.EPSILON));
        }
      }),
    );
  });

  test("refuse what is no p-value", () => {
    expect(() => adjustedPValues([0.5, 1.5])).toThrow("pValues[1] must lie in [0, 1], got 1.5");
    expect(() => adjustedPValues([0.5], { method: "holm" as "storey" })).toThrow(
      "method must be one of 'benjamini-hochberg', 'benjamini-yekutieli', 'storey', got \"holm\"",
    );
    const p = Float64Array.of(0.1);
    expect(() => adjustedPValues(p, { out: p })).toThrow("out must not share memory with pValues");
  });
});
