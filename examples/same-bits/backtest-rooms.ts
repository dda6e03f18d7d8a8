import {
  backtest,
  commission,
  halfSpread,
  hedgeOverlay,
  leverageOverlay,
  limitsOverlay,
  pairBacktest,
  resampleEquity,
  squareRootImpact,
  volatilityOverlay,
} from "@astra-quant/backtest";
import { createRandom, Matrix, type Panel } from "@astra-quant/core-linalg";
import { fingerprint } from "./fingerprint.ts";

/** Fingerprints of books with everything on, a hedged pair and a resampled record. */
export function backtestFingerprints(prices: Panel, pair: Panel, seed: string): Record<string, string> {
  const { rows, columns } = prices.values;
  const scores = createRandom(`${seed}/scores`).fillNormal(new Float64Array(rows * columns));
  const market = Float64Array.from({ length: rows }, (_, t) =>
    t === 0 ? 0 : prices.values.get(t, 0) / prices.values.get(t - 1, 0) - 1,
  );
  const book = backtest({
    prices,
    signals: new Matrix(rows, columns, scores),
    gross: 1.5,
    rebalance: { calendar: "week" },
    shares: "whole",
    costs: [
      commission({ perShare: 0.005, minimum: 1 }),
      halfSpread({ spreadBps: 6 }),
      squareRootImpact({ dollarVolume: 4e6, volatility: 0.3 }),
    ],
    financing: { long: 0.0001, short: -0.00008, per: "day" },
    cash: { credit: 0.0001, debit: 0.0002 },
    overlays: [
      volatilityOverlay({ target: 0.12 }),
      leverageOverlay(),
      limitsOverlay(),
      hedgeOverlay({ marketReturns: market }),
    ],
    capital: 1e6,
    periodsPerYear: 252,
  });
  const [x, y] = [pair.column("x"), pair.column("y")];
  const spread = pairBacktest({
    x,
    y,
    slope: x.map((price, t) => y[t]! / price),
    position: x.map((_, t) => [-1, 0, 1, 1, 0][t % 5]!),
    periodsPerYear: 252 * 390,
  });
  const { paths } = resampleEquity(book.returns.slice(book.firstBar), {
    count: 200,
    seed,
    periodsPerYear: 252,
  });
  return {
    book: fingerprint(
      Float64Array.from(Object.values({ ...book.pnl, equity: book.equity }).flatMap((series) => [...series])),
    ),
    pair: fingerprint(spread.equity),
    resampled: fingerprint(paths.maxDrawdown),
  };
}
