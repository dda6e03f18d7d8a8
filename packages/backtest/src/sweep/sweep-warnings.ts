import type { DeflatedSharpeRatio } from "@astra-quant/risk";
import type { BacktestOverfitting } from "../overfit/backtest-overfitting.ts";
import type { SweepRecord } from "./sweep-record.ts";

/** Fewer trades than this are too few for an average of them to be called normal. */
const FEW_TRADES = 30;
/** The confidence with which the best must be told from the best of as many without skill. */
const CONFIDENCE = 0.95;
/** A best in sample that is no better than the median in more than this part of the ways carries nothing over. */
const OVERFIT = 0.5;

/** What a sweep has found out about itself. */
export interface SweepFindings {
  readonly best: SweepRecord | undefined;
  readonly points: number;
  readonly failed: number;
  readonly undefinedRatios: number;
  readonly years: number;
  readonly minimumYears: number;
  readonly deflatedSharpe: DeflatedSharpeRatio | null;
  readonly overfitting: BacktestOverfitting | null;
  /** Why there is no probability of overfitting though it was asked for. */
  readonly noOverfitting: string | undefined;
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function luck(deflated: DeflatedSharpeRatio, { minimumYears, years }: SweepFindings): string[] {
  if (deflated.probability >= CONFIDENCE) return [];
  const { sharpe, expectedMaximum, trials, probability } = deflated;
  const text =
    `The best of ${trials} points has a Sharpe ratio of ${sharpe.toFixed(2)}; the best of as many without any skill is ` +
    `expected to show ${expectedMaximum.toFixed(2)}, and the true ratio is above that with a probability of ` +
    `${percent(probability)}: it is not told from luck`;
  if (!(years < minimumYears)) return [text];
  return [
    text,
    `${years.toFixed(2)} years are fewer than the ${minimumYears.toFixed(2)} in which the best of ${trials} independent ` +
      `points without any skill is expected to show ${sharpe.toFixed(2)}`,
  ];
}

/** What must be known before the best point is believed, in words. */
export function warningsOfSweep(findings: SweepFindings): string[] {
  const { best, points, failed, undefinedRatios, deflatedSharpe, overfitting, noOverfitting } = findings;
  const warnings: string[] = [];
  if (failed > 0) warnings.push(`${failed} of ${points} points failed, and are in no figure`);
  if (undefinedRatios > 0) {
    warnings.push(
      `${undefinedRatios} of ${points} points have no Sharpe ratio (nothing varied, or ruin), and are not counted as trials`,
    );
  }
  if (best === undefined) return [...warnings, "No point has a Sharpe ratio: there is no best one"];
  if (best.trades !== undefined && best.trades < FEW_TRADES) {
    warnings.push(
      `The best point rests on ${best.trades} trade${best.trades === 1 ? "" : "s"}: fewer than ${FEW_TRADES} say ` +
        "little of the next",
    );
  }
  if (deflatedSharpe !== null) warnings.push(...luck(deflatedSharpe, findings));
  if (overfitting !== null && overfitting.probability > OVERFIT) {
    warnings.push(
      `In ${percent(overfitting.probability)} of the ways to cut the history in two, the best point of one half was no ` +
        "better than the median in the other: the choice is overfitted",
    );
  }
  if (noOverfitting !== undefined) warnings.push(noOverfitting);
  return warnings;
}
