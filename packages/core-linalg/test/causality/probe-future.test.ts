import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, Matrix, probeFuture } from "../../src/index.ts";

const history = createRandom("probe").fillNormal(new Float64Array(40));
const sums = (x: Float64Array) => {
  let total = 0;
  return x.map((value) => (total += value));
};

describe("another future", () => {
  test("changes nothing of a running sum", () => {
    expect(probeFuture(sums, history, { cuts: "all" })).toEqual({ leak: null, probes: 3 * 39 });
  });

  test("is found where a function looks h rows ahead, at its first row", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (h) => {
        const ahead = (x: Float64Array) => x.map((_, t) => x[t + h] ?? 0);
        const { leak } = probeFuture(ahead, history, { cuts: 5 });
        expect(leak).toMatchObject({ row: 0, column: 0, before: history[h] });
      }),
    );
  });

  test("leaves the rows before the cut, shuffles whole rows, and keeps times", () => {
    const rows = Matrix.fromRows(Array.from({ length: 12 }, (_, t) => [t, 100 + t]));
    const seen: number[][][] = [];
    probeFuture(
      ({ x, clock }: { x: Matrix; clock: number[] }) => {
        expect(clock).toEqual(Array.from({ length: x.rows }, (_, t) => t));
        seen.push(x.toRows());
        return x.data.slice(0, x.rows).fill(0);
      },
      { x: rows, clock: Array.from({ length: 12 }, (_, t) => t) },
      { cuts: 1, changes: ["shuffle"] },
    );
    for (const [t, row] of seen[1]!.entries()) {
      expect(row[1]).toBe(row[0]! + 100);
      if (t < 11) expect(row[0]).toBe(t);
    }
  });

  test("is any of the changes that are asked for", () => {
    const last = (x: Float64Array) => x.map(() => x.at(-1)!);
    const size = (x: Float64Array) => x.map(() => x.length);
    const changes = ["truncation", "shuffle", "perturbation"] as const;
    const caught = (f: (x: Float64Array) => Float64Array) =>
      changes.filter(
        (change) => probeFuture(f, history, { cuts: 3, shortest: 5, changes: [change] }).leak !== null,
      );
    expect(caught(last)).toEqual(["truncation", "shuffle", "perturbation"]);
    expect(caught(size)).toEqual(["truncation"]);
  });
});
