import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector } from "@astra-quant/core-linalg/guards";
import { TailHedge, type TailHedgeOptions } from "@astra-quant/risk";
import type { Overlay } from "./overlay.ts";

export interface HedgeOverlayOptions extends TailHedgeOptions {
  /** The market's simple return of each bar, one a row of the backtest; row 0 is not used. */
  readonly marketReturns: VectorLike;
}

/**
 * A tail hedge that is not among the assets: risk's `TailHedge` on the book's own drawdown and the market's returns. What
 * it pays and costs is the backtest's `pnl.hedge`; putting it on and taking it off are events. A bar that costs the whole
 * capital is beyond it.
 *
 * @throws QuantError as `TailHedge`, and "shape" for returns that are not one a row
 */
export function hedgeOverlay(options: HedgeOverlayOptions): Overlay {
  const { marketReturns, ...settings } = options;
  new TailHedge(settings); // refuses what is unlawful now, not at the first bar
  const returns = zeroFirst(marketReturns);
  return {
    name: "tail-hedge",
    start({ rows }) {
      const market = requireFiniteVector("marketReturns", returns, rows);
      const hedge = new TailHedge(settings);
      return {
        settle({ row, equity, pnl: own }) {
          const portfolioReturn = own / equity;
          if (!(portfolioReturn > -1)) return undefined;
          const { switched, payoff, cost, reason } = hedge.step({
            portfolioReturn,
            marketReturn: market[row]!,
          });
          const pnl = equity * (payoff + cost);
          return switched ? { pnl, notes: [{ kind: "tail-hedge", reason }] } : { pnl };
        },
      };
    },
  };
}

/** A copy whose row 0, which no bar uses, is 0: returns of prices begin with NaN. */
function zeroFirst(returns: VectorLike): VectorLike {
  if (!(returns instanceof Float64Array || Array.isArray(returns))) {
    throw new QuantError("shape", "marketReturns must be a vector of numbers", { argument: "marketReturns" });
  }
  return Array.from(returns as readonly number[], (value, row) => (row === 0 ? 0 : value));
}
