import type { AxisTick } from "./time-axis.ts";

/** How the charts of a sheet are to look. */
export interface ChartLook {
  readonly ticks: readonly AxisTick[];
  /** For plots of half the width, and for telephones. */
  readonly fewTicks: readonly AxisTick[];
  readonly currency: string;
  readonly logarithmic: boolean;
}
