import { largest } from "../../vectors.ts";
import type { ScaledProblem } from "../scaling.ts";
import { SaddlePoint } from "./saddle-point.ts";

/** In the scaled space, relative to the largest multiplier or bound. */
const AS_GOOD_AS_ZERO = 1e-9;

/** The rows that hold at a solution, and the solution as they alone determine it; all in the scaled space. */
export interface ActiveRows {
  /** +1 the upper side holds, −1 the lower, 0 neither; of an equality, the side that y presses against. */
  readonly side: Int8Array;
  /** [P, Â'; Â, 0] of the rows that hold. */
  readonly system: SaddlePoint;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Rows at their bound without a multiplier; their side is 0. */
  readonly weaklyActive: Int32Array;
  /** By how much (x, y) breaks another row or has a multiplier of the wrong sign. */
  readonly error: number;
}

/**
 * Reads from a point which rows hold: those that press (|y|) more than they are away from their bound. The point that
 * these determine is exact where the reading is right.
 */
export function activeRows(problem: ScaledProblem, x: Float64Array, y: Float64Array): ActiveRows {
  const { m, P, A, q, l, u } = problem;
  const side = new Int8Array(m);
  A.multiply(x).forEach((value, i) => {
    const z = Math.min(Math.max(value, l[i]!), u[i]!);
    if (l[i] === u[i]) side[i] = y[i]! > 0 ? 1 : -1;
    else if (z - l[i]! < -y[i]!) side[i] = -1;
    else if (u[i]! - z < y[i]!) side[i] = 1;
  });
  const bounds = Float64Array.from(side, (s, i) => (s < 0 ? l[i]! : s > 0 ? u[i]! : 0));
  const holding = rowsOf(side);
  const system = new SaddlePoint(P, A, holding);
  const point = system.solve(
    q.map((v) => -v),
    bounds,
  );
  const multiplierScale = Math.max(1, largest(point.y));
  const boundScale = Math.max(1, largest(bounds));
  const weakly: number[] = [];
  let error = 0;
  A.multiply(point.x).forEach((value, i) => {
    if (l[i] === u[i]) return;
    const press = side[i]! * point.y[i]!;
    const room = Math.min(value - l[i]!, u[i]! - value);
    if (side[i] !== 0) error = Math.max(error, -press / multiplierScale);
    else error = Math.max(error, -room / boundScale);
    const isWeak =
      side[i] === 0
        ? Math.abs(room) <= AS_GOOD_AS_ZERO * boundScale
        : Math.abs(press) <= AS_GOOD_AS_ZERO * multiplierScale;
    if (!isWeak) return;
    side[i] = 0;
    weakly.push(i);
  });
  const pressing = rowsOf(side);
  return {
    side,
    system: pressing.length === holding.length ? system : new SaddlePoint(P, A, pressing),
    x: point.x,
    y: point.y.map((value, i) => (side[i] === 0 ? 0 : value)),
    weaklyActive: Int32Array.from(weakly),
    error: point.exists ? error : Number.POSITIVE_INFINITY,
  };
}

function rowsOf(side: Int8Array): number[] {
  return [...side.keys()].filter((i) => side[i] !== 0);
}
