import { createRandom } from "@astra-quant/core-linalg";
import { blockDraws } from "./block-draws.ts";
import { EQUITY_FIGURES, type EquityFigures, equityFigures } from "./equity-figures.ts";
import type { ResamplePlan } from "./resample-plan.ts";

/** The figures of paths, one entry a path. */
export type EquityPaths = Readonly<Record<keyof EquityFigures, Float64Array>>;

/** An empty place for the figures of so many paths. */
export function newEquityPaths(count: number): EquityPaths {
  return Object.fromEntries(EQUITY_FIGURES.map((name) => [name, new Float64Array(count)])) as EquityPaths;
}

/** Draws paths `first` to `first + count − 1` and keeps their figures. */
export function drawPaths(plan: ResamplePlan, first: number, count: number): EquityPaths {
  const { series, horizon, method, blockLength, periodsPerYear, seed } = plan;
  const source = createRandom(seed).fork("bootstrap");
  const draw = blockDraws(method, blockLength);
  const positions = new Int32Array(horizon);
  const path = new Float64Array(horizon);
  const paths = newEquityPaths(count);
  for (let r = 0; r < count; r++) {
    draw(source.fork(first + r), series.length, positions);
    for (let t = 0; t < horizon; t++) path[t] = series[positions[t]!]!;
    const figures = equityFigures(path, periodsPerYear);
    for (const name of EQUITY_FIGURES) paths[name][r] = figures[name];
  }
  return paths;
}
