import { Matrix, Panel } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { convictionWeight, dynamicLeverage, signalStrength } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

describe("signalStrength", () => {
  test("is the hyperbolic tangent of twice the signal, times the confidence", () => {
    // tanh(½ ln 3) = ½
    const signal = Math.LN2 / 2; // tanh(ln 2) = 3/5
    expectClose(signalStrength(signal), 0.6, rounding(2));
    expectClose(signalStrength(signal, { confidence: 0.5 }), 0.3, rounding(2));
    expectClose(signalStrength(signal / 4, { gain: 8 }), 0.6, rounding(2));
  });

  test("keeps the digits of small signals, and large ones end at ±1", () => {
    expect(signalStrength(1e-300)).toBe(2e-300);
    expect(signalStrength(1e300)).toBe(1);
    expect(signalStrength(-1e300)).toBe(-1);
    expect(signalStrength(Number.MAX_VALUE, { gain: Number.MAX_VALUE })).toBe(1);
  });

  test("a missing signal or confidence gives NaN, a silent one 0", () => {
    expect(signalStrength(Number.NaN)).toBeNaN();
    expect(signalStrength(1, { confidence: Number.NaN })).toBeNaN();
    expect(signalStrength(0)).toBe(0);
    expect(signalStrength(3, { confidence: 0 })).toBe(0);
  });

  test("answers in the form of the signal: vector, rows, Matrix, Panel, out", () => {
    const one = signalStrength(0.3);
    const rows = [
      [0.3, -0.3],
      [0, 0.3],
    ];
    const matrix = Matrix.fromRows(rows);
    const panel = new Panel({ index: [0, 1], columns: ["A", "B"], values: matrix });
    expectClose(signalStrength([0.3, -0.3]), [one, -one], bits);
    for (const answer of [signalStrength(rows), signalStrength(matrix), signalStrength(panel).values]) {
      expectClose(
        answer.toRows(),
        [
          [one, -one],
          [0, one],
        ],
        bits,
      );
    }
    const out = new Float64Array(2);
    expect(signalStrength([0.3, 0], { out })).toBe(out);
    expectClose(out, [one, 0], bits);
    const room = Matrix.zeros(2, 2);
    expect(signalStrength(matrix, { out: room })).toBe(room);
    expect(signalStrength(panel).columns).toEqual(["A", "B"]);
    expect(signalStrength([])).toEqual(new Float64Array(0));
  });

  test("confidence may be one number, one an asset, or one an entry", () => {
    const rows = [
      [1, 1],
      [1, 1],
    ];
    const full = signalStrength(1);
    const byAsset = signalStrength(rows, { confidence: [1, 0] });
    expectClose(
      byAsset.toRows(),
      [
        [full, 0],
        [full, 0],
      ],
      bits,
    );
    const byEntry = signalStrength(rows, {
      confidence: [
        [1, 0],
        [0, 1],
      ],
    });
    expectClose(
      byEntry.toRows(),
      [
        [full, 0],
        [0, full],
      ],
      bits,
    );
    expectClose(signalStrength([1, 1], { confidence: [0, 1] }), [0, full], bits);
  });

  test("misuse is refused by name", () => {
    expect(refusal(() => signalStrength(0.5, { confidence: 1.2 }))).toBe(
      "range: confidence must be in [0, 1], or NaN, got 1.2",
    );
    expect(refusal(() => signalStrength([1, 2], { confidence: [0.5, -0.1] }))).toBe(
      "range: confidence[1] must be in [0, 1], or NaN, got -0.1",
    );
    expect(refusal(() => signalStrength([[1], [Number.POSITIVE_INFINITY]]))).toBe(
      "not-finite: signal[1][0] must be finite or NaN, got Infinity",
    );
    expect(refusal(() => signalStrength([1, 2], { confidence: [0.5] }))).toBe(
      "shape: confidence must be a number or of the shape of its partner, 2×1, got 1×1",
    );
    expect(refusal(() => signalStrength(1, { gain: 0 }))).toBe(
      "range: gain must be positive and finite, got 0",
    );
    expect(refusal(() => signalStrength(1, { gian: 2 } as object))).toBe(
      "option: unknown option 'gian'; did you mean 'gain'?",
    );
    expect(refusal(() => signalStrength("1" as never))).toBe(
      'shape: signal must be a vector, a matrix or a panel, got "1"',
    );
    expect(refusal(() => signalStrength(1, { out: new Float64Array(1) as never }))).toBe(
      "option: out must not be given for a single number",
    );
    const own = Float64Array.of(1, 2);
    expect(refusal(() => signalStrength(own, { out: own }))).toBe(
      "option: out must not share memory with signal: inputs are never changed",
    );
    expect(refusal(() => signalStrength([1], { out: new Float64Array(2) }))).toContain("shape: out must");
  });
});

describe("dynamicLeverage", () => {
  test("is a line from the least at 0 to the most at ±1", () => {
    expectClose(dynamicLeverage([-1, -0.5, 0, 0.25, 1]), [3, 2, 1, 1.5, 3], bits);
    expectClose(dynamicLeverage([0, 0.5], { minLeverage: 0, maxLeverage: 2 }), [0, 1], bits);
    expect(dynamicLeverage(Number.NaN)).toBeNaN();
  });

  test("a strength beyond ±1 and leverages out of order are refused", () => {
    expect(refusal(() => dynamicLeverage(1.5))).toBe("range: strength must be in [-1, 1], or NaN, got 1.5");
    expect(refusal(() => dynamicLeverage(1, { minLeverage: 4 }))).toBe(
      "range: minLeverage must be at most maxLeverage (3), got 4",
    );
    expect(refusal(() => dynamicLeverage(1, { minLeverage: -1 }))).toBe(
      "range: minLeverage must be non-negative and finite, got -1",
    );
  });
});

describe("convictionWeight", () => {
  test("no name takes more of the equity than the size says, and a faint signal takes almost nothing", () => {
    expect(convictionWeight(1)).toBe(0.2);
    expect(convictionWeight(-1)).toBe(-0.2);
    expect(convictionWeight(0)).toBe(0);
    expectClose(convictionWeight(0.5), 0.5 * (2 / 3) * 0.2, rounding());
    expect(convictionWeight(1e-6)).toBeLessThan(1e-6);
    expect(convictionWeight(1, { maxPositionSize: 0.35, maxLeverage: 5 })).toBe(0.35);
  });

  test("the seed takes a full position for any signal, and three times what the size says", () => {
    const parity = "seed";
    expect(convictionWeight(1e-9, { parity })).toBeGreaterThan(0.2);
    expectClose(convictionWeight(1, { parity }), 0.6, rounding());
    expect(convictionWeight(0, { parity })).toBe(0);
    expect(refusal(() => convictionWeight(0, { parity: "sed" as "seed" }))).toContain(
      "option: parity must be one of 'seed', got \"sed\"",
    );
  });
});
