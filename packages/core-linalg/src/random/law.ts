import { log } from "../special/log.ts";
import type { Draw } from "./draw.ts";
import { gammaOf } from "./gamma.ts";
import { integerOf } from "./integer.ts";

/** A law of one number, its parameters checked. */
export type Law =
  | { readonly name: "uniform" }
  | { readonly name: "normal" }
  | { readonly name: "exponential" }
  | { readonly name: "integer"; readonly below: number }
  | { readonly name: "gamma"; readonly shape: number; readonly scale: number }
  | { readonly name: "studentT"; readonly degreesOfFreedom: number };

export const UNIFORM: Law = { name: "uniform" };
export const NORMAL: Law = { name: "normal" };
export const EXPONENTIAL: Law = { name: "exponential" };

/** True for the same law with the same parameters. */
export function sameLaw(a: Law, b: Law): boolean {
  if (a === b) return true;
  if (a.name === "integer") return b.name === "integer" && a.below === b.below;
  if (a.name === "gamma") return b.name === "gamma" && a.shape === b.shape && a.scale === b.scale;
  return a.name === "studentT" && b.name === "studentT" && a.degreesOfFreedom === b.degreesOfFreedom;
}

/** t = z √(ν ÷ w) with z normal and w chi-square of ν degrees of freedom, twice a gamma of shape ν ÷ 2. */
function studentTOf(draw: Draw, nu: number): number {
  const z = draw.normal();
  const half = 0.5 * nu;
  return z * Math.sqrt(half / gammaOf(draw, half));
}

/** One number of the law. */
export function numberOf(law: Law, draw: Draw): number {
  switch (law.name) {
    case "uniform":
      return draw.uniform();
    case "normal":
      return draw.normal();
    case "exponential":
      return -log(draw.uniform());
    case "integer":
      return integerOf(draw, law.below);
    case "gamma":
      return law.scale * gammaOf(draw, law.shape);
    case "studentT":
      return studentTOf(draw, law.degreesOfFreedom);
  }
}
