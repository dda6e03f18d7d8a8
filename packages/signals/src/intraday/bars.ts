import { type Matrix, QuantError, type TableLike } from "@astra-quant/core-linalg";
import { requireNumber, requireTable, requireTableLike, show } from "@astra-quant/core-linalg/guards";

/** What bars of one or many assets hold: vectors of one length, or tables (time × assets) of one shape. */
export interface Bars<X extends TableLike> {
  readonly open: X;
  readonly high: X;
  readonly low: X;
  readonly close: X;
}

/** One bar of one asset. */
export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** The parts of bars as tables of one shape, that of the close; no high may be below its low. */
export function requireBars<Name extends string>(
  bars: { readonly [Part in Name]?: TableLike },
  names: readonly Name[],
): Record<Name, Matrix> {
  if (typeof bars !== "object" || bars === null) {
    throw new QuantError("shape", `bars must be an object of ${names.join(", ")}, got ${show(bars)}`, {
      argument: "bars",
    });
  }
  const close = requireTable("bars.close", (bars as Readonly<Record<string, TableLike>>).close!);
  const tables = Object.fromEntries(
    names.map((name) => [name, requireTableLike(`bars.${name}`, bars[name]!, "bars.close", close)]),
  ) as Record<string, Matrix>;
  const { high, low } = tables;
  if (high !== undefined && low !== undefined) requireOrder(high, low);
  return tables as Record<Name, Matrix>;
}

function requireOrder({ data: high, columns }: Matrix, { data: low }: Matrix): void {
  for (let k = 0; k < high.length; k++) {
    if (!(high[k]! < low[k]!)) continue;
    const [row, column] = [Math.floor(k / columns), k % columns];
    throw new QuantError(
      "data",
      `bars.high must not be below bars.low, got ${high[k]} and ${low[k]} in row ${row}, column ${column}`,
      { argument: "bars.high", row, column },
    );
  }
}

/** The parts of one bar as they are pushed into a stream, each a number; the high must not be below the low. */
export function requireBar<Name extends string>(
  bar: { readonly [Part in Name]?: number | undefined } & { readonly high?: number; readonly low?: number },
  names: readonly Name[],
): void {
  if (typeof bar !== "object" || bar === null) {
    throw new QuantError("data", `bar must be an object of ${names.join(", ")}, got ${show(bar)}`, {
      argument: "bar",
    });
  }
  for (const name of names) requireNumber(`bar.${name}`, bar[name]);
  if (bar.high! < bar.low!) {
    throw new QuantError("data", `bar.high must not be below bar.low, got ${bar.high} and ${bar.low}`, {
      argument: "bar.high",
    });
  }
}
