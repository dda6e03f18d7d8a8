import { neweyWest, pow, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";
import { inUnits } from "./extreme-units.ts";
import { largestMagnitude, removeTrend, requireTrend } from "./trend.ts";

export interface KpssTestOptions {
  /**
   * What the series is stationary around under the null: a level or a linear trend.
   *
   * @defaultValue "c"
   */
  readonly trend?: "c" | "ct";
  /**
   * Autocovariances in the long-run variance, below the number of observations: a number, 'automatic' for the plug-in rule
   * of Hobijn, Franses and Ooms, or 'schwert' for ⌈12 (n ÷ 100)^¼⌉.
   *
   * @defaultValue "automatic"
   */
  readonly lags?: number | "automatic" | "schwert";
}

export interface KpssTest {
  /** The larger, the less stationarity fits; NaN for a series that the trend explains wholly. */
  readonly statistic: number;
  /** Read off between the published levels: 0.1 stands for 0.1 or more, 0.01 for 0.01 or less. */
  readonly pValue: number;
  readonly criticalValues: {
    readonly percent10: number;
    readonly percent5: number;
    readonly percent2Point5: number;
    readonly percent1: number;
  };
  readonly lags: number;
  readonly observations: number;
}

const LEVELS = [0.1, 0.05, 0.025, 0.01] as const;
const CRITICAL = { c: [0.347, 0.463, 0.574, 0.739], ct: [0.119, 0.146, 0.176, 0.216] } as const;

/** Autocovariances of residuals, and the lags that they ask for: ⌊1.1447 (s₁ ÷ s₀)^⅔ n^⅓⌋. */
function automaticLags(residuals: Float64Array): number {
  const n = residuals.length;
  const window = Math.floor(pow(n, 2 / 9));
  let s0 = 0;
  let s1 = 0;
  for (let j = 0; j <= Math.min(window, n - 1); j++) {
    let sum = 0;
    for (let t = j; t < n; t++) sum += residuals[t]! * residuals[t - j]!;
    s0 += j === 0 ? sum / n : sum / (n / 2);
    s1 += j === 0 ? 0 : j * (sum / (n / 2));
  }
  const ratio = s1 / s0;
  return Math.min(Math.floor(1.1447 * pow(ratio * ratio, 1 / 3) * pow(n, 1 / 3)), n - 1);
}

/** The p-value on the line between the two published levels around the statistic. */
function readOff(statistic: number, critical: readonly number[]): number {
  if (Number.isNaN(statistic)) return Number.NaN;
  if (statistic <= critical[0]!) return LEVELS[0];
  for (let i = 1; i < LEVELS.length; i++) {
    const [low, high] = [critical[i - 1]!, critical[i]!];
    if (statistic > high) continue;
    const share = (statistic - low) / (high - low);
    return LEVELS[i - 1]! + share * (LEVELS[i]! - LEVELS[i - 1]!);
  }
  return LEVELS[3];
}

/**
 * The test of Kwiatkowski, Phillips, Schmidt and Shin: stationarity around a level or a trend is the null, a random walk
 * the alternative. With the residuals' partial sums S_t and their long-run variance: Σ S_t² ÷ (n² · variance). The
 * choices are those of statsmodels' `kpss`.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity, "range" for fewer than 4 observations or lags that are no
 *   integer in [0, n − 1], "option" for an unknown trend or rule.
 */
export function kpssTest(series: VectorLike, options: KpssTestOptions = {}): KpssTest {
  requireKnownOptions(options, ["trend", "lags"]);
  const { trend = "c", lags: rule = "automatic" } = options;
  requireTrend(trend, ["c", "ct"]);
  const values = requireFiniteVector("series", series);
  const n = values.length;
  requireInteger("the number of observations", n, 4);
  if (typeof rule === "number") requireInteger("lags", rule, 0, n - 1);
  else requireOneOf("lags", rule, ["automatic", "schwert"]);
  const residuals = removeTrend(inUnits(values).slice(), trend);
  const explained = largestMagnitude(residuals) === 0;
  const schwert = Math.min(Math.ceil(12 * Math.sqrt(Math.sqrt(n / 100))), n - 1);
  const lags =
    typeof rule === "number" ? rule : explained ? 0 : rule === "schwert" ? schwert : automaticLags(residuals);
  const [percent10, percent5, percent2Point5, percent1] = CRITICAL[trend];
  let partial = 0;
  let squares = 0;
  for (const residual of residuals) {
    partial += residual;
    squares += partial * partial;
  }
  const variance = neweyWest(residuals, { lags }).longRunVariance;
  const statistic = explained ? Number.NaN : squares / (n * n) / variance;
  return {
    statistic,
    pValue: readOff(statistic, CRITICAL[trend]),
    criticalValues: { percent10, percent5, percent2Point5, percent1 },
    lags,
    observations: n,
  };
}
