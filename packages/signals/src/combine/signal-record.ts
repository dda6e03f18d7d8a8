/** One signal as it enters the weights. */
export interface WeighedSignal {
  /** Its information coefficient. */
  readonly ic: number;
  /** Its health score, in [0, 1]. */
  readonly health: number;
  /** The annualised Sharpe ratio of its own lagged P&L. */
  readonly sharpe: number;
  /** Its share of risk, > 0; only the ratios among the admitted signals count. @defaultValue its name's in RISK_BUDGETS */
  readonly riskBudget?: number;
  /** Whether it takes part. @defaultValue true */
  readonly admitted?: boolean;
}
