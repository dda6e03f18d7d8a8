import { pow } from "@astra-quant/core-linalg";

/** What is left after `age` periods: 0.5 ^ (age ÷ halfLife). */
export function decayFactor(age: number, halfLife: number): number {
  return pow(0.5, age / halfLife);
}
