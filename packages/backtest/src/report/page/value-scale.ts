import { log } from "@astra-quant/core-linalg";
import { niceTicks, scaled } from "../nice-ticks.ts";
import type { AxisText } from "../number-text.ts";

/** Where values stand between the top and the bottom of a plot. */
export interface ValueScale {
  /** Pixels from above; NaN for what cannot be shown. */
  height(value: number): number;
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
}

export interface ValueScaleOptions {
  /** Pixels. */
  readonly height: number;
  readonly axis: AxisText;
  /** Levels that the plot must hold; it ends at them where nothing lies beyond. */
  readonly levels: readonly number[];
  readonly logarithmic: boolean;
}

/** Pixels between two ticks, at the least. */
const TICKS_APART = 40;
const LOG_TICKS_APART = 30;
/** Of the range: what is left free beyond the values. */
const MARGIN = 0.05;
const DECADE = 10;

/** The least and the greatest of all that is finite (and positive, if asked). */
export function rangeOf(series: readonly ArrayLike<number>[], positive = false): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of series) {
    for (let t = 0; t < values.length; t++) {
      const value = values[t]!;
      if (!Number.isFinite(value) || (positive && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

/** 1, 2 and 5 times the powers of ten, or the powers alone, or each second, third … of them. */
function decadeTicks(low: number, high: number, most: number): { value: number; exponent: number }[] {
  const powers: { value: number; exponent: number }[] = [];
  const least = Math.floor(log(low) / log(DECADE)) - 1;
  const greatest = Math.ceil(log(high) / log(DECADE)) + 1;
  for (let exponent = least; exponent <= greatest; exponent++) {
    powers.push({ value: scaled(1, exponent), exponent });
  }
  const inside = (ticks: typeof powers) => ticks.filter(({ value }) => value >= low && value <= high);
  const dense = inside(
    powers.flatMap(({ value, exponent }) => [1, 2, 5].map((m) => ({ value: m * value, exponent }))),
  );
  if (dense.length <= most) return dense;
  const alone = inside(powers);
  const every = Math.ceil(alone.length / most);
  return alone.filter(({ exponent }) => exponent % every === 0);
}

function logarithmicScale([low, high]: [number, number], { height, axis }: ValueScaleOptions): ValueScale {
  const [bottom, top] = [log(low), log(high)];
  const margin = MARGIN * (top - bottom) || MARGIN;
  const span = top - bottom + 2 * margin;
  const place = (value: number): number =>
    value > 0 ? (height * (top + margin - log(value))) / span : Number.NaN;
  const most = Math.floor(height / LOG_TICKS_APART);
  const linear = niceTicks(low, high, most);
  const ticks =
    high / low < DECADE
      ? linear.values.map((value) => ({ value, exponent: linear.exponent }))
      : decadeTicks(low, high, most);
  return {
    height: place,
    ticks: ticks.map(({ value, exponent }) => ({ y: place(value), text: axis(exponent, value)(value) })),
  };
}

function linearScale(range: [number, number], { height, axis, levels }: ValueScaleOptions): ValueScale {
  let [low, high] = rangeOf([range, levels]);
  if (low === 0 && high === 0) high = 1;
  const margin = MARGIN * (high - low) || Math.abs(low) * MARGIN || 1;
  if (!levels.includes(low) || low === high) low -= margin;
  if (!levels.includes(high) || low === high) high += margin;
  const { values, exponent } = niceTicks(low, high, Math.floor(height / TICKS_APART));
  const text = axis(exponent, Math.max(Math.abs(low), Math.abs(high)));
  const named = values.filter((value) => text(value) !== "");
  const place = (value: number): number => height * ((high - value) / (high - low));
  return { height: place, ticks: named.map((value) => ({ y: place(value), text: text(value) })) };
}

/** A scale that holds the range, and `levels`. A logarithmic one leaves out what is not positive. */
export function valueScale(range: [number, number], options: ValueScaleOptions): ValueScale {
  if (!(range[0] <= range[1])) return linearScale([0, 1], { ...options, levels: [] });
  return options.logarithmic ? logarithmicScale(range, options) : linearScale(range, options);
}
