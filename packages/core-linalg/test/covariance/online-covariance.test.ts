import {
  bits,
  describeStream,
  expectClose,
  fixture,
  ordinaryNumber,
  returnRows,
  rounding,
  sameBits,
} from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, Matrix, OnlineCovariance, sampleCovariance } from "../../src/index.ts";

const normals = (seed: string, rows: number, columns: number, level = 0): Matrix =>
  new Matrix(
    rows,
    columns,
    createRandom(seed)
      .fillNormal(new Float64Array(rows * columns))
      .map((z) => z + level),
  );

function streamOf(X: Matrix, from = 0, to: number = X.rows): OnlineCovariance {
  const stream = new OnlineCovariance(X.columns);
  for (let t = from; t < to; t++) stream.push(X.row(t));
  return stream;
}

const told = (stream: OnlineCovariance): number[] => [
  ...stream.covariance.data,
  ...stream.mean,
  stream.count,
];

const nothing = new Array<number>(9).fill(Number.NaN);

describeStream<OnlineCovariance, readonly number[]>({
  name: "OnlineCovariance",
  inputs: fc.array(fc.tuple(ordinaryNumber, ordinaryNumber, ordinaryNumber), { maxLength: 300 }),
  create: () => new OnlineCovariance(3),
  push: (stream, row) => {
    stream.push(row);
    return told(stream);
  },
  batch: (rows) =>
    rows.map((row, t) => {
      if (t === 0) return [...nothing, ...row.map((value) => value + 0), 1]; // a mean of −0 is 0
      const { covariance, mean, observations } = sampleCovariance(rows.slice(0, t + 1));
      return [...covariance.data, ...mean, observations];
    }),
  state: (stream) => stream.state,
  resume: (state) => OnlineCovariance.from(state as OnlineCovariance["state"]),
});

describe("OnlineCovariance", () => {
  test("is sampleCovariance to the bit at every length, across blocks and at a level of 1e8", () => {
    for (const [rows, columns, level] of [
      [700, 5, 0],
      [400, 6, 1e8],
      [260, 33, -3],
    ] as const) {
      const X = normals(`online ${rows}`, rows, columns, level);
      const stream = new OnlineCovariance(columns);
      for (let t = 0; t < rows; t++) {
        stream.push(X.row(t));
        if (t < 1 || (t % 37 !== 0 && t % 128 > 2 && t % 128 < 126)) continue;
        const batch = sampleCovariance(new Matrix(t + 1, columns, X.data.slice(0, (t + 1) * columns)));
        expect(sameBits(stream.covariance, batch.covariance)).toBe(true);
        expect(sameBits(stream.mean, batch.mean)).toBe(true);
      }
    }
  });

  test("its estimate holds what sampleCovariance says, with ddof 0 by option", () => {
    const X = normals("estimate", 150, 4);
    const stream = new OnlineCovariance(4, { ddof: 0 });
    for (let t = 0; t < X.rows; t++) stream.push(X.row(t));
    const estimate = stream.estimate();
    const batch = sampleCovariance(X, { ddof: 0 });
    expect(sameBits(estimate.covariance, batch.covariance)).toBe(true);
    expect(estimate.observations).toBe(150);
    expect(estimate.condition).toEqual(batch.condition);
  });

  test("a question does not disturb the stream", () => {
    const X = normals("asked", 300, 3);
    const asked = new OnlineCovariance(3);
    for (let t = 0; t < 300; t++) {
      asked.push(X.row(t));
      asked.estimate();
    }
    expect(asked.state).toEqual(streamOf(X).state);
  });

  test("merging streams gives the covariance of all their rows", () => {
    fc.assert(
      fc.property(
        returnRows({ min: 2, max: 300 }, { min: 1, max: 4 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, fraction) => {
          const X = Matrix.fromRows(rows);
          const cut = Math.floor(fraction * X.rows);
          const early = streamOf(X, 0, cut);
          const late = streamOf(X, cut);
          const untouched = JSON.stringify(late.state);
          early.merge(late);
          const whole = sampleCovariance(X);
          expect(early.count).toBe(X.rows);
          expectClose(early.mean, whole.mean, rounding(4), 1);
          expectClose(early.covariance, whole.covariance, rounding(20));
          expect(JSON.stringify(late.state)).toBe(untouched);
        },
      ),
    );
  });

  test("a merged stream goes on, and merging an empty one changes no bit of the covariance", () => {
    const X = normals("merged", 500, 3, 1e6);
    const stream = streamOf(X, 0, 200);
    stream.merge(streamOf(X, 200, 210));
    const before = stream.covariance;
    stream.merge(new OnlineCovariance(3));
    expectClose(stream.covariance, before, bits);
    for (let t = 210; t < 500; t++) stream.push(X.row(t));
    expectClose(stream.covariance, sampleCovariance(X).covariance, rounding(4));
  });

  test("says NaN while there are too few rows", () => {
    const stream = new OnlineCovariance(2, { ddof: 2 });
    expect(stream.mean).toEqual(new Float64Array(2).fill(Number.NaN));
    stream.push([1, 2]);
    stream.push([3, 5]);
    expect(Array.from(stream.mean)).toEqual([2, 3.5]);
    expect(stream.covariance.data.every(Number.isNaN)).toBe(true);
    expect(stream.estimate().condition.definiteness).toBe("unknown");
  });

  test("a refused row leaves the stream as it was", () => {
    const stream = new OnlineCovariance(2);
    stream.push([1, 2]);
    const before = JSON.stringify(stream.state);
    expect(() => stream.push([1, Number.NaN])).toThrow("row[1] must be finite, got NaN");
    expect(() => stream.push([1])).toThrow("row must have 2 entries, got 1");
    expect(JSON.stringify(stream.state)).toBe(before);
  });

  test("misuse is refused by name", () => {
    expect(() => new OnlineCovariance(0)).toThrow("columns must be an integer ≥ 1, got 0");
    expect(() => new OnlineCovariance(2, { ddoff: 1 } as never)).toThrow("did you mean 'ddof'?");
    expect(() => new OnlineCovariance(2).merge(new OnlineCovariance(3))).toThrow(
      "other must have 2 columns, got 3",
    );
    const { state } = streamOf(normals("state", 130, 2));
    const spoil = (fields: object) => () => OnlineCovariance.from({ ...state, ...fields } as never);
    expect(spoil({ version: 2 })).toThrow("state.version must be 1, got 2");
    expect(spoil({ columns: 3 })).toThrow("state.reference must be an array of 3 numbers, got Array(2)");
    expect(spoil({ count: -1 })).toThrow("state.count must be an integer ≥ 0, got -1");
    expect(spoil({ ddof: 0.5 })).toThrow("state.ddof must be an integer ≥ 0, got 0.5");
    expect(spoil({ offset: [0, null] })).toThrow("state.offset[1] must be a finite number, got null");
    expect(spoil({ products: [1] })).toThrow("state.products must be an array of 3 numbers");
    expect(spoil({ rows: [[1, 2], [3]] })).toThrow("state.rows[1] must be an array of 2 numbers");
    expect(spoil({ rows: 7 })).toThrow("state.rows must be fewer than 128 rows, got 7");
    expect(spoil({ rows: new Array(128).fill([1, 2]) })).toThrow("state.rows must be fewer than 128 rows");
  });

  test("agrees with pandas on seeded data", () => {
    const { returns, covariance } = fixture(import.meta.url, "covariance.json");
    expectClose(streamOf(Matrix.fromRows(returns)).covariance, covariance, rounding(10));
  });
});
