import { type DateLike, QuantError } from "@astra-quant/core-linalg";
import { requireMoment, show } from "@astra-quant/core-linalg/guards";
import { requireAssetNames } from "./asset-names.ts";
import type { BacktestSpec } from "./backtest-spec.ts";
import type { Market } from "./market.ts";

/** What rows and columns are called. */
export interface Axes {
  readonly assets: readonly string[] | undefined;
  /** Epoch milliseconds, ascending. */
  readonly dates: Float64Array | undefined;
}

function requireDates(dates: readonly DateLike[] | Float64Array, rows: number): Float64Array {
  if (!(Array.isArray(dates) || dates instanceof Float64Array) || dates.length !== rows) {
    const got = (dates as { readonly length?: number })?.length;
    throw new QuantError("shape", `dates must be ${rows} moments, one a row, got ${got ?? show(dates)}`, {
      argument: "dates",
    });
  }
  const moments = Float64Array.from(dates as readonly DateLike[], (date, t) =>
    requireMoment(`dates[${t}]`, date),
  );
  const back = moments.findIndex((moment, t) => t > 0 && !(moment > moments[t - 1]!));
  if (back < 0) return moments;
  throw new QuantError("data", `dates must ascend: dates[${back}] is not after dates[${back - 1}]`, {
    argument: "dates",
    row: back,
  });
}

/** The names of a spec's rows and columns, its own before those of its panel. */
export function requireAxes(spec: BacktestSpec, { rows, columns, labels }: Market): Axes {
  const [assets, dates] = [spec.assets ?? labels?.columns, spec.dates ?? labels?.index];
  return {
    assets: assets === undefined ? undefined : requireAssetNames(assets, columns, "column"),
    dates: dates === undefined ? undefined : requireDates(dates, rows),
  };
}
