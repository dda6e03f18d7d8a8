import { fixture, sameBits } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { cos, createRandom, log, Random, sin } from "../../src/index.ts";
import { philox4x32 } from "../../src/random/philox.ts";

function block(counter: readonly number[], [low, high]: readonly [number, number]): number[] {
  const words = Uint32Array.from(counter);
  philox4x32(words, { high, low });
  return Array.from(words);
}

describe("Philox4x32-10", () => {
  test("meets the known answers of Random123", () => {
    expect(block([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    const ones = 0xffffffff;
    expect(block([ones, ones, ones, ones], [ones, ones])).toEqual([
      0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
    ]);
    expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
    ]);
  });

  test("meets blocks computed with exact integers", () => {
    for (const { counter, key, block: expected } of fixture(import.meta.url, "philox.json").cases) {
      expect(block(counter, key)).toEqual(expected);
    }
  });
});

describe("a generator of Philox", () => {
  const create = (): Random => createRandom("desk-7", { generator: "philox" });

  test("gives the first numbers of a seed for good", () => {
    expect(Array.from(create().fillUniform(new Float64Array(2)))).toEqual(PINNED.uniforms);
    expect(Array.from(create().fillNormal(new Float64Array(3)))).toEqual(PINNED.normals);
  });

  test("draws normals by Box and Muller from the uniforms of the same two places", () => {
    const [u, v] = create().fillUniform(new Float64Array(2)) as unknown as [number, number];
    const radius = Math.sqrt(-2 * log(u));
    const angle = 2 * Math.PI * v;
    const normals = [radius * cos(angle), radius * sin(angle)];
    expect(sameBits(create().fillNormal(new Float64Array(2)), normals)).toBe(true);
  });

  test("names itself in its state, and its forks are of its kind", () => {
    expect(create().state.generator).toBe("philox");
    expect(create().fork(3).state.generator).toBe("philox");
    expect(create().fork("a").state.generator).toBe("philox");
    expect(create().fork(1).normal()).not.toBe(create().fork(2).normal());
    expect(create().fork(0).normal()).not.toBe(create().normal());
  });

  test("a state without a generator's name is one of squares64", () => {
    const random = createRandom("old");
    const { generator, ...old } = random.state;
    expect(generator).toBe("squares64");
    expect(Random.from(old).normal()).toBe(random.normal());
  });

  test("an unknown generator is refused by name", () => {
    expect(() => createRandom(1, { generator: "pcg" } as never)).toThrow(
      "generator must be one of 'squares64', 'philox', got \"pcg\"",
    );
    expect(() => createRandom(1, { generatr: "philox" } as never)).toThrow(
      "unknown option 'generatr'; did you mean 'generator'?",
    );
    expect(() => Random.from({ ...create().state, generator: "pcg" } as never)).toThrow(
      "state.generator must be one of 'squares64', 'philox', got \"pcg\"",
    );
  });
});

const PINNED = {
  uniforms: [0.7933312405999312, 0.5474215766717293],
  normals: [-0.6504795800302877, -0.19976284373858072, -0.1704995450327673],
};
