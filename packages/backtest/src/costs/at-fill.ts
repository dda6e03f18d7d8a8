import { QuantError, type TableLike, type VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireFinite, requireTable, requireVector, show } from "@astra-quant/core-linalg/guards";
import type { ByAsset } from "../spec/row-values.ts";
import type { Orders } from "./cost-term.ts";

/** A cost's input at a fill, one entry an asset. */
export type AtFill = (orders: Orders) => Float64Array;

interface Entries {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

function misfit(name: string, { rows, columns }: Entries, { fillRow, values }: Orders): never {
  throw new QuantError(
    "shape",
    `${name} must have a row for every fill and a column an asset, got ${rows}×${columns} for row ${fillRow} of ${values.length} assets`,
    { argument: name, rows, columns, fillRow },
  );
}

function refuseVector(name: string, length: number, { values, fillRow }: Orders): never {
  const wanted =
    values.length > 1
      ? `${values.length} entries, one an asset`
      : `an entry for row ${fillRow} of the one asset`;
  throw new QuantError("shape", `${name} must have ${wanted}, got ${length}`, {
    argument: name,
    length,
    fillRow,
  });
}

/**
 * Reads one number for all, a vector (an entry an asset; with one asset, one a row) or a table (time × assets) whose rows
 * are those of the backtest: a fill sees the row at whose close it is made, so nothing of the bar that it is for.
 *
 * @param lawful - what an entry must be; `rule` says it in words
 */
export function atFill(
  name: string,
  given: ByAsset,
  rule: string,
  lawful: (value: number) => boolean,
): AtFill {
  const check = (value: number, entry: string): void => {
    if (!lawful(value))
      throw new QuantError("range", `${entry} must be ${rule}, got ${show(value)}`, {
        argument: name,
        value,
      });
  };
  if (typeof given === "number") {
    check(requireFinite(name, given), name);
    let row = new Float64Array(0);
    return ({ values }) => {
      if (row.length !== values.length) row = new Float64Array(values.length).fill(given);
      return row;
    };
  }
  if (isVector(given as VectorLike)) {
    const data = requireVector(name, given);
    data.forEach((value, k) => void check(value, `${name}[${k}]`));
    return (orders) => {
      if (data.length === orders.values.length) return data;
      const { fillRow } = orders;
      if (orders.values.length > 1 || fillRow >= data.length) refuseVector(name, data.length, orders);
      return data.subarray(fillRow, fillRow + 1);
    };
  }
  const table: Entries = requireTable(name, given as TableLike);
  const { data, rows, columns } = table;
  data.forEach((value, k) => void check(value, `${name}[${Math.floor(k / columns)}][${k % columns}]`));
  return (orders) => {
    const { fillRow } = orders;
    if (columns !== orders.values.length || fillRow >= rows) misfit(name, table, orders);
    return data.subarray(fillRow * columns, (fillRow + 1) * columns);
  };
}
