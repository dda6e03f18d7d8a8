import { QuantError, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import type { MonteCarloVarOptions } from "./monte-carlo-options.ts";
import { type MonteCarloVar, resultOf } from "./monte-carlo-var.ts";
import { readPlan } from "./plan.ts";
import { simulate } from "./simulate.ts";

/** How far a simulation has come. */
export interface SimulationProgress {
  /** Scenarios done. */
  readonly done: number;
  readonly scenarios: number;
}

export interface RunOptions {
  /** Called after every stretch of scenarios, the last time when all are done. */
  readonly onProgress?: (progress: SimulationProgress) => void;
  /** Ends the run at the next stretch: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Shocks between two pauses: some milliseconds of work. */
const STRETCH = 2 ** 21;

/** Lets the event loop do what waits. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function requireRunOptions({ onProgress, signal }: RunOptions): void {
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new QuantError("option", `onProgress must be a function, got ${show(onProgress)}`, {
      argument: "onProgress",
    });
  }
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throw new QuantError("option", `signal must be an AbortSignal, got ${show(signal)}`, {
      argument: "signal",
    });
  }
}

/**
 * As {@link monteCarloVar}, with the same bits, in stretches between which the event loop runs: a page stays alive, a
 * long run reports and can be stopped.
 *
 * @throws QuantError as {@link monteCarloVar}, in the promise; the signal's reason when it was aborted.
 */
export async function monteCarloVarAsync(
  options: MonteCarloVarOptions,
  run: RunOptions = {},
): Promise<MonteCarloVar> {
  requireKnownOptions(run, ["onProgress", "signal"], "run");
  requireRunOptions(run);
  const plan = readPlan(options);
  const { scenarios } = plan;
  const stretch = Math.ceil(STRETCH / (plan.days * plan.loadings.length));
  const blocks = simulate(plan, 0, scenarios);
  for (let told = 0; ; ) {
    run.signal?.throwIfAborted();
    const { done, value } = blocks.next();
    if (done) return resultOf(options, plan, value);
    if (value - told < stretch && value < scenarios) continue;
    told = value;
    run.onProgress?.({ done: value, scenarios });
    await pause();
  }
}
