import Papa from "papaparse";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import { Panel } from "./panel.ts";
import { parseTime } from "./parse-time.ts";

export interface ReadCsvPanelOptions {
  /** Header of the column with the times. @defaultValue the first column */
  readonly time?: string;
  /** Headers of the columns to read, in this order. @defaultValue all but the time's */
  readonly columns?: readonly string[];
  /** What to call the file in error messages. @defaultValue "csv" */
  readonly name?: string;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const MISSING = new Set(["", "NaN", "nan", "NA", "N/A", "null"]);

interface Table {
  header: string[];
  records: string[][];
  name: string;
}

function refuse(table: Pick<Table, "name">, rule: string, details: Record<string, unknown>): never {
  throw new QuantError("data", `${table.name}: ${rule}`, details);
}

function readTable(text: string, name: string): Table {
  if (typeof text !== "string") refuse({ name }, `text must be a string, got ${show(text)}`, {});
  const unmarked = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const { data, errors } = Papa.parse<string[]>(unmarked, { skipEmptyLines: "greedy" });
  const broken = errors.find((error) => error.type === "Quotes");
  if (broken)
    refuse({ name }, `line ${(broken.row ?? 0) + 1}: ${broken.message}`, { line: (broken.row ?? 0) + 1 });
  const [header, ...records] = data;
  if (header === undefined) refuse({ name }, "the file is empty", {});
  const names = header.map((cell) => cell.trim());
  const twice = names.find((cell, j) => names.indexOf(cell) !== j);
  if (twice !== undefined) refuse({ name }, `header ${show(twice)} occurs twice`, { column: twice });
  if (records.length === 0) refuse({ name }, "there is a header but no row below it", {});
  records.forEach((record, i) => {
    if (record.length === names.length) return;
    refuse({ name }, `line ${i + 2} has ${record.length} fields, the header has ${names.length}`, {
      line: i + 2,
      fields: record.length,
      expected: names.length,
    });
  });
  return { header: names, records, name };
}

function positionOf(table: Table, column: string): number {
  const position = table.header.indexOf(column);
  if (position < 0) {
    refuse(table, `there is no column ${show(column)}; the header has ${table.header.join(", ")}`, {
      column,
    });
  }
  return position;
}

function parseCell(table: Table, row: number, position: number): number {
  const text = table.records[row]![position]!.trim();
  if (MISSING.has(text)) return Number.NaN;
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) {
    refuse(table, `line ${row + 2}, column ${show(table.header[position])}: ${show(text)} is not a number`, {
      line: row + 2,
      column: table.header[position],
      value: text,
    });
  }
  return value;
}

/**
 * A panel from the text of a CSV file, fields apart by commas, semicolons, tabs or bars, whichever the text has: a header
 * line, one column of times, numbers with a decimal point. Blank
 * cells and NaN, NA, null are missing values (NaN). Times are ISO 8601 months, dates or date-times; one without a
 * zone is a label and read as UTC. Line numbers in messages count non-empty lines, the header being line 1.
 *
 * @throws QuantError "data" for an empty or ragged file, a header that occurs twice, a missing column, a cell that
 *   is no number or no time, and times that are not strictly ascending.
 */
export function readCsvPanel(text: string, options: ReadCsvPanelOptions = {}): Panel {
  requireKnownOptions(options, ["time", "columns", "name"]);
  const { name = "csv", time } = options;
  const table = readTable(text, name);
  const timePosition = time === undefined ? 0 : positionOf(table, time);
  const { columns = table.header.filter((_, position) => position !== timePosition) } = options;
  if (!Array.isArray(columns)) {
    throw new QuantError("option", `columns must be an array of headers, got ${show(columns)}`, {
      argument: "columns",
    });
  }
  const positions = Array.from(columns as readonly string[], (column) => positionOf(table, column));

  const index = new Float64Array(table.records.length);
  const values = new Matrix(table.records.length, columns.length);
  table.records.forEach((record, t) => {
    index[t] = parseTime(record[timePosition]!);
    if (Number.isNaN(index[t])) {
      refuse(table, `line ${t + 2}: ${show(record[timePosition])} is not an ISO date or time`, {
        line: t + 2,
        value: record[timePosition],
      });
    }
    positions.forEach((position, j) => {
      values.data[t * columns.length + j] = parseCell(table, t, position);
    });
  });
  for (let t = 1; t < index.length; t++) {
    if (index[t]! > index[t - 1]!) continue;
    const rule = index[t] === index[t - 1] ? "occurs twice" : "is earlier than the line before it";
    const label = table.records[t]![timePosition]!;
    refuse(table, `line ${t + 2}: ${label} ${rule}`, { line: t + 2, value: label });
  }
  return new Panel({ index, columns, values });
}
