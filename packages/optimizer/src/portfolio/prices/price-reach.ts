import type { PortfolioProblem, PricedPortfolio } from "../problem/problem.ts";
import { foundScale } from "../problem/units.ts";
import { isOptimal, objectiveAt } from "../proof/certificate.ts";
import type { ReadSpec } from "../reading/read-spec.ts";
import type { PriceLeg, PriceReach } from "../solution.ts";
import { solvePortfolio } from "../solve-portfolio.ts";
import { type ActivePiece, activePiece } from "./active-piece.ts";
import { isReached, levelOf, multiplierOf, type PricedLimit, roomOf, withLevel } from "./priced-limit.ts";

/** A piece shorter than this, against the size of the weights, is none. */
const NO_LENGTH = 1e-9;
/** Moves of the limit, against the size of the weights, by which the piece beside it is looked for. */
const NUDGES = [1e-3, 1e-5, 1e-7];
/** A limit overrun by more than this part of a nudge does not feel it. */
const FAITHFUL = 1e-3;
/** Prices this near to each other, against the larger, are one. */
const SAME = 1e-7;

/** How far the price of a limit holds to both sides, and whether it is the only one. */
export function priceReach(read: ReadSpec, optimum: PricedPortfolio, limit: PricedLimit): PriceReach {
  const { problem } = read;
  const piece = activePiece(problem, optimum, limit);
  const legs = new PriceLegs(read, limit);
  const loosening = legs.from(problem, piece, limit.side) ?? legs.beside(limit.side) ?? { price: 0 };
  const tightening = legs.from(problem, piece, -limit.side as 1 | -1) ?? legs.beside(-limit.side as 1 | -1);
  return {
    limit: levelOf(problem, limit),
    unique: tightening !== undefined && isSame(loosening.price, tightening.price),
    loosening,
    ...(tightening !== undefined && { tightening }),
  };
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}

/** One-sided prices of a limit. */
class PriceLegs {
  readonly #read: ReadSpec;
  readonly #limit: PricedLimit;
  readonly #scale: number;

  constructor(read: ReadSpec, limit: PricedLimit) {
    this.#read = read;
    this.#limit = limit;
    this.#scale = foundScale(read.problem, new Float64Array(read.problem.n));
  }

  /** The leg on the piece where the level stands; undefined where that has no length to this side. */
  from(problem: PortfolioProblem, piece: ActivePiece, sign: 1 | -1): PriceLeg | undefined {
    const length = sign > 0 ? piece.up : piece.down;
    if (!(length > NO_LENGTH * this.#scale)) return undefined;
    return this.#leg(problem, piece, sign * length);
  }

  /** The leg on the piece beside the level, found by solving there; undefined where no weights meet such a limit. */
  beside(sign: 1 | -1): PriceLeg | undefined {
    const { problem, method } = this.#read;
    const level = levelOf(problem, this.#limit);
    const isLoosened = sign === this.#limit.side;
    const room =
      this.#limit.kind === "box" ? roomOf(problem, level, this.#limit, sign) : Number.POSITIVE_INFINITY;
    if (room <= NO_LENGTH * this.#scale) return isLoosened ? { price: 0 } : undefined;
    let nearest: PriceLeg | undefined;
    for (const nudge of NUDGES) {
      const by = Math.min(nudge * this.#scale, room / 2);
      const moved = withLevel(problem, this.#limit, level + sign * by);
      if (this.#limit.kind === "size" && levelOf(moved, this.#limit) < 0) continue;
      const { portfolio, certificate } = solvePortfolio(moved, method);
      if (!isOptimal(certificate) || certificate.violation > FAITHFUL * by) continue;
      if (!isReached(moved, portfolio.weights, this.#limit)) {
        nearest = { price: 0 };
        continue;
      }
      const piece = activePiece(moved, portfolio, this.#limit);
      const back = Math.min(sign > 0 ? piece.down : piece.up, by);
      const forth = sign * (sign > 0 ? piece.up : piece.down);
      const price = this.#price(moved, piece, -sign * back);
      if (price === 0 && isLoosened) return { price };
      nearest = { ...this.#leg(moved, piece, forth), price };
      if (back >= by * (1 - SAME)) return nearest;
    }
    return nearest;
  }

  #leg(problem: PortfolioProblem, piece: ActivePiece, change: number): PriceLeg {
    const price = this.#price(problem, piece, 0);
    if (!Number.isFinite(change)) return { price };
    return {
      price,
      until: levelOf(problem, this.#limit) + change,
      priceThere: this.#price(problem, piece, change),
    };
  }

  /** At the end of a piece, where slopes have two sides, by the line through its inside. */
  #price(problem: PortfolioProblem, piece: ActivePiece, change: number): number {
    const { toObjective, toPrice } = this.#read;
    const at = (part: number): number => multiplierOf(problem, piece.at(part), this.#limit);
    const price = change === 0 ? at(0) : 2 * at(change / 2) - at(0);
    const { objective } = objectiveAt(problem, piece.at(change).weights);
    return toPrice(Math.max(0, price), toObjective(objective));
  }
}
