import { bits, expectClose, rounding, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  automaticBlockLength,
  type BootstrapOptions,
  bootstrap,
  createRandom,
  mean,
  neweyWest,
  quantile,
  std,
  variance,
} from "../../src/index.ts";
import { circularBlocks, stationaryBlocks } from "../../src/statistics/resample.ts";

function normals(n: number, seed: string): Float64Array {
  return createRandom(seed).fillNormal(new Float64Array(n));
}

function autoregression(n: number, coefficient: number): Float64Array {
  const x = normals(n, "autoregression");
  for (let t = 1; t < n; t++) x[t]! += coefficient * x[t - 1]!;
  return x;
}

const random = createRandom("bootstrap");
const sample = normals(60, "sample");
const METHODS = ["independent", "stationary", "circular"] as const;

describe("replications", () => {
  test("replication r depends on the seed and r alone, by every method", () => {
    for (const method of METHODS) {
      const few = bootstrap(sample, { random, method, replications: 20 });
      const used = createRandom("bootstrap");
      used.fillNormal(new Float64Array(1000));
      const many = bootstrap(sample, { random: used, method, replications: 50 });
      expectClose(many.replications.subarray(0, 20), few.replications, bits);
    }
  });

  test("another seed gives others, and the generator does not move", () => {
    const before = random.state.index;
    const one = bootstrap(sample, { random, replications: 10 });
    const other = bootstrap(sample, { random: createRandom("other"), replications: 10 });
    expect(one.replications[0]).not.toBe(other.replications[0]);
    expect(random.state.index).toBe(before);
  });

  test("every resample has the sample's length and only its values", () => {
    const x = Float64Array.from({ length: 23 }, (_, i) => i);
    for (const method of METHODS) {
      const seen = new Set<number>();
      const statistic = (s: Float64Array): number => {
        expect(s.length).toBe(23);
        for (const value of s) seen.add(value);
        return s[0]!;
      };
      bootstrap(x, { random, method, statistic, replications: 400 });
      expect([...seen].sort((a, b) => a - b)).toEqual([...x]);
    }
  });

  test("the data are left as they were, whatever the statistic does to its sample", () => {
    const x = Float64Array.of(3, 1, 2);
    bootstrap(x, { random, statistic: (s) => s.sort()[0]!, interval: "bca", replications: 10 });
    expectClose(x, [3, 1, 2], bits);
  });
});

describe("resampling schemes", () => {
  const positions = new Int32Array(5000);
  const steps = (): number[] =>
    Array.from(positions.subarray(1), (p, t) => (p - positions[t]! + positions.length) % positions.length);

  test("a stationary block goes on with probability 1 − 1 ÷ length", () => {
    stationaryBlocks(8)(random.fork("stationary"), positions);
    const breaks = steps().filter((step) => step !== 1).length;
    expectClose(breaks / 5000, 1 / 8, statistical(Math.sqrt((1 / 8) * (7 / 8) * (1 / 5000))));
  });

  test("blocks of mean length one are independent draws", () => {
    const same = bootstrap(sample, { random, method: "stationary", blockLength: 1, replications: 5 });
    const plain = bootstrap(sample, { random, replications: 5 });
    expectClose(same.replications, plain.replications, bits);
  });

  test("circular blocks run for their length, the last one cut, and pass the end of the series", () => {
    const short = new Int32Array(11);
    circularBlocks(4)(random.fork("circular"), short);
    for (let t = 0; t < 11; t++) if (t % 4 !== 0) expect(short[t]).toBe((short[t - 1]! + 1) % 11);
    circularBlocks(7)(random.fork("circular"), positions);
    expect(steps().filter((step, t) => step !== 1 && (t + 1) % 7 !== 0)).toEqual([]);
    expect(Math.max(...positions)).toBeGreaterThan(4950);
  });

  test("one circular block as long as the series only turns it, so its mean stands still", () => {
    const turned = bootstrap(sample, { random, method: "circular", blockLength: 60, replications: 50 });
    expectClose(turned.replications, Array(50).fill(mean(sample)), rounding(60, 1), 1);
  });
});

describe("standard errors", () => {
  test("of the mean of independent draws: σ ÷ √n", () => {
    const { standardError, bias, estimate } = bootstrap(sample, { random, replications: 4000 });
    const exact = Math.sqrt(variance(sample, { ddof: 0 }) / 60);
    expectClose(standardError, exact, statistical(exact / Math.sqrt(2 * 4000)));
    expectClose(bias, 0, statistical(exact / Math.sqrt(4000)));
    expect(estimate).toBe(mean(sample));
  });

  test("of an autocorrelated mean: blocks see what single draws miss", () => {
    const x = autoregression(2000, 0.6);
    const { standardError } = neweyWest(x);
    const single = bootstrap(x, { random, replications: 500 }).standardError;
    for (const method of ["stationary", "circular"] as const) {
      const blocks = bootstrap(x, { random, method, replications: 500 });
      expect(blocks.blockLength).toBeGreaterThan(5);
      // Two estimates of one long-run variance, each off by some tenth.
      expectClose(blocks.standardError, standardError, { name: "two estimators", relative: 0.25 });
      expect(blocks.standardError).toBeGreaterThan(1.5 * single);
    }
  });

  test("a statistic may be anything that a sample has", () => {
    const median = (s: Float64Array): number => quantile(s, 0.5);
    const { estimate, standardError } = bootstrap(sample, { random, statistic: median });
    expect(estimate).toBe(median(sample));
    // √(π ÷ 2n) for a normal sample.
    expectClose(standardError, Math.sqrt(Math.PI / 120), { name: "of a small sample", relative: 0.5 });
  });
});

describe("intervals", () => {
  test("the percentile interval holds its share of the replications, and the basic one mirrors it", () => {
    const percentile = bootstrap(sample, { random, confidence: 0.9 });
    const { replications, interval, estimate } = percentile;
    const inside = replications.filter((v) => v >= interval.lower && v <= interval.upper).length;
    expect(inside).toBe(900);
    const basic = bootstrap(sample, { random, confidence: 0.9, interval: "basic" }).interval;
    expectClose(basic.lower, 2 * estimate - interval.upper, bits);
    expectClose(basic.upper, 2 * estimate - interval.lower, bits);
  });

  test("a wider confidence is a wider interval", () => {
    for (const interval of ["percentile", "basic", "bca"] as const) {
      const narrow = bootstrap(sample, { random, interval, confidence: 0.5 }).interval;
      const wide = bootstrap(sample, { random, interval, confidence: 0.99 }).interval;
      expect(wide.lower).toBeLessThan(narrow.lower);
      expect(wide.upper).toBeGreaterThan(narrow.upper);
    }
  });

  test("the corrected interval of a skewed mean leans to the long tail", () => {
    const skewed = sample.map((v) => v * v * v * v);
    const plain = bootstrap(skewed, { random, replications: 4000 }).interval;
    const corrected = bootstrap(skewed, { random, replications: 4000, interval: "bca" }).interval;
    expect(corrected.lower).toBeGreaterThan(plain.lower);
    expect(corrected.upper).toBeGreaterThan(plain.upper);
  });

  test("a 90 % interval of a normal mean covers it nine times in ten", () => {
    let covered = 0;
    for (let i = 0; i < 400; i++) {
      const { lower, upper } = bootstrap(normals(80, `coverage ${i}`), {
        random,
        replications: 200,
        confidence: 0.9,
      }).interval;
      if (lower <= 0 && upper >= 0) covered++;
    }
    // Percentiles of 80 observations and 200 replications cover one to two per cent less than they say.
    expectClose(covered / 400, 0.885, statistical(Math.sqrt(0.09 / 400)));
  });

  test("a statistic that answers NaN has no interval", () => {
    const { standardError, interval } = bootstrap(sample, { random, statistic: () => Number.NaN });
    expect([standardError, interval.lower, interval.upper]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test("a constant sample is certain, by every method and every interval", () => {
    const constant = new Float64Array(20).fill(0.1);
    for (const method of METHODS) {
      const { standardError, interval } = bootstrap(constant, { random, method });
      expect([standardError, interval.lower, interval.upper]).toEqual([0, 0.1, 0.1]);
    }
    expect(bootstrap(constant, { random, interval: "bca" }).interval).toEqual({ lower: 0.1, upper: 0.1 });
  });
});

describe("automaticBlockLength", () => {
  test("it grows with the memory of the series", () => {
    const memoryless = automaticBlockLength(normals(1000, "white"));
    const long = automaticBlockLength(autoregression(1000, 0.8));
    expect(memoryless.stationary).toBeLessThan(5);
    expect(long.stationary).toBeGreaterThan(2 * memoryless.stationary);
  });

  test("the circular one is longer by the cube root of 3/2", () => {
    const { stationary, circular } = automaticBlockLength(autoregression(1000, 0.5));
    expectClose(circular, stationary * 1.5 ** (1 / 3), rounding(4, 1));
  });

  test("it is at most a third of a short series and three roots of a long one, and a constant one has none", () => {
    const alternating = (n: number) => Float64Array.from({ length: n }, (_, i) => i % 2);
    expect(automaticBlockLength(alternating(20))).toEqual({ stationary: 7, circular: 7 });
    expect(automaticBlockLength(alternating(200))).toEqual({ stationary: 43, circular: 43 });
    expect(automaticBlockLength(new Float64Array(20).fill(3)).stationary).toBeNaN();
  });

  test("the scale of the series does not matter", () => {
    const x = autoregression(200, 0.5);
    const scaled = automaticBlockLength(x.map((v) => v * 2 ** 900));
    expect(scaled).toEqual(automaticBlockLength(x));
  });

  test("a series too short, or with a NaN, is refused", () => {
    expect(() => automaticBlockLength([1, 2, 3])).toThrow(
      "the number of observations must be an integer ≥ 10, got 3",
    );
    expect(() => automaticBlockLength([1, Number.NaN])).toThrow("x[1] must be finite, got NaN");
  });
});

describe("misuse of bootstrap", () => {
  const refused = (options: object, message: string | RegExp): void => {
    expect(() => bootstrap(sample, { random, ...options } as BootstrapOptions)).toThrow(message);
  };

  test("every option is named with its rule and value", () => {
    refused({ replications: 1 }, "replications must be an integer ≥ 2 and ≤ 10000000, got 1");
    refused({ confidence: 1 }, "confidence must be strictly between 0 and 1, got 1");
    refused({ method: "iid" }, `method must be one of 'independent', 'stationary', 'circular', got "iid"`);
    refused({ interval: "BCa" }, `interval must be one of 'percentile', 'basic', 'bca', got "BCa"`);
    refused({ statistic: "median" }, 'statistic must be "mean" or a function, got "median"');
    refused({ random: 7 }, "random must be a generator that can fork, got 7");
    refused({ random: undefined }, "random must be a generator that can fork, got undefined");
    refused({ blocklength: 3 }, "unknown option 'blocklength'; did you mean 'blockLength'?");
  });

  test("a block length fits the series and the method", () => {
    refused({ blockLength: 5 }, "blockLength must be left out for independent draws, got 5");
    refused({ method: "stationary", blockLength: 0.5 }, "blockLength must be between 1 and 60, got 0.5");
    refused(
      { method: "stationary", blockLength: Number.NaN },
      "blockLength must be between 1 and 60, got NaN",
    );
    refused({ method: "circular", blockLength: 2.5 }, "blockLength must be an integer ≥ 1 and ≤ 60, got 2.5");
    refused({ method: "circular", interval: "bca" }, /interval 'bca' must go with independent draws/);
  });

  test("the data are finite and at least two", () => {
    expect(() => bootstrap([1, Number.NaN], { random })).toThrow("x[1] must be finite, got NaN");
    expect(() => bootstrap([1], { random })).toThrow(
      "the number of observations must be an integer ≥ 2, got 1",
    );
  });
});

test("std of the replications is the standard error", () => {
  const { replications, standardError } = bootstrap(sample, { random });
  expectClose(std(replications), standardError, rounding(2, 1));
});
