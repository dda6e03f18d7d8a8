import { expectClose, fixture, solver, ulpDistance } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { cos, erf, exp, expm1, lgamma, log, log1p, logistic, pow, sin, tanh } from "../../src/index.ts";

/** The arguments, of some 1e5 each, that came out worst, with correctly rounded references. */
const nasty = fixture(import.meta.url, "nasty.json");

describe("elementary functions at their worst arguments", () => {
  for (const [name, compute] of Object.entries({ exp, expm1, log, log1p, sin, cos, erf })) {
    test(`${name} is within one unit of the last place`, () => {
      const { x, y } = nasty[name] as { x: number[]; y: number[] };
      expect(x.length).toBeGreaterThan(20);
      const distances = x.map((argument, i) => ulpDistance(compute(argument), y[i]!));
      expect(Math.max(...distances)).toBeLessThanOrEqual(1);
    });
  }

  for (const [name, compute, units] of [
    ["tanh", tanh, 2],
    ["logistic", logistic, 3],
  ] as const) {
    test(`${name} is within ${units} units of the last place`, () => {
      const { x, y } = nasty[name] as { x: number[]; y: number[] };
      expect(x.length).toBeGreaterThan(20);
      const distances = x.map((argument, i) => ulpDistance(compute(argument), y[i]!));
      expect(Math.max(...distances)).toBeLessThanOrEqual(units);
    });
  }

  test("pow is within one unit of the last place", () => {
    const { x, y } = nasty.pow as { x: [number, number][]; y: number[] };
    expect(x.length).toBeGreaterThan(20);
    const distances = x.map(([base, exponent], i) => ulpDistance(pow(base, exponent), y[i]!));
    expect(Math.max(...distances)).toBeLessThanOrEqual(1);
  });

  test("lgamma is within 1e-15 of max(1, |value|)", () => {
    const { x, y } = nasty.lgamma as { x: number[]; y: number[] };
    expect(x.length).toBeGreaterThan(20);
    for (let i = 0; i < x.length; i++) {
      expectClose(lgamma(x[i]!), y[i]!, solver(1e-15), Math.max(1, Math.abs(y[i]!)));
    }
  });
});
