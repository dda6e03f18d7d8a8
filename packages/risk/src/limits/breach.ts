import { type LimitAction, severity } from "./limit-action.ts";
import { breaks, FIGURES, LIMIT_NAMES, type LimitName } from "./limit-figure.ts";
import type { FullRung, Ladders } from "./limit-ladder.ts";
import type { Standing } from "./standing.ts";

/** A broken limit, what it asks for, and why. */
export interface Breach {
  /** `equity` where nothing is left. */
  readonly limit: LimitName | "equity";
  /** The asset, of limits by asset; what is asked for is then asked of that position alone. */
  readonly asset?: string;
  /** The figure when last seen. */
  readonly value: number;
  /** Where the limit was broken. */
  readonly threshold: number;
  /** Where it is whole again. */
  readonly release: number;
  readonly action: Exclude<LimitAction, "none">;
  /** The part of positions to keep now: below 1 while there is something to cut. */
  readonly keep: number;
  /** True at the event that broke the limit, or broke it worse. */
  readonly entered: boolean;
  /** The number of that event. */
  readonly since: number;
  /** All of this in a sentence. */
  readonly reason: string;
}

/** What of a position, or of all, brings the figure back to its threshold. */
function keepTo(limit: LimitName, value: number, at: number): number {
  if (value <= at) return 1;
  // v ÷ G = s becomes c where v shrinks and the rest stays: c (1 − s) ÷ ((1 − c) s).
  if (limit === "concentration") return (at * (1 - value)) / ((1 - at) * value);
  return at / value;
}

function keepOf(limit: LimitName, rung: FullRung, value: number, entered: boolean): number {
  if (rung.action === "liquidate") return 0;
  if (rung.action !== "reduce") return 1;
  return rung.keep === null ? keepTo(limit, value, rung.at) : entered ? rung.keep : 1;
}

function orderOf(action: Breach["action"], keep: number, asset: string | undefined): string {
  const what = asset === undefined ? "every position" : "it";
  if (action === "liquidate") return asset === undefined ? "close everything" : "close it";
  if (action === "warn") return "watch";
  const halt = asset === undefined ? "open nothing new" : "do not enlarge it";
  return keep < 1 ? `keep ${(100 * keep).toFixed(2)} % of ${what}` : halt;
}

function breachOf(
  { limit, asset, level, value, since }: Standing,
  ladders: Ladders,
  sequence: number,
): Breach {
  const { loss, show } = FIGURES[limit];
  const rung = ladders[limit][level - 1]!;
  const { at, release, action } = rung;
  const entered = since === sequence;
  const keep = keepOf(limit, rung, value, entered);
  const subject = asset === undefined ? limit : `${limit} of ${asset}`;
  const now = breaks(loss, value, at)
    ? `${subject} ${show(value)} ${loss ? "has reached" : "exceeds"} ${show(at)}`
    : `${subject} ${show(value)} broke ${show(at)} and is not yet back at ${show(release)}`;
  return {
    limit,
    ...(asset !== undefined && { asset }),
    value,
    threshold: at,
    release,
    action,
    keep,
    entered,
    since,
    reason: `${now}: ${orderOf(action, keep, asset)}`,
  };
}

/** Nothing is left: no limit needs to be set for that. */
function ruin(equity: number, ruinedSince: number, sequence: number): Breach {
  return {
    limit: "equity",
    value: equity,
    threshold: 0,
    release: 0,
    action: "liquidate",
    keep: 0,
    entered: ruinedSince === sequence,
    since: ruinedSince,
    reason: `equity ${equity} is used up: close everything`,
  };
}

/** What an event breaks or leaves broken, severest first; of equally severe ones in the order of `LimitName`. */
export function breachesOf(
  standing: readonly Standing[],
  ladders: Ladders,
  sequence: number,
  ruined: { readonly equity: number; readonly since: number } | null,
): readonly Breach[] {
  const broken = standing.map((one) => breachOf(one, ladders, sequence));
  if (ruined !== null) broken.unshift(ruin(ruined.equity, ruined.since, sequence));
  const place = ({ limit }: Breach): number => (limit === "equity" ? -1 : LIMIT_NAMES.indexOf(limit));
  return broken.sort((a, b) => severity(b.action) - severity(a.action) || place(a) - place(b));
}
