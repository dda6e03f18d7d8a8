import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  EwmMean,
  EwmStd,
  EwmVariance,
  ewmMean,
  ewmStd,
  ewmVariance,
  Matrix,
  Panel,
  variance,
} from "../../src/index.ts";

const missing = Number.NaN;

describe("exponentially weighted moments by hand", () => {
  test("weights halve with each row, over the values there are", () => {
    expectClose(ewmMean([1, 2, 6], { alpha: 0.5 }), [1, 5 / 3, 29 / 7], rounding());
    expectClose(ewmMean([1, 2, 6], { alpha: 0.5, adjust: false }), [1, 1.5, 3.75], bits);
  });

  test("half-life, span, centre of mass and alpha are four names for one decay", () => {
    const x = [3, 1, 4, 1, 5, 9, 2, 6];
    const wanted = ewmStd(x, { alpha: 0.2 });
    expectClose(ewmStd(x, { span: 9 }), wanted, rounding());
    expectClose(ewmStd(x, { centerOfMass: 4 }), wanted, rounding());
    expectClose(ewmStd(x, { halfLife: Math.log(0.5) / Math.log(0.8) }), wanted, rounding(2));
  });

  test("a gap ages what lies before it, unless ages are counted in values", () => {
    const x = [1, missing, 4];
    expectClose(ewmMean(x, { alpha: 0.5 }), [1, 1, (0.25 * 1 + 4) / 1.25], rounding());
    expectClose(ewmMean(x, { alpha: 0.5, ignoreMissing: true }), [1, 1, 3], rounding());
    expectClose(ewmMean(x, { alpha: 0.5, adjust: false }), [1, 1, (0.25 * 1 + 0.5 * 4) / 0.75], rounding());
  });

  test("an answer begins with minPeriods values, missing ones not among them", () => {
    const x = [missing, 1, Number.POSITIVE_INFINITY, 3, 3];
    expectClose(ewmMean(x, { span: 3, minPeriods: 2 }).map(Number.isNaN as never), [1, 1, 1, 0, 0], bits);
    expect(ewmVariance(x, { span: 3 })[1]).toBeNaN();
    expect(ewmVariance(x, { span: 3, bias: true })[1]).toBe(0);
  });

  test("a decay slower than the data is the plain variance", () => {
    const x = [3, 1, 4, 1, 5, 9, 2, 6];
    expectClose(ewmVariance(x, { halfLife: 1e15 })[7]!, variance(x), rounding(8));
  });

  test("an alpha of 1 forgets all but the latest", () => {
    expectClose(ewmMean([1, 5, missing, 2], { alpha: 1 }), [1, 5, 5, 2], bits);
    expectClose(ewmVariance([1, 5, 2], { alpha: 1 }), [null, null, null], bits);
    expectClose(ewmVariance([1, 5, 2], { alpha: 1, bias: true }), [0, 0, 0], bits);
  });

  test("a constant has its mean, and a variance of 0, exactly", () => {
    const constant = new Array<number>(50).fill(0.1);
    expectClose(ewmMean(constant, { halfLife: 7 }), constant, bits);
    expectClose(ewmStd(constant, { halfLife: 7 }).slice(1), new Array(49).fill(0), bits);
  });

  test("values beyond the doubles' squares leave a mean, and no variance from then on", () => {
    const x = [1, 2, 1e200, 3, 4];
    expectClose(ewmVariance(x, { alpha: 0.5 }), [null, 0.5, null, null, null], rounding());
    expect(ewmMean(x, { alpha: 0.5 }).every(Number.isFinite)).toBe(true);
  });
});

describe("forms", () => {
  test("each column of a matrix answers as it would alone, and a Panel stays one", () => {
    const matrix = Matrix.fromRows([
      [1, missing],
      [2, 4],
      [4, 3],
    ]);
    const std = ewmStd(matrix, { span: 3 });
    for (let j = 0; j < 2; j++) expectClose(std.column(j), ewmStd(matrix.column(j), { span: 3 }), bits);
    const panel = new Panel({ index: [1, 2, 3], columns: ["A", "B"], values: matrix });
    expectClose(ewmMean(panel, { span: 3 }).column("A"), ewmMean([1, 2, 4], { span: 3 }), bits);
  });

  test("the answer is written into out, which may not lie over the input", () => {
    const out = new Float64Array(2);
    expect(ewmMean([1, 2], { alpha: 0.5, out })).toBe(out);
    expect(() => ewmMean(out, { alpha: 0.5, out })).toThrow("out must not share memory with an input");
  });
});

describe("streams", () => {
  test("the state names the decay as it was given", () => {
    const stream = new EwmVariance({ halfLife: 3, bias: true, minPeriods: 2 });
    stream.push(-0);
    const { record, ...options } = stream.state;
    expect(options).toEqual({
      version: 1,
      halfLife: 3,
      bias: true,
      adjust: true,
      ignoreMissing: false,
      minPeriods: 2,
    });
    expect(record).toEqual({ count: 1, mean: 0, rest: 0, variance: 0, spread: 0, weight: 1 });
  });

  test("a variance that left the doubles stays NaN through a state", () => {
    const stream = new EwmStd({ alpha: 0.5 });
    for (const x of [1, 1e200]) stream.push(x);
    const state = JSON.parse(JSON.stringify(stream.state));
    expect(state.record.variance).toBeNull();
    expect(EwmStd.from(state).push(1)).toBeNaN();
    expect(stream.push(1)).toBeNaN();
  });

  test("a broken state is refused by the name of its field", () => {
    const { state } = new EwmMean({ alpha: 0.5 });
    const from = (change: object) => () => EwmMean.from({ ...state, ...change } as never);
    expect(from({})).not.toThrow();
    expect(from({ version: 3 })).toThrow("state.version must be 1, got 3");
    expect(from({ alpha: 2 })).toThrow("state.alpha must be above 0 and at most 1, got 2");
    expect(from({ adjust: "yes" })).toThrow('state.adjust must be true or false, got "yes"');
    expect(from({ adjust: undefined })).toThrow("state.adjust must be true or false, got undefined");
    expect(from({ minPeriods: 0 })).toThrow("state.minPeriods must be an integer ≥ 1, got 0");
    const { bias: _bias, ...unsaid } = new EwmStd({ alpha: 0.5, bias: true }).state;
    expect(() => EwmStd.from(unsaid as never)).toThrow("state.bias must be true or false, got undefined");
    expect(from({ record: undefined })).toThrow("state.record.count must be a finite number, got undefined");
    expect(from({ record: { ...state.record, mean: "1" } })).toThrow(
      'state.record.mean must be a finite number or null, got "1"',
    );
    expect(from({ record: { ...state.record, variance: -1 } })).toThrow(
      "state.record.variance must be a non-negative number or null, got -1",
    );
    expect(from({ record: { ...state.record, weight: null } })).toThrow(
      "state.record.weight must be a non-negative number, got null",
    );
    expect(from({ record: { ...state.record, count: 0.5 } })).toThrow(
      "state.record.count must be an integer ≥ 0",
    );
    expect(from({ span: 3 })).toThrow(
      "exactly one of state.halfLife, state.span, state.alpha, state.centerOfMass must be given, got span and alpha",
    );
  });
});

describe("misuse", () => {
  const x = [1, 2, 3];

  test("exactly one decay is asked for, each inside its interval", () => {
    expect(() => ewmMean(x, {})).toThrow(
      "exactly one of halfLife, span, alpha, centerOfMass must be given, got none",
    );
    expect(() => ewmStd(x, { span: 3, halfLife: 2 })).toThrow("got halfLife and span");
    expect(() => ewmMean(x, { halfLife: -1 })).toThrow("halfLife must be positive and finite, got -1");
    expect(() => ewmMean(x, { halfLife: Number.POSITIVE_INFINITY })).toThrow(
      "halfLife must be positive and finite, got Infinity",
    );
    expect(() => ewmMean(x, { span: 0.5 })).toThrow("span must be finite and at least 1, got 0.5");
    expect(() => ewmMean(x, { alpha: 0 })).toThrow("alpha must be above 0 and at most 1, got 0");
    expect(() => ewmMean(x, { alpha: 1.1 })).toThrow("alpha must be above 0 and at most 1, got 1.1");
    expect(() => ewmMean(x, { centerOfMass: -1 })).toThrow(
      "centerOfMass must be non-negative and finite, got -1",
    );
    expect(() => ewmMean(x, { alpha: "0.5" } as never)).toThrow(
      'alpha must be above 0 and at most 1, got "0.5"',
    );
  });

  test("switches, minPeriods and names that cannot be are refused", () => {
    expect(() => ewmMean(x, { span: 3, adjust: 1 } as never)).toThrow("adjust must be true or false, got 1");
    expect(() => ewmMean(x, { span: 3, minPeriods: 0 })).toThrow("minPeriods must be an integer ≥ 1, got 0");
    expect(() => ewmMean(x, { halflife: 3 } as never)).toThrow(
      "unknown option 'halflife'; did you mean 'halfLife'?",
    );
    expect(() => ewmMean(x, { span: 3, bias: true } as never)).toThrow("unknown option 'bias'");
    expect(() => ewmStd(x, { span: 3, bias: null } as never)).toThrow("bias must be true or false, got null");
    expect(() => new EwmMean({ span: 3, out: x } as never)).toThrow("unknown option 'out'");
    expect(() => ewmMean(x, undefined as never)).toThrow("options must be an object, got undefined");
  });
});
