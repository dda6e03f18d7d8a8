import type { PerformanceSummary } from "@astra-quant/risk";

/** A ruin has no compound growth, so no figure built on it. */
export function summaryOfRuin(observations: number, totalReturn: number): PerformanceSummary {
  return {
    observations,
    totalReturn,
    cagr: Number.NaN,
    meanReturn: Number.NaN,
    volatility: Number.NaN,
    sharpe: Number.NaN,
    sharpeStandardError: Number.NaN,
    sortino: Number.NaN,
    calmar: Number.NaN,
    maxDrawdown: Number.NaN,
    longestUnderwater: Number.NaN,
    winRate: Number.NaN,
    profitFactor: Number.NaN,
    recoveryFactor: Number.NaN,
    skewness: Number.NaN,
    kurtosis: Number.NaN,
    downsideDeviation: Number.NaN,
    adjustedSharpe: Number.NaN,
    probabilisticSharpe: Number.NaN,
    omega: Number.NaN,
    gainToPain: Number.NaN,
    averageWin: Number.NaN,
    averageLoss: Number.NaN,
    ulcerIndex: Number.NaN,
    martin: Number.NaN,
    painIndex: Number.NaN,
  };
}
