import { type PerformanceSummary, performanceSummary } from "@astra-quant/risk";
import { summaryOfRuin } from "../result/summary-of-ruin.ts";

/** The summary of the returns that are there: NaN is left out, and so is every figure that a ruin leaves undefined. */
export function recordSummary(returns: Float64Array, periodsPerYear: number): PerformanceSummary {
  const record = returns.filter((r) => !Number.isNaN(r));
  if (record.length === 0) return summaryOfRuin(0, Number.NaN);
  if (record.some((r) => r <= -1)) return summaryOfRuin(record.length, -1);
  return performanceSummary(record, { periodsPerYear });
}
