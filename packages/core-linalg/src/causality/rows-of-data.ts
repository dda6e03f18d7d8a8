import { Matrix } from "../matrix/matrix.ts";
import { permutation } from "../random/permutation.ts";
import type { Random } from "../random/random.ts";
import { Panel } from "../series/panel.ts";
import { isPanel } from "../series/table-like.ts";

type Fields = Readonly<Record<string, unknown>>;

const isMatrix = (x: unknown): x is Matrix =>
  typeof x === "object" && x !== null && (x as Partial<Matrix>).data instanceof Float64Array && "rows" in x;
const isPlain = (x: unknown): x is Fields =>
  typeof x === "object" && x !== null && [Object.prototype, null].includes(Object.getPrototypeOf(x));

/** What is done to a part of the data that has a row for each time. */
interface RowWork {
  matrix(x: Matrix): Matrix;
  list(x: readonly unknown[] | Float64Array): unknown;
  index(x: Float64Array): Float64Array;
}

/** The data in the form they came, every part that has `rows` rows worked on, all others as they are. */
function mapRows(data: unknown, rows: number, work: RowWork): unknown {
  if (isPanel(data)) {
    if (data.index.length !== rows) return data;
    return new Panel({
      index: work.index(data.index),
      columns: data.columns,
      values: work.matrix(data.values),
    });
  }
  if (isMatrix(data)) return data.rows === rows ? work.matrix(data) : data;
  if (Array.isArray(data) || data instanceof Float64Array)
    return data.length === rows ? work.list(data) : data;
  if (!isPlain(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, part]) => [name, mapRows(part, rows, work)]));
}

/** The data as they were after the first `kept` of `rows` rows. */
export function truncatedData<Data>(data: Data, rows: number, kept: number): Data {
  return mapRows(data, rows, {
    matrix: (x) => new Matrix(kept, x.columns, x.data.slice(0, kept * x.columns)),
    list: (x) => x.slice(0, kept),
    index: (x) => x.slice(0, kept),
  }) as Data;
}

/** Times stay where they are: a list of numbers that ascends throughout is one of them. */
function isClock(x: readonly unknown[] | Float64Array): boolean {
  if (typeof x[0] !== "number") return false;
  for (let t = 1; t < x.length; t++) if (!((x[t] as number) > (x[t - 1] as number))) return false;
  return true;
}

/**
 * The data with other numbers from row `kept` on: each multiplied by a factor between ½ and 1½ of its row, so that
 * prices stay prices and highs stay above lows. Times stay: a panel's, and any list that ascends throughout.
 */
export function perturbedData<Data>(data: Data, rows: number, kept: number, random: Random): Data {
  const factors = random.fillUniform(new Float64Array(rows)).map((u, t) => (t < kept ? 1 : 0.5 + u));
  const scaleRow = (row: unknown, t: number): unknown => {
    if (typeof row === "number") return row * factors[t]!;
    if (row instanceof Float64Array) return row.map((x) => x * factors[t]!);
    return Array.isArray(row) ? row.map((x) => scaleRow(x, t)) : row;
  };
  return mapRows(data, rows, {
    matrix: ({ columns, data: x }) =>
      new Matrix(
        rows,
        columns,
        x.map((value, k) => value * factors[Math.floor(k / columns)]!),
      ),
    list: (x) => {
      if (isClock(x)) return x;
      return x instanceof Float64Array ? x.map((value, t) => value * factors[t]!) : x.map(scaleRow);
    },
    index: (x) => x,
  }) as Data;
}

/** Where each row comes from: the first `kept` from themselves, the others from one another. */
function shuffledRows(rows: number, kept: number, random: Random): Int32Array {
  const from = Int32Array.from({ length: rows }, (_, t) => t);
  permutation(random, rows - kept).forEach((other, i) => {
    from[kept + i] = kept + other;
  });
  return from;
}

/** The data with the rows from `kept` on in another order, the same in every part. Times stay, as in perturbed data. */
export function shuffledData<Data>(data: Data, rows: number, kept: number, random: Random): Data {
  const from = shuffledRows(rows, kept, random);
  return mapRows(data, rows, {
    matrix: ({ columns, data: x }) =>
      new Matrix(
        rows,
        columns,
        x.map((_, k) => x[from[Math.floor(k / columns)]! * columns + (k % columns)]!),
      ),
    list: (x) => {
      if (isClock(x)) return x;
      return x instanceof Float64Array ? x.map((_, t) => x[from[t]!]!) : x.map((_, t) => x[from[t]!]);
    },
    index: (x) => x,
  }) as Data;
}
