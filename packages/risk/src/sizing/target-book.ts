import type { VectorLike } from "@astra-quant/core-linalg";
import {
  isQuantError,
  QuantError,
  requireFiniteVector,
  requireKnownOptions,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { type ScaledToBuyingPower, scaleToBuyingPower } from "./scale-to-buying-power.ts";
import { type LeverageLimits, type ScaledToLeverage, scaleToLeverage } from "./scale-to-leverage.ts";
import type { SizingInputs } from "./sizing-inputs.ts";
import { requireSizingRules, TARGET_OPTIONS, type TargetPositionOptions } from "./sizing-rules.ts";
import { sizePosition, type TargetPosition } from "./target-position.ts";

/** What is known of n assets when their positions are decided: {@link SizingInputs}, asset by asset. */
export interface BookInputs {
  readonly signals: VectorLike;
  /** One for all, or one an asset. @defaultValue 1 */
  readonly confidence?: number | VectorLike;
  /** Money, positive. */
  readonly equity: number;
  readonly prices: VectorLike;
  readonly averageVolumes: VectorLike;
  /** Shares held now, signed. @defaultValue zeros */
  readonly current?: VectorLike;
  readonly ages?: VectorLike;
  readonly volatilities?: VectorLike;
}

export interface TargetBookOptions extends TargetPositionOptions, LeverageLimits {
  /** Money that new exposure may bind, ≥ 0. @defaultValue trades are not limited */
  readonly buyingPower?: number;
  /** As in `scaleToBuyingPower`. @defaultValue 0.05 */
  readonly reserve?: number;
}

export interface TargetBook {
  /** n signed whole lots to hold. */
  readonly shares: Float64Array;
  /** n signed shares to trade from `current` to there. */
  readonly orders: Float64Array;
  /** n fractions of equity. */
  readonly weights: Float64Array;
  /** Each asset alone, with its steps. */
  readonly positions: readonly TargetPosition[];
  /** What gross and net leverage left of them. */
  readonly leverage: ScaledToLeverage;
  /** What buying power left of the orders; null when it was not asked. */
  readonly buyingPower: ScaledToBuyingPower | null;
}

const INPUTS: readonly (keyof BookInputs)[] = [
  "signals",
  "confidence",
  "equity",
  "prices",
  "averageVolumes",
  "current",
  "ages",
  "volatilities",
];
const OPTIONS: readonly (keyof TargetBookOptions)[] = [
  ...TARGET_OPTIONS,
  "maxGross",
  "maxNet",
  "buyingPower",
  "reserve",
];

function optional(name: keyof BookInputs, x: VectorLike | undefined, n: number): Float64Array | undefined {
  return x === undefined ? undefined : requireFiniteVector(name, x, n);
}

/** Says which asset a refusal is about. */
function forAsset<T>(i: number, size: () => T): T {
  try {
    return size();
  } catch (error) {
    if (!isQuantError(error)) throw error;
    throw new QuantError(error.code, `asset ${i}: ${error.message}`, { ...error.details, asset: i });
  }
}

/**
 * {@link targetPosition} for a book: every asset alone first, then all in one proportion until gross and net leverage
 * are within their limits, then the orders until the buying power is enough for what they open. Each stage's own result
 * is beside the answer.
 *
 * @throws QuantError as `targetPosition`, naming the asset, `scaleToLeverage` and `scaleToBuyingPower`.
 */
export function targetBook(inputs: BookInputs, options: TargetBookOptions = {}): TargetBook {
  requireKnownOptions(inputs, INPUTS, "inputs");
  requireKnownOptions(options, OPTIONS);
  const { maxGross = 3, maxNet = 1.5, lotSize = 1, buyingPower, reserve = 0.05, parity } = options;
  const rules = requireSizingRules(options);
  const signals = requireFiniteVector("signals", inputs.signals);
  const n = signals.length;
  const prices = requireFiniteVector("prices", inputs.prices, n);
  const volumes = requireFiniteVector("averageVolumes", inputs.averageVolumes, n);
  const { confidence = 1 } = inputs;
  const equity = requirePositive("equity", inputs.equity);
  const trust = typeof confidence === "number" ? undefined : optional("confidence", confidence, n)!;
  const current = optional("current", inputs.current, n);
  const ages = optional("ages", inputs.ages, n);
  const volatilities = optional("volatilities", inputs.volatilities, n);
  const inputsOf = (i: number): SizingInputs => ({
    signal: signals[i]!,
    confidence: trust?.[i] ?? (confidence as number),
    equity,
    price: prices[i]!,
    averageVolume: volumes[i]!,
    ...(current && { current: current[i]! }),
    ...(ages && { age: ages[i]! }),
    ...(volatilities && { volatility: volatilities[i]! }),
  });

  const positions = Array.from(signals, (_, i) => forAsset(i, () => sizePosition(inputsOf(i), rules)));
  const alone = positions.map(({ shares }) => shares);
  const leverage = scaleToLeverage(alone, { maxGross, maxNet, prices, equity, lotSize });
  const held = current ?? new Float64Array(n);
  const wanted = leverage.positions.map((shares, i) => shares - held[i]!);
  const affordable =
    buyingPower === undefined
      ? null
      : scaleToBuyingPower(wanted, {
          buyingPower,
          reserve,
          prices,
          current: held,
          lotSize,
          ...(parity && { parity }),
        });
  const orders = affordable?.orders ?? wanted;
  const shares = orders.map((order, i) => held[i]! + order);
  const weights = shares.map((count, i) => (count * prices[i]!) / equity);
  return { shares, orders, weights, positions, leverage, buyingPower: affordable };
}
