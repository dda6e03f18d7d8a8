import type { PerformanceSummary } from "@astra-quant/risk";

/** A Sharpe ratio closer to zero than this many standard errors is not told from zero. */
const STANDARD_ERRORS = 2;
/** Less than this part of the lessons' return was left in the tests. */
const POOR_EFFICIENCY = 0.5;

/** What a reader must know before believing an out-of-sample record, in words. */
export function warningsOfWalk(summary: PerformanceSummary, efficiency: number): string[] {
  const { sharpe, sharpeStandardError, observations } = summary;
  if (Number.isNaN(sharpe)) {
    return [
      `Out of sample the Sharpe ratio is undefined: the ${observations} returns do not vary or end in ruin`,
    ];
  }
  const warnings: string[] = [];
  if (!(Math.abs(sharpe) >= STANDARD_ERRORS * sharpeStandardError)) {
    warnings.push(
      `Out of sample the Sharpe ratio is ${sharpe.toFixed(2)} with a standard error of ${sharpeStandardError.toFixed(2)} ` +
        `over ${observations} returns: closer than ${STANDARD_ERRORS} of them to 0, it is not told from luck`,
    );
  }
  if (efficiency < POOR_EFFICIENCY) {
    warnings.push(
      `Out of sample ${(100 * efficiency).toFixed(0)} % of the mean return in sample was left: what was fitted does not ` +
        "carry over",
    );
  }
  return warnings;
}
