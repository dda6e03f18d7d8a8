import { expect, test } from "vitest";
import { GrowingVector } from "../../src/series/growing-vector.ts";

test("values stay in their order however often there is no room left", () => {
  const vector = new GrowingVector();
  expect([vector.length, vector.last]).toEqual([0, undefined]);
  const values = Array.from({ length: 1500 }, (_, i) => i / 3);
  for (const value of values) {
    vector.push(value);
    expect(vector.last).toBe(value);
  }
  expect(vector.length).toBe(1500);
  expect([...vector.take(1500)]).toEqual(values);
});

test("what is taken is a copy", () => {
  const vector = new GrowingVector();
  vector.push(7);
  vector.take(1)[0] = 8;
  expect(vector.last).toBe(7);
});
