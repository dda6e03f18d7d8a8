import { type Matrix, rollingStd } from "@astra-quant/core-linalg";

/** The rolling standard deviation of returns, a year's: std · √periodsPerYear. */
export function realizedVolatility(
  returns: Matrix,
  window: number,
  periodsPerYear: number,
  out: Matrix,
): void {
  const { data } = rollingStd(returns, window, { out });
  const annual = Math.sqrt(periodsPerYear);
  for (let k = 0; k < data.length; k++) data[k]! *= annual;
}
