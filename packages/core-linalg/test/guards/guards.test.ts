import { describe, expect, test } from "vitest";
import {
  isQuantError,
  nearestName,
  QuantError,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
  requireProbability,
  requireVector,
  show,
} from "../../src/guards/index.ts";

describe("QuantError", () => {
  test("carries name, code, message and details", () => {
    const error = new QuantError("range", "x must be positive, got -1", { argument: "x" });
    expect(error).toMatchObject({ name: "QuantError", code: "range", details: { argument: "x" } });
    expect(isQuantError(error)).toBe(true);
    expect(isQuantError(new Error("no"))).toBe(false);
  });

  test("tells NaN from a number out of range", () => {
    expect(() => requirePositive("halfLife", -1)).toThrow("halfLife must be positive and finite, got -1");
    expect(() => requirePositive("halfLife", Number.NaN)).toThrowError(
      expect.objectContaining({ code: "not-finite" }),
    );
    expect(() => requireProbability("confidence", 1)).toThrowError(
      expect.objectContaining({ code: "range" }),
    );
    expect(() => requireProbability("confidence", "0.9")).toThrow(
      'confidence must be strictly between 0 and 1, got "0.9"',
    );
  });
});

describe("options", () => {
  test("an unknown name is answered with the nearest known one", () => {
    expect(() => requireKnownOptions({ halflife: 3 }, ["halfLife", "ddof"])).toThrow(
      "unknown option 'halflife'; did you mean 'halfLife'?",
    );
    expect(() => requireKnownOptions({ zzz: 1 }, ["halfLife", "ddof"])).toThrow(
      "unknown option 'zzz'; known options: halfLife, ddof",
    );
    expect(() => requireKnownOptions(3 as never, [])).toThrow("options must be an object, got 3");
    expect(() => requireKnownOptions(undefined as never, [])).toThrow(
      "options must be an object, got undefined",
    );
    expect(nearestName("confidense", ["confidence", "capital"])).toBe("confidence");
    expect(nearestName("GE", ["MS", "GOOGL"])).toBeUndefined();
    expect(nearestName("ge", ["MS", "GE"])).toBe("GE");
  });

  test("a choice outside the list is answered with the list", () => {
    expect(() => requireOneOf("method", "R-99", ["R-1", "R-7"])).toThrow(
      "method must be one of 'R-1', 'R-7', got \"R-99\"",
    );
  });

  test("a choice that is spelt nearly right, or only begun, is answered with the right one", () => {
    const choose = (value: string) => () => requireOneOf("basis", value, ["ACT/360", "ACT/365F", "365"]);
    expect(choose("ACT/365")).toThrow("got \"ACT/365\"; did you mean 'ACT/365F'?");
    expect(choose("Act/360")).toThrow("did you mean 'ACT/360'?");
    expect(choose("360")).toThrow(/got "360"$/);
  });
});

test("vectors are typed arrays or arrays of numbers, nothing else", () => {
  expect(() => requireVector("x", "abc")).toThrow('x must be a vector of numbers, got "abc"');
  expect(() => requireVector("x", [1, "2"])).toThrow('x[1] must be a number, got "2"');
  expect(() => requireVector("x", [null, 1])).toThrow("x[0] must be a number, got null");
  expect(() => requireVector("x", [1], 2)).toThrow("x must have 2 entries, got 1");
});

test("a value is shown as it would be typed", () => {
  expect([-0, "a", null, undefined, new Float64Array(3), {}].map(show)).toEqual([
    "-0",
    '"a"',
    "null",
    "undefined",
    "Float64Array(3)",
    "Object",
  ]);
});
