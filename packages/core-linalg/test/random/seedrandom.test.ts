import { expectClose, rounding, sameBits } from "@astra-quant/testkit";
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import {
  createRandom,
  multivariateNormal,
  multivariateStudentT,
  normalQuantile,
  permutation,
  randomFrom,
  standardNormals,
} from "../../src/index.ts";

describe("a seedrandom generator as a source", () => {
  test("gives the middles of the cells of its doubles, and their normal quantiles", () => {
    const doubles = seedrandom("source");
    const uniforms = Array.from(
      { length: 50 },
      () => (Math.floor(doubles.double() * 2 ** 52) + 0.5) * 2 ** -52,
    );
    expect(sameBits(randomFrom(seedrandom("source")).fillUniform(new Float64Array(50)), uniforms)).toBe(true);
    expect(
      sameBits(
        randomFrom(seedrandom("source")).fillNormal(new Float64Array(50)),
        uniforms.map(normalQuantile),
      ),
    ).toBe(true);
  });

  test("single draws and fills give the same bits", () => {
    const single = randomFrom(seedrandom("x"));
    const filled = randomFrom(seedrandom("x")).fillStudentT(new Float64Array(100), 3);
    expect(
      sameBits(
        Array.from({ length: 100 }, () => single.studentT(3)),
        filled,
      ),
    ).toBe(true);
  });

  test("never gives 0 or 1", () => {
    const edges = Object.assign(() => 0, { double: (): number => 0, int32: () => -1, quick: () => 0 });
    expect(randomFrom(edges).uniform()).toBe(2 ** -53);
    edges.double = () => 1 - 2 ** -53;
    expect(randomFrom(edges).uniform()).toBe(1 - 2 ** -53);
    expect(randomFrom(edges).integer(2 ** 32)).toBe(2 ** 32 - 1);
  });

  test("is taken as it stands wherever a generator is", () => {
    const options = { cholesky: [[1]], count: 20 };
    const byAdapter = multivariateNormal(randomFrom(seedrandom("mvn")), options);
    expect(multivariateNormal(seedrandom("mvn"), options)).toEqual(byAdapter);
    expectClose(byAdapter.data, standardNormals(seedrandom("mvn"), { count: 20 }), rounding());
    expect(multivariateStudentT(seedrandom("t"), { ...options, degreesOfFreedom: 5 }).rows).toBe(20);
    expect(permutation(seedrandom("p"), 5).toSorted()).toEqual(new Int32Array([0, 1, 2, 3, 4]));
  });

  test("a source is given back as it is, and anything else is refused", () => {
    const random = createRandom(1);
    expect(randomFrom(random)).toBe(random);
    expect(() => randomFrom(Math.random as never)).toThrow("random must be a generator, got function");
    expect(() => randomFrom(undefined as never)).toThrow("random must be a generator, got undefined");
    expect(() => permutation({ uniform: () => 0.5 } as never, 3)).toThrow(
      "random must be a generator, got Object",
    );
  });
});
