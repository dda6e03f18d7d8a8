const NOTHING = "–";
const NARROW_SPACE = "\u202f";
/** Beyond these, digits are a nuisance. */
const LARGE = 1e15;
const SMALL = 1e-4;
const MOST_DECIMALS = 12;

const UNITS: readonly { readonly size: number; readonly exponent: number; readonly suffix: string }[] = [
  { size: 1e12, exponent: 12, suffix: "tn" },
  { size: 1e9, exponent: 9, suffix: "bn" },
  { size: 1e6, exponent: 6, suffix: "m" },
  { size: 1e3, exponent: 3, suffix: "k" },
  { size: 1, exponent: 0, suffix: "" },
];

/** So many digits after the point, thousands apart, a true minus; a number that rounds to 0 has no sign. */
export function numberText(x: number, decimals: number): string {
  if (Number.isNaN(x)) return NOTHING;
  const sign = x < 0 ? "−" : "";
  const size = Math.abs(x);
  if (size === Number.POSITIVE_INFINITY) return `${sign}∞`;
  if (size >= LARGE || (size > 0 && decimals > MOST_DECIMALS)) {
    return sign + size.toExponential(1).replace("e+", "e").replace("-", "−");
  }
  const [whole, part] = size.toFixed(decimals).split(".");
  const text = whole!.replace(/\B(?=(\d{3})+$)/g, ",") + (part === undefined ? "" : `.${part}`);
  return /[1-9]/.test(text) ? sign + text : text;
}

/** Digits after the point that leave about three that matter. */
export function decimalsFor(size: number): number {
  if (!(size > 0) || size >= 100) return 0;
  if (size >= 10) return 1;
  if (size >= 1) return 2;
  return size >= 0.1 ? 3 : size >= 0.01 ? 4 : 6;
}

const percentDecimals = (x: number): number => {
  const size = Math.abs(100 * x);
  return size >= 0.1 ? Math.min(2, decimalsFor(size)) : size >= 0.01 ? 3 : size > 0 ? 4 : 0;
};

/** Two digits of an error are worth reading, and none of the figure beyond them. */
const errorDecimals = (error: number): number => Math.max(0, decimalsFor(error) - 1);

export const countText = (x: number): string => numberText(x, 0);

export function ratioText(x: number): string {
  return numberText(x, Math.min(2, decimalsFor(Math.max(1, Math.abs(x)))));
}

/** A fraction in percent, unit included. */
export function percentText(x: number, decimals: number = percentDecimals(x)): string {
  return Number.isNaN(x) ? NOTHING : `${numberText(100 * x, decimals)}${NARROW_SPACE}%`;
}

/** A probability in percent: none is 0 or 1 by rounding. */
export function probabilityText(p: number): string {
  if (p > 0.999) return `> ${percentText(0.999, 1)}`;
  return p < 0.001 ? `< ${percentText(0.001, 1)}` : percentText(p, 1);
}

/** A fraction with its error, in percent. */
export function percentWithError(x: number, error: number): { value: string; error: string } {
  const decimals = Math.min(percentDecimals(x), errorDecimals(100 * error));
  return { value: percentText(x, decimals), error: percentText(error, decimals) };
}

/** A ratio with its error. */
export function ratioWithError(x: number, error: number): { value: string; error: string } {
  const decimals = Math.min(2, errorDecimals(error));
  return { value: numberText(x, decimals), error: numberText(error, decimals) };
}

/** Money in thousands, millions and so on. Currencies of one character stand close to the number, others apart. */
export function moneyText(x: number, currency: string): string {
  const size = Math.abs(x);
  if (size >= LARGE || (size > 0 && size < SMALL)) {
    return withCurrency(x, currency, numberText(size, MOST_DECIMALS + 1));
  }
  const unit = UNITS.find((u) => size >= u.size) ?? UNITS.at(-1)!;
  const value = size / unit.size;
  return withCurrency(x, currency, numberText(value, Math.min(4, decimalsFor(value))) + unit.suffix);
}

function withCurrency(x: number, currency: string, text: string): string {
  if (Number.isNaN(x)) return NOTHING;
  const sign = x < 0 && /[1-9∞]/.test(text) ? "−" : "";
  if (currency === "") return sign + text;
  return [...currency].length === 1 ? sign + currency + text : `${sign}${text} ${currency}`;
}

/** How an axis writes its ticks, given the exponent of their step and the greatest of them. */
export type AxisText = (exponent: number, largest: number) => (x: number) => string;

export const percentAxis: AxisText = (exponent) => (x) => percentText(x, Math.max(0, -exponent - 2));

export const ratioAxis: AxisText = (exponent) => (x) => numberText(x, Math.max(0, -exponent));

/** Nothing where there is no whole number. */
export const countAxis: AxisText = () => (x) => (Number.isInteger(x) ? countText(x) : "");

export const moneyAxis =
  (currency: string): AxisText =>
  (exponent, largest) => {
    if (largest >= LARGE || largest < SMALL) return (x) => moneyText(x, currency);
    const unit = UNITS.find((u) => largest >= u.size) ?? UNITS.at(-1)!;
    const decimals = Math.max(0, unit.exponent - exponent);
    return (x) =>
      x === 0 ? "0" : withCurrency(x, currency, numberText(Math.abs(x) / unit.size, decimals) + unit.suffix);
  };
