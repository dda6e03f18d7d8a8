import { type ReducedProgram, reducedProgram } from "./reduced-program.ts";
import { tailThreshold } from "./tail-threshold.ts";
import type { UnitProgram } from "./unit-program.ts";

/** What is taken for known of the scenarios. */
export interface Screen {
  /** Those that may lie on either side of the threshold. */
  readonly open: Int32Array;
  /** Those in the tail, which count with all they may; the others do not count. */
  readonly tail: Int32Array;
}

/** Of scenarios that nothing is known of. */
export const NO_SCREEN: Screen = { open: new Int32Array(0), tail: new Int32Array(0) };

export function wholeScreen(scenarios: number): Screen {
  return { ...NO_SCREEN, open: evenly(scenarios, scenarios) };
}

/** Open are the scenarios whose losses are within `reach` of the threshold, and at least the `least` nearest to it. */
export function screenAround(losses: Float64Array, caps: Float64Array, reach: number, least: number): Screen {
  const threshold = tailThreshold(losses, caps);
  const nearness = losses.map((loss) => -Math.abs(loss - threshold));
  const nearest = -tailThreshold(nearness, new Float64Array(losses.length).fill(1 / least));
  const limit = Math.max(reach, nearest);
  const open = new Int32Array(losses.length);
  const tail = new Int32Array(losses.length);
  let openCount = 0;
  let tailCount = 0;
  for (let s = 0; s < losses.length; s++) {
    if (-nearness[s]! <= limit) open[openCount++] = s;
    else if (losses[s]! > threshold) tail[tailCount++] = s;
  }
  return { open: open.subarray(0, openCount), tail: tail.subarray(0, tailCount) };
}

/** By how much the objective of a screen's program falls short of that of the whole: what lies on the side it was not taken for. */
export function missedBy(
  caps: Float64Array,
  { open, tail }: Screen,
  losses: Float64Array,
  alpha: number,
): number {
  const side = new Int8Array(losses.length).fill(1);
  for (const s of open) side[s] = 0;
  for (const s of tail) side[s] = -1;
  let missed = 0;
  for (let s = 0; s < losses.length; s++) {
    const over = side[s]! * (losses[s]! - alpha);
    if (over > 0) missed += caps[s]! * over;
  }
  return missed;
}

/** The program of about `count` scenarios, evenly picked, that stand for all. */
export function sampleOf(unit: UnitProgram, count: number): ReducedProgram {
  const S = unit.caps.length;
  const sample = reducedProgram(unit, { ...NO_SCREEN, open: evenly(count, S) });
  const sum = (caps: Float64Array): number => caps.reduce((total, k) => total + k, 0);
  const scale = sum(unit.caps) / sum(sample.caps);
  return { ...sample, caps: sample.caps.map((k) => Math.min(1, k * scale)) };
}

/** So many of S indices, evenly picked. */
function evenly(count: number, S: number): Int32Array {
  const picked = new Int32Array(count);
  for (let t = 0; t < count; t++) picked[t] = Math.floor((t * S) / count);
  return picked;
}
