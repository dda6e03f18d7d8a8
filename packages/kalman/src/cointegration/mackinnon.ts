import { normalCdf } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { SURFACES } from "./mackinnon-tables.ts";
import { requireTrend, type Trend } from "./trend.ts";

/** Values of the statistic below which a unit root is rejected at these levels; NaN where none are published. */
export interface UnitRootCriticalValues {
  readonly percent1: number;
  readonly percent5: number;
  readonly percent10: number;
}

export interface UnitRootDistributionOptions {
  /**
   * The trend of the regression that gave the statistic.
   *
   * @defaultValue "c"
   */
  readonly trend?: Trend;
  /**
   * How many series: 1 for a test on one series, for residuals of a regression the regressors and the dependent one.
   *
   * @defaultValue 1
   */
  readonly series?: number;
}

export interface UnitRootCriticalValueOptions extends UnitRootDistributionOptions {
  /**
   * The observations of the regression.
   *
   * @defaultValue Infinity, the asymptotic values
   */
  readonly observations?: number;
}

const MOST_SERIES = 12;

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + coefficients[i]!;
  return value;
}

/**
 * The probability of a Dickey–Fuller statistic at most this large under a unit root (with several series: under no
 * cointegration), asymptotically, by MacKinnon's response surfaces. NaN for NaN and for more than 6 series, for which
 * there is no surface.
 *
 * @throws QuantError "option" for an unknown trend, "range" for `series` that is no integer in [1, 12].
 */
export function unitRootPValue(statistic: number, options: UnitRootDistributionOptions = {}): number {
  requireKnownOptions(options, ["trend", "series"]);
  const { trend = "c", series = 1 } = options;
  const { star, least, greatest, left, rest } = SURFACES[requireTrend(trend)];
  const i = requireInteger("series", series, 1, MOST_SERIES) - 1;
  if (Number.isNaN(statistic) || i >= star.length) return Number.NaN;
  if (statistic > greatest[i]!) return 1;
  if (statistic < least[i]!) return 0;
  return normalCdf(polynomial((statistic <= star[i]! ? left : rest)[i]!, statistic));
}

/**
 * The critical values of a Dickey–Fuller statistic for this many observations, by MacKinnon's response surfaces. NaN for
 * trend 'n' with more than one series, for which none are published.
 *
 * @throws QuantError "option" for an unknown trend, "range" for `series` that is no integer in [1, 12] and for
 *   observations that are not positive.
 */
export function unitRootCriticalValues(options: UnitRootCriticalValueOptions = {}): UnitRootCriticalValues {
  requireKnownOptions(options, ["trend", "series", "observations"]);
  const { trend = "c", series = 1, observations = Number.POSITIVE_INFINITY } = options;
  const { critical } = SURFACES[requireTrend(trend)];
  const i = requireInteger("series", series, 1, MOST_SERIES) - 1;
  if (observations !== Number.POSITIVE_INFINITY) requirePositive("observations", observations);
  const levels = critical[i];
  const at = (level: number): number => (levels ? polynomial(levels[level]!, 1 / observations) : Number.NaN);
  return { percent1: at(0), percent5: at(1), percent10: at(2) };
}
