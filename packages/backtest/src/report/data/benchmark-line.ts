import type { VectorLike } from "@astra-quant/core-linalg";
import { QuantError, requireKnownOptions, requireVector, show } from "@astra-quant/core-linalg/guards";
import { type InformationRatio, informationRatio, type MarketModel, marketModel } from "@astra-quant/risk";
import type { ReportedResult } from "../reported-result.ts";
import { requireText } from "../require-text.ts";
import type { TrackRecord } from "./track-record.ts";

export interface Benchmark {
  /** @defaultValue "benchmark" */
  readonly name?: string;
  /** A simple return for each row of the result; those before its first bar are not used. */
  readonly returns: VectorLike;
}

/** A benchmark beside the result. */
export interface BenchmarkLine {
  readonly name: string;
  /** The starting equity, grown with the benchmark: one an entry of the record. */
  readonly equity: Float64Array;
  /** The result's beta and alpha against it, with their errors. */
  readonly model: MarketModel;
  readonly information: InformationRatio;
}

function requireBenchmark(benchmark: Benchmark, rows: number): Float64Array {
  if (typeof benchmark !== "object" || benchmark === null) {
    throw new QuantError("option", `benchmark must be { name, returns }, got ${show(benchmark)}`, {
      argument: "benchmark",
    });
  }
  requireKnownOptions(benchmark, ["name", "returns"], "benchmark");
  return requireVector("benchmark.returns", benchmark.returns, rows);
}

export function benchmarkLineOf(
  benchmark: Benchmark,
  { equity: money, firstBar, periodsPerYear }: ReportedResult,
  { returns }: TrackRecord,
): BenchmarkLine {
  const market = requireBenchmark(benchmark, money.length).slice(firstBar);
  const against = { benchmark: market, periodsPerYear };
  const model = marketModel(returns, against);
  const equity = new Float64Array(market.length + 1);
  equity[0] = money[firstBar - 1]!;
  for (let k = 1; k < equity.length; k++) equity[k] = equity[k - 1]! * (1 + market[k - 1]!);
  return {
    name: requireText("benchmark.name", benchmark.name ?? "benchmark"),
    equity,
    model,
    information: informationRatio(returns, against),
  };
}
