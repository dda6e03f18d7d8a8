import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import type { BoxLimit } from "../problem/problem.ts";
import type { ParticipationLimit } from "../spec.ts";
import { readRates } from "./per-asset.ts";

const NAME = "constraints.participation";

/** What may be traded, and what a unit of weight traded is of an average day. */
export interface Participation {
  readonly box: BoxLimit;
  /** capital ÷ averageDailyValue, one an asset; ∞ where nothing is traded. */
  readonly ofDay: Float64Array;
}

/** @throws QuantError naming the field, the rule and the value. */
export function readParticipation(limit: ParticipationLimit, current: Float64Array): Participation {
  requireKnownOptions(limit, ["max", "averageDailyValue", "capital"], NAME);
  const n = current.length;
  const max = readSizes("max", limit.max, n);
  const value = readSizes("averageDailyValue", limit.averageDailyValue, n);
  const capital = requirePositive(`${NAME}.capital`, limit.capital);
  const most = max.map((share, i) => (share * value[i]!) / capital);
  return {
    box: {
      name: "participation",
      lower: current.map((w, i) => w - most[i]!),
      upper: current.map((w, i) => w + most[i]!),
    },
    ofDay: value.map((day) => capital / day),
  };
}

/** Numbers of at least 0: one for all, or one an asset. */
function readSizes(field: string, given: number | VectorLike, n: number): Float64Array {
  if (given === undefined) {
    throw new QuantError("shape", `${NAME}.${field} must be given to limit participation, got undefined`, {
      argument: `${NAME}.${field}`,
    });
  }
  const sizes = readRates(`${NAME}.${field}`, given, n);
  const i = sizes.findIndex((size) => size < 0);
  if (i < 0) return sizes;
  const at = typeof given === "number" ? "" : `[${i}]`;
  throw new QuantError("range", `${NAME}.${field}${at} must be non-negative, got ${sizes[i]}`, {
    argument: `${NAME}.${field}`,
    value: sizes[i],
  });
}
