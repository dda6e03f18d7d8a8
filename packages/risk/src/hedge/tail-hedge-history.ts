import type { VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector } from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns } from "../returns.ts";
import { HedgeMachine } from "./hedge-machine.ts";
import { requireHedgeSettings, type TailHedgeOptions } from "./tail-hedge-options.ts";

/** A hedged history; one entry a period. */
export interface TailHedgeHistory {
  /** What the book returned with its hedge. */
  readonly netReturns: Float64Array;
  readonly payoff: Float64Array;
  readonly cost: Float64Array;
  /** The drawdown that decided. */
  readonly drawdown: Float64Array;
  /** 1 where the hedge was on. */
  readonly active: Int8Array;
  /** Periods at which it was put on or taken off. */
  readonly switches: Int32Array;
}

/**
 * `TailHedge` over a history, period by period.
 *
 * @param returns - the book's simple returns without its hedge, each greater than −1
 * @param marketReturns - as many of the market
 * @throws QuantError "shape" for no returns or lengths that differ, and as the class does.
 */
export function tailHedge(
  returns: VectorLike,
  marketReturns: VectorLike,
  options: TailHedgeOptions = {},
): TailHedgeHistory {
  const machine = new HedgeMachine(requireHedgeSettings(options));
  const r = requireCompoundableReturns("returns", returns);
  const market = requireFiniteVector("marketReturns", marketReturns, r.length);
  const n = r.length;
  const [netReturns, payoff, cost] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const drawdown = new Float64Array(n);
  const active = new Int8Array(n);
  const switches: number[] = [];
  for (let t = 0; t < n; t++) {
    machine.advance(r[t]!, market[t]!);
    netReturns[t] = machine.netReturn;
    payoff[t] = machine.payoff;
    cost[t] = machine.cost;
    drawdown[t] = machine.drawdown;
    active[t] = machine.active ? 1 : 0;
    if (machine.switched) switches.push(t);
  }
  return { netReturns, payoff, cost, drawdown, active, switches: Int32Array.from(switches) };
}
