import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import { Panel } from "../series/panel.ts";
import type { ArrowTableLike, ArrowVectorLike } from "./arrow-table.ts";
import { readNumbers, readTimes } from "./read-column.ts";

export interface PanelFromArrowOptions {
  /** Name of the column with the times. */
  readonly time: string;
  /** Names of the columns to read, in this order. @defaultValue all but the time's */
  readonly columns?: readonly string[];
  /**
   * What becomes of a timestamp in micro- or nanoseconds that is no whole millisecond: refused, or cut off to the
   * millisecond before. @defaultValue "refuse"
   */
  readonly subMillisecond?: "refuse" | "floor";
}

function requireArrowTable(table: unknown): ArrowTableLike {
  const { schema, getChildAt } = (table ?? {}) as Partial<ArrowTableLike>;
  if (typeof getChildAt === "function" && Array.isArray(schema?.fields)) return table as ArrowTableLike;
  throw new QuantError("shape", `table must be an Arrow table, got ${show(table)}`, { argument: "table" });
}

/**
 * A panel from an Arrow table (apache-arrow's, read by its shape: this function does not load that library). Times are
 * a column of dates or timestamps, strictly ascending, any unit; one with a zone is a moment, one without is a label
 * and read as UTC. Values are integers or floating-point numbers of any width, nulls NaN. Arrow stores columns and a
 * panel rows, so the values are copied once, turned round.
 *
 * @throws QuantError "data" for a column that is not there or twice, for one of another type (decimals, booleans, text,
 *   dictionaries: cast or leave them out), an integer that is no double, a null among the times, and times that do not
 *   ascend; "option" for a time that is no name; "shape" for anything that is no table.
 */
export function panelFromArrow(table: ArrowTableLike, options: PanelFromArrowOptions): Panel {
  const source = requireArrowTable(table);
  requireKnownOptions(options, ["time", "columns", "subMillisecond"]);
  const names = source.schema.fields.map(({ name }) => name);
  const { time, columns = names.filter((name) => name !== time), subMillisecond = "refuse" } = options;
  requireOneOf("subMillisecond", subMillisecond, ["refuse", "floor"]);
  if (typeof time !== "string") {
    throw new QuantError("option", `time must be the name of a column, got ${show(time)}`, {
      argument: "time",
    });
  }
  if (!Array.isArray(columns)) {
    throw new QuantError("option", `columns must be an array of names, got ${show(columns)}`, {
      argument: "columns",
    });
  }
  const columnOf = (name: string): ArrowVectorLike => {
    const position = names.indexOf(name);
    if (position < 0) {
      throw new QuantError("data", `there is no column ${show(name)}; the table has ${names.join(", ")}`, {
        column: name,
      });
    }
    if (names.lastIndexOf(name) > position) {
      throw new QuantError("data", `column ${show(name)} occurs twice`, { column: name });
    }
    return source.getChildAt(position)!;
  };
  const index = readTimes(time, columnOf(time), subMillisecond === "floor");
  const values = new Matrix(index.length, columns.length);
  columns.forEach((name: string, j) => {
    readNumbers(name, columnOf(name), values.data, j, columns.length);
  });
  return new Panel({ index, columns, values });
}
