import { QuantError } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  requireProbability,
  show,
} from "@astra-quant/core-linalg/guards";
import { type LagOptions, type LagSelection, requireLagOptions } from "../cointegration/lag-selection.ts";
import type { FalseDiscoveryMethod } from "./adjusted-p-values.ts";

/** 'ols' leaves the least error in y; 'tls' the least distance from the line, with both prices in the same units. */
export type HedgeEstimator = "ols" | "tls";

/** What stands first: the largest score, the smallest p-value, or the shortest half-life. */
export type PairOrder = "score" | "p-value" | "half-life";

export interface RankPairsOptions extends LagOptions {
  /** Names of the columns, no two alike; for a matrix. A panel has its own. @defaultValue "0", "1", … */
  readonly names?: readonly string[];
  /** Whether logarithms of the prices are compared: a hedge ratio is then one of money. @defaultValue false */
  readonly logs?: boolean;
  /** How the hedge ratio is estimated; the test is always on the residuals of 'ols'. @defaultValue "ols" */
  readonly hedge?: HedgeEstimator;
  /** Bars that both must have, at least 40. @defaultValue 100 */
  readonly minBars?: number;
  /** Pairs whose changes correlate less are not tested. @defaultValue −1, all are */
  readonly minCorrelation?: number;
  /** How p-values are adjusted for the number of pairs tested. @defaultValue "benjamini-yekutieli" */
  readonly falseDiscoveryMethod?: FalseDiscoveryMethod;
  /** The adjusted p-value up to which a pair counts as cointegrated. @defaultValue 0.05 */
  readonly falseDiscoveryRate?: number;
  /** In bars. @defaultValue 1 */
  readonly minHalfLife?: number;
  /** In bars. @defaultValue a quarter of the pair's bars */
  readonly maxHalfLife?: number;
  /** The largest Hurst exponent of the spread, by rescaled range over windows of 4 bars and more. @defaultValue 0.5 */
  readonly maxHurst?: number;
  /** How often the spread must have passed zero. @defaultValue 0 */
  readonly minCrossings?: number;
  /** @defaultValue "score" */
  readonly orderBy?: PairOrder;
  /** How many pairs to return. @defaultValue all that pass */
  readonly top?: number;
  /** Told now and then how many pairs have been tested. */
  readonly onProgress?: (progress: { readonly tested: number; readonly total: number }) => void;
  /** Stops the ranking, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The options after validation. */
export interface RankingSettings {
  readonly lags: number | LagSelection;
  readonly maxLags: number | undefined;
  readonly logs: boolean;
  readonly hedge: HedgeEstimator;
  readonly minBars: number;
  readonly minCorrelation: number;
  readonly falseDiscoveryMethod: FalseDiscoveryMethod;
  readonly falseDiscoveryRate: number;
  readonly minHalfLife: number;
  readonly maxHalfLife: number | undefined;
  readonly maxHurst: number;
  readonly minCrossings: number;
  readonly orderBy: PairOrder;
  readonly top: number;
  readonly onProgress: RankPairsOptions["onProgress"];
  readonly signal: AbortSignal | undefined;
}

const OPTION_NAMES: readonly string[] = [
  "names",
  "logs",
  "hedge",
  "minBars",
  "minCorrelation",
  "falseDiscoveryMethod",
  "falseDiscoveryRate",
  "minHalfLife",
  "maxHalfLife",
  "maxHurst",
  "minCrossings",
  "orderBy",
  "top",
  "onProgress",
  "signal",
  "lags",
  "maxLags",
];

function requireCallbacks({ onProgress, signal }: RankPairsOptions): void {
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new QuantError("option", `onProgress must be a function, got ${show(onProgress)}`, {
      argument: "onProgress",
    });
  }
  const isSignal = typeof signal === "object" && signal !== null && "aborted" in signal;
  if (signal === undefined || isSignal) return;
  throw new QuantError("option", `signal must be an AbortSignal, got ${show(signal)}`, {
    argument: "signal",
  });
}

/** Checks the options and fills in the defaults. */
export function rankingSettings(options: RankPairsOptions): RankingSettings {
  requireKnownOptions(options, OPTION_NAMES);
  const {
    lags = "aic",
    maxLags,
    logs = false,
    hedge = "ols",
    minBars = 100,
    minCorrelation = -1,
    falseDiscoveryMethod = "benjamini-yekutieli",
    falseDiscoveryRate = 0.05,
    minHalfLife = 1,
    maxHalfLife,
    maxHurst = 0.5,
    minCrossings = 0,
    orderBy = "score",
    top = Number.POSITIVE_INFINITY,
    onProgress,
    signal,
  } = options;
  requireLagOptions(options);
  requireBoolean("logs", logs);
  requireOneOf("hedge", hedge, ["ols", "tls"]);
  requireInteger("minBars", minBars, 40);
  requireFinite("minCorrelation", minCorrelation);
  requireOneOf("falseDiscoveryMethod", falseDiscoveryMethod, [
    "benjamini-hochberg",
    "benjamini-yekutieli",
    "storey",
  ]);
  if (falseDiscoveryRate !== 1) requireProbability("falseDiscoveryRate", falseDiscoveryRate);
  requireNonNegative("minHalfLife", minHalfLife);
  if (maxHalfLife !== undefined && maxHalfLife !== Number.POSITIVE_INFINITY) {
    requirePositive("maxHalfLife", maxHalfLife);
  }
  requireFinite("maxHurst", maxHurst);
  requireInteger("minCrossings", minCrossings, 0);
  requireOneOf("orderBy", orderBy, ["score", "p-value", "half-life"]);
  if (top !== Number.POSITIVE_INFINITY) requireInteger("top", top, 1);
  requireCallbacks(options);
  return {
    lags,
    maxLags,
    logs,
    hedge,
    minBars,
    minCorrelation,
    falseDiscoveryMethod,
    falseDiscoveryRate,
    minHalfLife,
    maxHalfLife,
    maxHurst,
    minCrossings,
    orderBy,
    top,
    onProgress,
    signal,
  };
}
