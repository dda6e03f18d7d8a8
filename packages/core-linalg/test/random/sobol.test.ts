import { bits, describeStream, expectClose, sameBits, statistical } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createRandom,
  log,
  Matrix,
  mean,
  normalQuantile,
  type SobolOptions,
  SobolSequence,
  sobolNormals,
  sobolPoints,
} from "../../src/index.ts";
import { directionNumbers } from "../../src/random/sobol-direction-numbers.ts";
import { SOBOL_DIMENSIONS } from "../../src/random/sobol-directions.ts";

const kinds: Record<string, SobolOptions> = {
  plain: {},
  shifted: { scramble: "digital-shift", seed: "shift" },
  "linearly scrambled": { scramble: "linear", seed: "linear" },
  scrambled: { scramble: "owen", seed: "owen" },
};

for (const [name, options] of Object.entries(kinds)) {
  describeStream<SobolSequence, number>({
    name: `SobolSequence (${name})`,
    inputs: fc.array(fc.constant(0), { maxLength: 70 }),
    create: () => new SobolSequence(3, options),
    push: (sequence) => Array.from(sequence.next()),
    batch: (inputs) => sobolPoints(3, { ...options, count: inputs.length }).toRows(),
    state: (sequence) => sequence.state,
    resume: (state) => SobolSequence.from(state as never),
  });

  describe(`${name} points`, () => {
    test("each dimension has one coordinate in each of 2^m cells among any aligned 2^m points", () => {
      for (const [m, skip] of [
        [5, 0],
        [7, 128],
        [8, 2 ** 40],
      ] as const) {
        const count = 2 ** m;
        const points = sobolPoints(300, { ...options, count, skip });
        for (let d = 0; d < 300; d++) {
          expect(new Set(Array.from(points.column(d), (u) => Math.floor(u * count))).size).toBe(count);
        }
      }
    });

    test("the first two dimensions have one point in every box of volume 2^−m", () => {
      const m = 8;
      const points = sobolPoints(2, { ...options, count: 2 ** m });
      for (let a = 0; a <= m; a++) {
        const boxes = points
          .toRows()
          .map(([u, v]) => Math.floor(u! * 2 ** a) * 2 ** (m - a) + Math.floor(v! * 2 ** (m - a)));
        expect(new Set(boxes).size).toBe(2 ** m);
      }
    });

    test("at, skip, next and fill agree on every point", () => {
      const all = sobolPoints(7, { ...options, count: 200 });
      const sequence = new SobolSequence(7, options);
      for (const t of [0, 1, 63, 64, 127, 199]) {
        expect(sameBits(sequence.at(t), all.row(t))).toBe(true);
        expect(sameBits(new SobolSequence(7, options).skip(t).next(), all.row(t))).toBe(true);
      }
      expect(sequence.index).toBe(0);
      const filled = new Matrix(200, 7);
      sequence.next(filled.data.subarray(0, 7));
      const rest = sequence.skip(2).fill(new Matrix(197, 7));
      expect(sameBits(rest.data, all.data.subarray(21))).toBe(true);
      expect(sequence.index).toBe(200);
    });

    test("normals are the quantiles of the cells' middles", () => {
      const uniforms = sobolPoints(4, { ...options, count: 64 }).data;
      const normals = sobolNormals(4, { ...options, count: 64 }).data;
      expectClose(
        normals,
        uniforms.map((u) => normalQuantile(u + 2 ** -53)),
        bits,
      );
      expect(normals.every(Number.isFinite)).toBe(true);
    });
  });
}

describe("direction numbers", () => {
  test("are 1, 3, 5, 7 over powers of two where Joe and Kuo's table says so", () => {
    const v = directionNumbers(4);
    const number = (k: number, d: number): number =>
      (v[2 * (k * 4 + d) + 1]! * 2 ** 32 + v[2 * (k * 4 + d)]!) / 2 ** (51 - k);
    // m of dimensions 1 to 4: 1, 1, 1 …; 1, 3, 5, 15; 1, 3, 1 → 1, 3, 3, 9; 1, 3, 1
    expect([0, 1, 2, 3].map((k) => number(k, 0))).toEqual([1, 1, 1, 1]);
    expect([0, 1, 2, 3].map((k) => number(k, 1))).toEqual([1, 3, 5, 15]);
    expect([0, 1].map((k) => number(k, 2))).toEqual([1, 3]);
    expect([0, 1, 2].map((k) => number(k, 3))).toEqual([1, 3, 1]);
  });

  test("are all odd at their own digit, so no dimension repeats a point", () => {
    const v = directionNumbers(SOBOL_DIMENSIONS);
    for (let k = 0; k < 52; k++) {
      const place = 51 - k;
      for (let d = 0; d < SOBOL_DIMENSIONS; d++) {
        const half = v[2 * (k * SOBOL_DIMENSIONS + d) + (place >= 32 ? 1 : 0)]!;
        if (((half >>> (place % 32)) & 1) !== 1) expect.fail(`direction ${k} of dimension ${d} is even`);
      }
    }
  });
});

describe("scrambles", () => {
  const corner = (scramble: "digital-shift" | "linear" | "owen") =>
    Float64Array.from({ length: 4000 }, (_, seed) => new SobolSequence(1, { scramble, seed }).next()[0]!);

  for (const scramble of ["digital-shift", "linear", "owen"] as const) {
    test(`${scramble}: one point of many seeds is uniform`, () => {
      const draws = corner(scramble);
      expectClose(mean(draws), 0.5, statistical(Math.sqrt(1 / 12 / 4000)));
      const cells = new Float64Array(50);
      for (const u of draws) cells[Math.floor(u * 50)]! += 1;
      const chiSquared = cells.reduce((sum, n) => sum + (n - 80) ** 2 / 80, 0);
      expectClose(chiSquared, 49, statistical(Math.sqrt(98)));
    });
  }

  test("a digital shift keeps the distance of two points in digits, Owen's scrambling does not", () => {
    const digit = (x: number, place: number): number => Math.floor(x * 2 ** place) % 2;
    const flips = (scramble: "digital-shift" | "owen"): number[] => {
      const sequence = new SobolSequence(1, { scramble, seed: "digits" });
      const plain = new SobolSequence(1);
      return Array.from({ length: 64 }, () => digit(sequence.next()[0]!, 6) ^ digit(plain.next()[0]!, 6));
    };
    expect(new Set(flips("digital-shift")).size).toBe(1);
    expect(new Set(flips("owen")).size).toBe(2);
  });

  test("linear: two points differ by a matrix, with ones on its diagonal, times the digits they differed by", () => {
    for (const [dimensions, d] of [
      [1, 0],
      [40, 39],
    ] as const) {
      const plain = new SobolSequence(dimensions);
      const scrambled = new SobolSequence(dimensions, { scramble: "linear", seed: "digits" });
      const digits = (x: number): bigint => BigInt(x * 2 ** 52);
      const difference = (sequence: SobolSequence, i: number): bigint =>
        digits(sequence.at(i)[d]!) ^ digits(sequence.at(0)[d]!);
      for (const [i, j] of [
        [1, 2],
        [5, 90],
        [2 ** 30 + 7, 2 ** 51 - 3],
      ] as const) {
        // Points are the sums of those of their Gray codes' parts: i ⊕ j has the Gray code of i plus that of j.
        const both = Number(BigInt(i) ^ BigInt(j));
        expect(difference(scrambled, both)).toBe(difference(scrambled, i) ^ difference(scrambled, j));
        const before = difference(plain, i);
        const after = difference(scrambled, i);
        expect(after.toString(2).length).toBe(before.toString(2).length);
      }
    }
  });

  test("linear: the entries below the diagonal are independent coins", () => {
    const seeds = 3000;
    // Point 1 has the first digit alone: its difference from point 0 is the matrix's first column.
    const columnOf = (seed: number): number[] => {
      const sequence = new SobolSequence(2, { scramble: "linear", seed });
      return [0, 1].flatMap((d) => {
        const column = BigInt(sequence.at(1)[d]! * 2 ** 52) ^ BigInt(sequence.at(0)[d]! * 2 ** 52);
        return [50, 49, 32, 31, 1, 0].map((place) => Number((column >> BigInt(place)) & 1n));
      });
    };
    const table = Array.from({ length: seeds }, (_, seed) => columnOf(seed));
    const error = statistical(1 / Math.sqrt(seeds), 5);
    for (let i = 0; i < table[0]!.length; i++) {
      expectClose(mean(table.map((row) => 2 * row[i]! - 1)), 0, error);
      for (let j = 0; j < i; j++) {
        expectClose(mean(table.map((row) => (2 * row[i]! - 1) * (2 * row[j]! - 1))), 0, error);
      }
    }
  });

  test("Owen's: the flips of different nodes, digits and dimensions are independent coins", () => {
    const seeds = 3000;
    const flipsOf = (seed: number): number[] => {
      const sequence = new SobolSequence(2, { scramble: "owen", seed });
      // Two points that part at the first digit: their second digits are flipped by different nodes.
      const [a, b] = [sequence.at(0), sequence.at(1)];
      const digits = (x: number): number[] => [1, 2, 7, 40].map((place) => Math.floor(x * 2 ** place) % 2);
      return [...digits(a[0]!), ...digits(b[0]!).slice(1), ...digits(a[1]!)];
    };
    const table = Array.from({ length: seeds }, (_, seed) => flipsOf(seed));
    const error = statistical(1 / Math.sqrt(seeds), 5);
    for (let i = 0; i < table[0]!.length; i++) {
      expectClose(mean(table.map((row) => 2 * row[i]! - 1)), 0, error);
      for (let j = 0; j < i; j++) {
        expectClose(mean(table.map((row) => (2 * row[i]! - 1) * (2 * row[j]! - 1))), 0, error);
      }
    }
  });
});

describe("integration", () => {
  const dimensions = 6;
  const integrand = (u: Float64Array): number => u.reduce((product, x) => product * (1 + 0.6 * (x - 0.5)), 1);
  const rootMeanSquare = (errors: readonly number[]): number => Math.sqrt(mean(errors.map((e) => e * e)));

  /** The exponent of n in the error of averages over n points, from 2⁶ to 2¹². */
  function order(points: (seed: number, count: number) => Matrix): number {
    const error = (count: number): number =>
      rootMeanSquare(
        Array.from({ length: 20 }, (_, seed) => {
          const table = points(seed, count);
          let sum = 0;
          for (let t = 0; t < count; t++) sum += integrand(table.row(t));
          return sum / count - 1;
        }),
      );
    return log(error(2 ** 12) / error(2 ** 6)) / log(2 ** 6);
  }

  test("errors of random points fall as 1 ÷ √n, of a shifted sequence faster, of a scrambled one fastest", () => {
    const random = order((seed, count) => {
      const points = new Matrix(count, dimensions);
      createRandom(seed).fillUniform(points.data);
      return points;
    });
    const shifted = order((seed, count) =>
      sobolPoints(dimensions, { count, seed, scramble: "digital-shift" }),
    );
    const scrambled = order((seed, count) => sobolPoints(dimensions, { count, seed, scramble: "owen" }));
    const linear = order((seed, count) => sobolPoints(dimensions, { count, seed, scramble: "linear" }));
    expect(linear).toBeLessThan(-1.2);
    expect(random).toBeGreaterThan(-0.7);
    expect(random).toBeLessThan(-0.3);
    expect(shifted).toBeLessThan(-0.85);
    expect(scrambled).toBeLessThan(-1.2);
  });
});

describe("misuse is named", () => {
  test("of dimensions, scrambles and seeds", () => {
    expect(() => new SobolSequence(1112)).toThrow("dimensions must be an integer ≥ 1 and ≤ 1111, got 1112");
    expect(() => new SobolSequence(0)).toThrow(/dimensions must be an integer ≥ 1/);
    expect(() => new SobolSequence(2, { scramble: "own", seed: 1 } as never)).toThrow(
      "scramble must be one of 'none', 'digital-shift', 'linear', 'owen', got \"own\"",
    );
    expect(() => new SobolSequence(2, { scramble: "owen" })).toThrow(
      "scramble 'owen' needs a seed, got seed undefined",
    );
    expect(() => new SobolSequence(2, { seed: 3 })).toThrow("a seed needs a scramble, got seed 3");
    expect(() => new SobolSequence(2, { scrambel: "owen" } as never)).toThrow(
      "unknown option 'scrambel'; did you mean 'scramble'?",
    );
  });

  test("of places and outputs", () => {
    const sequence = new SobolSequence(2);
    expect(() => sequence.at(-1)).toThrow(/index must be an integer ≥ 0/);
    expect(() => sequence.next(new Float64Array(3))).toThrow(
      "out must be a Float64Array of 2 entries, got Float64Array(3)",
    );
    expect(() => sequence.fill(new Matrix(2, 3))).toThrow("out must be a Matrix of 2 columns, got 2×3");
    expect(() => sequence.fill([[0, 0]] as never)).toThrow(/out must be a Matrix of 2 columns/);
    expect(() => sobolPoints(2, { count: -1 })).toThrow(/count must be an integer ≥ 0/);
    expect(() => sobolPoints(2, { count: 1, out: new Matrix(1, 1) })).toThrow(
      "out must be a Matrix of 1×2, got 1×1",
    );
  });

  test("of a sequence at its end", () => {
    const last = new SobolSequence(1).skip(2 ** 52 - 1);
    expectClose(last.next(), [2 ** -52], bits);
    expect(() => last.next()).toThrow("a Sobol sequence has 2^52 points");
    expect(() => last.skip(1)).toThrow("count must be an integer ≥ 0 and ≤ 0, got 1");
    expect(SobolSequence.from(last.state).index).toBe(2 ** 52);
  });

  test("of states", () => {
    const { state } = new SobolSequence(2, { scramble: "owen", seed: "s" });
    const from = (change: object) => () => SobolSequence.from({ ...state, ...change });
    expect(from({ version: 2 })).toThrow(/version 1/);
    expect(from({ dimensions: 1.5 })).toThrow(/state.dimensions must be an integer/);
    expect(from({ scramble: "x" })).toThrow(/state.scramble must be one of/);
    expect(from({ index: -1 })).toThrow(/state.index must be an integer/);
    expect(from({ seed: undefined })).toThrow("scramble 'owen' needs a seed, got seed undefined");
  });
});
