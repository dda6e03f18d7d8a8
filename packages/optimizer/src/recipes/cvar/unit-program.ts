import type { PricedPortfolio } from "../../portfolio/problem/problem.ts";
import { toUnits, unitsOf } from "../../portfolio/problem/units.ts";
import type { CvarProgram } from "./cvar-program.ts";

/** The program with weights and returns of ordinary size; the scenarios are divided as they are taken. */
export interface UnitProgram extends CvarProgram {
  /** What returns, and what losses, are divided by. */
  readonly slope: number;
  readonly loss: number;
  /** A portfolio in the user's units. */
  restore(portfolio: PricedPortfolio): PricedPortfolio;
}

export function unitProgram(program: CvarProgram): UnitProgram {
  const { limits } = program;
  const asked = { ...limits, mu: returnSizes(program) };
  const { weight, slope } = unitsOf(asked);
  const { problem, restore } = toUnits(asked);
  return { ...program, limits: { ...problem, mu: limits.mu }, slope, loss: weight * slope, restore };
}

/** The mean of each asset's |return|, or what a unit of it costs where that is more. */
function returnSizes({ scenarios: { rows, columns, data }, limits: { costs } }: CvarProgram): Float64Array {
  const sizes = new Float64Array(columns);
  for (let s = 0; s < rows; s++) {
    for (let i = 0; i < columns; i++) sizes[i]! += Math.abs(data[s * columns + i]!) / rows;
  }
  return sizes.map((size, i) =>
    [costs.buy, costs.sell, costs.long, costs.short].reduce(
      (most, rate) => Math.max(most, Math.abs(rate[i]!)),
      size,
    ),
  );
}
