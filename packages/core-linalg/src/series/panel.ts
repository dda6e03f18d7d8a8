import { requireMatrix } from "../guards/matrices.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type DateLike, LAST_MOMENT, requireMoment } from "./date-like.ts";

export interface PanelFields {
  /** Epoch milliseconds, strictly ascending. */
  readonly index: VectorLike;
  /** Names of the columns, no two alike. */
  readonly columns: readonly string[];
  /** Times × columns; NaN marks a missing value. */
  readonly values: MatrixLike;
}

/**
 * A time-indexed table of doubles: one row a moment, one named column a series. NaN is a missing value. The values
 * are not copied; nothing in this package writes to them.
 *
 * @throws QuantError "shape" when the parts do not fit, "data" for times that are not strictly ascending or a name
 *   that occurs twice.
 */
export class Panel {
  readonly index: Float64Array;
  readonly columns: readonly string[];
  readonly values: Matrix;

  constructor(fields: PanelFields) {
    requireKnownOptions(fields, ["index", "columns", "values"]);
    const { index, columns, values } = fields;
    const table = requireMatrix("values", values);
    // A list without rows does not say how wide they are.
    this.values = Array.isArray(values) && table.rows === 0 ? new Matrix(0, columns?.length ?? 0) : table;
    this.index = requireFiniteVector("index", index, this.values.rows);
    if (!Array.isArray(columns) || columns.length !== this.values.columns) {
      throw new QuantError(
        "shape",
        `columns must be ${this.values.columns} names, one a column of values, got ${show(columns)}`,
        { expected: this.values.columns },
      );
    }
    const nameless = columns.findIndex((name) => typeof name !== "string");
    if (nameless >= 0) {
      throw new QuantError("data", `columns[${nameless}] must be a name, got ${show(columns[nameless])}`, {
        column: nameless,
      });
    }
    if (new Set(columns).size < columns.length) {
      const twice = columns.find((name, j) => columns.indexOf(name) !== j);
      throw new QuantError("data", `column ${show(twice)} occurs twice`, { column: twice });
    }
    for (let t = 1; t < this.index.length; t++) {
      if (this.index[t]! > this.index[t - 1]!) continue;
      const rule = this.index[t] === this.index[t - 1] ? "occurs twice" : "is earlier than the row before it";
      throw new QuantError("data", `row ${t}: time ${isoTime(this.index[t]!)} ${rule}`, {
        row: t,
        time: this.index[t],
      });
    }
    this.columns = [...columns];
  }

  get rows(): number {
    return this.index.length;
  }

  /** A copy of the column of that name. */
  column(name: string): Float64Array {
    return this.values.column(this.#position(name));
  }

  /** The panel of these columns, in this order. */
  select(names: readonly string[]): Panel {
    if (!Array.isArray(names)) {
      throw new QuantError("shape", `names must be an array of column names, got ${show(names)}`, {
        argument: "names",
      });
    }
    const positions = names.map((name) => this.#position(name));
    const values = new Matrix(this.rows, names.length);
    positions.forEach((position, j) => {
      for (let t = 0; t < this.rows; t++) {
        values.data[t * names.length + j] = this.values.data[t * this.columns.length + position]!;
      }
    });
    return new Panel({ index: this.index, columns: names, values });
  }

  /**
   * The same panel under other names: `{ Close: "close" }` renames one column. Names that are not mentioned stay; times
   * and values are shared.
   */
  rename(names: Readonly<Record<string, string>>): Panel {
    if (typeof names !== "object" || names === null) {
      throw new QuantError("shape", `names must be an object of new names by old, got ${show(names)}`, {
        argument: "names",
      });
    }
    for (const name of Object.keys(names)) this.#position(name);
    const columns = this.columns.map((name) => (Object.hasOwn(names, name) ? names[name]! : name));
    return new Panel({ index: this.index, columns, values: this.values });
  }

  /**
   * The rows with from ≤ time < until, as copies, so that neighbouring spans share no row:
   * `between("2024-01-01", "2025-01-01")` is the year 2024, of days or of minutes.
   */
  between(from: DateLike, until: DateLike): Panel {
    const first = this.#rowsBefore(requireMoment("from", from));
    return this.slice(first, Math.max(first, this.#rowsBefore(requireMoment("until", until))));
  }

  /** Rows start … end − 1, as copies; negative numbers count from the end, as in `Array.slice`. */
  slice(start: number, end?: number): Panel {
    const part = this.index.subarray(start, end);
    const first = (part.byteOffset - this.index.byteOffset) / Float64Array.BYTES_PER_ELEMENT;
    const width = this.columns.length;
    const data = this.values.data.slice(first * width, (first + part.length) * width);
    const values = new Matrix(part.length, width, data);
    return new Panel({ index: part.slice(), columns: this.columns, values });
  }

  #rowsBefore(time: number): number {
    let low = 0;
    let high = this.rows;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.index[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #position(name: string): number {
    const position = this.columns.indexOf(name);
    if (position < 0) {
      const known =
        this.columns.length > 12 ? `${this.columns.slice(0, 12).join(", ")}, …` : this.columns.join(", ");
      throw new QuantError("data", `no column ${show(name)}; the panel has ${known}`, {
        column: name,
        columns: this.columns,
      });
    }
    return position;
  }
}

/**
 * The moment as ISO 8601 in UTC, the time of day left out at midnight; a number that is no moment of the calendar
 * (NaN, or beyond ±8.64e15 ms) as it stands.
 */
export function isoTime(epoch: number): string {
  if (!(Math.abs(epoch) <= LAST_MOMENT)) return String(epoch);
  const text = new Date(epoch).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace(".000Z", "Z");
}
