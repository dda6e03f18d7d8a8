import { probeFuture, type TableLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { requireSignal, type Signal } from "./signal.ts";

export interface LookAheadProofOptions {
  /** At how many rows the future is cut off, spread over history; "all" tries each one. @defaultValue 16 */
  readonly cuts?: number | "all";
  /** Rows of the shortest history that the signal can be asked about. @defaultValue 1 */
  readonly shortest?: number;
  /** Seed of the numbers that stand for another future. @defaultValue "look-ahead" */
  readonly seed?: string | number;
}

export interface LookAheadProof {
  /** Whether no answer changed with its future. */
  readonly clean: boolean;
  /** The first row whose answer changed under any of the cuts; null when none did. */
  readonly firstOffendingRow: number | null;
  /** Its column; null when none did. */
  readonly column: number | null;
  /** What was done to the future of that row; null when nothing changed. */
  readonly probe: "truncation" | "perturbation" | null;
  /** Rows that were left untouched when it changed; null when nothing changed. */
  readonly cut: number | null;
  /** What the row said with its true future, and without. NaN when nothing changed. */
  readonly before: number;
  readonly after: number;
  /** Histories that were tried. */
  readonly probes: number;
  /** The finding in a sentence. */
  readonly reason: string;
}

/**
 * Whether a signal looks ahead: it is asked again about histories whose future is cut off, and about such whose future is
 * other numbers, and no row before the cut may change by one bit. A proof for the rows that were tried: `cuts: "all"`
 * tries every one. Times stay as they are in another future: a panel's, and a list of numbers that ascends throughout.
 *
 * @param signal - a `Signal`, or a function from data to a vector or a time × assets table with a row for each time
 * @param data - what the signal is asked about, handed on in the form it was given: a vector, a matrix, a panel, or an
 *   object of such. Every part with as many rows as the signal's answer is cut; other parts are handed on as they are.
 * @throws QuantError "range" for cuts or a shortest history that are no integers ≥ 1, "shape" when an answer has not a
 *   row for each row of its data; and whatever the signal throws.
 */
export function lookAheadProof<Data>(
  signal: Signal<Data> | ((data: Data) => TableLike),
  data: Data,
  options: LookAheadProofOptions = {},
): LookAheadProof {
  requireKnownOptions(options, ["cuts", "shortest", "seed"]);
  const { cuts = 16, shortest = 1, seed = "look-ahead" } = options;
  const evaluate =
    typeof signal === "function" ? signal : (known: Data) => requireSignal(signal).evaluate(known);
  const { leak, probes } = probeFuture(evaluate, data, {
    cuts,
    shortest,
    seed,
    changes: ["truncation", "perturbation"],
    name: "the signal",
  });
  if (leak === null) {
    const reason = `no row changed with its future in ${probes} histories`;
    const none = { firstOffendingRow: null, column: null, probe: null, cut: null };
    return { clean: true, ...none, before: Number.NaN, after: Number.NaN, probes, reason };
  }
  const { row, column, cut, before, after } = leak;
  const probe = leak.change as "truncation" | "perturbation";
  const done = probe === "truncation" ? "were cut off" : "were other numbers";
  const reason = `row ${row}, column ${column} went from ${show(before)} to ${show(after)} when the rows from ${cut} on ${done}`;
  return { clean: false, firstOffendingRow: row, column, probe, cut, before, after, probes, reason };
}
