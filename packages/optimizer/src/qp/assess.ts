import type { GapCertifier } from "./certified-gap.ts";
import type { CheckedProblem } from "./problem.ts";
import { measureQuality } from "./quality.ts";
import type { QpInfo } from "./solution.ts";

export type Assessment = Pick<QpInfo, "violation" | "stationarity" | "certifiedGap">;

export const NO_ASSESSMENT: Assessment = {
  violation: Number.NaN,
  stationarity: Number.NaN,
  certifiedGap: Number.NaN,
};

/** What an answer is worth by the user's own data, whatever the method says of it. */
export function assess(
  problem: CheckedProblem,
  certifier: GapCertifier,
  x: Float64Array,
  y: Float64Array,
): Assessment {
  const quality = measureQuality(problem, x, y);
  const { violation, stationarity } = quality;
  return { violation, stationarity, certifiedGap: certifier.certifiedGap(x, quality) };
}
