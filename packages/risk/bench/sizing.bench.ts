import { type Ladder, ladder, type Outcome, within } from "@astra-quant/bench";
import { createRandom, Matrix } from "@astra-quant/core-linalg";
import { tailHedge, volatilityTarget } from "@astra-quant/risk";

function dailyReturns(days: number, columns: number): Matrix {
  const data = createRandom("sizing").fillNormal(new Float64Array(days * columns));
  return new Matrix(
    days,
    columns,
    data.map((z) => 0.01 * z),
  );
}

const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });

/** What is not known yet counts as 0. */
const known = (outcome: Outcome): number[] =>
  Array.from(typeof outcome === "number" ? [outcome] : outcome, (x) => (Number.isNaN(x) ? 0 : x));

/** Leverage of every strategy and day, from the lagged deviation of its returns. */
const volatility: Ladder = ladder({
  name: "leverage for a volatility",
  sizes: [
    [2520, 1],
    [2520, 50],
    [2520, 500],
  ],
  describe: ([days, strategies]) => `${days} days × ${strategies} strategies`,
  prepare: ([days, strategies]) => {
    const returns = dailyReturns(days!, strategies!);
    const out = Matrix.zeros(days!, strategies!);
    const inputs = { returns: tensor(returns), target: 0.1, window: 60, cap: 3 };
    return {
      ours: () =>
        volatilityTarget(returns, { target: 0.1, periodsPerYear: 252, window: 60, out }).data.map(
          (x) => x || 0,
        ),
      peers: { pandas: { python: "pandas_volatility_target", inputs } },
      disagreement: (a, b) => within(1e-12)(known(a), known(b)),
    };
  },
});

/** What a book returned with a hedge that goes on and off by its own drawdown. */
const hedge: Ladder = ladder({
  name: "tail hedge over a history",
  sizes: [252, 2520, 252_000],
  describe: (days) => `${days} days`,
  prepare: (days) => {
    const market = dailyReturns(days, 1).data;
    const book = market.map((r) => 0.8 * r);
    const inputs = {
      returns: { shape: [days], data: book },
      market: { shape: [days], data: market },
    };
    return {
      ours: () => tailHedge(book, market).netReturns,
      peers: {
        python: { python: "python_tail_hedge", inputs },
        numba: { python: "numba_tail_hedge", inputs },
      },
      disagreement: within(1e-12),
    };
  },
});

const ladders: readonly Ladder[] = [volatility, hedge];
export default ladders;
