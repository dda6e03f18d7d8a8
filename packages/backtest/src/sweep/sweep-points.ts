import { QuantError } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireRunOptions } from "../async/run-options.ts";
import { inOrder } from "./in-order.ts";
import { type ParameterPoint, pointAt } from "./parameter-sets.ts";
import { sharedData } from "./shared-data.ts";
import { recordOf } from "./sweep-outcome.ts";
import type { SweepRecord } from "./sweep-record.ts";
import { readSweep, type SweepPlan, type SweepSpec } from "./sweep-spec.ts";
import { SweepWorkers } from "./sweep-workers.ts";
import { type PointAnswer, SweptHere, type SweptModule } from "./swept-module.ts";

/** One point and its record. */
export interface SweptPoint<Point extends ParameterPoint = ParameterPoint> {
  readonly status: "done";
  /** The point's number in the parameter sets. */
  readonly index: number;
  readonly parameters: Point;
  readonly record: SweepRecord;
}

/** One point whose function threw, or gave no returns that a record can be made of. */
export interface FailedPoint<Point extends ParameterPoint = ParameterPoint> {
  readonly status: "failed";
  readonly index: number;
  readonly parameters: Point;
  readonly error: { readonly name: string; readonly message: string };
}

export interface SweepPointsOptions {
  /** Ends the sweep and its workers; what waits for a point is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

interface Crew {
  run(points: readonly ParameterPoint[]): Promise<readonly PointAnswer[]>;
  stop?(): Promise<void>;
}

const MOST_TOGETHER = 64;

function isAddress(module: SweepPlan<ParameterPoint>["module"]): module is URL | string {
  return typeof module === "string" || module instanceof URL;
}

async function crewOf({ module, data, workers, pool, context }: SweepPlan<ParameterPoint>): Promise<Crew> {
  if (!isAddress(module)) return SweptHere.prepare(module, data, context);
  const url = String(module);
  const sent = sharedData(data);
  if (workers > 0) return SweepWorkers.start(workers, url, sent, context, pool);
  const loaded = (await import(/* @vite-ignore */ url)) as SweptModule<ParameterPoint, unknown, unknown>;
  return SweptHere.prepare(loaded, sent, context);
}

function answered<Point extends ParameterPoint>(
  plan: SweepPlan<Point>,
  index: number,
  answer: PointAnswer,
): SweptPoint<Point> | FailedPoint<Point> {
  const parameters = pointAt(plan.sets, index);
  const failed = (error: { name: string; message: string }): FailedPoint<Point> => {
    if (!plan.stopOnError) return { status: "failed", index, parameters, error };
    throw new QuantError("data", `point ${index} ${JSON.stringify(parameters)} failed: ${error.message}`, {
      index,
      parameters,
      error,
    });
  };
  if ("thrown" in answer) return failed(answer.thrown);
  try {
    return { status: "done", index, parameters, record: recordOf(answer.outcome, plan.context) };
  } catch (problem) {
    const { name, message } = problem as Error;
    return failed({ name, message });
  }
}

/** Lets the event loop do what waits. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** As {@link sweepPoints}, of a plan. */
export async function* pointsOf<Point extends ParameterPoint>(
  plan: SweepPlan<Point>,
  signal?: AbortSignal,
): AsyncGenerator<SweptPoint<Point> | FailedPoint<Point>, void, undefined> {
  signal?.throwIfAborted();
  const { sets, workers } = plan;
  const together = Math.min(MOST_TOGETHER, Math.ceil(sets.length / (8 * Math.max(1, workers))));
  const crew = await crewOf(plan);
  const aborted = signal && untilAborted(signal);
  try {
    const chunks = inOrder(Math.ceil(sets.length / together), Math.max(1, 2 * workers), async (chunk) => {
      if (workers === 0) await pause();
      const first = chunk * together;
      const count = Math.min(together, sets.length - first);
      const points = Array.from({ length: count }, (_, k) => pointAt(sets, first + k));
      const answers = crew.run(points);
      return { first, answers: await (aborted ? Promise.race([answers, aborted.rejection]) : answers) };
    });
    for await (const { first, answers } of chunks) {
      for (let k = 0; k < answers.length; k++) {
        signal?.throwIfAborted();
        yield answered(plan, first + k, answers[k]!);
      }
    }
  } finally {
    aborted?.forget();
    await crew.stop?.();
  }
}

/** A promise that is rejected when the signal is aborted, and a way to stop listening. */
function untilAborted(signal: AbortSignal): { rejection: Promise<never>; forget: () => void } {
  let abort = (): void => {};
  const rejection = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
  });
  rejection.catch(() => {}); // heard by whoever waits for a point
  return { rejection, forget: () => signal.removeEventListener("abort", abort) };
}

/**
 * The points of a sweep one after the other, in the order of their numbers, as they are done: the same bits for any number
 * of workers. No more than two rounds of work are begun ahead of what is taken, so memory does not grow with the sweep.
 * Ending the loop early ends the workers.
 *
 * @throws QuantError as {@link parameterSweep}, when the first point is asked for; the signal's reason when it was aborted.
 */
export async function* sweepPoints<Point extends ParameterPoint, Data = unknown, Prepared = Data>(
  spec: SweepSpec<Point, Data, Prepared>,
  options: SweepPointsOptions = {},
): AsyncGenerator<SweptPoint<Point> | FailedPoint<Point>, void, undefined> {
  requireKnownOptions(options, ["signal"]);
  requireRunOptions(options);
  yield* pointsOf(readSweep(spec), options.signal);
}
