import type { Matrix } from "@astra-quant/core-linalg";
import { requireBoolean, requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { tailProbability } from "../var/tail-probability.ts";
import {
  type FiredLimit,
  firedLimits,
  type LimitsPort,
  requireLimits,
  type StressedState,
} from "./limits-port.ts";
import { type CrisisOptions, type PricePath, pricePath } from "./price-path.ts";
import type { StressScenario } from "./scenario.ts";
import { type Positions, requireBook, type StressBook } from "./stress-book.ts";
import {
  type BookRisk,
  bookRisk,
  type StressedCovariance,
  stressedCovariance,
} from "./stressed-covariance.ts";

export interface StressTestOptions extends CrisisOptions {
  /**
   * What would have decided on the book day by day (`RiskLimits`, or any object with such an `evaluate`), asked once before
   * the scenario (day 0) and after each of its days. It decides nothing here: positions are held through the scenario.
   * It remembers what it is asked, so a machine in use is better given as a copy, `RiskLimits.from(limits.state)`.
   */
  readonly limits?: LimitsPort;
  /** Of the value at risk before and under the scenario, strictly between 0 and 1. @defaultValue 0.99 */
  readonly confidence?: number;
  /** Days of that value at risk, > 0. @defaultValue 1 */
  readonly horizon?: number;
}

/** What a scenario does to one position. */
export interface StressedPosition {
  readonly asset: string;
  /** Market value before, in money. */
  readonly notional: number;
  /** Return of the asset over the whole scenario, ≥ −1. */
  readonly shock: number;
  /** notional × shock. */
  readonly pnl: number;
  /** Where the shock came from, in words. */
  readonly reason: string;
  /** True when the scenario would have taken the price below 0: it stops there. */
  readonly atZero: boolean;
}

/** Normal risk of the positions before the scenario, under the usual covariance and under the stressed one. */
export interface StressedRisk {
  readonly usual: BookRisk;
  readonly stressed: BookRisk;
  /** Mean correlation between assets, usual and stressed. */
  readonly averageCorrelation: { readonly usual: number; readonly stressed: number };
}

/** Money in the unit of capital: fractions of it where no capital was given. */
export interface StressResult {
  readonly name: string;
  readonly days: number;
  /** Profit (or, negative, loss) after the last day: the positions' added up in their order. */
  readonly pnl: number;
  /** pnl ÷ capital. */
  readonly return: number;
  /** One a position, in the order of the book. */
  readonly positions: readonly StressedPosition[];
  /** P&L of each class and group of the book, members added up in their order. */
  readonly classes: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, number>>;
  /** Equity before the scenario and after each of its days. */
  readonly equity: Float64Array;
  /** P&L since the start after each day: days × assets. */
  readonly pnlByDay: Matrix;
  /** Equity over its highest so far, less 1, at its lowest: ≤ 0, and below −1 when more than everything was lost. */
  readonly maxDrawdown: number;
  /** The day of the lowest equity (0 when none is below the start). */
  readonly worstDay: number;
  /** Where the book has a covariance. */
  readonly risk?: StressedRisk;
  /** The days on which limits asked for something; empty without limits. */
  readonly fired: readonly FiredLimit[];
}

/** P&L of days × assets: shares are held, so each position earns its notional × (price − 1). */
function pnlOf(path: PricePath, notionals: Float64Array): Matrix {
  const pnl = path.prices.clone();
  for (let k = 0; k < pnl.data.length; k++)
    pnl.data[k] = notionals[k % pnl.columns]! * (pnl.data[k]! - 1) + 0;
  return pnl;
}

/** The sum of chosen positions in the order given. */
function sumOf(pnl: ArrayLike<number>, members: Iterable<number>): number {
  let sum = 0;
  for (const i of members) sum += pnl[i]!;
  return sum;
}

function byName(
  groups: ReadonlyMap<string, readonly number[]>,
  pnl: ArrayLike<number>,
): Record<string, number> {
  return Object.fromEntries(Array.from(groups, ([name, members]) => [name, sumOf(pnl, members)]));
}

/** The deepest fall below a high, and the day of the lowest equity. */
function worstOf(equity: Float64Array): { maxDrawdown: number; worstDay: number } {
  let [high, maxDrawdown, worstDay] = [equity[0]!, 0, 0];
  for (let t = 0; t < equity.length; t++) {
    high = Math.max(high, equity[t]!);
    maxDrawdown = Math.min(maxDrawdown, equity[t]! / high - 1);
    if (equity[t]! < equity[worstDay]!) worstDay = t;
  }
  return { maxDrawdown, worstDay };
}

interface Measured {
  readonly book: Positions;
  readonly path: PricePath;
  readonly equity: Float64Array;
  readonly stressed: StressedCovariance | undefined;
  readonly alpha: number;
  readonly horizon: number;
}

/** The book at the end of each day, the one before the scenario first. */
function statesOf({ book, path, equity, stressed, alpha, horizon }: Measured): StressedState[] {
  const n = book.assets.length;
  return Array.from(equity, (value, day) => {
    const positions = book.notionals.map((notional, i) =>
      day === 0 ? notional : notional * path.prices.data[(day - 1) * n + i]!,
    );
    return {
      equity: value,
      day,
      positions: Object.fromEntries(book.assets.map((asset, i) => [asset, positions[i]!])),
      ...(stressed && {
        valueAtRisk: bookRisk(positions, stressed.covariance, alpha, horizon).valueAtRisk,
      }),
    };
  });
}

function riskOf({ book, stressed, alpha, horizon }: Measured): { risk?: StressedRisk } {
  if (stressed === undefined || book.covariance === undefined) return {};
  return {
    risk: {
      usual: bookRisk(book.notionals, book.covariance, alpha, horizon),
      stressed: bookRisk(book.notionals, stressed.covariance, alpha, horizon),
      averageCorrelation: {
        usual: stressedCovariance(book.covariance, {}).averageCorrelation,
        stressed: stressed.averageCorrelation,
      },
    },
  };
}

/**
 * What a scenario does to a book that is held through it: P&L by position (the total is their sum in the order of the book,
 * bit by bit), equity day by day, risk under the stressed covariance, and the limits that would have fired.
 *
 * A scenario is a shock at once (by asset, group, class, or through factors), a path of them or of returns, a crisis (see
 * `CRISES`), or a span of history. Prices stop at 0; borrowed money and short positions can lose more than the capital.
 *
 * @throws QuantError "shape" for lengths that do not fit or a scenario without days, "not-finite" for a NaN or infinity,
 *   "range" for figures outside their interval, "data" for names that the book does not have, "option" for unknown options
 *   and for what a scenario needs and the book has not (betas, exposures, a covariance).
 */
export function stressTest(
  book: StressBook,
  scenario: StressScenario,
  options: StressTestOptions = {},
): StressResult {
  requireKnownOptions(options, ["limits", "confidence", "horizon", "instantaneous", "seed", "noise"]);
  const { confidence = 0.99, horizon = 1, limits, ...crisis } = options;
  const alpha = tailProbability(confidence);
  requirePositive("horizon", horizon);
  if (crisis.instantaneous !== undefined) requireBoolean("instantaneous", crisis.instantaneous);
  const port = limits === undefined ? undefined : requireLimits(limits);
  const positions = requireBook(book);
  const path = pricePath(scenario, positions, crisis);
  const stressed =
    positions.covariance === undefined ? undefined : stressedCovariance(positions.covariance, scenario);

  const { assets, notionals, capital } = positions;
  const pnlByDay = pnlOf(path, notionals);
  const days = pnlByDay.rows;
  const equity = new Float64Array(days + 1).fill(capital);
  for (let t = 0; t < days; t++) equity[t + 1] = capital + sumOf(pnlByDay.row(t), assets.keys());
  const measured: Measured = { book: positions, path, equity, stressed, alpha, horizon };
  const last = pnlByDay.row(days - 1);
  const prices = path.prices.row(days - 1);
  const pnl = sumOf(last, assets.keys());
  return {
    name: path.name,
    days,
    pnl,
    return: pnl / capital,
    positions: assets.map((asset, i) => ({
      asset,
      notional: notionals[i]!,
      shock: prices[i]! - 1,
      pnl: last[i]!,
      reason: path.reasons[i]!,
      atZero: prices[i] === 0,
    })),
    classes: byName(positions.classes, last),
    groups: byName(positions.groups, last),
    equity,
    pnlByDay,
    ...worstOf(equity),
    ...riskOf(measured),
    fired: port === undefined ? [] : firedLimits(port, statesOf(measured)),
  };
}
