import { chiSquareSurvival, Matrix } from "@astra-quant/core-linalg";
import { CRITICAL_VALUES, GAMMA_MOMENTS, type GammaMoments, type JohansenTrend } from "./johansen-tables.ts";

/** One of the two tests; entry r is about at most r cointegrating relations. */
export interface JohansenStatistic {
  readonly statistic: Float64Array;
  /** By the gamma distribution that stands for the asymptotic one; right to about 0.003. */
  readonly pValue: Float64Array;
  /** k × 3: what 10 %, 5 % and 1 % of the statistics exceed. */
  readonly criticalValues: Matrix;
  /** How many relations the test finds at 5 %: the first r that is not rejected. */
  readonly rank: number;
}

/** P(G > statistic) for the gamma distribution of these moments with n common trends. */
function gammaSurvival(statistic: number, n: number, { mean, variance }: GammaMoments): number {
  const terms = [n * n, n, 1, n === 1 ? 1 : 0, n === 2 ? 1 : 0, Math.sqrt(n)];
  let m = 0;
  let v = 0;
  terms.forEach((term, i) => {
    m += term * mean[i]!;
    v += term * variance[i]!;
  });
  return chiSquareSurvival((2 * statistic * m) / v, (2 * m * m) / v);
}

export function johansenStatistic(
  kind: "trace" | "largest",
  statistic: Float64Array,
  trend: JohansenTrend,
): JohansenStatistic {
  const k = statistic.length;
  const criticalValues = Matrix.fromRows(
    Array.from(statistic, (_, r) => CRITICAL_VALUES[trend][kind][k - 1 - r]!),
  );
  const accepted = statistic.findIndex((value, r) => !(value > criticalValues.get(r, 1)));
  return {
    statistic,
    pValue: statistic.map((value, r) => gammaSurvival(value, k - r, GAMMA_MOMENTS[trend][kind])),
    criticalValues,
    rank: accepted < 0 ? k : accepted,
  };
}
