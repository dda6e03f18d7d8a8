import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requirePanel } from "../series/in-kind.ts";
import type { Panel } from "../series/panel.ts";

/** What this package needs of the apache-arrow module: `import * as arrow from "apache-arrow"` fits. */
export interface ArrowModule {
  readonly Table: new (columns: never) => unknown;
  readonly Float64: new () => unknown;
  readonly TimestampMillisecond: new (timezone?: string | null) => unknown;
  readonly makeVector: (column: never) => unknown;
}

export interface PanelToArrowOptions {
  /** What to call the column with the times. @defaultValue "time" */
  readonly time?: string;
  /** Whether a missing value becomes a null, or stays NaN. @defaultValue "null" */
  readonly missing?: "null" | "nan";
  /** The zone that the timestamps are marked with; null leaves them without one, as labels. @defaultValue "UTC" */
  readonly timeZone?: string | null;
}

type TableOf<A extends ArrowModule> = { select(names: readonly string[]): InstanceType<A["Table"]> };

/** Arrow's validity bitmap: bit i of byte i ÷ 8, from the least significant, is 1 for a value and 0 for a null. */
function validity(values: Float64Array): { nullCount: number; nullBitmap: Uint8Array } {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) nullCount++;
    else nullBitmap[i >> 3] = nullBitmap[i >> 3]! | (1 << (i & 7));
  }
  return { nullCount, nullBitmap };
}

function refuse(argument: string, rule: string, value: unknown): never {
  throw new QuantError("option", `${argument} must be ${rule}, got ${show(value)}`, { argument, value });
}

function requireModule(arrow: ArrowModule): ArrowModule {
  const known = arrow as ArrowModule | null | undefined;
  const needed = ["Table", "Float64", "TimestampMillisecond", "makeVector"] as const;
  const absent = needed.find((name) => typeof known?.[name] !== "function");
  if (absent === undefined) return arrow;
  throw new QuantError("shape", `arrow must be the apache-arrow module, but has no ${absent}`, {
    argument: "arrow",
    value: show(arrow),
  });
}

/**
 * The Arrow table of a panel: a column of timestamps in milliseconds and one of doubles for each column, in that order.
 * The module is handed in, `panelToArrow(panel, arrow)`, so that the table is of the caller's own copy and version of
 * apache-arrow, and nothing is loaded by those who have none.
 *
 * @returns a `Table` of that module. `panelFromArrow` gives the panel back in the same bits.
 * @throws QuantError "data" when `time` is the name of a column, or a time is no whole millisecond; "option" for a name
 *   or a zone that is no text; "shape" for anything that is no panel, or no such module.
 */
export function panelToArrow<A extends ArrowModule>(
  panel: Panel,
  arrow: A,
  options: PanelToArrowOptions = {},
): InstanceType<A["Table"]> {
  requireKnownOptions(options, ["time", "missing", "timeZone"]);
  const { time = "time", missing = "null", timeZone = "UTC" } = options;
  requireOneOf("missing", missing, ["null", "nan"]);
  if (typeof time !== "string") refuse("time", "a name", time);
  if (timeZone !== null && typeof timeZone !== "string")
    refuse("timeZone", "a zone's name or null", timeZone);
  const { index, columns, values } = requirePanel("panel", panel);
  if (columns.includes(time)) {
    throw new QuantError("data", `column ${show(time)} has the name of the times; choose another in time`, {
      column: time,
    });
  }
  const module = requireModule(arrow);
  const makeVector = module.makeVector as (column: object) => unknown;
  const Table = module.Table as new (columns: Record<string, unknown>) => TableOf<A>;
  const ticks = BigInt64Array.from(index, (moment, row) => {
    if (Number.isInteger(moment)) return BigInt(moment);
    throw new QuantError("data", `row ${row}: time ${moment} is no whole millisecond`, { row, time: moment });
  });
  const times = makeVector({
    type: new module.TimestampMillisecond(timeZone),
    data: ticks,
    length: ticks.length,
    nullCount: 0,
  });
  const vectors = columns.map((name, j) => {
    const data = values.column(j);
    const nulls = missing === "null" ? validity(data) : { nullCount: 0 };
    return [name, makeVector({ type: new module.Float64(), data, length: data.length, ...nulls })] as const;
  });
  const table = new Table(Object.fromEntries([[time, times], ...vectors]));
  return table.select([time, ...columns]); // names that look like integers come first in an object
}
