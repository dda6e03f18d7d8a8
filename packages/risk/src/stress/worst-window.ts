import { Matrix } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { historicalReturns } from "./price-path.ts";
import type { HistoricalScenario } from "./scenario.ts";
import { requireBook, type StressBook } from "./stress-book.ts";
import { type StressResult, type StressTestOptions, stressTest } from "./stress-test.ts";

export interface WorstWindowOptions extends Pick<StressTestOptions, "limits" | "confidence" | "horizon"> {
  /** Length of the windows, ≥ 1. */
  readonly days: number;
}

export interface WorstWindow extends StressResult {
  /** Row of the first day within the span of history looked at. */
  readonly from: number;
  /** Row after the last day. */
  readonly until: number;
}

/** P&L of the held book over the days first … last − 1, the positions' added up in their order. */
function windowPnl(returns: Matrix, notionals: Float64Array, first: number, last: number): number {
  const n = returns.columns;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let price = 1;
    for (let t = first; t < last; t++) price = Math.max(0, price * (1 + returns.data[t * n + i]!));
    sum += notionals[i]! * (price - 1);
  }
  return sum;
}

/**
 * The span of so many days in which the book of today would have lost most (the first of several), replayed: history looks
 * for its own scenario.
 *
 * @throws QuantError as `stressTest`, and "range" for days that are no integer in [1, days of history].
 */
export function worstWindow(
  book: StressBook,
  scenario: HistoricalScenario,
  options: WorstWindowOptions,
): WorstWindow {
  requireKnownOptions(options, ["days", "limits", "confidence", "horizon"]);
  const { days, ...rest } = options;
  const { notionals } = requireBook(book);
  const { history: _, from: __, until: ___, ...market } = scenario;
  const returns = historicalReturns(scenario, requireBook(book));
  requireInteger("days", days, 1, returns.rows);
  let from = 0;
  let worst = Number.POSITIVE_INFINITY;
  for (let first = 0; first + days <= returns.rows; first++) {
    const pnl = windowPnl(returns, notionals, first, first + days);
    if (pnl < worst) [worst, from] = [pnl, first];
  }
  const n = returns.columns;
  const history = new Matrix(days, n, returns.data.slice(from * n, (from + days) * n));
  const result = stressTest(book, { name: `worst ${days} days`, ...market, history }, rest);
  return { ...result, from, until: from + days };
}
