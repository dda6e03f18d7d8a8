import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import {
  Matrix,
  Panel,
  rollingBeta,
  rollingCorrelation,
  rollingCovariance,
  rollingMean,
  rollingQuantile,
  rollingStd,
  rollingSum,
  rollingVariance,
} from "../../src/index.ts";

const NaNs = (count: number) => new Array<null>(count).fill(null);

describe("rolling windows by hand", () => {
  const x = [1, 2, 4, 8, 16];

  test("the first window − 1 rows are NaN, then every row looks back over the window", () => {
    expectClose(rollingSum(x, 3), [null, null, 7, 14, 28], bits);
    expectClose(rollingMean(x, 2), [null, 1.5, 3, 6, 12], bits);
    expectClose(rollingVariance(x, 2), [null, 0.5, 2, 8, 32], bits);
    expectClose(rollingVariance(x, 2, { ddof: 0 }), [null, 0.25, 1, 4, 16], bits);
    expectClose(rollingStd(x, 2, { ddof: 0 }), [null, 0.5, 1, 2, 4], bits);
    expectClose(rollingQuantile(x, 3, 0.5), [null, null, 2, 4, 8], bits);
    expectClose(rollingQuantile(x, 3, 0.25), [null, null, 1.5, 3, 6], bits);
  });

  test("covariance, beta and correlation take y column by column or as one vector", () => {
    const panel = [
      [1, 3],
      [2, 2],
      [4, 4],
    ];
    const y = [1, 2, 4];
    expectClose(
      rollingCovariance(panel, y, 2),
      [
        [null, null],
        [0.5, -0.5],
        [2, 2],
      ].flat(),
      bits,
    );
    expectClose(
      rollingCovariance(panel, panel, 2),
      [
        [null, null],
        [0.5, 0.5],
        [2, 2],
      ].flat(),
      bits,
    );
    expectClose(
      rollingBeta(panel, y, 2),
      [
        [null, null],
        [1, -1],
        [1, 1],
      ].flat(),
      bits,
    );
    expectClose(rollingCorrelation([1, 2, 4], [3, 2, 4], 2), [null, -1, 1], rounding());
  });

  test("a window of one is the value itself, without a sample variance", () => {
    expectClose(rollingMean(x, 1), x, bits);
    expectClose(rollingQuantile(x, 1, 0.3), x, bits);
    expectClose(rollingVariance(x, 1), NaNs(5), bits);
    expectClose(rollingVariance(x, 1, { ddof: 0 }), [0, 0, 0, 0, 0], bits);
  });

  test("a window no longer than ddof, or longer than the data, is NaN throughout", () => {
    expectClose(rollingVariance(x, 2, { ddof: 3 }), NaNs(5), bits);
    for (const answer of [rollingMean(x, 6), rollingStd(x, 1e9), rollingQuantile(x, 6, 0.5)])
      expectClose(answer, NaNs(5), bits);
    expectClose(rollingCovariance(x, x, 6), NaNs(5), bits);
    expect(rollingMean([], 3)).toHaveLength(0);
  });

  test("a window exactly as long as the data answers once", () => {
    expectClose(rollingMean(x, 5), [null, null, null, null, 6.2], bits);
  });

  test("a NaN makes its windows NaN and is forgotten as soon as it has left, wherever it stands", () => {
    const clean = Array.from({ length: 24 }, (_, i) => (i * i) % 7);
    for (let at = 0; at < clean.length; at++) {
      const broken = clean.map((v, i) => (i === at ? Number.NaN : v));
      const touched = (t: number) => t < 4 || (at <= t && t < at + 5);
      for (const roll of [
        (s: number[]) => rollingMean(s, 5),
        (s: number[]) => rollingSum(s, 5),
        (s: number[]) => rollingStd(s, 5),
        (s: number[]) => rollingQuantile(s, 5, 0.4),
        (s: number[]) => rollingCovariance(clean, s, 5),
        (s: number[]) => rollingCovariance(s, clean, 5),
      ]) {
        const wanted = Array.from(roll(clean), (v, t) => (touched(t) ? Number.NaN : v));
        expectClose(roll(broken), wanted, rounding());
      }
    }
  });

  test("a spike of 1e8 leaves no trace once it has left, wherever it stands", () => {
    const clean = Array.from({ length: 24 }, (_, i) => ((i * i) % 7) + 0.1);
    const wanted = { mean: rollingMean(clean, 5), std: rollingStd(clean, 5) };
    for (let at = 0; at < clean.length; at++) {
      const spiked = clean.map((v, i) => (i === at ? 1e8 : v));
      const mean = rollingMean(spiked, 5);
      const std = rollingStd(spiked, 5);
      for (let t = 4; t < clean.length; t++) {
        if (at <= t && t < at + 5) continue;
        expectClose(mean[t]!, wanted.mean[t]!, rounding());
        expectClose(std[t]!, wanted.std[t]!, rounding());
      }
    }
  });

  test("an infinity counts as no value, wherever it stands", () => {
    for (let at = 0; at < 9; at++) {
      const s = Array.from({ length: 9 }, (_, i) => (i === at ? Number.POSITIVE_INFINITY : i));
      for (const answer of [rollingMean(s, 3), rollingSum(s, 3), rollingStd(s, 3)])
        answer.forEach((v, t) => {
          expect(Number.isNaN(v)).toBe(t < 2 || (at <= t && t < at + 3));
        });
    }
    expectClose(rollingQuantile([1, Number.POSITIVE_INFINITY, 2], 3, 0.5), NaNs(3), bits);
  });

  test("a constant window has variance 0 exactly, and no beta or correlation", () => {
    const constant = new Array<number>(30).fill(0.1);
    const moving = constant.map((_, i) => i % 3);
    expectClose(rollingStd(constant, 7).slice(6), new Array(24).fill(0), bits);
    expectClose(rollingMean(constant, 7).slice(6), new Array(24).fill(0.1), bits);
    expectClose(rollingBeta(moving, constant, 7), NaNs(30), bits);
    const barely = moving.map((v) => v * 1e-162);
    expect(rollingBeta(moving, barely, 7).every(Number.isNaN)).toBe(true);
    expectClose(rollingCorrelation(moving, constant, 7), NaNs(30), bits);
    expectClose(rollingCorrelation(constant, moving, 7), NaNs(30), bits);
  });
});

describe("forms of input and output", () => {
  const rows = [
    [1, 10],
    [2, 30],
    [4, 20],
  ];

  test("every form of panel gives the same answer, as our Matrix", () => {
    const wanted = [null, null, 1.5, 20, 3, 25];
    for (const panel of [
      rows,
      rows.map((row) => Float64Array.from(row)),
      Matrix.fromRows(rows),
      new MlMatrix(rows),
    ]) {
      const answer: Matrix = rollingMean(panel, 2);
      expect([answer.rows, answer.columns]).toEqual([3, 2]);
      expectClose(answer, wanted, bits);
    }
  });

  test("a Panel comes back as a Panel with its own times and names", () => {
    const panel = new Panel({ index: [1, 2, 3], columns: ["A", "B"], values: rows });
    const answer: Panel = rollingMean(panel, 2);
    expect([...answer.index]).toEqual([1, 2, 3]);
    expect(answer.columns).toEqual(["A", "B"]);
    expectClose(answer.values, [null, null, 1.5, 20, 3, 25], bits);
    expectClose(rollingBeta(panel, panel, 2).column("A"), [null, 1, 1], bits);
    expect(rollingStd(panel, 2, { out: answer })).toBe(answer);
    expectClose(answer.column("A"), [null, Math.SQRT1_2, Math.SQRT2], rounding());
  });

  test("each column of a panel answers as it would alone", () => {
    const panel = Matrix.fromRows(rows);
    for (let j = 0; j < 2; j++) {
      expectClose(rollingStd(panel, 2).column(j), rollingStd(panel.column(j), 2), bits);
      expectClose(rollingQuantile(panel, 2, 0.3).column(j), rollingQuantile(panel.column(j), 2, 0.3), bits);
    }
  });

  test("the input is left as it was", () => {
    const panel = Matrix.fromRows(rows);
    rollingStd(panel, 2);
    rollingQuantile(panel, 2, 0.5);
    rollingBeta(panel, [1, 2, 3], 2);
    expectClose(panel, rows.flat(), bits);
  });

  test("the answer is written into out, stale entries included", () => {
    const vector = new Float64Array(3).fill(7);
    expect(rollingMean([1, 2, 4], 2, { out: vector })).toBe(vector);
    expectClose(vector, [null, 1.5, 3], bits);
    const panel = new Matrix(3, 2, new Float64Array(6).fill(7));
    expect(rollingQuantile(rows, 2, 0.5, { out: panel })).toBe(panel);
    expectClose(panel, [null, null, 1.5, 20, 3, 25], bits);
    expect(rollingBeta(rows, [1, 2, 4], 2, { out: panel })).toBe(panel);
  });
});

describe("misuse", () => {
  const x = [1, 2, 3];

  test("a window that is no integer ≥ 1 is refused", () => {
    for (const roll of [rollingMean, rollingSum, rollingVariance, rollingStd] as const) {
      expect(() => roll(x, 0)).toThrow("window must be an integer ≥ 1, got 0");
      expect(() => roll(x, 2.5)).toThrow("window must be an integer ≥ 1, got 2.5");
    }
    expect(() => rollingCovariance(x, x, -1)).toThrow("window must be an integer ≥ 1, got -1");
    expect(() => rollingQuantile(x, Number.NaN, 0.5)).toThrow("window must be an integer ≥ 1, got NaN");
  });

  test("a level, a ddof and an option that cannot be are refused", () => {
    expect(() => rollingQuantile(x, 2, -0.1)).toThrow("q must be between 0 and 1, got -0.1");
    expect(() => rollingStd(x, 2, { ddof: 0.5 })).toThrow("ddof must be an integer ≥ 0, got 0.5");
    expect(() => rollingStd(x, 2, { ddoff: 0 } as object)).toThrow(
      "unknown option 'ddoff'; did you mean 'ddof'?",
    );
    expect(() => rollingBeta(x, x, 2, { ddof: 0 } as object)).toThrow("unknown option 'ddof'");
  });

  test("shapes that do not fit are refused", () => {
    expect(() => rollingCovariance(x, [1, 2], 2)).toThrow("y must have 3 entries, got 2");
    expect(() => rollingCovariance([[1, 2]], [[1, 2, 3]], 1)).toThrow(
      "y must have the shape of x, 1×2, or be a vector of 1 entries, got 1×3",
    );
    expect(() => rollingMean([[1, 2], [3]], 1)).toThrow("row 1 has 1 entries, expected 2 as in row 0");
    expect(() => rollingMean(x, 2, { out: new Float64Array(2) })).toThrow(
      "out must be a Float64Array of 3 entries, got Float64Array(2)",
    );
    expect(() => rollingMean([[1, 2]], 1, { out: new Matrix(2, 2) })).toThrow(
      "out must be a Matrix of 1×2, got 2×2",
    );
  });

  test("an out that lies over an input is refused", () => {
    const own = Float64Array.of(1, 2, 3);
    expect(() => rollingMean(own, 2, { out: own })).toThrow("out must not share memory with an input");
    const memory = new Float64Array(5);
    expect(() => rollingCovariance(x, memory.subarray(0, 3), 2, { out: memory.subarray(2, 5) })).toThrow(
      "out must not share memory with an input",
    );
    expect(rollingMean(memory.subarray(0, 2), 1, { out: memory.subarray(2, 4) })).toHaveLength(2);
  });
});
