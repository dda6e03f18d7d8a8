import { requireMatrix } from "../guards/matrices.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireFiniteVector, requireVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type DateLike, requireMoment } from "./date-like.ts";
import { isoTime } from "./iso-time.ts";

export interface PanelFields {
  /** Epoch milliseconds, strictly ascending. */
  readonly index: VectorLike;
  /** Names of the columns, no two alike. */
  readonly columns: readonly string[];
  /** Times × columns; NaN marks a missing value. */
  readonly values: MatrixLike;
}

/** Refuses times that are not finite or not strictly ascending: of ascending ones only the ends may be infinite. */
function requireAscendingTimes(index: Float64Array): void {
  let t = 1;
  while (t < index.length && index[t]! > index[t - 1]!) t++;
  const finite = Number.isFinite(index[0] ?? 0) && Number.isFinite(index.at(-1) ?? 0);
  if (finite && t >= index.length) return;
  requireFiniteVector("index", index);
  const rule = index[t] === index[t - 1] ? "occurs twice" : "is earlier than the row before it";
  throw new QuantError("data", `row ${t}: time ${isoTime(index[t]!)} ${rule}`, { row: t, time: index[t] });
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
    requireKnownOptions(fields, ["index", "columns", "values"], "fields");
    const { index, columns, values } = fields;
    const table = requireMatrix("values", values);
    // A list without rows does not say how wide they are.
    this.values = Array.isArray(values) && table.rows === 0 ? new Matrix(0, columns?.length ?? 0) : table;
    this.index = requireVector("index", index, this.values.rows);
    if (!Array.isArray(columns) || columns.length !== this.values.columns) {
      throw new QuantError(
        "shape",
        `columns must hold a name for each column of values, ${this.values.columns} in all, got ${show(columns)}`,
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
    requireAscendingTimes(this.index);
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
