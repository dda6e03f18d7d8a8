import { QuantError } from "@astra-quant/core-linalg";
import { requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { requireRunOptions } from "../async/run-options.ts";
import type { BlockMoments } from "../overfit/block-moments.ts";
import { BestPoints } from "./best-points.ts";
import type { ParameterPoint } from "./parameter-sets.ts";
import { evidenceOf, type SweepEvidence } from "./sweep-evidence.ts";
import { type FailedPoint, pointsOf, type SweptPoint } from "./sweep-points.ts";
import { readSweep, type SweepProgress, type SweepSpec } from "./sweep-spec.ts";

export interface SweepRunOptions<Point extends ParameterPoint = ParameterPoint> {
  /** Called for every point, in the order of their numbers. */
  readonly onPoint?: (point: SweptPoint<Point> | FailedPoint<Point>) => void;
  /** Called after every point. */
  readonly onProgress?: (progress: SweepProgress) => void;
  /** Ends the sweep and its workers: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface ParameterSweep<Point extends ParameterPoint = ParameterPoint> extends SweepEvidence {
  /** The best by Sharpe ratio, the best first, as many as were to be kept. Points without a ratio are not among them. */
  readonly best: readonly SweptPoint<Point>[];
  /** The annual Sharpe ratio of every point; NaN where it is undefined or the point failed. */
  readonly sharpes: Float64Array;
  /** How many points failed. */
  readonly failed: number;
  /** The first of them, at most 100. */
  readonly failures: readonly FailedPoint<Point>[];
}

const MOST_FAILURES = 100;

/**
 * Evaluates a strategy at every point of a parameter space, on workers where asked, and says beside the best point what
 * it is worth: the deflated Sharpe ratio, the probability of backtest overfitting, the minimum length of such a backtest,
 * and a warning in words when trades are too few or the best is not told from luck. Every bit is the same for any number
 * of workers. Of other points than the best `keep` no more than the Sharpe ratio and three numbers a block are kept.
 *
 * @throws QuantError in the promise: "option" or "range" for an illegal option; "data" for a module that cannot be loaded
 *   or prepared, and for the first failed point with `stopOnError`, naming its parameters; the signal's reason when it was
 *   aborted.
 */
export async function parameterSweep<Point extends ParameterPoint, Data = unknown, Prepared = Data>(
  spec: SweepSpec<Point, Data, Prepared>,
  run: SweepRunOptions<Point> = {},
): Promise<ParameterSweep<Point>> {
  requireKnownOptions(run, ["onPoint", "onProgress", "signal"], "run");
  requireRunOptions(run);
  if (run.onPoint !== undefined && typeof run.onPoint !== "function") {
    throw new QuantError("option", `onPoint must be a function, got ${show(run.onPoint)}`, {
      argument: "onPoint",
    });
  }
  const plan = readSweep(spec);
  const points = plan.sets.length;
  const best = new BestPoints<Point>(plan.keep);
  const sharpes = new Float64Array(points).fill(Number.NaN);
  const blocks: BlockMoments[] = [];
  const failures: FailedPoint<Point>[] = [];
  let failed = 0;
  for await (const point of pointsOf(plan, run.signal)) {
    if (point.status === "failed") {
      failed++;
      if (failures.length < MOST_FAILURES) failures.push(point);
    } else {
      best.add(point);
      sharpes[point.index] = point.record.sharpe;
      if (plan.overfitting && !Number.isNaN(point.record.sharpe)) blocks.push(point.record.blocks);
    }
    run.onPoint?.(point);
    run.onProgress?.({ done: point.index + 1, points });
  }
  const evidence = evidenceOf({
    best: best.points[0]?.record,
    ratios: sharpes.filter((ratio) => !Number.isNaN(ratio)),
    blocks,
    points,
    failed,
    periodsPerYear: plan.context.periodsPerYear,
  });
  return { best: best.points, sharpes, failed, failures, ...evidence };
}
