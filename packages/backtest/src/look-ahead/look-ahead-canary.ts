import { type FutureChange, probeFuture, type TableLike } from "@astra-quant/core-linalg";
import { QuantError, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";

export interface LookAheadCanaryOptions {
  /** At how many bars the future begins, spread over history; "all" tries each one. @defaultValue 16 */
  readonly cuts?: number | "all";
  /** Bars of the shortest history that the strategy can be asked about. @defaultValue 1 */
  readonly shortest?: number;
  /** Seed of other orders and other numbers. @defaultValue "look-ahead" */
  readonly seed?: string | number;
}

/** Whether a strategy looked ahead, and where. */
export interface LookAheadCanary {
  /** Whether no decision changed with its future. */
  readonly clean: boolean;
  /** The first bar whose decision did; null when none did. */
  readonly firstOffendingBar: number | null;
  /** The asset that was decided otherwise; null when none was. */
  readonly column: number | null;
  /** What was done to the future of that bar; null when nothing changed. */
  readonly probe: FutureChange | null;
  /** Bars that were left untouched when it changed; null when nothing changed. */
  readonly cut: number | null;
  /** The decision with the true future, and with another. NaN when nothing changed. */
  readonly before: number;
  readonly after: number;
  /** Histories that the strategy was asked about. */
  readonly probes: number;
  /** The finding in a sentence. */
  readonly reason: string;
}

const DONE: Readonly<Record<FutureChange, string>> = {
  truncation: "were cut off",
  shuffle: "came in another order",
  perturbation: "were other numbers",
};

/**
 * Whether a strategy looks ahead: it is asked again about histories that end earlier, whose later bars come in another
 * order, and whose later bars are other numbers; no decision before may change by one bit. Where one does, earlier
 * histories are tried for an earlier one.
 *
 * @param strategy - from data to decisions: a vector or a time × assets table with a row a bar
 * @param data - handed to the strategy in the form it was given: a vector, a matrix, a panel, or an object of such. Parts
 *   with another number of rows, and times, stay as they are.
 * @throws QuantError "range" for cuts or a shortest history that are no integers ≥ 1, "shape" when the strategy does not
 *   answer with a row a bar; and whatever the strategy throws.
 */
export function lookAheadCanary<Data>(
  strategy: (data: Data) => TableLike,
  data: Data,
  options: LookAheadCanaryOptions = {},
): LookAheadCanary {
  requireKnownOptions(options, ["cuts", "shortest", "seed"]);
  if (typeof strategy !== "function") {
    throw new QuantError(
      "option",
      `strategy must be a function from data to decisions, got ${show(strategy)}`,
      {
        argument: "strategy",
      },
    );
  }
  const { leak, probes } = probeFuture(strategy, data, { ...options, name: "the strategy" });
  if (leak === null) {
    const none = { firstOffendingBar: null, column: null, probe: null, cut: null };
    const reason = `no decision changed with its future in ${probes} histories`;
    return { clean: true, ...none, before: Number.NaN, after: Number.NaN, probes, reason };
  }
  const { row, column, change, cut, before, after } = leak;
  const reason = `bar ${row}, column ${column} was decided ${show(before)}, and ${show(after)} when the bars from ${cut} on ${DONE[change]}`;
  return { clean: false, firstOffendingBar: row, column, probe: change, cut, before, after, probes, reason };
}
