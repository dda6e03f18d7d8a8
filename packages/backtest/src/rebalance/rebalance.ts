import { QuantError } from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { type CalendarPeriod, firstRowsOf } from "./calendar-periods.ts";

/**
 * When a book is brought to what is wanted.
 *
 * - `'constant-weights'`: at every bar, and restoring weights that prices moved is free and no turnover, as in
 *   array backtests; only changes of the wanted weights are traded
 * - `'every-bar'`: at every bar; what prices moved is traded back and paid for
 * - `'on-change'`: when a row of decisions differs from the one before
 * - `{ every: n }`: every n bars
 * - `{ calendar: 'week' | 'month' | 'quarter' | 'year' }`: at the first row of each (UTC); needs dates
 * - `{ threshold: x }`: the whole book when any weight is further than x from what is wanted
 * - `{ band: x }`: those assets alone that are further than x from it; a wanted 0 is always closed
 *
 * In all but the first, positions drift with their prices in between. The first decision is always traded.
 */
export type Rebalance =
  | "constant-weights"
  | "every-bar"
  | "on-change"
  | { readonly every: number }
  | { readonly calendar: CalendarPeriod }
  | { readonly threshold: number }
  | { readonly band: number };

/** What a rule sees before a bar. */
export interface RebalanceMoment {
  readonly row: number;
  /** The first bar that holds a decision. */
  readonly firstBar: number;
  /** True where the decision for this bar differs from that of the bar before; only for rules that watch. */
  readonly changed: boolean;
  /** Weights wanted; where a rule leaves an asset alone it writes what is held. */
  readonly wanted: Float64Array;
  readonly held: Float64Array;
}

export interface RebalanceRule {
  /** False where weights are restored for free. */
  readonly drifts: boolean;
  /** True where it matters whether a decision is another than the last. */
  readonly watchesChanges?: true;
  /** Leaves in `wanted` what is traded to, and says whether anything is to be traded. */
  apply(moment: RebalanceMoment): boolean;
}

const always: RebalanceRule["apply"] = () => true;

const NAMED: Readonly<Record<string, RebalanceRule>> = {
  "constant-weights": { drifts: false, apply: always },
  "every-bar": { drifts: true, apply: always },
  "on-change": { drifts: true, watchesChanges: true, apply: ({ changed }) => changed },
};

/** The rule that is asked for `due` and keeps the whole book as it is otherwise. */
function wholeBook(due: (moment: RebalanceMoment) => boolean): RebalanceRule {
  return { drifts: true, apply: (moment) => moment.row === moment.firstBar || due(moment) };
}

function beyond({ wanted, held }: RebalanceMoment, distance: number): boolean {
  for (let j = 0; j < wanted.length; j++) if (Math.abs(wanted[j]! - held[j]!) > distance) return true;
  return false;
}

function withinBand(distance: number): RebalanceRule {
  return {
    drifts: true,
    apply({ wanted, held }) {
      let traded = false;
      for (let j = 0; j < wanted.length; j++) {
        const far = wanted[j] === 0 || Math.abs(wanted[j]! - held[j]!) > distance;
        if (far) traded = true;
        else wanted[j] = held[j]!;
      }
      return traded;
    },
  };
}

function requireDates(dates: Float64Array | undefined): Float64Array {
  if (dates !== undefined) return dates;
  throw new QuantError("option", "rebalance { calendar } needs dates", { argument: "rebalance.calendar" });
}

const FORMS = ["every", "calendar", "threshold", "band"] as const;

function requireForm(rebalance: object): (typeof FORMS)[number] {
  requireKnownOptions(rebalance, FORMS, "rebalance");
  const given = FORMS.filter((form) => form in rebalance);
  if (given.length === 1) return given[0]!;
  throw new QuantError(
    "option",
    `rebalance must have one of ${FORMS.join(", ")}, got ${given.join(" and ") || "none"}`,
    {
      argument: "rebalance",
    },
  );
}

/** The rule of a spec. `dates` are those of the rows, where known. */
export function requireRebalance(
  rebalance: Rebalance,
  rows: number,
  dates: Float64Array | undefined,
): RebalanceRule {
  if (typeof rebalance !== "object" || rebalance === null) {
    return NAMED[requireOneOf("rebalance", rebalance, Object.keys(NAMED))]!;
  }
  const { every, calendar, threshold, band } = rebalance as Partial<Record<(typeof FORMS)[number], never>>;
  switch (requireForm(rebalance)) {
    case "every": {
      const bars = requireInteger("rebalance.every", every, 1);
      return wholeBook(({ row, firstBar }) => (row - firstBar) % bars === 0);
    }
    case "calendar": {
      const first = firstRowsOf(calendar!, requireDates(dates), rows);
      return wholeBook(({ row }) => first[row - 1] === 1); // filled at the close of the row before
    }
    case "threshold": {
      const distance = requirePositive("rebalance.threshold", threshold);
      return wholeBook((moment) => beyond(moment, distance));
    }
    case "band":
      return withinBand(requirePositive("rebalance.band", band));
  }
}
