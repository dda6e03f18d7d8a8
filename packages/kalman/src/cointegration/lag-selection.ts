import { log, QuantError } from "@astra-quant/core-linalg";
import { requireInteger, requireOneOf } from "@astra-quant/core-linalg/guards";
import { type DickeyFullerSeries, lagPath } from "./dickey-fuller.ts";
import { type Trend, trendTerms } from "./trend.ts";

const LAG_RULES = ["aic", "bic", "t-stat"] as const;

/**
 * How the number of lagged differences is chosen.
 *
 * | name | lags |
 * |---|---|
 * | `aic` | those of the least Akaike information criterion |
 * | `bic` | those of the least Bayesian information criterion |
 * | `t-stat` | the most whose last coefficient has a t-statistic of at least 1.645 in size |
 *
 * All candidates are fitted over the rows that the longest of them has; the test is then run on every row that the
 * chosen one has.
 */
export type LagSelection = (typeof LAG_RULES)[number];

export interface LagOptions {
  /**
   * A number of lagged differences, or how to choose it.
   *
   * @defaultValue "aic"
   */
  readonly lags?: number | LagSelection;
  /**
   * The most lags that a rule may choose; at most ⌊n ÷ 2⌋ − 1 − the trend's terms for n observations.
   *
   * @defaultValue ⌈12 (n ÷ 100)^¼⌉ (Schwert's rule), or the limit where that is less
   */
  readonly maxLags?: number;
}

/** The 95 % quantile of the normal distribution. */
const SIGNIFICANT = 1.6448536269514722;

export function requireLagOptions({ lags = "aic", maxLags }: LagOptions): void {
  if (typeof lags === "number") requireInteger("lags", lags, 0);
  else requireOneOf("lags", lags, LAG_RULES);
  if (maxLags === undefined) return;
  requireInteger("maxLags", maxLags, 0);
  if (typeof lags === "number") {
    throw new QuantError("option", `maxLags must be left out when lags is a number, got ${maxLags}`, {
      argument: "maxLags",
      value: maxLags,
    });
  }
}

/** The most lags that so many observations carry. */
export function lagLimit(observations: number, trend: Trend): number {
  return Math.floor(observations / 2) - 1 - trendTerms(trend);
}

/** Refuses a series too short for its lags. */
export function requireLagsCarried(
  name: string,
  observations: number,
  trend: Trend,
  { lags, maxLags }: LagOptions,
): void {
  const asked = typeof lags === "number" ? lags : (maxLags ?? 0);
  if (lagLimit(observations, trend) >= asked) return;
  const least = 2 * (asked + 1 + trendTerms(trend));
  throw new QuantError(
    "range",
    `${name} must have at least ${least} observations for trend '${trend}' and ${asked} lags, got ${observations}`,
    { argument: name, observations, lags: asked },
  );
}

/** The number of lags that the options ask for, for a series that carries them. */
export function chooseLags(data: DickeyFullerSeries, { lags = "aic", maxLags }: LagOptions): number {
  if (typeof lags === "number") return lags;
  const n = data.levels.length;
  const schwert = Math.ceil(12 * Math.sqrt(Math.sqrt(n / 100)));
  const most = maxLags ?? Math.min(schwert, lagLimit(n, data.trend));
  const path = lagPath(data, most);
  if (path === undefined) return 0;
  if (lags === "t-stat") {
    let chosen = most;
    while (chosen > 0 && !(Math.abs(path.lastStatistic[chosen]!) >= SIGNIFICANT)) chosen--;
    return chosen;
  }
  const rows = path.observations;
  const price = lags === "aic" ? 2 : log(rows);
  let chosen = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let p = 0; p <= most; p++) {
    const criterion = rows * log(path.residualSquares[p]! / rows) + price * p;
    if (criterion < least) {
      least = criterion;
      chosen = p;
    }
  }
  return chosen;
}
