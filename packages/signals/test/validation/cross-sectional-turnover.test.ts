import { Matrix } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  crossSectionalIc,
  crossSectionalTurnover,
  turnover,
  turnoverAdjustedCrossSectionalIc,
} from "../../src/index.ts";

const nan = Number.NaN;
const signal = [
  [1, 2, nan],
  [1, 0, 5],
  [3, nan, 6],
  [nan, 1, nan],
];

describe("turnover across assets", () => {
  test("is the mean change of the positions that are there in both rows", () => {
    expectClose(crossSectionalTurnover(signal, { position: "raw" }), [nan, 1, 1.5, nan], bits);
    const two = crossSectionalTurnover(signal, { position: "raw", window: 2, minPeriods: 1 });
    expectClose(two, [nan, 1, 1.25, 1.5], bits);
    const out = new Float64Array(4);
    expect(crossSectionalTurnover(signal, { out })).toBe(out);
    expectClose(out[1]!, Math.tanh(4) / 2, rounding(4));
  });

  test("of a panel without gaps is the mean over assets of each one's turnover", () => {
    const cells = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(cells, fc.constantFrom("raw", "tanh"), (data, position) => {
        const table = new Matrix(10, 4, Float64Array.from(data));
        const each = turnover(table, { window: 3, position });
        const mean = each.toRows().map((row) => row.reduce((a, b) => a + b) / 4);
        expectClose(crossSectionalTurnover(table, { window: 3, position }), mean, rounding(12), 6);
      }),
    );
  });

  test("weighs down the coefficient of its row", () => {
    const s = Matrix.fromRows([
      [1, 2, 3, 4],
      [4, 3, 2, 1],
      [1, 2, 3, 4],
    ]);
    const options = { position: "raw", turnoverPenalty: 0.5 } as const;
    const ic = crossSectionalIc(s, s);
    expectClose(ic, [nan, -1, -1], bits);
    // Each row trades (3 + 1 + 1 + 3) ÷ 4 = 2 a name.
    expectClose(turnoverAdjustedCrossSectionalIc(s, s, options), [nan, -0.5, -0.5], bits);
    expectClose(turnoverAdjustedCrossSectionalIc(s, s, { turnoverPenalty: 0 }), ic, bits);
    const early = turnoverAdjustedCrossSectionalIc(s, s, { ...options, timing: "look-ahead" });
    expectClose(early, [nan, -0.5, nan], bits);
  });

  test("misuse is refused by name", () => {
    expect(() => crossSectionalTurnover(signal, { window: 0 })).toThrow(
      "window must be an integer ≥ 1, got 0",
    );
    expect(() => crossSectionalTurnover(signal, { position: "flat" as never })).toThrow(
      "position must be one of 'tanh', 'raw', got \"flat\"",
    );
    expect(() => turnoverAdjustedCrossSectionalIc(signal, signal, { turnoverPenalty: -1 })).toThrow(
      "turnoverPenalty must be non-negative and finite, got -1",
    );
  });
});
