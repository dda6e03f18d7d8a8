import type { PerformanceSummary } from "@astra-quant/risk";

/** Fewer trades than this are too few for an average of them to be called normal. */
const FEW_TRADES = 30;
/** A Sharpe ratio closer to zero than this many standard errors is not told from zero. */
const STANDARD_ERRORS = 2;
/** Shorter than a quarter, a sample has met one state of the market; a year of such bars is an extrapolation. */
const SHORT_YEARS = 0.25;

export interface Evidence {
  readonly summary: PerformanceSummary;
  /** Counted only where it matters, since counting goes through every position. */
  readonly countTrades: () => number;
  readonly barsInPosition: number;
  readonly periodsPerYear: number;
  readonly lookAhead: boolean;
  readonly ruinRow: number | null;
}

function sharpeWarnings({ summary, countTrades, barsInPosition, periodsPerYear }: Evidence): string[] {
  const { sharpe, sharpeStandardError, observations } = summary;
  if (barsInPosition === 0) return ["Sharpe is undefined: no position was ever held"];
  if (Number.isNaN(sharpe)) return ["Sharpe is undefined: the returns do not vary"];
  const warnings: string[] = [];
  const trades = barsInPosition < observations / 2 ? countTrades() : FEW_TRADES;
  if (trades < FEW_TRADES) {
    warnings.push(
      `Sharpe rests on ${trades} trade${trades === 1 ? "" : "s"}: ${sharpe.toFixed(2)} was earned in ` +
        `${barsInPosition} of ${observations} bars, and fewer than ${FEW_TRADES} trades say little of the next`,
    );
  }
  const years = observations / periodsPerYear;
  const span = `${observations} bars (${years.toFixed(2)} years)`;
  if (!(Math.abs(sharpe) >= STANDARD_ERRORS * sharpeStandardError)) {
    warnings.push(
      `Sharpe ${sharpe.toFixed(2)} has a standard error of ${sharpeStandardError.toFixed(2)} over ` +
        `${span}: closer than ${STANDARD_ERRORS} of them to 0, it is not told from luck`,
    );
  } else if (years < SHORT_YEARS) {
    warnings.push(
      `Sharpe ${sharpe.toFixed(2)} is extrapolated from ${span} to a year of the same: its standard error counts ` +
        "noise, not other markets",
    );
  }
  return warnings;
}

/**
 * What a reader must know before believing the summary, in words.
 *
 * - Trades: fewer than 30, in a book that is flat on more than half of its bars. Such a book earns on few
 *   occasions, and the standard error, which counts bars, does not see how few.
 * - Length: |Sharpe| below two of its standard errors √((1 + s² ÷ 2) ÷ n) · √periodsPerYear, with s the Sharpe
 *   ratio of one bar and n the number of bars; or, where it is above them, less than a quarter of a year.
 * - Look-ahead, ruin, and a Sharpe ratio that is undefined.
 */
export function warningsOf(evidence: Evidence): string[] {
  const warnings: string[] = [];
  if (evidence.lookAhead) {
    warnings.push(
      "Look-ahead: lag 0 lets every bar earn with weights that know its return; nobody can trade this",
    );
  }
  if (evidence.ruinRow !== null) {
    return [...warnings, `Ruin: no capital is left at row ${evidence.ruinRow}; nothing is held after it`];
  }
  return [...warnings, ...sharpeWarnings(evidence)];
}
