import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import type { Aggregate } from "./aggregate.ts";
import { BIN_OPTIONS, type BinOptions } from "./bin-options.ts";
import { requirePanel } from "./in-kind.ts";
import type { Panel } from "./panel.ts";
import { type Resampled, resample } from "./resample.ts";

export interface ResampleBarsOptions extends BinOptions {
  /** Rules for columns other than open, high, low, close and volume, such as `{ trades: "sum" }`. @defaultValue none */
  readonly aggregate?: Readonly<Record<string, Aggregate>>;
}

const BARS: Readonly<Record<string, Aggregate>> = {
  open: "first",
  high: "max",
  low: "min",
  close: "last",
  volume: "sum",
};

/**
 * Bars of one instrument in coarser bars: the first open, the highest high, the lowest low, the last close, the sum of
 * the volumes. The panel has any of the columns open, high, low, close and volume (`Panel.rename` gives them their
 * names); others need a rule in `aggregate`. Missing values and labels as in {@link resample}: a bar is named by its
 * end unless asked otherwise. **Say how the fine bars are named**: `closed: "left"`, the default, when by their start,
 * `closed: "right"` when by their end.
 *
 * @throws QuantError "data" for a column without a rule, and as {@link resample}.
 */
export function resampleBars(panel: Panel, options: ResampleBarsOptions): Resampled {
  requireKnownOptions(options, [...BIN_OPTIONS, "aggregate"]);
  const { columns } = requirePanel("panel", panel);
  const rules: Readonly<Record<string, Aggregate>> = { ...BARS, ...options.aggregate };
  const ruleless = columns.find((name) => !Object.hasOwn(rules, name));
  if (ruleless !== undefined) {
    throw new QuantError(
      "data",
      `column ${show(ruleless)} is none of ${Object.keys(BARS).join(", ")} and has no rule in aggregate`,
      { column: ruleless },
    );
  }
  const aggregate = Object.fromEntries(columns.map((name) => [name, rules[name]!]));
  return resample(panel, { ...options, aggregate });
}
