import { endlessDirections } from "../../portfolio/proof/unboundedness.ts";
import { type CvarProgram, lossesOf } from "./cvar-program.ts";
import { expectedShortfall } from "./expected-shortfall.ts";
import { bestOf } from "./prove-cvar.ts";
import { solveCvar } from "./solve-cvar.ts";

/** A gain below this, against the largest loss of a unit, is what rounding leaves of none. */
const NO_GAIN = 1e-8;
/** Parts of a direction, against its largest, that are what rounding leaves of nothing. */
const NO_PART = 1e-7;

/**
 * A direction that no limit ends and whose own shortfall, costs added, is negative: ever more of it gains without end.
 * Undefined where there is none. Shortfall is positively homogeneous, so the directions are weights of a program like any.
 */
export function endlessGain(program: CvarProgram): Float64Array | undefined {
  const { limits, scenarios, caps } = program;
  const directions = endlessDirections(limits, new Uint8Array(limits.n));
  if (directions === undefined) return undefined;
  const recession: CvarProgram = {
    scenarios,
    caps,
    base: undefined,
    limits: { ...limits, ...directions, current: new Float64Array(limits.n), boxes: [], sizes: [] },
  };
  const { point } = bestOf(recession, solveCvar(recession));
  const direction = point.weights.map((d) => (Math.abs(d) > NO_PART ? d : 0));
  const losses = lossesOf(recession, direction);
  const { long, short } = directions.costs;
  let value = expectedShortfall(losses, caps).shortfall;
  direction.forEach((d, i) => {
    value += d > 0 ? long[i]! * d : short[i]! * -d;
  });
  const size = losses.reduce((most, loss) => Math.max(most, Math.abs(loss)), 0);
  return value < -NO_GAIN * size ? direction : undefined;
}
