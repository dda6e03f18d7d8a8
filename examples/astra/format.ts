const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const wholeDollars = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Rounds −0.001 to 0.00 rather than −0.00. */
const unsigned = (text: string): string => (/^-[$0.,%\s]*$/.test(text) ? text.slice(1) : text);

export const money = (x: number): string => unsigned(dollars.format(x));
export const wholeMoney = (x: number): string => unsigned(wholeDollars.format(x));
export const count = (x: number): string => whole.format(x);
export const percent = (x: number, decimals = 2): string => unsigned(`${(100 * x).toFixed(decimals)} %`);
export const number = (x: number, decimals = 2): string =>
  Number.isNaN(x) ? "–" : unsigned(x.toFixed(decimals));
/** Short scientific notation for certificates: 3.1e-15. */
export const tiny = (x: number): string => (x === 0 ? "0" : x.toExponential(1));
