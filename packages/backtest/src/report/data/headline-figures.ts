import type { PerformanceSummary } from "@astra-quant/risk";
import type { ReportedResult } from "../reported-result.ts";
import type { TrackRecord } from "./track-record.ts";

/** A figure of a tear sheet, with its error where it is an estimate. */
export interface HeadlineFigure {
  readonly name: string;
  /** NaN where it is undefined. */
  readonly value: number;
  /** null for a figure that is no estimate, or whose error is not known. */
  readonly standardError: number | null;
  readonly unit: "fraction" | "probability" | "ratio" | "times" | "bars" | "count";
}

const figure = (
  name: string,
  unit: HeadlineFigure["unit"],
  value: number,
  standardError: number | null = null,
): HeadlineFigure => ({ name, value, standardError, unit });

const sumOf = (series: Float64Array, from: number): number => {
  let sum = 0;
  for (let t = from; t < series.length; t++) sum += series[t]!;
  return sum;
};

/**
 * The eight figures that a reader looks for first. Errors are of first order and for independent returns, with n bars,
 * T years, σ the annual volatility and κ the excess kurtosis:
 *
 *     CAGR: (1 + CAGR) σ ÷ √T        volatility: σ √((κ + 2) ÷ 4n)        Sharpe: the summary's own
 */
export function headlineFigures(summary: PerformanceSummary, { years }: TrackRecord): HeadlineFigure[] {
  const { observations, volatility, cagr } = summary;
  return [
    figure("Total return", "fraction", summary.totalReturn),
    figure("CAGR", "fraction", cagr, ((1 + cagr) * volatility) / Math.sqrt(years)),
    figure(
      "Volatility",
      "fraction",
      volatility,
      volatility * Math.sqrt((summary.kurtosis + 2) / (4 * observations)),
    ),
    figure("Sharpe ratio", "ratio", summary.sharpe, summary.sharpeStandardError),
    figure("Maximum drawdown", "fraction", summary.maxDrawdown),
    figure("Calmar ratio", "ratio", summary.calmar),
    figure("Longest under water", "bars", summary.longestUnderwater),
    figure("Chance that Sharpe > 0", "probability", summary.probabilisticSharpe),
  ];
}

/** The figures of second sight. Skewness and kurtosis have the errors that they have for normal returns. */
export function furtherFigures(result: ReportedResult, record: TrackRecord): HeadlineFigure[] {
  const { summary, firstBar } = result;
  const { observations: n, winRate } = summary;
  return [
    figure("Sortino ratio", "ratio", summary.sortino),
    figure("Winning bars", "fraction", winRate, Math.sqrt((winRate * (1 - winRate)) / n)),
    figure("Profit factor", "ratio", summary.profitFactor),
    figure("Omega ratio", "ratio", summary.omega),
    figure("Skewness", "ratio", summary.skewness, Math.sqrt(6 / n)),
    figure("Excess kurtosis", "ratio", summary.kurtosis, Math.sqrt(24 / n)),
    figure("Ulcer index", "fraction", summary.ulcerIndex),
    figure("Turnover a year", "times", sumOf(result.turnover, firstBar) / record.years),
    figure("Bars in position", "fraction", result.barsInPosition / n),
    figure("Trades", "count", result.trades.length),
  ];
}
