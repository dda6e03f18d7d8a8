import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { log } from "../special/log.ts";
import { mapTable, type OutOption } from "./map-table.ts";
import type { TableLike, TableOf } from "./table-like.ts";

export interface ReturnsOptions<T extends TableLike = TableLike> extends OutOption<T> {
  /**
   * What becomes of the first row (of the first `periods` rows), which has no return: "drop" leaves it out, "nan" keeps
   * it as NaN so that returns and prices have the same rows. @defaultValue "drop"
   */
  readonly firstRow?: "drop" | "nan";
  /** How many rows a return spans; returns over several rows overlap. @defaultValue 1 */
  readonly periods?: number;
}

function requirePrices(data: Float64Array, columns: number): void {
  for (let k = 0; k < data.length; k++) {
    const price = data[k]!;
    if (Number.isNaN(price) || (price > 0 && price < Number.POSITIVE_INFINITY)) continue;
    const row = Math.floor(k / columns);
    const column = k % columns;
    throw new QuantError(
      "range",
      `prices must be positive and finite, got ${price} in row ${row}, column ${column}`,
      { row, column, value: price },
    );
  }
}

function mapReturns<T extends TableLike>(
  prices: T,
  options: ReturnsOptions<T>,
  step: (now: number, before: number) => number,
): TableOf<T> {
  requireKnownOptions(options, ["firstRow", "periods", "out"]);
  const { firstRow = "drop", periods = 1, out } = options;
  requireOneOf("firstRow", firstRow, ["drop", "nan"]);
  requireInteger("periods", periods, 1);
  const skipped = firstRow === "drop" ? periods : 0;
  return mapTable("prices", prices, { out, skipped }, ({ columns, data }, answer) => {
    requirePrices(data, columns);
    const lag = periods * columns;
    const offset = skipped * columns;
    answer.fill(Number.NaN, 0, lag - offset);
    for (let k = lag; k < data.length; k++) answer[k - offset] = step(data[k]!, data[k - lag]!);
  });
}

/**
 * Simple returns p_t ÷ p_{t−1} − 1 of a series, a time × assets matrix or a panel, as fractions a period; over k
 * periods p_t ÷ p_{t−k} − 1, not annualised. A return next to a missing price (NaN) is NaN; nothing is filled. With
 * k rows or fewer there is no return.
 *
 * @throws QuantError "range" for a price that is zero, negative or infinite, or `periods` that is no integer ≥ 1;
 *   "shape" for prices or `out` of a wrong form.
 */
export function simpleReturns<T extends TableLike>(prices: T, options: ReturnsOptions<T> = {}): TableOf<T> {
  return mapReturns(prices, options, (now, before) => now / before - 1);
}

/** Logarithmic returns log(p_t ÷ p_{t−1}), over k periods log(p_t ÷ p_{t−k}); otherwise as {@link simpleReturns}. */
export function logReturns<T extends TableLike>(prices: T, options: ReturnsOptions<T> = {}): TableOf<T> {
  return mapReturns(prices, options, (now, before) => log(now / before));
}

/**
 * Compounded growth so far, Π (1 + r) − 1 up to and including each row; NaN from the first NaN on.
 *
 * @throws QuantError "shape" for returns or `out` of a wrong form.
 */
export function cumulativeReturn<T extends TableLike>(returns: T, options: OutOption<T> = {}): TableOf<T> {
  requireKnownOptions(options, ["out"]);
  return mapTable("returns", returns, options, ({ rows, columns, data }, answer) => {
    for (let j = 0; j < columns; j++) {
      let growth = 1;
      for (let t = 0; t < rows; t++) {
        growth *= 1 + data[t * columns + j]!;
        answer[t * columns + j] = growth - 1;
      }
    }
  });
}
