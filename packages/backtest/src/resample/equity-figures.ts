import { exp, log } from "@astra-quant/core-linalg";
import { returnPath } from "../rows/return-path.ts";

/** What is read off an equity curve. */
export interface EquityFigures {
  /** Final capital in units of the initial one. */
  readonly terminalWealth: number;
  readonly cagr: number;
  /** Annual; NaN where returns do not vary. */
  readonly sharpe: number;
  /** ≤ 0. */
  readonly maxDrawdown: number;
  /** The longest run of periods below a previous high. */
  readonly longestUnderwater: number;
  /** The least capital on the way, in units of the initial one. */
  readonly lowestWealth: number;
}

/** The names of {@link EquityFigures}. */
export const EQUITY_FIGURES = [
  "terminalWealth",
  "cagr",
  "sharpe",
  "maxDrawdown",
  "longestUnderwater",
  "lowestWealth",
] as const;

/** A variance below this fraction of the squared mean is what rounding leaves of returns that do not vary. */
const ROUNDING = 1e-20;

export function equityFigures(returns: Float64Array, periodsPerYear: number): EquityFigures {
  const n = returns.length;
  let sum = 0;
  for (let t = 0; t < n; t++) sum += returns[t]!;
  const mean = sum / n;
  const { squares, equity, lowestEquity, lowestLevel, longestUnderwater } = returnPath(returns, mean);
  const variance = squares / (n - 1);
  const ratio = variance > ROUNDING * (mean * mean) ? mean / Math.sqrt(variance) : Number.NaN;
  return {
    terminalWealth: equity,
    cagr: exp((log(equity) * periodsPerYear) / n) - 1,
    sharpe: ratio * Math.sqrt(periodsPerYear),
    maxDrawdown: lowestLevel - 1,
    longestUnderwater,
    lowestWealth: lowestEquity,
  };
}
