import { QuantError, show } from "../guards/quant-error.ts";
import type { ArrowVectorLike } from "./arrow-table.ts";

/** Numbers of types and units in Arrow's schema. */
const TYPE = { int: 2, float: 3, date: 8, timestamp: 10 };
const HALF_PRECISION = 0;
const DAYS = 0;
/** How many of a timestamp's units make a millisecond, by unit: seconds, milliseconds, micro- and nanoseconds. */
const PER_MILLISECOND = [0.001, 1, 1000, 1_000_000];

function refuse(name: string, rule: string, details: Record<string, unknown> = {}): never {
  throw new QuantError("data", `column ${show(name)} ${rule}`, { column: name, ...details });
}

/** An integer as the double that equals it. */
function exactNumber(name: string, row: number, value: unknown): number {
  const number = Number(value);
  if (typeof value !== "bigint" || BigInt(number) === value) return number;
  return refuse(name, `row ${row}: ${value} is no double`, { row, value: String(value) });
}

/** Writes the numbers of a column into every step-th entry of `into`; a null is NaN. */
export function readNumbers(
  name: string,
  column: ArrowVectorLike,
  into: Float64Array,
  offset: number,
  step: number,
): void {
  const { typeId, precision } = column.type;
  if (typeId !== TYPE.int && typeId !== TYPE.float) {
    refuse(name, `is ${column.type}, not integers or floating-point numbers; choose among the columns`);
  }
  // Arrow's own array of half-precision numbers holds their bits.
  const half = typeId === TYPE.float && precision === HALF_PRECISION;
  const values = half ? undefined : (column.toArray() as ArrayLike<unknown>);
  const nulls = column.nullCount > 0;
  for (let row = 0; row < column.length; row++) {
    const value = values === undefined ? column.get(row) : values[row];
    const missing = nulls && !column.isValid(row);
    into[offset + row * step] = missing ? Number.NaN : exactNumber(name, row, value);
  }
}

function readTimestamp(name: string, row: number, value: unknown, unit: number, floor: boolean): number {
  if (typeof value !== "bigint") refuse(name, "must hold its timestamps as bigint: apache-arrow 17 or newer");
  const perMillisecond = PER_MILLISECOND[unit]!;
  if (perMillisecond < 1) return Number(value) * 1000;
  const divisor = BigInt(perMillisecond);
  const rest = ((value % divisor) + divisor) % divisor;
  if (rest !== 0n && !floor) {
    refuse(
      name,
      `row ${row}: ${value} ${unit === 2 ? "µs" : "ns"} is no whole millisecond; subMillisecond: 'floor' cuts it off`,
      { row, value: String(value) },
    );
  }
  return Number((value - rest) / divisor);
}

/** The times of a column of dates or timestamps, in epoch milliseconds. */
export function readTimes(name: string, column: ArrowVectorLike, floor: boolean): Float64Array {
  const { typeId, unit = DAYS } = column.type;
  if (typeId !== TYPE.date && typeId !== TYPE.timestamp) {
    refuse(name, `is ${column.type}; times must be dates or timestamps, whose unit is known`);
  }
  const stored = typeId === TYPE.timestamp ? (column.toArray() as ArrayLike<unknown>) : undefined;
  return Float64Array.from({ length: column.length }, (_, row) => {
    if (column.nullCount > 0 && !column.isValid(row))
      refuse(name, `row ${row}: a time may not be null`, { row });
    if (stored !== undefined) return readTimestamp(name, row, stored[row], unit, floor);
    return Number(column.get(row)); // milliseconds, whatever the unit
  });
}
