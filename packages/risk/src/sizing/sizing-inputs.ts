import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";

/** What is known of one asset when its position is decided. */
export interface SizingInputs {
  /** The signal, of any size; its sign is the position's. */
  readonly signal: number;
  /** What the signal is trusted with, in [0, 1]. @defaultValue 1 */
  readonly confidence?: number;
  /** Money, positive. */
  readonly equity: number;
  /** Positive. */
  readonly price: number;
  /** Shares a day, ≥ 0, of the days before: see `averageDailyVolume`. */
  readonly averageVolume: number;
  /** Shares held now, signed: asks for the buffer. @defaultValue nothing is held */
  readonly current?: number;
  /** Periods since the position was taken, ≥ 0: asks for its decay. */
  readonly age?: number;
  /** The asset's volatility, ≥ 0, in the unit of `targetVolatility`, which asks for it. */
  readonly volatility?: number;
}

const NAMES: readonly (keyof SizingInputs)[] = [
  "signal",
  "confidence",
  "equity",
  "price",
  "averageVolume",
  "current",
  "age",
  "volatility",
];

/** The inputs, each of them lawful; a confidence is left to `signalStrength`. */
export function requireSizingInputs(inputs: SizingInputs): SizingInputs & { readonly confidence: number } {
  requireKnownOptions(inputs, NAMES, "inputs");
  const { confidence = 1, current, age, volatility } = inputs;
  requireFinite("signal", inputs.signal);
  requireFinite("confidence", confidence);
  requirePositive("equity", inputs.equity);
  requirePositive("price", inputs.price);
  requireNonNegative("averageVolume", inputs.averageVolume);
  if (current !== undefined) requireFinite("current", current);
  if (age !== undefined) requireNonNegative("age", age);
  if (volatility !== undefined) requireNonNegative("volatility", volatility);
  return { ...inputs, confidence };
}
