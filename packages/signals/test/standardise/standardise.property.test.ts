import { Matrix } from "@astra-quant/core-linalg";
import { bits, describeStream, expectClose, ordinaryNumber, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  crossSectionalScores,
  neutralize,
  TimeSeriesScore,
  timeSeriesScores,
  winsorize,
} from "../../src/index.ts";

const value = fc.oneof(
  { weight: 12, arbitrary: ordinaryNumber },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 1e308, -1e308, Number.NEGATIVE_INFINITY, -0) },
);

for (const over of ["rolling", "expanding", "ewm"] as const) {
  const options = { over, window: 5, halfLife: 3, minPeriods: 3, limit: 2 };
  describeStream<TimeSeriesScore, number>({
    name: `TimeSeriesScore (${over})`,
    inputs: fc.array(value, { maxLength: 40 }),
    create: () => new TimeSeriesScore(options),
    push: (stream, x) => [stream.push(x)],
    batch: (inputs) => Array.from(timeSeriesScores(inputs, options), (score) => [score]),
    state: (stream) => stream.state,
    resume: (state) => TimeSeriesScore.from(state as TimeSeriesScore["state"]),
  });
}

const rows = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2, max: 9 }))
  .chain(([r, c]) =>
    fc.array(fc.array(value, { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
  );

describe("laws of standardised signals", () => {
  const ACROSS = {
    z: (x: Matrix) => crossSectionalScores(x),
    robust: (x: Matrix) => crossSectionalScores(x, { method: "robust", limit: 3 }),
    rank: (x: Matrix) => crossSectionalScores(x, { method: "rank" }),
    winsorized: (x: Matrix) => winsorize(x, { lower: 0.2, upper: 0.7 }),
    neutral: (x: Matrix) => neutralize(x, { exposures: { own: [Array.from(x.row(0), (_, j) => j * j)] } }),
  };

  for (const [name, score] of Object.entries(ACROSS)) {
    test(`${name}: a row is scored by itself, and never an infinity`, () => {
      fc.assert(
        fc.property(rows, (list) => {
          const whole = score(Matrix.fromRows(list));
          const alone = list.map((row) => score(Matrix.fromRows([row])).row(0));
          expectClose(alone, whole.toRows(), bits);
          expect(whole.data.every((v) => Number.isFinite(v) || Number.isNaN(v))).toBe(true);
        }),
      );
    });
  }

  test("z-scores have mean 0 and standard deviation 1; ranks are kept by every score", () => {
    const many = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(many, (row) => {
        const z = crossSectionalScores([row]).row(0);
        if (new Set(row).size === 1) return;
        const n = row.length;
        expectClose(z.reduce((a, b) => a + b, 0) / n, 0, rounding(n), 1);
        expectClose(z.reduce((a, b) => a + b * b, 0) / (n - 1), 1, rounding(n), 1);
        const order = row.map((_, i) => i).sort((i, j) => row[i]! - row[j]!);
        expect(order.every((i, k) => k === 0 || z[order[k - 1]!]! <= z[i]!)).toBe(true);
      }),
    );
  });

  test("what is neutral is at right angles to every exposure and adds up to 0 in every sector", () => {
    const world = fc.integer({ min: 6, max: 30 }).chain((n) =>
      fc.record({
        signal: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: n, maxLength: n }),
        beta: fc.array(fc.integer({ min: -50, max: 50 }), { minLength: n, maxLength: n }),
        size: fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: n, maxLength: n }),
        sectors: fc.array(fc.constantFrom("a", "b"), { minLength: n, maxLength: n }),
      }),
    );
    fc.assert(
      fc.property(world, ({ signal, beta, size, sectors }) => {
        const rest = neutralize([signal], { exposures: { beta: [beta], size: [size] }, sectors }).row(0);
        const along = (x: readonly number[]): number => x.reduce((sum, v, i) => sum + v * rest[i]!, 0);
        const n = signal.length;
        expectClose(along(beta), 0, rounding(n, 64), 1000 * 50 * n);
        expectClose(along(size), 0, rounding(n, 64), 1000 * 1e6 * n);
        for (const sector of ["a", "b"]) {
          expectClose(along(sectors.map((s) => (s === sector ? 1 : 0))), 0, rounding(n, 64), 1000 * n);
        }
      }),
    );
  });
});
