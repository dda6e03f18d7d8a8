import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { isVector, show } from "@astra-quant/core-linalg/guards";
import { type SweepRecord, type SweepRecordOptions, type SweptReturns, sweepRecord } from "./sweep-record.ts";

/** What a swept function may answer. A record travels light between workers. */
export type SweepOutcome = VectorLike | SweptReturns | SweepRecord;

function isRecord(x: object): x is SweepRecord {
  return "blocks" in x && "sharpe" in x && "observations" in x;
}

/** The record of what a swept function answered, wherever it ran. */
export function recordOf(outcome: unknown, context: SweepRecordOptions): SweepRecord {
  if (isVector(outcome)) return sweepRecord(outcome, context);
  if (typeof outcome === "object" && outcome !== null) {
    if (isRecord(outcome)) return outcome;
    if ("returns" in outcome && isVector(outcome.returns))
      return sweepRecord(outcome as SweptReturns, context);
  }
  throw new QuantError(
    "data",
    `the swept function must answer with returns, an object with returns, or a sweepRecord, got ${show(outcome)}`,
  );
}
