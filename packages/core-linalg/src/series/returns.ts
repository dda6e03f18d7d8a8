import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import { log } from "../special/log.ts";
import { mapTable } from "./map-table.ts";
import type { TableLike, TableOf } from "./table-like.ts";

export interface ReturnsOptions {
  /**
   * What becomes of the first row, which has no return: "drop" leaves it out, "nan" keeps it as NaN so that returns
   * and prices have the same rows. @defaultValue "drop"
   */
  readonly firstRow?: "drop" | "nan";
}

function mapReturns<T extends TableLike>(
  prices: T,
  options: ReturnsOptions,
  step: (now: number, before: number) => number,
): TableOf<T> {
  requireKnownOptions(options, ["firstRow"]);
  const { firstRow = "drop" } = options;
  requireOneOf("firstRow", firstRow, ["drop", "nan"]);
  return mapTable("prices", prices, ({ rows, columns, data }) => {
    data.forEach((price, k) => {
      if (Number.isNaN(price) || (price > 0 && price < Number.POSITIVE_INFINITY)) return;
      const row = Math.floor(k / columns);
      throw new QuantError(
        "range",
        `prices must be positive and finite, got ${price} in row ${row}, column ${k % columns}`,
        {
          row,
          column: k % columns,
          value: price,
        },
      );
    });
    const skipped = firstRow === "drop" ? Math.min(1, rows) : 0;
    const result = new Matrix(rows - skipped, columns);
    if (skipped === 0) result.data.fill(Number.NaN, 0, Math.min(columns, result.data.length));
    for (let k = columns; k < data.length; k++) {
      result.data[k - skipped * columns] = step(data[k]!, data[k - columns]!);
    }
    return result;
  });
}

/**
 * Simple returns p_t ÷ p_{t−1} − 1 of a series, a time × assets matrix or a panel, as fractions a period. A return
 * next to a missing price (NaN) is NaN; nothing is filled.
 *
 * @throws QuantError "range" for a price that is zero, negative or infinite.
 */
export function simpleReturns<T extends TableLike>(prices: T, options: ReturnsOptions = {}): TableOf<T> {
  return mapReturns(prices, options, (now, before) => now / before - 1);
}

/** Logarithmic returns log(p_t ÷ p_{t−1}); otherwise as {@link simpleReturns}. */
export function logReturns<T extends TableLike>(prices: T, options: ReturnsOptions = {}): TableOf<T> {
  return mapReturns(prices, options, (now, before) => log(now / before));
}

/** Compounded growth so far, Π (1 + r) − 1 up to and including each row; NaN from the first NaN on. */
export function cumulativeReturn<T extends TableLike>(returns: T): TableOf<T> {
  return mapTable("returns", returns, ({ rows, columns, data }) => {
    const result = new Matrix(rows, columns);
    for (let j = 0; j < columns; j++) {
      let growth = 1;
      for (let t = 0; t < rows; t++) {
        growth *= 1 + data[t * columns + j]!;
        result.data[t * columns + j] = growth - 1;
      }
    }
    return result;
  });
}
