import { isoTime } from "@astra-quant/core-linalg";
import { returnTable } from "@astra-quant/risk";
import { countText } from "../number-text.ts";
import type { TrackRecord } from "./track-record.ts";

const DAY = 86_400_000;
/** Weeks begin on Mondays; the epoch began on a Thursday. */
const EPOCH_WEEKDAY = 3;
/** Records of bars within days that are no longer than this are told by day. */
const FEW_DAYS = 92;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WORKING_DAYS = 5;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const BLOCKS = 12;

/** Compounded returns: months of years, days of weeks, or blocks of bars where there are no dates. */
export interface ReturnGrid {
  readonly by: "month" | "day" | "block";
  /** Bars in a block; null for months and days. */
  readonly barsPerCell: number | null;
  readonly columns: readonly string[];
  readonly rows: readonly {
    /** The year, the week's Monday, or the row of the result with which it begins. */
    readonly name: string;
    /** A fraction a column; NaN where there is no return. */
    readonly cells: Float64Array;
    /** Of the row's cells together. */
    readonly total: number;
  }[];
}

function monthGrid(returns: Float64Array, dates: Float64Array): ReturnGrid {
  const rows = returnTable(returns, dates).map(({ year, months, total }) => ({
    name: String(year),
    cells: months,
    total,
  }));
  return { by: "month", barsPerCell: null, columns: MONTHS, rows };
}

/** Cells that compound as they are added to. Rows have numbers, in the order in which they come. */
class GrowingGrid {
  readonly #growths = new Map<number, Float64Array>();
  readonly #columns: number;

  constructor(columns: number) {
    this.#columns = columns;
  }

  add(row: number, column: number, r: number): void {
    let cells = this.#growths.get(row);
    if (cells === undefined) {
      cells = new Float64Array(this.#columns).fill(Number.NaN);
      this.#growths.set(row, cells);
    }
    cells[column] = (Number.isNaN(cells[column]!) ? 1 : cells[column]!) * (1 + r);
  }

  rows(nameOf: (row: number) => string): ReturnGrid["rows"] {
    return Array.from(this.#growths, ([row, growths]) => ({
      name: nameOf(row),
      cells: growths.map((growth) => growth - 1),
      total: growths.reduce((all, growth) => (Number.isNaN(growth) ? all : all * growth), 1) - 1,
    }));
  }
}

/** Five columns, or seven where something was earned on a weekend. */
function dayGrid(returns: Float64Array, dates: Float64Array): ReturnGrid {
  const days = dates.map((date) => Math.floor(date / DAY));
  const weekdays = days.map((day) => (((day + EPOCH_WEEKDAY) % 7) + 7) % 7);
  const columns = weekdays.some((day) => day >= WORKING_DAYS) ? WEEKDAYS : WEEKDAYS.slice(0, WORKING_DAYS);
  const grid = new GrowingGrid(columns.length);
  for (let t = 0; t < returns.length; t++) grid.add(days[t]! - weekdays[t]!, weekdays[t]!, returns[t]!);
  return { by: "day", barsPerCell: null, columns, rows: grid.rows((day) => isoTime(day * DAY)) };
}

/** A twelfth of a year's bars to a block, or of the record where it is shorter than a year. */
function blockGrid({ returns, firstRow, periodsPerYear }: TrackRecord): ReturnGrid {
  const year = Math.min(Math.round(periodsPerYear), returns.length);
  const block = Math.max(1, Math.ceil(year / BLOCKS));
  const grid = new GrowingGrid(BLOCKS);
  for (let t = 0; t < returns.length; t++) {
    const cell = Math.floor(t / block);
    grid.add(Math.floor(cell / BLOCKS), cell % BLOCKS, returns[t]!);
  }
  const columns = Array.from({ length: BLOCKS }, (_, c) => `+${countText(c * block)}`);
  const rows = grid.rows((row) => countText(firstRow + 1 + row * block * BLOCKS));
  return { by: "block", barsPerCell: block, columns, rows };
}

export function returnGridOf(record: TrackRecord): ReturnGrid {
  const { dates, returns, intraday } = record;
  if (dates === null) return blockGrid(record);
  const few = intraday && dates.at(-1)! - dates[0]! <= FEW_DAYS * DAY;
  return few ? dayGrid(returns, dates.subarray(1)) : monthGrid(returns, dates.subarray(1));
}
