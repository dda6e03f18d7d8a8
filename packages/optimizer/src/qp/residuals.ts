import { FIGURE } from "../kernels/splitting.ts";
import { clampRho } from "./penalty.ts";

const NO_DIVISION_BY_ZERO = 1e-30;

/** In whose terms the figures are to be told. */
export interface Terms {
  readonly rho: number;
  /** The cost's scale. */
  readonly c: number;
  readonly scaledTermination: boolean;
}

/**
 * How far a point (x, z, y) is from optimal. Residuals and their scales are in the terms of the termination
 * test; objective, dual objective and gap are the user's always.
 */
export class Residuals {
  primal: number = Number.NaN;
  primalScale: number = 0;
  dual: number = Number.NaN;
  dualScale: number = 0;
  gap: number = Number.NaN;
  gapScale: number = 0;
  objective: number = Number.NaN;
  dualObjective: number = Number.NaN;
  /** What rho ought to be for the two residuals to fall alike. */
  balance: number = Number.NaN;

  /** Takes what the kernel measured. */
  read(figures: Float64Array, { rho, c, scaledTermination }: Terms): void {
    const of = (name: keyof typeof FIGURE): number => figures[FIGURE[name]]!;
    const xPx = of("xPx");
    const qx = of("qx");
    const support = of("support");
    this.objective = (0.5 * xPx + qx) / c;
    this.dualObjective = (-0.5 * xPx - support) / c;
    this.primal = of(scaledTermination ? "primal" : "userPrimal");
    this.primalScale = of(scaledTermination ? "primalScale" : "userPrimalScale");
    this.dual = scaledTermination ? of("dual") : of("userDual") / c;
    this.dualScale = scaledTermination ? of("dualScale") : of("userDualScale") / c;
    const gapUnit = scaledTermination ? 1 : c;
    this.gap = (xPx + qx + support) / gapUnit;
    this.gapScale = Math.max(Math.abs(xPx), Math.abs(qx), Math.abs(support)) / gapUnit;
    const primal = of("primal") / (of("primalScale") + NO_DIVISION_BY_ZERO);
    const dual = of("dual") / (of("dualScale") + NO_DIVISION_BY_ZERO);
    this.balance = clampRho(rho * Math.sqrt(primal / dual));
  }

  /** The gap in the user's terms, signed: primal objective − dual objective. */
  get dualityGap(): number {
    return this.objective - this.dualObjective;
  }

  /** The figure that mode 3 of the adaptation watches; the gap enters with its sign, and in the user's terms always. */
  get worst(): number {
    return Math.max(this.primal, this.dual, this.dualityGap);
  }
}
