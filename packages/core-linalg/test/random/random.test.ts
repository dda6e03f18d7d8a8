import { expectClose, fixture, sameBits, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  createRandom,
  mean,
  multivariateNormal,
  normalCdf,
  Random,
  sampleCovariance,
  variance,
} from "../../src/index.ts";
import { squares64 } from "../../src/random/squares.ts";
import { wordFromHex, wordToHex } from "../../src/random/word.ts";

const COUNT = 200_000;
const normals = (seed: string | number, count = COUNT): Float64Array =>
  createRandom(seed).fillNormal(new Float64Array(count));

describe("squares64", () => {
  test("meets words computed with exact integers", () => {
    for (const { counter, key, word } of fixture(import.meta.url, "squares.json").words) {
      const target = { high: 0, low: 0 };
      squares64(wordFromHex(counter)!, wordFromHex(key)!, target);
      expect(wordToHex(target)).toBe(word);
    }
  });
});

describe("a generator", () => {
  test("one draw at a time gives the bits of a filled array", () => {
    const single = createRandom("desk-7");
    const filled = createRandom("desk-7").fillNormal(new Float64Array(1000));
    expect(
      sameBits(
        Array.from({ length: 1000 }, () => single.normal()),
        filled,
      ),
    ).toBe(true);
    const uniform = createRandom(11);
    const uniforms = createRandom(11).fillUniform(new Float64Array(1000));
    expect(
      sameBits(
        Array.from({ length: 1000 }, () => uniform.uniform()),
        uniforms,
      ),
    ).toBe(true);
  });

  test("the first normals of a seed are pinned for good", () => {
    const random = createRandom("desk-7");
    expect([random.normal(), random.normal(), random.normal()]).toEqual(PINNED);
  });

  test("goes on from its state through JSON with the same bits", () => {
    const whole = createRandom("state");
    whole.fillNormal(new Float64Array(777));
    const resumed = Random.from(JSON.parse(JSON.stringify(whole.state)));
    expect(sameBits(resumed.fillNormal(new Float64Array(100)), whole.fillNormal(new Float64Array(100)))).toBe(
      true,
    );
  });

  test("a fork depends on seed and name alone, and leaves its parent where it was", () => {
    const parent = createRandom("fork");
    const before = parent.fork(3).normal();
    parent.fillNormal(new Float64Array(50));
    const index = parent.state.index;
    expect(parent.fork(3).normal()).toBe(before);
    expect(parent.state.index).toBe(index);
  });

  test("seeds, forks, forks of forks and names all differ", () => {
    const root = createRandom("a");
    const all = [
      root,
      createRandom("b"),
      createRandom(7),
      createRandom("7"),
      createRandom("aa"),
      createRandom("a:a"),
      root.fork(0),
      root.fork(1),
      root.fork("x"),
      root.fork(0).fork(0),
      root.fork(0).fork(1),
      root.fork(1).fork(0),
      root.fork("x").fork("x"),
    ];
    expect(new Set(all.map((random) => random.normal())).size).toBe(all.length);
  });

  test("a broken state is refused by name", () => {
    const { state } = createRandom(1);
    const from = (change: object) => () => Random.from({ ...state, ...change });
    expect(from({ key: "xyz" })).toThrow('state.key must be the 16 hexadecimal digits of a key, got "xyz"');
    expect(from({ index: -1 })).toThrow("state.index must be an integer ≥ 0 and ≤ 1099511627776, got -1");
    expect(from({ index: 5n })).toThrow("state.index must be an integer ≥ 0 and ≤ 1099511627776, got bigint");
    expect(from({ stream: 0.5 })).toThrow(/state.stream must be an integer/);
    expect(from({ version: 2 })).toThrow(/version 1/);
    expect(() => Random.from(undefined as never)).toThrow(/state must be/);
  });

  test("a key that no seed gives, under which a rejected draw is rejected for ever, is refused", () => {
    const { state } = createRandom(1);
    for (const key of ["0000000000000000", "1111111111111111", `${state.key.slice(0, 15)}2`]) {
      expect(() => Random.from({ ...state, chainKey: key })).toThrow(/^state.chainKey must be/);
    }
  });

  test("letters that differ in their upper bits alone are different seeds", () => {
    expect(createRandom("a").uniform()).not.toBe(createRandom("š").uniform());
    expect(createRandom("desk").fork("B").uniform()).not.toBe(createRandom("desk").fork("ł").uniform());
  });

  test("a seed that is no string or finite number is refused", () => {
    expect(() => createRandom(Number.NaN)).toThrow("seed must be a string or a finite number, got NaN");
    expect(() => createRandom(undefined as never)).toThrow(/got undefined/);
  });
});

describe("the laws", () => {
  test("uniforms lie strictly inside (0, 1) and fill it evenly", () => {
    const draws = createRandom("uniform").fillUniform(new Float64Array(COUNT));
    expect(draws.every((u) => u > 0 && u < 1)).toBe(true);
    const cells = new Float64Array(100);
    for (const u of draws) cells[Math.floor(u * 100)]! += 1;
    const expected = COUNT / 100;
    const chiSquared = cells.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expectClose(chiSquared, 99, statistical(Math.sqrt(2 * 99)));
  });

  test("the first four moments of normals are 0, 1, 0, 3", () => {
    const draws = normals("moments");
    expectClose(mean(draws), 0, statistical(Math.sqrt(1 / COUNT)));
    expectClose(variance(draws), 1, statistical(Math.sqrt(2 / COUNT)));
    expectClose(mean(draws.map((z) => z ** 3)), 0, statistical(Math.sqrt(15 / COUNT)));
    expectClose(mean(draws.map((z) => z ** 4)), 3, statistical(Math.sqrt(96 / COUNT)));
  });

  test("normals follow their cumulative law (Kolmogorov–Smirnov)", () => {
    const draws = normals("ks").sort();
    let distance = 0;
    draws.forEach((z, i) => {
      const p = normalCdf(z);
      distance = Math.max(distance, Math.abs(p - i / COUNT), Math.abs(p - (i + 1) / COUNT));
    });
    const critical = 1.95 / Math.sqrt(COUNT); // level 0.1 %
    expect(distance).toBeLessThan(critical);
  });

  test("the tail beyond the last layer has its share", () => {
    const beyond = normals("tail", 4_000_000).filter((z) => Math.abs(z) > 3.6541528853610088).length;
    const expected = 4_000_000 * 2 * normalCdf(-3.6541528853610088);
    expectClose(beyond, expected, statistical(Math.sqrt(expected)));
  });

  test("neighbouring draws and streams do not correlate", () => {
    const root = createRandom("independence");
    const a = root.fork(0).fillNormal(new Float64Array(COUNT));
    const b = root.fork(1).fillNormal(new Float64Array(COUNT));
    const error = statistical(1 / Math.sqrt(COUNT));
    expectClose(mean(a.map((z, i) => z * b[i]!)), 0, error);
    expectClose(mean(a.map((z, i) => z * (a[i + 1] ?? 0))), 0, error);
  });
});

describe("multivariateNormal", () => {
  const covariance = [
    [4, 1.2, -0.6],
    [1.2, 1, 0.1],
    [-0.6, 0.1, 0.25],
  ];
  const factor = cholesky(covariance);

  test("draws have the mean and covariance asked for", () => {
    if (factor.status !== "ok") throw new Error("positive definite by construction");
    const draws = multivariateNormal(createRandom("mvn"), {
      mean: [1, -2, 3],
      cholesky: factor.L,
      count: COUNT,
    });
    const estimate = sampleCovariance(draws);
    for (let i = 0; i < 3; i++) {
      expectClose(estimate.mean[i]!, [1, -2, 3][i]!, statistical(Math.sqrt(covariance[i]![i]! / COUNT)));
      for (let j = 0; j < 3; j++) {
        const error = Math.sqrt((covariance[i]![i]! * covariance[j]![j]! + covariance[i]![j]! ** 2) / COUNT);
        expectClose(estimate.covariance.get(i, j), covariance[i]![j]!, statistical(error));
      }
    }
  });

  test("takes count times n draws, whatever the block size", () => {
    if (factor.status !== "ok") throw new Error("positive definite by construction");
    const whole = multivariateNormal(createRandom("blocks"), { cholesky: factor.L, count: 301 });
    const random = createRandom("blocks");
    const first = multivariateNormal(random, { cholesky: factor.L, count: 1 });
    const rest = multivariateNormal(random, { cholesky: factor.L, count: 300 });
    expect(sameBits([...first.data, ...rest.data], whole.data)).toBe(true);
  });

  test("names what does not fit", () => {
    const random = createRandom(1);
    expect(() => multivariateNormal(random, { cholesky: [[1, 0]], count: 2 })).toThrow(
      "cholesky must be square, got 1×2",
    );
    expect(() => multivariateNormal(random, { cholesky: [[1]], count: -1 })).toThrow(
      "count must be an integer ≥ 0, got -1",
    );
    expect(() => multivariateNormal(null as never, { cholesky: [[1]], count: 2 })).toThrow(
      "random must be a generator, got null",
    );
    expect(() => multivariateNormal(random, { cholesky: [[1]], count: 2, mean: [1, 2] })).toThrow(
      /mean must have 1 entries/,
    );
    expect(() => multivariateNormal(random, { cholesky: [[1]], counts: 2 } as never)).toThrow(
      "unknown option 'counts'; did you mean 'count'?",
    );
  });
});

const PINNED = [1.0449817803662371, 0.4955416636915571, -0.45843255343229006];
