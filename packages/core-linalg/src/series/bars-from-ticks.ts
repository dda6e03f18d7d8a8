import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { requireFiniteVector, requireVector, type VectorLike } from "../guards/vectors.ts";
import type { Aggregate } from "./aggregate.ts";
import { BIN_OPTIONS, type BinOptions } from "./bin-options.ts";
import { binsOf } from "./bins.ts";
import { isoTime } from "./iso-time.ts";
import { type BarColumn, type Resampled, reduceBins } from "./resample.ts";

/** Trades in the order in which they happened; several may share a time. */
export interface Ticks {
  /** Epoch milliseconds, never descending. */
  readonly times: VectorLike;
  readonly prices: VectorLike;
  /** Traded quantities. Without them the bars have no volume. */
  readonly volumes?: VectorLike;
}

/**
 * Bars with open, high, low, close, and volume where volumes are given, from single trades. Missing values and labels
 * as in `resample`.
 *
 * @throws QuantError "data" for times that descend, "shape" for lists of different lengths, and as `resample`.
 */
export function barsFromTicks(ticks: Ticks, options: BinOptions): Resampled {
  requireKnownOptions(ticks, ["times", "prices", "volumes"], "ticks");
  requireKnownOptions(options, BIN_OPTIONS);
  const times = requireFiniteVector("times", ticks.times);
  const prices = requireVector("prices", ticks.prices, times.length);
  const volumes = ticks.volumes && requireVector("volumes", ticks.volumes, times.length);
  for (let t = 1; t < times.length; t++) {
    if (times[t]! >= times[t - 1]!) continue;
    throw new QuantError("data", `times[${t}], ${isoTime(times[t]!)}, is earlier than the one before it`, {
      row: t,
      time: times[t],
    });
  }
  const column = (name: string, aggregate: Aggregate, data: Float64Array): BarColumn => {
    return { name, aggregate, data, offset: 0, step: 1 };
  };
  const columns = [
    column("open", "first", prices),
    column("high", "max", prices),
    column("low", "min", prices),
    column("close", "last", prices),
    ...(volumes ? [column("volume", "sum", volumes)] : []),
  ];
  return reduceBins(columns, binsOf(times, options));
}
