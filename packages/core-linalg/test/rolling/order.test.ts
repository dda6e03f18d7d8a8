import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import {
  Matrix,
  Panel,
  RollingMax,
  RollingMin,
  RollingQuantile,
  RollingRank,
  rollingMax,
  rollingMedian,
  rollingMin,
  rollingQuantile,
  rollingRank,
} from "../../src/index.ts";

const x = [3, 1, 4, 1, 5, 9, 2, 6];
const NaNs = (count: number) => new Array<null>(count).fill(null);

/** Every rolling function of the family, called alike. */
const FAMILY = {
  rollingMin,
  rollingMax,
  rollingMedian,
  rollingQuantile: <X extends Parameters<typeof rollingMin>[0]>(
    values: X,
    window: number,
    options: Parameters<typeof rollingMin<X>>[2] = {},
  ) => rollingQuantile(values, window, 0.3, options),
  rollingRank,
};

describe("order statistics of windows by hand", () => {
  test("smallest and largest look back over the window", () => {
    expectClose(rollingMin(x, 3), [null, null, 1, 1, 1, 1, 2, 2], bits);
    expectClose(rollingMax(x, 3), [null, null, 4, 4, 5, 9, 9, 9], bits);
  });

  test("the median is the middle value, or the middle between the two", () => {
    expectClose(rollingMedian(x, 3), [null, null, 3, 1, 4, 5, 5, 6], bits);
    expectClose(rollingMedian(x, 4), [null, null, null, 2, 2.5, 4.5, 3.5, 5.5], bits);
  });

  test("a quantile is read by the method asked for", () => {
    expectClose(rollingQuantile([1, 2, 3, 4], 4, 0.3).slice(3), [1.9], bits);
    const at = (method: "R-1" | "R-3" | "R-6" | "lower" | "higher") =>
      rollingQuantile([4, 1, 3, 2], 4, 0.4, { method })[3];
    expect(at("R-1")).toBe(2);
    expect(at("R-3")).toBe(2);
    expect(at("R-6")).toBe(2);
    expect(at("lower")).toBe(2);
    expect(at("higher")).toBe(3);
  });

  test("the rank counts from 1 for the smallest, and equal values share one by method", () => {
    const ties = [2, 1, 2, 2, 3];
    expectClose(rollingRank(ties, 4), [null, null, null, 3, 4], bits);
    expectClose(rollingRank(ties, 4, { method: "min" }), [null, null, null, 2, 4], bits);
    expectClose(rollingRank(ties, 4, { method: "max" }), [null, null, null, 4, 4], bits);
    expectClose(rollingRank(ties, 4, { pct: true }), [null, null, null, 0.75, 1], bits);
  });

  test("a window of one is the value itself, of rank 1", () => {
    for (const answer of [
      rollingMin(x, 1),
      rollingMax(x, 1),
      rollingQuantile(x, 1, 0.2),
      rollingMedian(x, 1),
    ])
      expectClose(answer, x, bits);
    expectClose(rollingRank(x, 1), new Array(8).fill(1), bits);
  });

  test("the ends of the quantile are the smallest and the largest", () => {
    expectClose(rollingQuantile(x, 3, 0), rollingMin(x, 3), bits);
    expectClose(rollingQuantile(x, 3, 1), rollingMax(x, 3), bits);
  });

  test("a window longer than the data is NaN throughout, and with fewer minPeriods holds all of it", () => {
    for (const roll of Object.values(FAMILY)) {
      expectClose(roll(x, 9), NaNs(8), bits);
      expectClose(roll(x, 1e12), NaNs(8), bits);
      expect(roll([], 3)).toHaveLength(0);
    }
    expectClose(rollingMin(x, 1e12, { minPeriods: 2 }), [null, 1, 1, 1, 1, 1, 1, 1], bits);
    expectClose(rollingMedian(x, 100, { minPeriods: 1 }), [3, 2, 3, 2, 3, 3.5, 3, 3.5], bits);
    expectClose(rollingRank(x, 100, { minPeriods: 1 }), [1, 1, 3, 1.5, 5, 6, 3, 7], bits);
  });
});

describe("missing values", () => {
  const gaps = [2, Number.NaN, 1, Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY, Number.NaN, 5];

  test("by default a window with one is NaN, and it is forgotten as soon as it has left, wherever it stands", () => {
    const clean = Array.from({ length: 24 }, (_, i) => (i * i) % 7);
    for (const missing of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (let at = 0; at < clean.length; at++) {
        const broken = clean.map((v, i) => (i === at ? missing : v));
        for (const roll of Object.values(FAMILY)) {
          const wanted = Array.from(roll(clean, 5), (v, t) => (at <= t && t < at + 5 ? Number.NaN : v));
          expectClose(roll(broken, 5), wanted, bits);
        }
      }
    }
  });

  test("with minPeriods the answer is that of the values present", () => {
    const options = { minPeriods: 1 };
    expectClose(rollingMin(gaps, 3, options), [2, 2, 1, 1, 1, 3, 3, 5], bits);
    expectClose(rollingMax(gaps, 3, options), [2, 2, 2, 1, 3, 3, 3, 5], bits);
    expectClose(rollingMedian(gaps, 3, options), [2, 2, 1.5, 1, 2, 3, 3, 5], bits);
    expectClose(rollingMax(gaps, 3, { minPeriods: 2 }), [null, null, 2, null, 3, null, null, null], bits);
  });

  test("a missing value has no rank, and none is counted", () => {
    expectClose(rollingRank(gaps, 3, { minPeriods: 1 }), [1, null, 1, null, 2, null, null, 1], bits);
    expectClose(
      rollingRank(gaps, 3, { minPeriods: 1, pct: true }),
      [1, null, 0.5, null, 1, null, null, 1],
      bits,
    );
  });

  test("nothing but missing values gives nothing but NaN", () => {
    for (const roll of Object.values(FAMILY))
      expectClose(roll(new Array<number>(300).fill(Number.NaN), 4, { minPeriods: 1 }), NaNs(300), bits);
  });
});

describe("values that are hard to tell apart or to subtract", () => {
  test("−0 counts, and comes back, as 0", () => {
    for (const zeros of [
      [0, -0],
      [-0, 0],
      [-0, -0],
    ]) {
      for (const roll of [rollingMin, rollingMax, rollingMedian])
        expectClose(roll(zeros, 2, { minPeriods: 1 }), [0, 0], bits);
      expectClose(rollingRank(zeros, 2), [null, 1.5], bits);
    }
    const long = Array.from({ length: 400 }, (_, i) => (i % 3 === 0 ? 0 : -0));
    for (const roll of [rollingMin, rollingMax, rollingMedian])
      expectClose(roll(long, 7, { minPeriods: 1 }), new Array(400).fill(0), bits);
  });

  test("neighbours whose difference is beyond the doubles have a median", () => {
    const far = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? -1.6e308 : 1.6e308));
    expectClose(rollingMedian(far, 4).slice(3), new Array(397).fill(0), bits);
    expectClose(rollingMedian(far.slice(0, 6), 4).slice(3), [0, 0, 0], bits);
    expectClose(rollingQuantile(far, 2, 0.75).slice(1), new Array(399).fill(0.8e308), rounding());
  });

  test("the smallest doubles keep their bits", () => {
    const tiny = Array.from({ length: 300 }, (_, i) => Number.MIN_VALUE * ((i * 7) % 5));
    expectClose(rollingMin(tiny, 5).slice(4), new Array(296).fill(0), bits);
    expectClose(rollingMax(tiny, 5).slice(4), new Array(296).fill(4 * Number.MIN_VALUE), bits);
  });
});

describe("forms of input and output", () => {
  const rows = [
    [1, 10, 7],
    [2, 30, 7],
    [4, 20, 8],
  ];

  test("every form of table gives the same answer, column by column", () => {
    for (const table of [rows, rows.map((row) => Float64Array.from(row)), new MlMatrix(rows)]) {
      const answer: Matrix = rollingMin(table, 2);
      expectClose(answer, [...NaNs(3), 1, 10, 7, 2, 20, 7], bits);
    }
    const table = Matrix.fromRows(rows);
    for (const roll of Object.values(FAMILY)) {
      const answer = roll(table, 2);
      for (let j = 0; j < 3; j++) expectClose(answer.column(j), roll(table.column(j), 2), bits);
    }
    expectClose(table, rows.flat(), bits);
  });

  test("a Panel comes back as a Panel, and the answer is written into out", () => {
    const panel = new Panel({ index: [1, 2, 3], columns: ["A", "B", "C"], values: rows });
    const answer: Panel = rollingRank(panel, 2);
    expectClose(answer.column("B"), [null, 2, 1], bits);
    for (const roll of Object.values(FAMILY)) {
      const out = new Matrix(3, 3, new Float64Array(9).fill(7));
      expect(roll(Matrix.fromRows(rows), 2, { out })).toBe(out);
      expectClose(out, roll(rows, 2), bits);
      const vector = new Float64Array(8).fill(7);
      expect(roll(x, 9, { out: vector })).toBe(vector);
      expectClose(vector, NaNs(8), bits);
    }
  });
});

describe("misuse", () => {
  test("a window and a minPeriods that cannot be are refused", () => {
    for (const roll of Object.values(FAMILY)) {
      expect(() => roll(x, 0)).toThrow("window must be an integer ≥ 1, got 0");
      expect(() => roll(x, Number.NaN)).toThrow("window must be an integer ≥ 1, got NaN");
      expect(() => roll(x, 3, { minPeriods: 4 })).toThrow("minPeriods must be an integer ≥ 1 and ≤ 3, got 4");
      expect(() => roll(x, 3, { minPeriods: 0 })).toThrow("minPeriods must be an integer ≥ 1 and ≤ 3, got 0");
      expect(() => roll(x, 3, { minPeriod: 1 } as object)).toThrow(
        "unknown option 'minPeriod'; did you mean 'minPeriods'?",
      );
      expect(() => roll("1,2" as never, 3)).toThrow("x must be a vector, a matrix or a panel");
      expect(() => roll(x, 2, { out: new Float64Array(2) })).toThrow(
        "out must be a Float64Array of 8 entries, got Float64Array(2)",
      );
      const own = Float64Array.from(x);
      expect(() => roll(own, 2, { out: own })).toThrow("out must not share memory with an input");
    }
  });

  test("a level, a method and a pct that cannot be are refused", () => {
    expect(() => rollingQuantile(x, 3, 1.1)).toThrow("q must be between 0 and 1, got 1.1");
    expect(() => rollingQuantile(x, 3, 0.5, { method: "R-10" as "R-1" })).toThrow(
      "method must be one of 'R-1'",
    );
    expect(() => rollingMedian(x, 3, { method: "R-1" } as object)).toThrow("unknown option 'method'");
    expect(() => rollingRank(x, 3, { method: "dense" as "min" })).toThrow(
      "method must be one of 'average', 'min', 'max', got \"dense\"",
    );
    expect(() => rollingRank(x, 3, { pct: 1 as never })).toThrow("pct must be true or false, got 1");
  });

  test("streams refuse what the batch refuses, and what is no number", () => {
    for (const Stream of [RollingMin, RollingMax, RollingRank]) {
      expect(() => new Stream(0)).toThrow("window must be an integer ≥ 1, got 0");
      expect(() => new Stream(2, { minPeriods: 3 })).toThrow(
        "minPeriods must be an integer ≥ 1 and ≤ 2, got 3",
      );
      expect(() => new Stream(2, { out: [] } as object)).toThrow("unknown option 'out'");
      expect(() => new Stream(2).push("1" as never)).toThrow('x must be a number, got "1"');
    }
    expect(() => new RollingQuantile(2, -1)).toThrow("q must be between 0 and 1, got -1");
    expect(() => new RollingRank(2, { pct: "yes" as never })).toThrow('pct must be true or false, got "yes"');
  });

  test("a broken state is refused by the name of its field", () => {
    const min = new RollingMin(3).state;
    expect(() => RollingMin.from(null as never)).toThrow("state must be an object, got null");
    expect(() => RollingMin.from({ ...min, version: 2 } as never)).toThrow("state.version must be 1, got 2");
    expect(() => RollingMax.from({ ...min, window: 0 })).toThrow(
      "state.window must be an integer ≥ 1, got 0",
    );
    expect(() => RollingMax.from({ ...min, minPeriods: 4 })).toThrow("state.minPeriods must be an integer");
    expect(() => RollingMin.from({ ...min, values: [1, "2"] as never })).toThrow(
      'state.values[1] must be a finite number or null, got "2"',
    );
    const quantile = new RollingQuantile(3, 0.5).state;
    expect(() => RollingQuantile.from({ ...quantile, q: 2 })).toThrow(
      "state.q must be between 0 and 1, got 2",
    );
    expect(() => RollingQuantile.from({ ...quantile, method: "R-0" as never })).toThrow(
      "state.method must be",
    );
    const rank = new RollingRank(3).state;
    expect(() => RollingRank.from({ ...rank, method: "dense" as never })).toThrow(
      "state.method must be one of",
    );
    expect(() => RollingRank.from({ ...rank, pct: null as never })).toThrow(
      "state.pct must be true or false, got null",
    );
  });
});
