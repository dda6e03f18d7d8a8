import { requireFinite, requireKnownOptions } from "@astra-quant/core-linalg/guards";

/** Annual rates, fractions, below which a rate does not fall. */
export interface RateFloors {
  /** Of the base rate, before any spread: 0 in most agreements. */
  readonly baseRate?: number;
  /** Of what debit balances pay. */
  readonly debitRate?: number;
  /** Of what the proceeds of shorts receive, before the borrow fee: 0 where interest is never taken from a credit. */
  readonly shortRate?: number;
  /** Of what cash receives. */
  readonly cashRate?: number;
}

const NAMES: readonly (keyof RateFloors)[] = ["baseRate", "debitRate", "shortRate", "cashRate"];

/** The floors, validated and frozen. */
export function requireFloors(floors: RateFloors): RateFloors {
  requireKnownOptions(floors, NAMES, "floors");
  const given = NAMES.filter((name) => floors[name] !== undefined);
  return Object.freeze(
    Object.fromEntries(given.map((name) => [name, requireFinite(`floors.${name}`, floors[name])])),
  );
}

/** The rate, no lower than its floor. */
export function floored(rate: number, floor: number | undefined): number {
  return floor === undefined ? rate : Math.max(rate, floor);
}
