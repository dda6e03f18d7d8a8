import { largest } from "../../vectors.ts";
import type { ActiveStates } from "../active-set/active-states.ts";
import { solveBordered } from "../active-set/bordered-solve.ts";
import { Kinks } from "../active-set/kinks.ts";
import { borderOf, curvatureScale, freeAssets, proximalOf } from "../active-set/state-equations.ts";
import { limitUse } from "../problem/limit-use.ts";
import { pressureRates } from "../problem/pressure-rates.ts";
import {
  type PortfolioProblem,
  type PricedPortfolio,
  pressures,
  type SizeLimit,
} from "../problem/problem.ts";
import { curvatureProduct, slopesAt } from "../problem/slopes.ts";
import { foundScale, toUnits } from "../problem/units.ts";
import { isLevel, levelOf, multiplierOf, type PricedLimit, REACHED, roomOf } from "./priced-limit.ts";

/** The straight path of the optimum while one limit moves and the same limits bind and the same assets stand at kinks. */
export interface ActivePiece {
  /** How far the limit's level can fall and rise on it, in the user's units: ≥ 0, infinite where nothing ends it. */
  readonly down: number;
  readonly up: number;
  /** The optimum where the level has moved by `change`. */
  at(change: number): PricedPortfolio;
}

/** A weight this near to a breakpoint, in units of its own size, stands at it. */
const AT = 1e-9;
/** A limit that moves but is missed by this much, of a unit, cannot move on this piece. */
const MISSED = 1e-7;
/** Rounds that take the proximal term out again. */
const PROXIMAL_ROUNDS = 2;
/** A rate below this part of the largest is what rounding leaves of none. */
const STANDS = 1e-9;

/** The piece on which an optimum stands; of no length where its limits cannot follow. */
export function activePiece(
  user: PortfolioProblem,
  optimum: PricedPortfolio,
  limit: PricedLimit,
): ActivePiece {
  const units = toUnits(user, foundScale(user, optimum.weights));
  const { problem } = units;
  const from = units.adopt(optimum);
  const kinks = new Kinks(problem);
  const states = statesAt(problem, kinks, from, limit);
  const rates = ratesOf(problem, kinks, states, limit);
  if (rates === undefined) return { down: 0, up: 0, at: () => optimum };
  // the level moves by `unit` of the user's where it moves by 1 here
  const unit = limit.kind === "row" ? units.weight * units.loadings[limit.index]! : units.weight;
  const reach = (sign: 1 | -1): number =>
    Math.max(0, reachOf(problem, kinks, states, { from, rates, limit, sign })) * unit;
  return {
    down: reach(-1),
    up: reach(1),
    at: (change) => units.restore(movedBy(from, rates, change / unit)),
  };
}

function movedBy({ weights, prices }: PricedPortfolio, rates: PricedPortfolio, t: number): PricedPortfolio {
  const moved = (values: Float64Array, by: Float64Array): Float64Array =>
    values.map((value, i) => value + t * by[i]!);
  return {
    weights: moved(weights, rates.weights),
    prices: {
      rows: moved(prices.rows, rates.prices.rows),
      sizes: moved(prices.sizes, rates.prices.sizes),
    },
  };
}

/** Where every asset stands, and the limits that have a price; the one that moves has one whatever it is. */
function statesAt(
  problem: PortfolioProblem,
  kinks: Kinks,
  { weights, prices }: PricedPortfolio,
  limit: PricedLimit,
): ActiveStates {
  const isMoved = (kind: PricedLimit["kind"], index: number): boolean =>
    limit.kind === kind && limit.index === index;
  const assets = Int8Array.from(weights, (w, i) => {
    const inner = isMoved("box", i) ? -limit.side : 0;
    const k = standingAt(kinks, i, w, inner);
    return k >= 0 ? 2 * k + 1 : kinks.segmentAt(i, w);
  });
  const rows = Int8Array.from(problem.rows, ({ min, max }, r) => {
    if (isMoved("row", r)) return limit.side;
    if (min === max) return 1;
    return Math.sign(prices.rows[r]!);
  });
  const sizes = Uint8Array.from(prices.sizes, (price, s) => (price > 0 || isMoved("size", s) ? 1 : 0));
  return { assets, rows, sizes };
}

/** The breakpoint at which a weight stands, of several within rounding the innermost where `inner` tells a side; −1 for none. */
function standingAt(kinks: Kinks, i: number, w: number, inner: number): number {
  let found = kinks.nearest(i, w);
  if (found < 0 || Math.abs(w - kinks.point(i, found)) > AT) return -1;
  const next = found + inner;
  if (next >= 0 && next < kinks.count[i]! && Math.abs(w - kinks.point(i, next)) <= AT) found = next;
  return found;
}

/** What weights and prices change by where the level rises by 1; undefined where the states do not allow it to. */
function ratesOf(
  problem: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  limit: PricedLimit,
): PricedPortfolio | undefined {
  const { kind, index } = limit;
  const { n, gamma, costs, risk } = problem;
  const weights = new Float64Array(n);
  if (kind === "box") weights[index] = 1;
  const held = curvatureProduct(problem, weights);
  const free = freeAssets(states);
  const delta = proximalOf(problem) * curvatureScale(problem);
  const shift = Float64Array.from(free, (i) => costs.quadratic[i]! + delta);
  const r = Float64Array.from(free, (i) => -held[i]!);
  const { columns, owners } = borderOf(problem, kinks, states, free, weights);
  const count = owners.length;
  const d = Float64Array.from(owners, (owner) => {
    if (kind !== "box") return owner.kind === `${kind}s` && owner.index === index ? 1 : 0;
    if (owner.kind === "rows") return -problem.rows[owner.index]!.loadings[index]!;
    const { of, members } = problem.sizes[owner.index]!;
    return members[index] === 1 ? -signAtEnd(problem, of, limit) : 0;
  });
  const block = risk.block(free, gamma, shift);
  if (block === undefined) return undefined;
  const start = new Float64Array(count);
  let { w, m } = solveBordered({ block, columns, count }, r, d, start);
  for (let round = 0; round < PROXIMAL_ROUNDS; round++) {
    const near = r.map((value, a) => value + delta * w[a]!);
    ({ w, m } = solveBordered({ block, columns, count }, near, d, start));
  }
  for (let c = 0; c < count; c++) {
    let value = -d[c]!;
    for (let a = 0; a < w.length; a++) value += columns[a * count + c]! * w[a]!;
    if (!(Math.abs(value) <= MISSED)) return undefined;
  }
  free.forEach((i, a) => {
    weights[i] = w[a]!;
  });
  const prices = {
    rows: new Float64Array(problem.rows.length),
    sizes: new Float64Array(problem.sizes.length),
  };
  owners.forEach((owner, c) => {
    prices[owner.kind][owner.index] = m[c]!;
  });
  return { weights, prices };
}

/** The slope of |v| or |v − w0| just inside the end of its box at which an asset stands. */
function signAtEnd(problem: PortfolioProblem, of: SizeLimit["of"], limit: PricedLimit): 1 | -1 {
  const centre = of === "weights" ? 0 : problem.current[limit.index]!;
  const beyond = levelOf(problem, limit) - centre;
  if (Math.abs(beyond) <= REACHED) return limit.side > 0 ? -1 : 1;
  return beyond > 0 ? 1 : -1;
}

interface Path {
  readonly from: PricedPortfolio;
  readonly rates: PricedPortfolio;
  readonly limit: PricedLimit;
  readonly sign: 1 | -1;
}

/** How far the level can move to one side before a limit, a price or a kink asks for other states. */
function reachOf(problem: PortfolioProblem, kinks: Kinks, states: ActiveStates, path: Path): number {
  const { from, rates, limit, sign } = path;
  const { n, rows, sizes } = problem;
  let reach = Number.POSITIVE_INFINITY;
  /** A margin that must stay positive, of things that move by `scale` at most. */
  const keep = (margin: number, rate: number, scale: number): void => {
    if (sign * rate < -STANDS * scale) reach = Math.min(reach, Math.max(0, margin) / (-sign * rate));
  };
  const most = Math.max(1, largest(rates.weights));
  for (let i = 0; i < n; i++) {
    if (states.assets[i]! % 2 === 1) continue;
    const j = states.assets[i]! / 2;
    const [w, rate] = [from.weights[i]!, rates.weights[i]!];
    if (kinks.segmentLower(i, j) > Number.NEGATIVE_INFINITY) keep(w - kinks.segmentLower(i, j), rate, most);
    if (kinks.segmentUpper(i, j) < Number.POSITIVE_INFINITY) keep(kinks.segmentUpper(i, j) - w, -rate, most);
  }
  keepPulls(problem, kinks, states, path, keep);
  const steepest = Math.max(largest(rates.prices.rows), largest(rates.prices.sizes));
  const use = limitUse(problem, from.weights);
  const signOf = (i: number, of: SizeLimit["of"]): number => {
    if (states.assets[i]! % 2 === 1) return signAtEnd(problem, of, limit);
    const j = states.assets[i]! / 2;
    return of === "weights" ? kinks.weightSign(i, j) : kinks.tradeSign(i, j);
  };
  rows.forEach(({ loadings, min, max }, r) => {
    const state = states.rows[r]!;
    const isMoved = limit.kind === "row" && limit.index === r;
    if (state !== 0) {
      if (min !== max || isMoved) keep(state * from.prices.rows[r]!, state * rates.prices.rows[r]!, steepest);
      if (isMoved && min !== max) keep(max - min, limit.side, 1);
      return;
    }
    let rate = 0;
    for (let i = 0; i < n; i++) rate += loadings[i]! * rates.weights[i]!;
    if (max < Number.POSITIVE_INFINITY) keep(max - use.rows[r]!, -rate, most);
    if (min > Number.NEGATIVE_INFINITY) keep(use.rows[r]! - min, rate, most);
  });
  sizes.forEach((size, s) => {
    if (states.sizes[s] === 1) {
      keep(from.prices.sizes[s]!, rates.prices.sizes[s]!, steepest);
      return;
    }
    let rate = 0;
    for (let i = 0; i < n; i++) {
      if (size.members[i] === 1 && rates.weights[i] !== 0) {
        rate += rates.weights[i]! * signOf(i, size.of);
      }
    }
    keep(size.max - use.sizes[s]!, -rate, most);
  });
  if (limit.kind === "box") keepBox(problem, limit, keep);
  return reach;
}

type Keep = (margin: number, rate: number, scale: number) => void;

/** An asset at a breakpoint stays there while its pull is between the slopes of the two sides. */
function keepPulls(
  problem: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  { from, rates, limit }: Path,
  keep: Keep,
): void {
  const slopes = slopesAt(problem, from);
  const changes = curvatureProduct(problem, rates.weights);
  problem.rows.forEach(({ loadings }, r) => {
    const rate = rates.prices.rows[r]!;
    if (rate === 0) return;
    for (let i = 0; i < problem.n; i++) changes[i]! += rate * loadings[i]!;
  });
  const here = pressures(problem, from.prices);
  const { onWeights, onTrades } = pressureRates(problem, rates.prices.sizes);
  const steepest = Math.max(largest(changes), largest(onWeights), largest(onTrades));
  for (let i = 0; i < problem.n; i++) {
    if (states.assets[i]! % 2 === 0) continue;
    const k = (states.assets[i]! - 1) / 2;
    if (limit.kind === "box" && limit.index === i && isLevel(problem, limit)) {
      const change = changes[i]! + onWeights[i]! * signAtEnd(problem, "weights", limit);
      const rate = change + onTrades[i]! * signAtEnd(problem, "trades", limit);
      keep(multiplierOf(problem, from, limit), -limit.side * rate, steepest);
    }
    for (const side of [-1, 1] as const) {
      const j = side < 0 ? k : k + 1;
      if (!kinks.isOpen(i, j)) continue; // of the box that moves the inner side remains: its price
      const slope = kinks.slope(i, j, here.onWeights[i]!, here.onTrades[i]!);
      const slopeRate = onWeights[i]! * kinks.weightSign(i, j) + onTrades[i]! * kinks.tradeSign(i, j);
      keep(side * (slope + slopes[i]!), side * (slopeRate + changes[i]!), steepest);
    }
  }
}

/** The end of a box moves as far as the kinks on both sides of it. */
function keepBox(problem: PortfolioProblem, limit: PricedLimit, keep: Keep): void {
  const { index: i } = limit;
  const { costs, current, sizes } = problem;
  const level = levelOf(problem, limit);
  const counts = (kind: SizeLimit["of"]): boolean =>
    sizes.some(({ of, members }) => of === kind && members[i] === 1);
  const stops: number[] = [];
  if (counts("weights") || costs.long[i] !== -costs.short[i]!) stops.push(0);
  if (counts("trades") || costs.buy[i] !== -costs.sell[i]!) stops.push(current[i]!);
  const other = limit.side > 0 ? problem.lower[i]! : problem.upper[i]!;
  if (!isLevel(problem, limit) && Number.isFinite(other)) keep(Math.abs(other - level), limit.side, 1);
  for (const sign of [-1, 1] as const) {
    const room = roomOf(problem, level, limit, sign);
    if (room < Number.POSITIVE_INFINITY) keep(room, -sign, 1);
  }
  for (const stop of stops) {
    // a kink at the end itself lets it move inwards only
    if (Math.abs(stop - level) <= REACHED) keep(0, -limit.side, 1);
    else if (stop > level) keep(stop - level, -1, 1);
    else keep(level - stop, 1, 1);
  }
}
