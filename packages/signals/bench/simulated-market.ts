import { createRandom, Matrix } from "@astra-quant/core-linalg";

export interface MarketSize {
  readonly rows: number;
  readonly columns: number;
}

const DAY = 86_400_000;

/** Prices of a market and its assets, a day a row from 1970 on, and their returns, row 0 being NaN. */
export function simulatedMarket({ rows, columns }: MarketSize): {
  readonly prices: Matrix;
  readonly returns: Matrix;
  readonly market: Float64Array;
  readonly dates: Float64Array;
} {
  const random = createRandom("factors");
  const market = random.fillNormal(new Float64Array(rows)).map((shock) => 0.01 * shock);
  market[0] = Number.NaN;
  const prices = new Matrix(rows, columns);
  const returns = new Matrix(rows, columns);
  prices.data.fill(100, 0, columns);
  returns.data.fill(Number.NaN, 0, columns);
  for (let k = columns; k < prices.data.length; k++) {
    const ofMarket = market[Math.floor(k / columns)]!;
    returns.data[k] = ofMarket + 0.01 * random.normal();
    prices.data[k] = prices.data[k - columns]! * (1 + returns.data[k]!);
  }
  const dates = Float64Array.from({ length: rows }, (_, t) => t * DAY);
  return { prices, returns, market, dates };
}

/** A table as a peer takes it. */
export const tensor = ({ rows, columns, data }: Matrix): { shape: number[]; data: Float64Array } => ({
  shape: [rows, columns],
  data,
});
