import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  cos,
  erfc,
  exp,
  log,
  logistic,
  normalCdf,
  normalPdf,
  normalQuantile,
  sin,
  tanh,
} from "../../src/index.ts";

const reference = fixture(import.meta.url, "special.json");
const functions = { exp, log, sin, cos, erfc, normalCdf, normalQuantile };
/** Roundings in each value: one unit of the last place but for laws built on others. */
const operations: Readonly<Record<string, number>> = {
  exp: 1,
  log: 1,
  sin: 1,
  cos: 1,
  erfc: 3,
  normalCdf: 4,
  normalQuantile: 4,
};

describe("special functions", () => {
  for (const [name, compute] of Object.entries(functions)) {
    test(`${name} meets a 50-digit reference`, () => {
      const { x, y } = reference[name] as { x: number[]; y: number[] };
      for (let i = 0; i < x.length; i++) expectClose(compute(x[i]!), y[i]!, rounding(operations[name], 1));
    });
  }

  test("the ends of the line are exact", () => {
    expect([exp(-Infinity), exp(Infinity), exp(0), exp(710), exp(-746)]).toEqual([
      0,
      Infinity,
      1,
      Infinity,
      0,
    ]);
    expect([log(0), log(-1), log(1), log(Infinity)]).toEqual([-Infinity, NaN, 0, Infinity]);
    expect([sin(Infinity), cos(NaN), sin(-0)]).toEqual([NaN, NaN, -0]);
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(0)]).toEqual([0, 1, 0.5]);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
    expect(normalQuantile(-0.1)).toBeNaN();
    expect([exp(NaN), log(NaN), erfc(NaN)]).toEqual([NaN, NaN, NaN]);
    expect([tanh(-Infinity), tanh(-0), tanh(0), tanh(Infinity), tanh(NaN)]).toEqual([-1, -0, 0, 1, NaN]);
    expect([logistic(-Infinity), logistic(0), logistic(Infinity), logistic(NaN)]).toEqual([0, 0.5, 1, NaN]);
  });

  test("the normal density keeps its digits far into the tails", () => {
    const fiftyDigits = [
      [0.5, 3.5206532676429948e-1],
      [-2.3263478740408408, 2.6652142203458069e-2],
      [10.1, 2.8165665442762394e-23],
      [33.29674701024885, 7.1704845971326789e-242],
      [-37.25, 1.9748837798916329e-302],
    ] as const;
    for (const [x, density] of fiftyDigits) expectClose(normalPdf(x), density, rounding(4, 1));
    expect([normalPdf(40), normalPdf(-Infinity), normalPdf(NaN)]).toEqual([0, 0, NaN]);
  });

  test("the normal density is the slope of the cumulative law", () => {
    for (const x of [-3, -1, 0, 0.5, 2]) {
      const h = 2 ** -12;
      const slope = (normalCdf(x + h) - normalCdf(x - h)) / (2 * h);
      expectClose(slope, normalPdf(x), { name: "central difference", relative: h * h * 2 });
    }
  });
});
