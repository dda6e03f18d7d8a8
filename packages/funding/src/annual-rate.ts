import { nearestName, QuantError } from "@astra-quant/core-linalg/guards";
import type { FundingSchedule } from "./schedule.ts";
import type { Side } from "./side.ts";

/** Basis points are added before they are divided, so that 25 + 40 bp against a base of 0.0065 leave exactly 0. */
const fraction = (bps: number): number => bps / 10_000;

function borrowFee({ borrowFeeBps }: FundingSchedule, asset: string): number {
  if (typeof borrowFeeBps === "number") return borrowFeeBps;
  if (Object.hasOwn(borrowFeeBps, asset)) return borrowFeeBps[asset]!;
  const known = Object.keys(borrowFeeBps);
  const near = nearestName(asset, known);
  const hint = near ? `did you mean '${near}'?` : `it names ${known.join(", ") || "none"}`;
  throw new QuantError(
    "data",
    `borrowFeeBps must name every asset held short, but has no '${asset}'; ${hint}`,
    { argument: "borrowFeeBps", asset, known },
  );
}

/** What a side earns a year on its notional, as a fraction; negative when it costs, 0 when flat. */
export function annualRate(schedule: FundingSchedule, side: Side, asset: string): number {
  const { baseRate, longSpreadBps, shortSpreadBps } = schedule;
  if (side === "flat") return 0;
  if (side === "long") return 0 - (baseRate + fraction(longSpreadBps));
  return baseRate - fraction(shortSpreadBps + borrowFee(schedule, asset));
}
