import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ParameterSets, parameterGrid, randomParameters } from "../../src/index.ts";

const all = (sets: ParameterSets): unknown[] => Array.from({ length: sets.length }, (_, i) => sets.at(i));

describe("a grid", () => {
  test("is every combination, the last axis changing fastest", () => {
    expect(all(parameterGrid({ a: [1, 2], b: ["x", "y", "z"], c: [true] }))).toEqual(
      [1, 2].flatMap((a) => ["x", "y", "z"].map((b) => ({ a, b, c: true }))),
    );
  });

  test("keeps the points that are asked for", () => {
    const grid = parameterGrid(
      { enter: [1, 2], exit: [0.5, 1, 1.5] },
      { where: ({ enter, exit }) => exit < enter },
    );
    expect(all(grid)).toEqual([
      { enter: 1, exit: 0.5 },
      { enter: 2, exit: 0.5 },
      { enter: 2, exit: 1 },
      { enter: 2, exit: 1.5 },
    ]);
    expect(grid.at(4)).toBeUndefined();
  });

  test("of a million points is made only where it is looked at", () => {
    const axis = Array.from({ length: 1000 }, (_, i) => i);
    const grid = parameterGrid({ a: axis, b: axis });
    expect([grid.length, grid.at(123_456), grid.at(1e6)]).toEqual([1e6, { a: 123, b: 456 }, undefined]);
  });
});

describe("random parameters", () => {
  const space = {
    choice: ["a", "b"],
    linear: { from: -1, to: 3 },
    ratio: { from: 1e-7, to: 1e-2, scale: "log" },
    count: { from: 2, to: 4, integer: true },
  } as const;

  test("lie in their ranges, ends included where they are integers", () => {
    const sets = randomParameters(space, { count: 3000, seed: "ranges" });
    const seen = { choice: new Set(), count: new Set<number>() };
    let below = 0;
    for (let i = 0; i < 3000; i++) {
      const point = sets.at(i)!;
      seen.choice.add(point.choice);
      seen.count.add(point.count);
      expect(point.linear >= -1 && point.linear <= 3).toBe(true);
      expect(point.ratio >= 1e-7 && point.ratio <= 1e-2).toBe(true);
      if (point.ratio < 1e-5) below++;
    }
    expect([[...seen.choice].sort(), [...seen.count].sort()]).toEqual([
      ["a", "b"],
      [2, 3, 4],
    ]);
    const share = 2 / 5; // of the five decades
    expect(Math.abs(below / 3000 - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 3000));
  });

  test("depend on the seed and their number alone: more points leave the first ones as they were", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (seed, count) => {
        const [few, many] = [
          randomParameters(space, { count, seed }),
          randomParameters(space, { count: 50, seed }),
        ];
        for (let i = 0; i < count; i++) expect(few.at(i)).toEqual(many.at(i));
        expect(many.at(count)).not.toEqual(many.at(count - 1));
      }),
    );
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const random = (space: object, options: object = { count: 1, seed: 1 }) =>
    randomParameters(space as never, options as never);
  const refusals: [string, () => unknown, string][] = [
    ["no axes", () => parameterGrid({}), "axes must name at least one parameter, got Object"],
    [
      "an axis without values",
      () => parameterGrid({ a: [] }),
      "axes.a must be a list of values, got Array(0)",
    ],
    [
      "a grid of which nothing is kept",
      () => parameterGrid({ a: [1, 2] }, { where: () => false }),
      "where must keep at least one of the grid's 2 points, got none",
    ],
    [
      "an unknown option",
      () => parameterGrid({ a: [1] }, { were: 1 } as never),
      "unknown option 'were'; did you mean 'where'?",
    ],
    ["no space", () => random({}), "space must name at least one parameter, got Object"],
    ["an empty list", () => random({ a: [] }), "space.a must be a list of values or a range, got Array(0)"],
    [
      "a range the wrong way",
      () => random({ a: { from: 2, to: 1 } }),
      "space.a.to must be at least from (2), got 1",
    ],
    [
      "ratios of nothing",
      () => random({ a: { from: 0, to: 1, scale: "log" } }),
      "space.a.from must be positive and finite, got 0",
    ],
    [
      "halves for integers",
      () => random({ a: { from: 0.5, to: 2, integer: true } }),
      "space.a.from must be an integer ≥ -9007199254740991, got 0.5",
    ],
    [
      "no points",
      () => random({ a: [1] }, { count: 0, seed: 1 }),
      "count must be an integer ≥ 1 and ≤ 16777214, got 0",
    ],
  ];
  for (const [what, call, message] of refusals) {
    test(what, () => {
      expect(call).toThrow(message);
    });
  }
});
