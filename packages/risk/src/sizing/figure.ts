import { Matrix, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  isVector,
  QuantError,
  requireApart,
  requireTable,
  show,
} from "@astra-quant/core-linalg/guards";

/** One number, a vector (one entry an asset or a moment), a time × assets matrix, or a panel. */
export type Figure = number | TableLike;

/** What a {@link Figure} comes back as. */
export type FigureOf<X extends Figure> = X extends TableLike ? TableOf<X> : number;

/** Where to write an answer. */
export interface OutFigure<X extends Figure> {
  /** An array of the answer's form and size that shares no memory with an input; none for a single number. */
  readonly out?: FigureOf<X>;
}

/** What every entry of a figure must be; NaN is a missing value and passes where `missing` says so. */
export interface Rule {
  readonly rule: string;
  holds(value: number): boolean;
  readonly missing: boolean;
}

export const FINITE: Rule = { rule: "finite or NaN", holds: Number.isFinite, missing: true };
export const KNOWN: Rule = { rule: "a finite number", holds: Number.isFinite, missing: false };
export const NOT_NEGATIVE: Rule = {
  rule: "non-negative and finite, or NaN",
  holds: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
  missing: true,
};
export const SHARE: Rule = {
  rule: "in [0, 1], or NaN",
  holds: (value) => value >= 0 && value <= 1,
  missing: true,
};
export const STRENGTH: Rule = {
  rule: "in [-1, 1], or NaN",
  holds: (value) => Math.abs(value) <= 1,
  missing: true,
};

function place(k: number, table: Matrix, x: Figure): string {
  if (typeof x === "number") return "";
  const [row, column] = [Math.floor(k / table.columns), k % table.columns];
  return isVector(x) ? `[${k}]` : `[${row}][${column}]`;
}

/** The figure as a table, each of its entries lawful. */
function requireFigure(name: string, x: Figure, { rule, holds, missing }: Rule): Matrix {
  const table = typeof x === "number" ? new Matrix(1, 1, Float64Array.of(x)) : requireTable(name, x);
  const { data } = table;
  for (let k = 0; k < data.length; k++) {
    const value = data[k]!;
    if (holds(value) || (missing && Number.isNaN(value))) continue;
    const code = Number.isFinite(value) ? "range" : "not-finite";
    const argument = `${name}${place(k, table, x)}`;
    throw new QuantError(code, `${argument} must be ${rule}, got ${show(value)}`, { argument, value });
  }
  return table;
}

/** Reads the companion of entry k: the same number everywhere, one a column, or one an entry. */
export type Companion = (k: number) => number;

function companionOf(name: string, figure: Figure, rule: Rule, x: Figure, shape: Matrix): Companion {
  const { data, rows, columns } = requireFigure(name, figure, rule);
  if (typeof figure === "number") return () => data[0]!;
  if (rows === shape.rows && columns === shape.columns) return (k) => data[k]!;
  const byAsset = isVector(figure) && typeof x !== "number" && !isVector(x) && rows === shape.columns;
  if (byAsset) return (k) => data[k % shape.columns]!;
  const wanted = `a number or of the shape of its partner, ${shape.rows}×${shape.columns}`;
  throw new QuantError("shape", `${name} must be ${wanted}, got ${rows}×${columns}`, {
    argument: name,
    rows,
    columns,
  });
}

/**
 * The answer entry by entry, in x's own form and in `out` when given. `prepare` gets a way to read x's companions and
 * returns what is done with entry k.
 */
export function mapFigure<X extends Figure>(
  name: string,
  x: X,
  rule: Rule,
  out: FigureOf<X> | undefined,
  prepare: (
    beside: (name: string, figure: Figure, rule: Rule) => Companion,
  ) => (value: number, k: number) => number,
): FigureOf<X> {
  const table = requireFigure(name, x, rule);
  const beside = (other: string, figure: Figure, its: Rule): Companion => {
    const companion = companionOf(other, figure, its, x, table);
    if (out !== undefined && typeof figure !== "number") requireApartFrom(out, other, figure);
    return companion;
  };
  const work = prepare(beside);
  const values = new Matrix(
    table.rows,
    table.columns,
    table.data.map((value, k) => work(value, k)),
  );
  if (typeof x === "number") {
    if (out === undefined) return values.data[0]! as FigureOf<X>;
    throw new QuantError("option", "out must not be given for a single number", { argument: "out" });
  }
  if (out !== undefined) requireApartFrom(out, name, x);
  return inKindOf(x, values, out as never) as FigureOf<X>;
}

function requireApartFrom(out: Figure, name: string, input: Figure): void {
  const answer = requireTable("out", out as TableLike);
  requireApart(answer.data, name, requireTable(name, input as TableLike).data);
}
