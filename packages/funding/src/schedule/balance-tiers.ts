import { QuantError } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  show,
} from "@astra-quant/core-linalg/guards";

/** One slice of a balance and its price: a spread to the base rate, or a rate of its own. */
export interface BalanceTier {
  /** Where the slice begins, in the currency of the balance. @defaultValue where the tier before it ends, 0 for the first */
  readonly above?: number;
  /** Where it ends. @defaultValue nowhere, for the last */
  readonly upTo?: number;
  /** Basis points a year from the base rate: on top of it where the client pays, below it where he receives. */
  readonly bps?: number;
  /** The annual rate of the slice whatever the base rate, instead of `bps`: 0 for a balance that earns nothing. */
  readonly rate?: number;
}

/** A spread: one number of basis points a year, or tiers of the balance, each slice at its own price (blended). */
export type SpreadBps = number | readonly BalanceTier[];

function refuse(name: string, rule: string, value: unknown): never {
  throw new QuantError("data", `${name} ${rule}, got ${show(value)}`, { argument: name, value });
}

function requireTier(name: string, tier: BalanceTier, begins: number, last: boolean): BalanceTier {
  requireKnownOptions(tier, ["above", "upTo", "bps", "rate"], name);
  const { above = begins, upTo = Number.POSITIVE_INFINITY, bps, rate } = tier;
  requireNonNegative(`${name}.above`, above);
  if (above < begins)
    refuse(`${name}.above`, `must not overlap the tier before it, which ends at ${begins}`, above);
  if (above > begins) refuse(`${name}.above`, `must not leave a gap after ${begins}`, above);
  if (typeof upTo !== "number") refuse(`${name}.upTo`, "must be a number", upTo);
  if (upTo === Number.POSITIVE_INFINITY && !last)
    refuse(`${name}.upTo`, "must be given on every tier but the last", tier.upTo);
  if (!(upTo > above)) refuse(`${name}.upTo`, `must be above ${above}`, upTo);
  if (last && upTo !== Number.POSITIVE_INFINITY)
    refuse(`${name}.upTo`, "must be absent on the last tier", upTo);
  if ((bps === undefined) === (rate === undefined)) {
    throw new QuantError(
      "option",
      `${name} must have either bps or rate, got ${bps === undefined ? "neither" : "both"}`,
      {
        argument: name,
      },
    );
  }
  if (rate !== undefined) return Object.freeze({ above, upTo, rate: requireFinite(`${name}.rate`, rate) });
  return Object.freeze({ above, upTo, bps: requireFinite(`${name}.bps`, bps) });
}

/** The spread, if it is a number or tiers that cover every balance once. */
export function requireSpread(name: string, spread: unknown): SpreadBps {
  if (typeof spread === "object" && !Array.isArray(spread))
    refuse(name, "must be a number or an array of tiers", spread);
  if (!Array.isArray(spread)) return requireFinite(name, spread);
  if (spread.length === 0) refuse(name, "must have at least one tier", spread);
  const tiers: BalanceTier[] = [];
  for (const [i, tier] of (spread as readonly BalanceTier[]).entries()) {
    tiers.push(requireTier(`${name}[${i}]`, tier, tiers.at(-1)?.upTo ?? 0, i === spread.length - 1));
  }
  return Object.freeze(tiers);
}

/**
 * The blended annual rate of a balance: Σ slice × its rate ÷ balance. A balance of 0 has the rate of its first unit.
 */
export function blendedRate(
  tiers: readonly BalanceTier[],
  balance: number,
  rateOf: (tier: BalanceTier) => number,
): number {
  const rates = tiers.map(rateOf);
  const first = tiers[0]!.upTo ?? Number.POSITIVE_INFINITY;
  if (!(balance > first)) return rates[0]!;
  let interest = 0;
  tiers.forEach(({ above = 0, upTo = Number.POSITIVE_INFINITY }, i) => {
    if (balance > above) interest += (Math.min(balance, upTo) - above) * rates[i]!;
  });
  return interest / balance;
}
