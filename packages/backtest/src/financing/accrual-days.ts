import { QuantError } from "@astra-quant/core-linalg";
import { requireOneOf } from "@astra-quant/core-linalg/guards";

/** What a rate is for: one bar, or one calendar day, of which a bar over a weekend has three. */
export type AccrualUnit = "bar" | "day";

const DAY = 86_400_000;

/** Units of time that each bar accrues: 1, or the calendar days (UTC) since the row before. Row 0 accrues nothing. */
export function accrualOf(
  name: string,
  per: AccrualUnit | undefined,
  rows: number,
  dates: Float64Array | undefined,
): Float64Array {
  const unit = requireOneOf(`${name}.per`, per ?? "bar", ["bar", "day"]);
  const accrued = new Float64Array(rows).fill(1, 1);
  if (unit === "bar") return accrued;
  if (dates === undefined) {
    throw new QuantError("option", `${name}.per 'day' counts calendar days, which need dates`, {
      argument: `${name}.per`,
    });
  }
  for (let t = 1; t < rows; t++) {
    accrued[t] = Math.floor(dates[t]! / DAY) - Math.floor(dates[t - 1]! / DAY);
  }
  return accrued;
}
