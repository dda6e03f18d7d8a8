import { log, type Matrix, type MatrixLike, type Panel, QuantError } from "@astra-quant/core-linalg";
import { requireMatrix, show } from "@astra-quant/core-linalg/guards";
import { removeTrend } from "../cointegration/trend.ts";

/** The prices of a universe, one array a name, and what many pairs ask of each of them. */
export interface PriceUniverse {
  readonly names: readonly string[];
  /** Prices or their logarithms; NaN where missing. */
  readonly columns: readonly Float64Array[];
  /** The same less their means, or undefined where a price is missing. */
  readonly centred: readonly (Float64Array | undefined)[];
}

function requireNames(names: unknown, columns: number): readonly string[] {
  if (names === undefined) return Array.from({ length: columns }, (_, j) => String(j));
  const strings = Array.isArray(names) && names.every((name) => typeof name === "string");
  if (!strings || names.length !== columns) {
    throw new QuantError("shape", `names must be ${columns} names, one a column, got ${show(names)}`, {
      argument: "names",
      expected: columns,
    });
  }
  const twice = names.find((name, j) => names.indexOf(name) !== j);
  if (twice === undefined) return names;
  throw new QuantError("data", `names must differ, got ${show(twice)} twice`, {
    argument: "names",
    value: twice,
  });
}

/** A column as numbers to be compared: finite, or NaN where missing; positive and in logs where asked. */
function comparable(matrix: Matrix, j: number, name: string, logs: boolean): Float64Array {
  const column = matrix.column(j);
  for (let t = 0; t < column.length; t++) {
    const price = column[t]!;
    const legal = Number.isNaN(price) || (Number.isFinite(price) && (!logs || price > 0));
    if (!legal) {
      const code = Number.isFinite(price) ? "range" : "not-finite";
      const rule = logs ? "positive and finite for logs" : "finite, or NaN where missing";
      throw new QuantError(code, `the price of ${show(name)} in row ${t} must be ${rule}, got ${price}`, {
        argument: "prices",
        name,
        row: t,
        value: price,
      });
    }
    if (logs) column[t] = log(price);
  }
  return column;
}

function isPanel(prices: MatrixLike | Panel): prices is Panel {
  return typeof prices === "object" && prices !== null && "index" in prices && "values" in prices;
}

/** Reads a panel, or a matrix and its names. */
export function priceUniverse(prices: MatrixLike | Panel, names: unknown, logs: boolean): PriceUniverse {
  if (isPanel(prices) && names !== undefined) {
    throw new QuantError(
      "option",
      `names must be left out for a panel, which has its own, got ${show(names)}`,
      {
        argument: "names",
      },
    );
  }
  const matrix = requireMatrix("prices", isPanel(prices) ? prices.values : prices);
  if (matrix.columns < 2) {
    throw new QuantError("shape", `prices must have at least two columns, got ${matrix.columns}`, {
      argument: "prices",
      columns: matrix.columns,
    });
  }
  const known = requireNames(isPanel(prices) ? prices.columns : names, matrix.columns);
  const columns = known.map((name, j) => comparable(matrix, j, name, logs));
  const centred = columns.map((column) =>
    column.some(Number.isNaN) ? undefined : removeTrend(column.slice(), "c"),
  );
  return { names: known, columns, centred };
}

/** Two columns over the bars that both have, less their means there. */
export interface CommonWindow {
  readonly bars: number;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** The bars that columns i and j share; what lies between them is closed up. */
export function commonWindow({ columns, centred }: PriceUniverse, i: number, j: number): CommonWindow {
  const [wholeA, wholeB] = [centred[i], centred[j]];
  if (wholeA !== undefined && wholeB !== undefined) return { bars: wholeA.length, a: wholeA, b: wholeB };
  const [first, second] = [columns[i]!, columns[j]!];
  const a = new Float64Array(first.length);
  const b = new Float64Array(first.length);
  let bars = 0;
  for (let t = 0; t < first.length; t++) {
    if (Number.isNaN(first[t]!) || Number.isNaN(second[t]!)) continue;
    a[bars] = first[t]!;
    b[bars] = second[t]!;
    bars++;
  }
  return { bars, a: removeTrend(a.subarray(0, bars), "c"), b: removeTrend(b.subarray(0, bars), "c") };
}
