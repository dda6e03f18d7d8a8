import { type DateLike, QuantError } from "@astra-quant/core-linalg";
import { nearestName, requireKnownOptions, requireNonNegative, show } from "@astra-quant/core-linalg/guards";
import { DAY, isoDay, requireDay } from "../calendar/day.ts";
import { requireRecord } from "./record.ts";

/** A borrow fee from a day on, until the next one. */
export interface DatedFee {
  /** First day of the fee. */
  readonly from: DateLike;
  /** Basis points a year, ≥ 0. */
  readonly bps: number;
}

/**
 * One fee for every stock lent, or by asset name a fee or fees with the days from which they hold; basis points a year.
 */
export type BorrowFeeBps = number | Readonly<Record<string, number | readonly DatedFee[]>>;

/** What a schedule says of borrow fees. */
interface BorrowFees {
  readonly borrowFeeBps: BorrowFeeBps;
  readonly generalCollateralBps?: number;
}

function requireDatedFees(name: string, fees: readonly DatedFee[]): readonly DatedFee[] {
  if (fees.length === 0) {
    throw new QuantError("data", `${name} must have at least one fee, got ${show(fees)}`, { argument: name });
  }
  let before = Number.NEGATIVE_INFINITY;
  const checked = Array.from(fees, (fee, i) => {
    requireKnownOptions(fee, ["from", "bps"], `${name}[${i}]`);
    const from = requireDay(`${name}[${i}].from`, fee.from);
    if (from <= before) {
      throw new QuantError(
        "data",
        `${name}[${i}].from must be after ${isoDay(before)}, got ${isoDay(from)}`,
        {
          argument: name,
          index: i,
        },
      );
    }
    before = from;
    return Object.freeze({ from: from * DAY, bps: requireNonNegative(`${name}[${i}].bps`, fee.bps) });
  });
  return Object.freeze(checked);
}

/** The fees, validated and frozen. */
export function requireBorrowFee(fee: unknown): BorrowFeeBps {
  if (typeof fee === "number") return requireNonNegative("borrowFeeBps", fee);
  const entries = requireRecord("borrowFeeBps", "a number, or an object of numbers by asset name", fee);
  const checked = entries.map(([asset, bps]) => {
    const name = `borrowFeeBps.${asset}`;
    return [asset, Array.isArray(bps) ? requireDatedFees(name, bps) : requireNonNegative(name, bps)] as const;
  });
  return Object.freeze(Object.fromEntries(checked));
}

/** True when a fee changes with the day. */
export function isDated(fee: BorrowFeeBps): boolean {
  return typeof fee === "object" && Object.values(fee).some((entry) => typeof entry === "object");
}

/** What is known of an asset's fee: its own, else general collateral's. A short without one is refused. */
export function borrowFeeEntry(
  { borrowFeeBps: fees, generalCollateralBps }: BorrowFees,
  asset: string,
): number | readonly DatedFee[] {
  if (typeof fees === "number") return fees;
  const own = Object.hasOwn(fees, asset) ? fees[asset] : generalCollateralBps;
  if (own !== undefined) return own;
  const known = Object.keys(fees);
  const near = nearestName(asset, known);
  const hint = near ? `did you mean '${near}'?` : `it names ${known.join(", ") || "none"}`;
  throw new QuantError(
    "data",
    `borrowFeeBps must name every asset held short, but has no '${asset}'; ${hint}`,
    { argument: "borrowFeeBps", asset, known },
  );
}

/** The fee of a day, counted from 1970-01-01, in basis points. */
export function feeOn(entry: number | readonly DatedFee[], asset: string, day: number): number {
  if (typeof entry === "number") return entry;
  const bps = entry.findLast(({ from }) => requireDay("from", from) <= day)?.bps;
  if (bps !== undefined) return bps;
  throw new QuantError(
    "data",
    `borrowFeeBps.${asset} must hold on ${isoDay(day)}, but begins on ${isoDay(requireDay("from", entry[0]!.from))}`,
    { argument: "borrowFeeBps", asset },
  );
}
