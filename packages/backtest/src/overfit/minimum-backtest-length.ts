import { requireInteger, requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { deflatedSharpeRatio } from "@astra-quant/risk";

export interface MinimumBacktestLengthOptions {
  /**
   * The annual Sharpe ratio that the best of the trials showed.
   * @defaultValue 1
   */
  readonly sharpe?: number;
}

/**
 * Years of data below which the best of so many independent trials without any skill is expected to show such an annual
 * Sharpe ratio: (E[largest of N standard normals] ÷ sharpe)² [MinBTL]. A backtest that is shorter proves nothing by it.
 *
 * @param trials how many were tried, ≥ 1; 0 years for a single one.
 * @throws QuantError "range" for trials below 1 or a sharpe that is not positive, "option" for an unknown option.
 */
export function minimumBacktestLength(trials: number, options: MinimumBacktestLengthOptions = {}): number {
  requireKnownOptions(options, ["sharpe"]);
  const sharpe = requirePositive("sharpe", options.sharpe ?? 1);
  const count = requireInteger("trials", trials, 1);
  const { expectedMaximum } = deflatedSharpeRatio(
    { sharpe, observations: 2 },
    { periodsPerYear: 1, trials: { count, variance: 1 } },
  );
  return (expectedMaximum / sharpe) * (expectedMaximum / sharpe);
}
