import { describeStream, expectClose, ordinaryNumber, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  correlationBetween,
  createRandom,
  Matrix,
  RollingRankCorrelation,
  rollingRankCorrelation,
} from "../../src/index.ts";

describe("rolling rank correlation", () => {
  test("three pairs in one order have the correlation 1, in opposite orders −1", () => {
    expect([...rollingRankCorrelation([1, 2, 3, 4], [1, 10, 100, -1], 3)]).toEqual([
      Number.NaN,
      Number.NaN,
      1,
      -0.5,
    ]);
    expect(rollingRankCorrelation([1, 2, 3], [3, 2, 1], 3)[2]).toBe(-1);
  });

  test("equal values share the mean of their ranks", () => {
    // Ranks 1½, 1½, 3 and 1, 2, 3: 1½ ÷ √(1½ · 2)
    expect(rollingRankCorrelation([5, 5, 8], [1, 2, 3], 3)[2]).toBe(1.5 / Math.sqrt(1.5 * 2));
    expect(rollingRankCorrelation([0, -0, 8], [1, 2, 3], 3)[2]).toBe(1.5 / Math.sqrt(1.5 * 2));
  });

  test("it is NaN where one side does not vary, and with a single pair", () => {
    expect(rollingRankCorrelation([4, 4, 4], [1, 2, 3], 3)[2]).toBeNaN();
    expect(rollingRankCorrelation([4, 5], [1, 2], 1)[1]).toBeNaN();
  });

  test("a row counts where both of its values are finite", () => {
    const x = [1, Number.NaN, 2, 9, 3];
    const y = [10, 1, 20, Number.POSITIVE_INFINITY, 30];
    expect([...rollingRankCorrelation(x, y, 5, { minPeriods: 3 })].at(-1)).toBe(1);
    expect([...rollingRankCorrelation(x, y, 5)].at(-1)).toBeNaN();
  });

  test("every window has the correlation of its ranks, whatever the size of the values", () => {
    const random = createRandom("ranks in windows");
    for (let round = 0; round < 200; round++) {
      const n = 20 + Math.floor(random.uniform() * 60);
      const window = 2 + Math.floor(random.uniform() * 30);
      const coarse = round % 2 === 0 ? 1e300 : 1;
      const values = () =>
        Float64Array.from({ length: n }, () => {
          const value = random.normal() * coarse;
          return round % 3 === 0 ? Math.round(value * 2) : value;
        });
      const [x, y] = [values(), values()];
      const answer = rollingRankCorrelation(x, y, window);
      for (let t = window - 1; t < n; t++) {
        const from = t - window + 1;
        const truth = correlationBetween(x.subarray(from, t + 1), y.subarray(from, t + 1), {
          method: "spearman",
        });
        expectClose(answer[t]!, truth, rounding(window), 1);
      }
    }
  });

  test("a table is taken column by column, a vector against every column", () => {
    const random = createRandom("columns of ranks");
    const x = new Matrix(40, 3, random.fillNormal(new Float64Array(120)));
    const y = random.fillNormal(new Float64Array(40));
    const out = new Matrix(40, 3);
    expect(rollingRankCorrelation(x, y, 9, { out })).toBe(out);
    for (let j = 0; j < 3; j++) {
      expect([...out.column(j)]).toEqual([...rollingRankCorrelation(x.column(j), y, 9)]);
    }
  });

  test("misuse is refused by name", () => {
    expect(() => rollingRankCorrelation([1, 2], [1, 2, 3], 2)).toThrow("y must have");
    expect(() => rollingRankCorrelation([1, 2], [1, 2], 0)).toThrow("window must be an integer ≥ 1, got 0");
    expect(() => rollingRankCorrelation([1, 2], [1, 2], 2, { minPeriod: 1 } as never)).toThrow(
      "did you mean 'minPeriods'",
    );
    expect(() => new RollingRankCorrelation(3).push(1, "2" as never)).toThrow('y must be a number, got "2"');
    const { state } = new RollingRankCorrelation(3);
    expect(() => RollingRankCorrelation.from({ ...state, y: [1] })).toThrow(
      "state.y must have the 0 entries of state.x, got 1",
    );
  });
});

const entry = fc.oneof(ordinaryNumber, fc.constantFrom(0, -0, 1, 1, Number.NaN, Number.POSITIVE_INFINITY));

describeStream<RollingRankCorrelation, readonly [number, number]>({
  name: "the rolling rank correlation",
  inputs: fc.array(fc.tuple(entry, entry), { maxLength: 60 }),
  create: () => new RollingRankCorrelation(7, { minPeriods: 3 }),
  push: (stream, [x, y]) => [stream.push(x, y)],
  batch: (rows) =>
    Array.from(
      rollingRankCorrelation(
        rows.map(([x]) => x),
        rows.map(([, y]) => y),
        7,
        { minPeriods: 3 },
      ),
      (answer) => [answer],
    ),
  state: (stream) => stream.state,
  resume: (state) => RollingRankCorrelation.from(state as RollingRankCorrelation["state"]),
});
