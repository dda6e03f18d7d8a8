import {
  describeStream,
  expectClose,
  fixture,
  returnRows,
  rounding,
  sameBits,
  simpleReturn,
} from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EwmaCovariance, ewmaCovariance, sampleCovariance } from "../../src/index.ts";

const options = { halfLife: 5 };
const nothing = new Array<number>(4).fill(Number.NaN);

describeStream<EwmaCovariance, readonly number[]>({
  name: "EwmaCovariance",
  inputs: fc.array(fc.tuple(simpleReturn, simpleReturn), { maxLength: 60 }),
  create: () => new EwmaCovariance(2, options),
  push: (stream, row) => {
    stream.push(row);
    return [...stream.covariance.data, ...stream.mean, stream.count];
  },
  batch: (rows) =>
    rows.map((row, t) => {
      if (t === 0) return [...nothing, ...row.map((value) => value + 0), 1]; // a mean of −0 is 0
      const { covariance, mean, observations } = ewmaCovariance(rows.slice(0, t + 1), options);
      return [...covariance.data, ...mean, observations];
    }),
  state: (stream) => stream.state,
  resume: (state) => EwmaCovariance.from(state as EwmaCovariance["state"]),
});

describe("against pandas' ewm", () => {
  const truth = fixture(import.meta.url, "ewma.json");
  for (const { half_life, mean, unbiased, biased, about_zero, effective } of truth.cases) {
    test(`a half-life of ${half_life} rows`, () => {
      const estimate = ewmaCovariance(truth.returns, { halfLife: half_life });
      expectClose(estimate.mean, mean, rounding(20));
      expectClose(estimate.covariance, unbiased, rounding(40));
      expectClose(estimate.effectiveObservations, effective, rounding(90, 1));
      const uncorrected = ewmaCovariance(truth.returns, { halfLife: half_life, biasCorrection: false });
      expectClose(uncorrected.covariance, biased, rounding(40));
      const aboutZero = ewmaCovariance(truth.returns, { halfLife: half_life, mean: "zero" });
      expectClose(aboutZero.covariance, about_zero, rounding(40));
      expect(Array.from(aboutZero.mean)).toEqual([0, 0, 0, 0]);
    });
  }
});

describe("ewmaCovariance", () => {
  test("an endless half-life gives the sample covariance", () => {
    fc.assert(
      fc.property(returnRows({ min: 2, max: 50 }, { min: 1, max: 4 }), (rows) => {
        const { covariance, mean, effectiveObservations } = ewmaCovariance(rows, { halfLife: 1e300 });
        const plain = sampleCovariance(rows);
        expectClose(covariance, plain.covariance, rounding(rows.length));
        expectClose(mean, plain.mean, rounding(rows.length), 1);
        expectClose(effectiveObservations, rows.length, rounding(rows.length));
      }),
    );
  });

  test("is the weighted sum written out, on random problems", () => {
    fc.assert(
      fc.property(
        returnRows({ min: 2, max: 30 }, { min: 1, max: 4 }),
        fc.double({ min: 0.2, max: 50, noNaN: true }),
        (rows, halfLife) => {
          const T = rows.length;
          const w = rows.map((_, t) => 2 ** (-(T - 1 - t) / halfLife));
          const W = w.reduce((a, b) => a + b);
          const mean = rows[0]!.map((_, j) => rows.reduce((sum, row, t) => sum + w[t]! * row[j]!, 0) / W);
          const cross = w.reduce((sum, a, s) => sum + w.reduce((c, b, t) => (s === t ? c : c + a * b), 0), 0);
          const naive = mean.map((mi, i) =>
            mean.map((mj, j) => {
              const products = rows.map((row, t) => w[t]! * (row[i]! - mi) * (row[j]! - mj));
              return (products.reduce((a, b) => a + b) / W / cross) * W * W;
            }),
          );
          expectClose(ewmaCovariance(rows, { halfLife }).covariance, naive, rounding(T, 64));
        },
      ),
    );
  });

  test("an offset of 1e8 costs no digits that the data still have", () => {
    const rows = Array.from({ length: 80 }, (_, t) => [((t * 37) % 64) / 64, ((t * 11) % 64) / 64]);
    const far = rows.map((row) => row.map((value) => value + 1e8));
    const near = ewmaCovariance(rows, { halfLife: 9 }).covariance;
    expect(sameBits(ewmaCovariance(far, { halfLife: 9 }).covariance, near)).toBe(true);
  });

  test("misuse is refused by name", () => {
    const rows = [
      [1, 2],
      [3, 4],
    ];
    expect(() => ewmaCovariance(rows, { halfLife: -1 })).toThrow(
      "halfLife must be positive and finite, got -1",
    );
    expect(() => ewmaCovariance(rows, {} as never)).toThrow(
      "halfLife must be positive and finite, got undefined",
    );
    expect(() => ewmaCovariance(rows, { halflife: 3 } as never)).toThrow("did you mean 'halfLife'?");
    expect(() => ewmaCovariance(rows, { halfLife: 3, mean: "median" as never })).toThrow(
      `mean must be one of 'weighted', 'zero', got "median"`,
    );
    expect(() => ewmaCovariance(rows, { halfLife: 3, biasCorrection: 1 as never })).toThrow(
      "biasCorrection must be true or false, got 1",
    );
    expect(() => ewmaCovariance([[], []], options)).toThrow("X must have at least 1 column, got 0");
    expect(() => ewmaCovariance([[1, 2]], options)).toThrow("X must have at least 2 rows, got 1");
    expect(() => ewmaCovariance([[1], [Number.NaN]], options)).toThrow("X[1][0] must be finite, got NaN");
    const { state } = new EwmaCovariance(2, options);
    const spoil = (fields: object) => () => EwmaCovariance.from({ ...state, ...fields } as never);
    expect(spoil({ version: 0 })).toThrow("state.version must be 1, got 0");
    expect(spoil({ weight: -1 })).toThrow("state.weight must be non-negative and finite, got -1");
    expect(spoil({ crossWeight: null })).toThrow("state.crossWeight must be non-negative");
    expect(spoil({ halfLife: "5" })).toThrow('state.halfLife must be positive and finite, got "5"');
    expect(spoil({ mean: undefined })).toThrow("state.mean must be one of 'weighted', 'zero', got undefined");
    expect(spoil({ biasCorrection: undefined })).toThrow("state.biasCorrection must be true or false");
    expect(spoil({ products: [1, 2] })).toThrow("state.products must be an array of 3 numbers");
    expect(spoil({ reference: {} })).toThrow("state.reference must be an array of 2 numbers, got Object");
  });
});
