import { createRandom, permutation } from "@astra-quant/core-linalg";
import { QuantError, requireInteger, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { assetDays, requireAssetPlan } from "../simulation/asset-paths.ts";
import { compound } from "../simulation/compound.ts";
import type { MonteCarloVarOptions } from "../simulation/monte-carlo-options.ts";
import { type Plan, readPlan } from "../simulation/plan.ts";
import { estimateTail, type TailEstimate } from "../simulation/tail-estimate.ts";
import { sampleTail } from "../var/sample-tail.ts";
import type { TailLoss } from "../var/tail-loss.ts";

export interface CompareVarOptions {
  /**
   * Over how many orders of change more than four positions are averaged, an even number: each with its reverse. Up to
   * four positions take all orders.
   *
   * @defaultValue 32
   */
  readonly orders?: number;
}

export interface VarComparison {
  readonly before: Omit<TailEstimate, "quantile">;
  readonly after: Omit<TailEstimate, "quantile">;
  /** after − before. */
  readonly change: TailLoss;
  /** Of the change: both books meet the same shocks, so it is far smaller than those of the figures. */
  readonly standardError: TailLoss;
  /** What the new covariance, means or law did. */
  readonly market: TailLoss;
  /** What each position's new weight did: n entries each; with `market` they sum to the change. */
  readonly positions: { readonly valueAtRisk: Float64Array; readonly expectedShortfall: Float64Array };
}

const SAME = ["horizon", "scenarios", "confidence", "seed", "scaling", "intervalConfidence"] as const;

function requireComparable(before: MonteCarloVarOptions, after: MonteCarloVarOptions): void {
  for (const name of SAME) {
    if (Object.is(before[name], after[name])) continue;
    throw new QuantError(
      "option",
      `${name} must be the same before and after, got ${show(before[name])} and ${show(after[name])}`,
      { option: name },
    );
  }
  if (before.random === undefined && after.random === undefined) return;
  throw new QuantError("option", "a comparison must be drawn from a seed, got random", {
    argument: "random",
  });
}

/** The assets' daily returns of all paths under one market, paths·days × n. */
function marketOf(plan: Plan): Float64Array {
  const data = new Float64Array(plan.scenarios * plan.days * plan.L.rows);
  let place = 0;
  for (const block of assetDays(plan)) {
    data.set(block.data, place);
    place += block.data.length;
  }
  return data;
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  return a.every((x, i) => x === b[i]);
}

/** Daily returns of the portfolio, changed position by position. */
class Book {
  readonly #plan: Plan;
  readonly #market: Float64Array;
  readonly #days: Float64Array;
  readonly returns: Float64Array;

  constructor(plan: Plan, market: Float64Array, weights: Float64Array) {
    this.#plan = plan;
    this.#market = market;
    this.#days = new Float64Array(plan.scenarios * plan.days);
    this.returns = new Float64Array(plan.scenarios);
    weights.forEach((weight, asset) => {
      this.add(asset, weight);
    });
  }

  /** Adds to an asset's weight. */
  add(asset: number, weight: number): void {
    if (weight === 0) return;
    const n = this.#plan.L.rows;
    const days = this.#days;
    for (let t = 0; t < days.length; t++) days[t]! += weight * this.#market[t * n + asset]!;
  }

  risk(): TailLoss {
    compound(this.#days, this.#plan.days, this.returns);
    return sampleTail(this.returns, this.#plan.alpha);
  }
}

function allOrders(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) => {
    const rest = [...items.slice(0, i), ...items.slice(i + 1)];
    return allOrders(rest).map((order) => [item, ...order]);
  });
}

const FEW = 4;

function ordersOf(changed: readonly number[], count: number, seed: string | number): number[][] {
  if (changed.length <= FEW) return allOrders(changed);
  const random = createRandom(seed).fork("orders of change");
  return Array.from({ length: count / 2 }, () => {
    const order = Array.from(permutation(random, changed.length), (k) => changed[k]!);
    return [order, order.slice().reverse()];
  }).flat();
}

const minus = (a: TailLoss, b: TailLoss): TailLoss => ({
  valueAtRisk: a.valueAtRisk - b.valueAtRisk,
  expectedShortfall: a.expectedShortfall - b.expectedShortfall,
});
const half = (a: TailLoss, b: TailLoss): TailLoss => ({
  valueAtRisk: (a.valueAtRisk + b.valueAtRisk) / 2,
  expectedShortfall: (a.expectedShortfall + b.expectedShortfall) / 2,
});

/**
 * The error of the difference of two tails over the same scenarios. Of a shortfall it is that of the mean difference of
 * VaR + (loss − VaR)⁺ ÷ α; values at risk are as correlated as the exceptions are.
 */
function pairedError(
  a: Float64Array,
  b: Float64Array,
  A: TailEstimate,
  B: TailEstimate,
  alpha: number,
): TailLoss {
  const n = a.length;
  let both = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const [below, under] = [A.quantile - a[i]!, B.quantile - b[i]!];
    if (below >= 0 && under >= 0) both++;
    const difference = (Math.max(0, under) - Math.max(0, below)) / alpha;
    sum += difference;
    squares += difference * difference;
  }
  const correlation = (both / n - alpha * alpha) / (alpha * (1 - alpha));
  const [s, t] = [A.standardError.valueAtRisk, B.standardError.valueAtRisk];
  return {
    valueAtRisk: Math.sqrt(Math.max(0, s * s + t * t - 2 * correlation * s * t)),
    expectedShortfall: Math.sqrt(Math.max(0, squares - (sum * sum) / n)) / n,
  };
}

/** Shapley's shares of a list of changes, averaged over orders; each order's shares sum to the whole change. */
function sharesIn(
  plan: Plan,
  market: Float64Array,
  from: Float64Array,
  to: Float64Array,
  orders: readonly (readonly number[])[],
): VarComparison["positions"] {
  const shares = {
    valueAtRisk: new Float64Array(from.length),
    expectedShortfall: new Float64Array(from.length),
  };
  for (const order of orders) {
    const book = new Book(plan, market, from);
    let last = book.risk();
    for (const asset of order) {
      book.add(asset, to[asset]! - from[asset]!);
      const now = book.risk();
      const step = minus(now, last);
      shares.valueAtRisk[asset]! += step.valueAtRisk / orders.length;
      shares.expectedShortfall[asset]! += step.expectedShortfall / orders.length;
      last = now;
    }
  }
  return shares;
}

/**
 * What moved the value at risk, and by how much: two simulations with the same shocks, and the difference shared out
 * among the market and the positions by Shapley's value: the mean, over orders in which the changes may have come, of what
 * each one did. The shares sum to the change to rounding; a position that kept its weight has none.
 *
 * @param before options of {@link monteCarloVar} with a seed; `after` differs in weights, covariance, mean or
 *   distribution, over the same assets.
 * @throws QuantError as {@link monteCarloVar}; "option" where anything else differs, for a sampling other than
 *   independent, or one shock a portfolio; "shape" for other assets; "range" for more than 2²⁶ scenarios × days × assets.
 */
export function compareVar(
  before: MonteCarloVarOptions,
  after: MonteCarloVarOptions,
  options: CompareVarOptions = {},
): VarComparison {
  requireKnownOptions(options, ["orders"]);
  const count = 2 * Math.ceil(requireInteger("orders", options.orders ?? 32, 1, 1e4) / 2);
  const [old, now] = [readPlan(before), readPlan(after)];
  requireComparable(before, after);
  const n = old.L.rows;
  if (now.L.rows !== n) {
    throw new QuantError("shape", `both books must have the same assets, got ${n} and ${now.L.rows}`, {});
  }
  for (const plan of [old, now]) requireAssetPlan(plan, plan.scenarios * plan.days * n, "a comparison");
  const [oldMarket, newMarket] = [marketOf(old), marketOf(now)];
  const [w0, w1] = [old.weights, now.weights];
  const bookBefore = new Book(old, oldMarket, w0);
  const bookAfter = new Book(now, newMarket, w1);
  const [v00, v11] = [bookBefore.risk(), bookAfter.risk()];
  const changed = Array.from(w0.keys()).filter((asset) => w0[asset] !== w1[asset]);
  const orders = ordersOf(changed, count, before.seed!);
  let positions = sharesIn(now, newMarket, w0, w1, orders);
  let market: TailLoss = { valueAtRisk: 0, expectedShortfall: 0 };
  if (!sameNumbers(oldMarket, newMarket)) {
    const v01 = new Book(now, newMarket, w0).risk();
    const v10 = new Book(old, oldMarket, w1).risk();
    market = half(minus(v01, v00), minus(v11, v10));
    const other = sharesIn(old, oldMarket, w0, w1, orders);
    positions = {
      valueAtRisk: positions.valueAtRisk.map((share, i) => (share + other.valueAtRisk[i]!) / 2),
      expectedShortfall: positions.expectedShortfall.map(
        (share, i) => (share + other.expectedShortfall[i]!) / 2,
      ),
    };
  }
  const scores = new Float64Array(0);
  const A = estimateTail(old, { first: 0, returns: bookBefore.returns, scores });
  const B = estimateTail(now, { first: 0, returns: bookAfter.returns, scores });
  const { quantile: _, ...figuresBefore } = A;
  const { quantile: __, ...figuresAfter } = B;
  return {
    before: figuresBefore,
    after: figuresAfter,
    change: minus(v11, v00),
    standardError: pairedError(bookBefore.returns, bookAfter.returns, A, B, old.alpha),
    market,
    positions,
  };
}
