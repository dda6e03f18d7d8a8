import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareSurvival,
  studentTCdf,
  studentTPdf,
  studentTQuantile,
} from "../../src/index.ts";

const truth = fixture(import.meta.url, "distributions.json");

/** Largest relative error over all the places that the fixture was chosen from: a tail of few degrees of freedom loses most. */
const REACHED = {
  studentTCdf: 1e-14,
  studentTPdf: 1e-15,
  studentTQuantile: 1e-14,
  chiSquareCdf: 1e-14,
  chiSquareSurvival: 1e-13,
  chiSquareQuantile: 1e-13,
} as const;

describe("laws against series of 1,500 bits, from 0.05 to 1e20 degrees of freedom", () => {
  for (const [name, compute] of Object.entries({
    studentTCdf,
    studentTPdf,
    studentTQuantile,
    chiSquareCdf,
    chiSquareSurvival,
    chiSquareQuantile,
  })) {
    test(`${name} at its worst places and at others`, () => {
      const { x, y } = truth[name] as { x: [number, number][]; y: number[] };
      expect(x.length).toBe(60);
      const tolerance = solver(REACHED[name as keyof typeof REACHED]);
      x.forEach(([argument, degrees], i) => {
        expectClose(compute(argument, degrees), y[i]!, tolerance);
      });
    });
  }
});
