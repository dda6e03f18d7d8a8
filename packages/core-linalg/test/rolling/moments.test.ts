import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  kurtosis,
  Matrix,
  Panel,
  RollingBeta,
  RollingCorrelation,
  RollingCovariance,
  RollingKurtosis,
  RollingMean,
  RollingSkewness,
  RollingStd,
  RollingSum,
  RollingVariance,
  rollingBeta,
  rollingCorrelation,
  rollingCovariance,
  rollingKurtosis,
  rollingMean,
  rollingSkewness,
  rollingStd,
  rollingSum,
  rollingVariance,
  skewness,
} from "../../src/index.ts";

const { NaN: missing, POSITIVE_INFINITY: infinity } = Number;

describe("missing values and minPeriods, by hand", () => {
  const x = [1, missing, 3, 5, infinity, missing, 7];

  test("an answer is that of the values present, from minPeriods of them on, short windows at the start included", () => {
    expectClose(rollingSum(x, 3, { minPeriods: 1 }), [1, 1, 4, 8, 8, 5, 7], bits);
    expectClose(rollingMean(x, 3, { minPeriods: 1 }), [1, 1, 2, 4, 4, 5, 7], bits);
    expectClose(rollingMean(x, 3, { minPeriods: 2 }), [null, null, 2, 4, 4, null, null], bits);
    expectClose(rollingVariance(x, 3, { minPeriods: 1 }), [null, null, 2, 2, 2, null, null], bits);
    expectClose(rollingStd(x, 3, { minPeriods: 1, ddof: 0 }), [0, 0, 1, 1, 1, 0, 0], bits);
  });

  test("without minPeriods a window with a gap is NaN, and the gap is forgotten as soon as it has left", () => {
    expectClose(rollingMean([1, missing, 3, 5, 4], 2), [null, null, null, 4, 4.5], bits);
  });

  test("of two series a row counts when both are present", () => {
    const a = [1, 2, missing, 4, 5, 9];
    const b = [2, missing, 3, 8, infinity, 10];
    expectClose(rollingCovariance(a, b, 6, { minPeriods: 2 }), [null, null, null, 9, 9, 46 / 3], rounding());
    expectClose(rollingBeta(a, b, 6, { minPeriods: 2 }).slice(3, 5), [0.5, 0.5], bits);
    expectClose(rollingCorrelation(a, b, 6, { minPeriods: 2 }).slice(3, 5), [1, 1], rounding());
    expectClose(rollingBeta(a, b, 6, { minPeriods: 4 }), new Array(6).fill(null), bits);
  });

  test("a window longer than the data answers where minPeriods lets it", () => {
    expectClose(rollingMean([1, 2, 6], 1e9, { minPeriods: 2 }), [null, 1.5, 3], bits);
    expect(rollingStd([1, 2, 6], 1e9)).toEqual(Float64Array.of(missing, missing, missing));
  });

  test("nothing but missing values is NaN throughout, and no data no answer", () => {
    const nothing = [missing, infinity, -infinity];
    for (const roll of [rollingMean, rollingSum, rollingStd, rollingSkewness, rollingKurtosis] as const) {
      expectClose(roll(nothing, 2, { minPeriods: 1 }), [null, null, null], bits);
      expect(roll([], 2, { minPeriods: 1 })).toHaveLength(0);
    }
    expectClose(rollingBeta(nothing, nothing, 2, { minPeriods: 1 }), [null, null, null], bits);
    const empty = new Matrix(0, 3);
    expect(rollingMean(empty, 4).rows).toBe(0);
    expect(rollingMean(new Matrix(3, 0), 4).columns).toBe(0);
  });

  test("a gap in one column of a panel leaves the bits of the others alone", () => {
    const whole = new Matrix(300, 7);
    for (let k = 0; k < whole.data.length; k++) whole.data[k] = ((k * 7919) % 1000) / 7;
    const broken = whole.clone();
    broken.data[100 * 7 + 2] = missing;
    const market = whole.column(6);
    for (const roll of [
      (m: Matrix) => rollingMean(m, 20),
      (m: Matrix) => rollingStd(m, 20, { minPeriods: 5 }),
      (m: Matrix) => rollingBeta(m, market, 20),
      (m: Matrix) => rollingKurtosis(m, 20),
    ]) {
      for (let j = 0; j < 7; j++) {
        if (j !== 2) expectClose(roll(broken).column(j), roll(whole).column(j), bits);
      }
    }
  });
});

describe("numbers at the borders of the doubles", () => {
  test("what leaves the doubles is NaN and gone with its window", () => {
    const x = [1, 2, 1e308, 1e308, -1e308, 3, 4, 5, 6];
    expectClose(rollingSum(x, 2), [null, 3, null, null, null, null, 7, 9, 11], bits);
    expectClose(rollingStd(x, 2).slice(6), [Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2], bits);
    expectClose(rollingStd(x, 2).slice(2, 6), [null, 0, null, null], bits);
    expect([...rollingMean(x, 2).slice(6)]).toEqual([3.5, 4.5, 5.5]);
  });

  test("tiny values keep their mean; squares below the doubles make no slope and no correlation", () => {
    const tiny = [1e-170, 3e-170, 2e-170];
    expectClose(rollingMean(tiny, 3)[2]!, 2e-170, rounding());
    expect(rollingBeta([1, 2, 3], tiny, 3)[2]).toBeNaN();
    expect(rollingCorrelation([1, 2, 3], tiny, 3)[2]).toBeNaN();
    expect(rollingSkewness(tiny, 3)[2]).toBeNaN();
  });

  test("−0 counts as 0", () => {
    expect(Object.is(rollingMean([-0, -0], 2)[1], 0)).toBe(true);
    expect(Object.is(rollingSum([-0], 1)[0], 0)).toBe(true);
  });
});

describe("skewness and kurtosis of windows", () => {
  const x = [2, 4, 4, 4, 5, 5, 7, 9, 1, 30];

  test("with bias they are those of skewness and kurtosis", () => {
    for (let t = 4; t < x.length; t++) {
      const window = x.slice(t - 4, t + 1);
      expectClose(rollingSkewness(x, 5, { bias: true })[t]!, skewness(window), rounding(4));
      expectClose(rollingKurtosis(x, 5, { bias: true })[t]!, kurtosis(window), rounding(4), 3);
    }
  });

  test("the long tail's side is the sign, whichever way the window is walked", () => {
    expect(rollingSkewness([0, 0, 0, 0, -9], 5)[4]).toBeLessThan(-2);
    expectClose(rollingSkewness([0, 0, 0, 0, 9], 5)[4]!, rollingSkewness([9, 0, 0, 0, 0], 5)[4]!, rounding());
    expectClose(rollingSkewness([-1, 0, 1], 3)[2]!, 0, rounding(), 1);
  });

  test("too few values, and windows that do not vary, have neither", () => {
    const options = { minPeriods: 1 };
    expectClose(rollingSkewness([1, 2, 4], 3, options).slice(0, 2), [null, null], bits);
    expectClose(rollingKurtosis([1, 2, 4, 9], 4, options).slice(0, 3), [null, null, null], bits);
    expect(rollingKurtosis([1, 2, 4, 9], 4)[3]).not.toBeNaN();
    expectClose(rollingSkewness(new Array(9).fill(0.1), 4), new Array(9).fill(null), bits);
    expectClose(rollingKurtosis(new Array(9).fill(0.1), 4), new Array(9).fill(null), bits);
  });

  test("a level and a factor change nothing, but for the factor's sign", () => {
    const other = x.map((v) => 1e6 - 4 * v);
    expectClose(
      rollingSkewness(other, 6).slice(5),
      rollingSkewness(x, 6)
        .slice(5)
        .map((v) => -v),
      rounding(8),
    );
    expectClose(rollingKurtosis(other, 6).slice(5), rollingKurtosis(x, 6).slice(5), rounding(8));
  });
});

describe("streams", () => {
  const values = [1, missing, 4, 2, 8, 5, 7];

  test("a stream says what the function says", () => {
    const stream = new RollingMean(3, { minPeriods: 2 });
    expectClose(
      values.map((x) => stream.push(x)),
      rollingMean(values, 3, { minPeriods: 2 }),
      bits,
    );
  });

  test("the state is plain JSON with the options, and no more than two windows of values", () => {
    const stream = new RollingStd(2, { ddof: 0, minPeriods: 1 });
    for (const x of values) stream.push(x);
    expect(stream.state).toEqual({ version: 1, window: 2, minPeriods: 1, ddof: 0, values: [8, 5, 7] });
    const pair = new RollingBeta(2);
    pair.push(1, missing);
    expect(JSON.parse(JSON.stringify(pair.state))).toEqual({
      version: 1,
      window: 2,
      minPeriods: 2,
      x: [1],
      y: [null],
    });
  });

  test("a stream over a window that no data fill remembers the data alone", () => {
    const stream = new RollingMean(1e9, { minPeriods: 1 });
    for (const x of [1, 2, 6]) stream.push(x);
    expect(stream.push(7)).toBe(4);
    expect(stream.state.values).toHaveLength(4);
  });

  test("a value that is no number is refused", () => {
    expect(() => new RollingMean(2).push("1" as unknown as number)).toThrow('x must be a number, got "1"');
    expect(() => new RollingBeta(2).push(1, undefined as unknown as number)).toThrow(
      "y must be a number, got undefined",
    );
  });

  test("a broken state is refused by the name of its field", () => {
    const state = { version: 1, window: 2, minPeriods: 1, values: [1, null] } as const;
    expect(RollingMean.from(state).push(3)).toBe(3);
    const from = (change: object) => () => RollingMean.from({ ...state, ...change } as never);
    expect(() => RollingMean.from(null as never)).toThrow("state must be an object, got null");
    expect(from({ version: 2 })).toThrow("state.version must be 1, got 2");
    expect(from({ window: 0 })).toThrow("state.window must be an integer ≥ 1, got 0");
    expect(from({ minPeriods: 3 })).toThrow("state.minPeriods must be an integer ≥ 1 and ≤ 2, got 3");
    expect(from({ values: "1" })).toThrow('state.values must be an array of at most 4 entries, got "1"');
    expect(from({ values: [1, 2, 3, 4, 5] })).toThrow(
      "state.values must be an array of at most 4 entries, got Array(5)",
    );
    expect(from({ values: [1, "2"] })).toThrow('state.values[1] must be a finite number or null, got "2"');
    expect(() => RollingStd.from({ ...state, ddof: -1 })).toThrow(
      "state.ddof must be an integer ≥ 0, got -1",
    );
    expect(() => RollingSkewness.from({ ...state, bias: 1 } as never)).toThrow(
      "state.bias must be true or false, got 1",
    );
    const pair = { version: 1, window: 2, minPeriods: 1, x: [1], y: [1, 2] } as const;
    expect(() => RollingCorrelation.from(pair)).toThrow("state.y must have the 1 entries of state.x, got 2");
    expect(() => RollingCovariance.from({ ...pair, y: [2] } as never)).toThrow(
      "state.ddof must be an integer ≥ 0",
    );
  });
});

describe("misuse", () => {
  const x = [1, 2, 3];
  const functions = {
    rollingMean,
    rollingSum,
    rollingVariance,
    rollingStd,
    rollingSkewness,
    rollingKurtosis,
  };
  const classes = {
    RollingMean,
    RollingSum,
    RollingVariance,
    RollingStd,
    RollingCovariance,
    RollingCorrelation,
    RollingBeta,
    RollingSkewness,
    RollingKurtosis,
  };

  for (const [name, roll] of Object.entries(functions)) {
    test(`${name} refuses a window, a minPeriods and an option that cannot be`, () => {
      expect(() => roll(x, 0)).toThrow("window must be an integer ≥ 1, got 0");
      expect(() => roll(x, Number.NaN)).toThrow("window must be an integer ≥ 1, got NaN");
      expect(() => roll(x, 2, { minPeriods: 0 })).toThrow("minPeriods must be an integer ≥ 1 and ≤ 2, got 0");
      expect(() => roll(x, 2, { minPeriods: 3 })).toThrow("minPeriods must be an integer ≥ 1 and ≤ 2, got 3");
      expect(() => roll(x, 2, { minPeriod: 1 } as object)).toThrow(
        "unknown option 'minPeriod'; did you mean 'minPeriods'?",
      );
      expect(() => roll("x" as unknown as number[], 2)).toThrow("x must be a vector, a matrix or a panel");
    });
  }

  for (const [name, Stream] of Object.entries(classes)) {
    test(`${name} refuses a window, a minPeriods and an option that cannot be`, () => {
      expect(() => new Stream(1.5)).toThrow("window must be an integer ≥ 1, got 1.5");
      expect(() => new Stream(2, { minPeriods: 3 })).toThrow(
        "minPeriods must be an integer ≥ 1 and ≤ 2, got 3",
      );
      expect(() => new Stream(2, { out: x } as object)).toThrow("unknown option 'out'");
    });
  }

  test("a bias that is neither true nor false, and a ddof that is no integer, are refused", () => {
    expect(() => rollingSkewness(x, 2, { bias: 0 } as object)).toThrow("bias must be true or false, got 0");
    expect(() => rollingVariance(x, 2, { ddof: 1.5 })).toThrow("ddof must be an integer ≥ 0, got 1.5");
    expect(() => rollingCovariance(x, x, 2, { ddof: -1 })).toThrow("ddof must be an integer ≥ 0, got -1");
  });
});

test("skewness comes back in kind, and into out", () => {
  const panel = new Panel({
    index: [1, 2, 3, 4],
    columns: ["A", "B"],
    values: [
      [1, 1],
      [2, 5],
      [4, 6],
      [9, 6],
    ],
  });
  const answer: Panel = rollingSkewness(panel, 3);
  expect(answer.columns).toEqual(["A", "B"]);
  expectClose(answer.column("A"), rollingSkewness([1, 2, 4, 9], 3), bits);
  const out = new Float64Array(4).fill(7);
  expect(rollingKurtosis([1, 2, 4, 9], 4, { out })).toBe(out);
  expect(out[0]).toBeNaN();
});
