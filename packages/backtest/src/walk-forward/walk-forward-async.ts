import type { VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireRunOptions } from "../async/run-options.ts";
import type { RowData } from "./data-rows.ts";
import type { TestedRows, TrainingRows } from "./run-folds.ts";
import { settleAsync } from "./settle.ts";
import { type WalkForward, type WalkForwardRun, walk } from "./walk-forward.ts";

export interface FoldProgress {
  /** Folds done. */
  readonly done: number;
  readonly folds: number;
}

export interface WalkForwardRunOptions {
  /** Called after every fold. */
  readonly onProgress?: (progress: FoldProgress) => void;
  /** Ends the run at the next answer of `fit` or `evaluate`: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** As {@link WalkForwardRun}, with functions that may answer later. */
export interface WalkForwardAsyncRun<Data extends RowData, Parameters>
  extends Omit<WalkForwardRun<Data, Parameters>, "fit" | "evaluate"> {
  readonly fit: (training: TrainingRows<Data>) => Parameters | Promise<Parameters>;
  readonly evaluate: (tested: TestedRows<Data>, parameters: Parameters) => VectorLike | Promise<VectorLike>;
}

/**
 * As {@link walkForward}, with the same bits, for a `fit` that takes its time: one that sweeps parameters on workers.
 *
 * @throws QuantError as {@link walkForward}, in the promise; the signal's reason when it was aborted.
 */
export async function walkForwardAsync<Data extends RowData, Parameters>(
  spec: WalkForwardAsyncRun<Data, Parameters>,
  run: WalkForwardRunOptions = {},
): Promise<WalkForward<Parameters>> {
  requireKnownOptions(run, ["onProgress", "signal"], "run");
  requireRunOptions(run);
  run.signal?.throwIfAborted();
  const steps = walk(spec as WalkForwardRun<Data, Parameters>, (done) =>
    run.onProgress?.({ done, folds: spec.splits.length }),
  );
  return settleAsync(steps, () => run.signal?.throwIfAborted());
}
