import { expectClose, sameBits, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { createRandom, log, mean, normalCdf, Random, type RandomSource, variance } from "../../src/index.ts";
import { keysFromSeed } from "../../src/random/seed.ts";
import { SquaresDraw } from "../../src/random/squares-draw.ts";

const COUNT = 200_000;
const array = (count = COUNT): Float64Array => new Float64Array(count);

const laws: Record<
  string,
  { one: (r: RandomSource) => number; fill: (r: RandomSource, out: Float64Array) => Float64Array }
> = {
  uniform: { one: (r) => r.uniform(), fill: (r, out) => r.fillUniform(out) },
  normal: { one: (r) => r.normal(), fill: (r, out) => r.fillNormal(out) },
  exponential: { one: (r) => r.exponential(), fill: (r, out) => r.fillExponential(out) },
  integer: { one: (r) => r.integer(3e9), fill: (r, out) => r.fillInteger(out, 3e9) },
  gamma: { one: (r) => r.gamma(2.5, 3), fill: (r, out) => r.fillGamma(out, 2.5, 3) },
  "gamma of shape 0.3": { one: (r) => r.gamma(0.3), fill: (r, out) => r.fillGamma(out, 0.3) },
  chiSquare: { one: (r) => r.chiSquare(3.5), fill: (r, out) => r.fillChiSquare(out, 3.5) },
  studentT: { one: (r) => r.studentT(4), fill: (r, out) => r.fillStudentT(out, 4) },
};

for (const generator of ["squares64", "philox"] as const) {
  describe(`under ${generator}, whatever the way to ask`, () => {
    for (const [name, { one, fill }] of Object.entries(laws)) {
      test(`${name}: single draws, fills and any split of them give the same bits`, () => {
        const whole = fill(createRandom("split", { generator }), array(1000));
        const single = createRandom("split", { generator });
        expect(
          sameBits(
            Array.from({ length: 1000 }, () => one(single)),
            whole,
          ),
        ).toBe(true);
        const mixed = createRandom("split", { generator });
        const pieces = [1, 17, 0, 2, 300, 33].map((count) => Array.from(fill(mixed, array(count))));
        pieces.push(
          Array.from({ length: 200 }, () => one(mixed)),
          Array.from(fill(mixed, array(447))),
        );
        expect(sameBits(pieces.flat(), whole)).toBe(true);
      });
    }

    test("a draw's law does not move the next draw", () => {
      const random = createRandom("laws", { generator });
      const plain = createRandom("laws", { generator });
      plain.fillUniform(array(7));
      random.gamma(0.2);
      random.studentT(1);
      random.integer(2 ** 31 + 1);
      random.exponential();
      random.normal();
      random.chiSquare(7);
      random.uniform();
      expect(random.state.index).toBe(7);
      expect(random.normal()).toBe(plain.normal());
    });

    test("skipping leaves out as many draws", () => {
      const random = createRandom("skip", { generator });
      const rest = random.fillNormal(array(50)).slice(20);
      expect(sameBits(createRandom("skip", { generator }).skip(20).fillNormal(array(30)), rest)).toBe(true);
    });

    test("a state taken between single draws goes on with the same bits", () => {
      const random = createRandom("resume", { generator });
      for (let i = 0; i < 37; i++) random.normal();
      const resumed = Random.from(JSON.parse(JSON.stringify(random.state)));
      expect(resumed.state).toEqual(random.state);
      expect(Array.from({ length: 9 }, () => resumed.gamma(2))).toEqual(
        Array.from({ length: 9 }, () => random.gamma(2)),
      );
    });
  });
}

describe("moments", () => {
  for (const shape of [0.05, 0.7, 1, 3, 250]) {
    test(`a gamma of shape ${shape} has mean ${shape} and variance ${shape}`, () => {
      const draws = createRandom("gamma moments").fillGamma(array(), shape);
      expectClose(mean(draws), shape, statistical(Math.sqrt(shape / COUNT)));
      // The fourth central moment is 3 shape² + 6 shape.
      expectClose(variance(draws), shape, statistical(Math.sqrt((2 * shape * shape + 6 * shape) / COUNT)));
      expect(draws.every((x) => x >= 0)).toBe(true);
    });
  }

  test("scale multiplies a gamma", () => {
    const unit = createRandom("scale").fillGamma(array(100), 1.5);
    expect(createRandom("scale").fillGamma(array(100), 1.5, 4)).toEqual(unit.map((x) => 4 * x));
  });

  for (const nu of [1, 6.5, 90]) {
    test(`a chi-square of ${nu} has mean ${nu} and variance ${2 * nu}`, () => {
      const draws = createRandom("chi-square moments").fillChiSquare(array(), nu);
      expectClose(mean(draws), nu, statistical(Math.sqrt((2 * nu) / COUNT)));
      expectClose(variance(draws), 2 * nu, statistical(Math.sqrt((8 * nu * nu + 48 * nu) / COUNT)));
    });
  }

  for (const nu of [9, 30]) {
    test(`a t of ${nu} has mean 0, variance ν ÷ (ν − 2) and kurtosis 3 + 6 ÷ (ν − 4)`, () => {
      const draws = createRandom("t moments").fillStudentT(array(), nu);
      const second = nu / (nu - 2);
      const fourth = (3 + 6 / (nu - 4)) * second * second;
      const eighth = (105 * nu ** 4) / ((nu - 2) * (nu - 4) * (nu - 6) * (nu - 8));
      expectClose(mean(draws), 0, statistical(Math.sqrt(second / COUNT)));
      expectClose(variance(draws), second, statistical(Math.sqrt((fourth - second * second) / COUNT)));
      expectClose(
        mean(draws.map((x) => x ** 4)),
        fourth,
        statistical(Math.sqrt((eighth - fourth ** 2) / COUNT)),
      );
    });
  }
});

describe("the gamma's rejection", () => {
  test("decides as the law's logarithms alone would", () => {
    for (const shape of [1, 1.3, 4, 60]) {
      const draw = new SquaresDraw(keysFromSeed("squeeze"));
      const d = shape - 1 / 3;
      const exact = (): number => {
        for (;;) {
          const x = draw.normal();
          const root = 1 + (1 / Math.sqrt(9 * d)) * x;
          const v = root * root * root;
          if (v > 0 && log(draw.uniform()) < 0.5 * x * x + d * (1 - v + log(v))) return d * v;
        }
      };
      const sample = createRandom("squeeze").fillGamma(array(100_000), shape);
      const expected = sample.map((_, i) => {
        draw.begin({ high: 0, low: i });
        return exact();
      });
      expect(sameBits(sample, expected)).toBe(true);
    }
  });
});

describe("normals in the tails", () => {
  const draws = 4_000_000;
  for (const generator of ["squares64", "philox"] as const) {
    const count = generator === "philox" ? draws / 8 : draws;
    const sample = createRandom("tails", { generator }).fillNormal(array(count));
    for (const sigma of [3, 4, 5]) {
      test(`beyond ±${sigma} σ there is the share that belongs there (${generator})`, () => {
        const above = count * normalCdf(-sigma);
        const error = statistical(Math.max(1, Math.sqrt(above)));
        expectClose(sample.filter((z) => z > sigma).length, above, error);
        expectClose(sample.filter((z) => z < -sigma).length, above, error);
      });
    }
  }
});

describe("dependence", () => {
  for (const generator of ["squares64", "philox"] as const) {
    test(`no lag of ${generator}, no pair of its streams and no pair of its laws correlates`, () => {
      const root = createRandom("lags", { generator });
      const a = root.fork(0).fillNormal(array());
      const error = statistical(1 / Math.sqrt(COUNT), 5);
      for (const lag of [1, 2, 3, 7, 64, 128, 1000]) {
        let sum = 0;
        for (let i = lag; i < COUNT; i++) sum += a[i]! * a[i - lag]!;
        expectClose(sum / COUNT, 0, error);
      }
      for (const stream of [
        root.fork(1),
        root.fork(1000),
        root.fork("a"),
        createRandom("lagt", { generator }),
      ]) {
        const b = stream.fillNormal(array());
        expectClose(mean(a.map((z, i) => z * b[i]!)), 0, error);
        expectClose(mean(a.map((z, i) => (z * z - 1) * (b[i]! ** 2 - 1) * 0.5)), 0, error);
      }
    });
  }

  test("the chi-square inside a t is independent of the normal before it", () => {
    const t = createRandom("inside").fillStudentT(array(), 8);
    const z = createRandom("inside").fillNormal(array());
    const ratio = t.map((x, i) => (z[i]! / x) ** 2 * 8);
    expectClose(mean(ratio), 8, statistical(Math.sqrt(16 / COUNT)));
    expectClose(mean(ratio.map((w, i) => (w - 8) * (z[i]! ** 2 - 1))), 0, statistical(Math.sqrt(32 / COUNT)));
  });
});

describe("integers", () => {
  test("every one below the bound is equally likely", () => {
    for (const below of [2, 3, 7, 10, 1000]) {
      const cells = array(below);
      for (const k of createRandom(below).fillInteger(new Int32Array(COUNT), below)) cells[k]! += 1;
      const expected = COUNT / below;
      const chiSquared = cells.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
      expectClose(chiSquared, below - 1, statistical(Math.sqrt(2 * (below - 1)), 5));
    }
  });

  test("a bound of 3 · 2³⁰, where plain scaling would favour every third, has no favourites", () => {
    const counts = [0, 0, 0];
    for (const k of createRandom("bias").fillInteger(array(), 3 * 2 ** 30)) counts[k % 3]! += 1;
    for (const count of counts) expectClose(count, COUNT / 3, statistical(Math.sqrt((COUNT * 2) / 9)));
  });

  test("the extreme bounds hold", () => {
    const random = createRandom("bounds");
    expect(random.integer(1)).toBe(0);
    const words = random.fillInteger(new Uint32Array(10_000), 2 ** 32);
    expect(Math.max(...words)).toBeGreaterThan(2 ** 32 - 2 ** 24);
    expect(Math.min(...words)).toBeLessThan(2 ** 24);
    expect(random.fillInteger(new Int32Array(1000), 2 ** 31).every((k) => k >= 0)).toBe(true);
  });
});

describe("misuse is named", () => {
  const random = createRandom(1);
  test("of parameters", () => {
    expect(() => random.gamma(0)).toThrow("shape must be positive and finite, got 0");
    expect(() => random.gamma(1, -2)).toThrow("scale must be positive and finite, got -2");
    expect(() => random.chiSquare(Number.NaN)).toThrow(
      "degreesOfFreedom must be positive and finite, got NaN",
    );
    expect(() => random.studentT(Number.POSITIVE_INFINITY)).toThrow(
      "degreesOfFreedom must be positive and finite, got Infinity",
    );
    expect(() => random.integer(0)).toThrow("below must be an integer ≥ 1 and ≤ 4294967296, got 0");
    expect(() => random.integer(2 ** 32 + 1)).toThrow(/below must be an integer/);
    expect(() => random.integer(2.5)).toThrow(/below must be an integer/);
    expect(() => random.skip(-1)).toThrow("count must be an integer ≥ 0 and ≤ 1099511627776, got -1");
  });

  test("of outputs", () => {
    expect(() => random.fillStudentT([] as never, 3)).toThrow("out must be a Float64Array, got Array(0)");
    expect(() => random.fillInteger(new Float32Array(2) as never, 3)).toThrow(
      "out must be a Float64Array, an Int32Array or a Uint32Array, got Float32Array(2)",
    );
    expect(() => random.fillInteger(new Int32Array(2), 2 ** 32)).toThrow(
      "below must be an integer ≥ 1 and ≤ 2147483648, got 4294967296",
    );
  });

  test("and a refused call takes no draw", () => {
    const before = random.state.index;
    expect(() => random.fillGamma(array(3), -1)).toThrow();
    expect(random.state.index).toBe(before);
  });

  test("of a stream that is at its end", () => {
    const last = Random.from({ ...random.state, index: 2 ** 40 - 1 });
    last.normal();
    expect(() => last.gamma(2)).toThrow("a stream has 2^40 draws; fork another one");
    expect(() => last.fillUniform(array(1))).toThrow("a stream has 2^40 draws; fork another one");
  });
});
