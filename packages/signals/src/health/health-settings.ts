import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";

/** The five parts of a health score, or what each of them weighs. */
export interface HealthComponents {
  /** How high the information coefficient is. */
  readonly level: number;
  /** How steady it is, of a level that is there. */
  readonly stability: number;
  /** How much of it trading leaves. */
  readonly turnover: number;
  /** Where it is going. */
  readonly trend: number;
  /** Whether it is going there faster. */
  readonly acceleration: number;
}

/** What `healthScore` and `HealthMonitor` share. All scales are in units of the information coefficient. */
export interface HealthOptions {
  /** Rows in the recent window, and in each of the two before it; an integer ≥ 2. @defaultValue 63 */
  readonly window?: number;
  /** What each component weighs, ≥ 0 and 1 in all. @defaultValue 0.35, 0.20, 0.15, 0.20, 0.10 */
  readonly weights?: HealthComponents;
  /** The mean coefficient that scores ½. @defaultValue 0.02 */
  readonly levelCentre?: number;
  /** @defaultValue 0.01 */
  readonly levelScale?: number;
  /** The standard deviation of the coefficient that halves the stability. @defaultValue 0.1 */
  readonly stabilityScale?: number;
  /** The turnover-adjusted coefficient that scores ½. @defaultValue 0.005 */
  readonly turnoverCentre?: number;
  /** @defaultValue 0.005 */
  readonly turnoverScale?: number;
  /** @defaultValue 0.02 */
  readonly trendScale?: number;
  /** @defaultValue 0.02 */
  readonly accelerationScale?: number;
  /** A score below this excludes the signal, in [0, 1]. @defaultValue 0.3 */
  readonly exclusionThreshold?: number;
}

export type HealthSettings = Required<HealthOptions>;

export const HEALTH_OPTIONS = [
  "window",
  "weights",
  "levelCentre",
  "levelScale",
  "stabilityScale",
  "turnoverCentre",
  "turnoverScale",
  "trendScale",
  "accelerationScale",
  "exclusionThreshold",
] as const;

/** The components in the order in which they are told. */
export const COMPONENTS = ["level", "stability", "turnover", "trend", "acceleration"] as const;

const WEIGHTS: HealthComponents = {
  level: 0.35,
  stability: 0.2,
  turnover: 0.15,
  trend: 0.2,
  acceleration: 0.1,
};

/** Weights written as decimals add up to 1 but for this. */
const SUM_TOLERANCE = 1e-9;

function requireWeights(weights: HealthComponents): HealthComponents {
  requireKnownOptions(weights, COMPONENTS, "weights");
  let sum = 0;
  for (const name of COMPONENTS) sum += requireNonNegative(`weights.${name}`, weights[name]);
  if (Math.abs(sum - 1) <= SUM_TOLERANCE) return { ...weights };
  throw new QuantError("range", `weights must add up to 1, got ${sum}`, { argument: "weights", sum });
}

/** A number in [0, 1]. */
export function requireShare(name: string, value: number): number {
  requireNonNegative(name, value);
  if (value <= 1) return value;
  throw new QuantError("range", `${name} must be in [0, 1], got ${value}`, { argument: name, value });
}

export function requireHealthSettings(options: HealthOptions): HealthSettings {
  const { window = 63, weights = WEIGHTS, exclusionThreshold = 0.3 } = options;
  const { levelCentre = 0.02, levelScale = 0.01, stabilityScale = 0.1 } = options;
  const { turnoverCentre = 0.005, turnoverScale = 0.005 } = options;
  const { trendScale = 0.02, accelerationScale = 0.02 } = options;
  return {
    window: requireInteger("window", window, 2),
    weights: requireWeights(weights),
    levelCentre: requireFinite("levelCentre", levelCentre),
    levelScale: requirePositive("levelScale", levelScale),
    stabilityScale: requirePositive("stabilityScale", stabilityScale),
    turnoverCentre: requireFinite("turnoverCentre", turnoverCentre),
    turnoverScale: requirePositive("turnoverScale", turnoverScale),
    trendScale: requirePositive("trendScale", trendScale),
    accelerationScale: requirePositive("accelerationScale", accelerationScale),
    exclusionThreshold: requireShare("exclusionThreshold", exclusionThreshold),
  };
}
