import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { createRandom } from "../random/random.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike } from "../series/table-like.ts";
import { perturbedData, shuffledData, truncatedData } from "./rows-of-data.ts";

/** What is done to a future: it is cut off, put into another order, or made of other numbers. */
export type FutureChange = "truncation" | "shuffle" | "perturbation";

export interface ProbeFutureOptions {
  /** At how many rows the future begins, spread over history; "all" tries each one. @defaultValue 16 */
  readonly cuts?: number | "all";
  /** Rows of the shortest history that can be asked about. @defaultValue 1 */
  readonly shortest?: number;
  /** Seed of other orders and other numbers. @defaultValue "look-ahead" */
  readonly seed?: string | number;
  /** @defaultValue all three */
  readonly changes?: readonly FutureChange[];
  /** How the function is called in messages. @defaultValue "the function" */
  readonly name?: string;
}

/** An entry that changed with its future. */
export interface FutureLeak {
  readonly row: number;
  readonly column: number;
  /** What was done to the future. */
  readonly change: FutureChange;
  /** Rows that were left untouched. */
  readonly cut: number;
  /** What the entry was with its true future, and with the other. */
  readonly before: number;
  readonly after: number;
}

export interface FutureProbes {
  /** The first entry that changed; null when none did. */
  readonly leak: FutureLeak | null;
  /** Histories that were tried. */
  readonly probes: number;
}

/** `count` histories between the shortest and all but the last row, as even as whole numbers go. */
function cutsOf(rows: number, shortest: number, count: number | "all"): number[] {
  const possible = Math.max(0, rows - shortest);
  const wanted = count === "all" ? possible : Math.min(count, possible);
  return Array.from({ length: wanted }, (_, i) =>
    wanted === 1 ? rows - 1 : shortest + Math.round((i * (rows - 1 - shortest)) / (wanted - 1)),
  );
}

/** The first entry of the first `kept` rows that is not the same double; any NaN equals any other. */
function firstDifference(whole: Matrix, probed: Matrix, kept: number): number {
  for (let k = 0; k < kept * whole.columns; k++) if (!Object.is(whole.data[k], probed.data[k])) return k;
  return -1;
}

/**
 * Asks a function of history again about histories with another future: no entry before the cut may change by one bit.
 * Where one does, earlier cuts are tried for an earlier one. A proof for the histories that were tried: `cuts: "all"`
 * tries every one.
 *
 * @param evaluate - from data to a vector or a time × assets table with a row for each time
 * @param data - handed on in the form it was given: a vector, a matrix, a panel, or an object of such. Every part with as
 *   many rows as the answer is changed; other parts, and times, are handed on as they are.
 * @throws QuantError "range" for cuts or a shortest history that are no integers ≥ 1, "shape" when an answer has not a
 *   row for each row of its data; and whatever the function throws.
 */
export function probeFuture<Data>(
  evaluate: (data: Data) => TableLike,
  data: Data,
  options: ProbeFutureOptions = {},
): FutureProbes {
  requireKnownOptions(options, ["cuts", "shortest", "seed", "changes", "name"]);
  const { cuts = 16, shortest = 1, seed = "look-ahead", name = "the function" } = options;
  const { changes = ["truncation", "shuffle", "perturbation"] } = options;
  if (cuts !== "all") requireInteger("cuts", cuts, 1);
  requireInteger("shortest", shortest, 1);
  const random = createRandom(seed);
  const whole = requireTable(name, evaluate(data));
  const { rows, columns } = whole;
  const futures: Readonly<Record<FutureChange, (cut: number) => Data>> = {
    truncation: (cut) => truncatedData(data, rows, cut),
    shuffle: (cut) => shuffledData(data, rows, cut, random),
    perturbation: (cut) => perturbedData(data, rows, cut, random),
  };

  let first = rows * columns;
  let leak: FutureLeak | null = null;
  let probes = 0;
  /** Whether any change of the future from this cut on reaches an entry before it. */
  const leaksAt = (cut: number): boolean => {
    let leaks = false;
    for (const change of changes) {
      const wanted = change === "truncation" ? cut : rows;
      const answer = requireTable(name, evaluate(futures[change](cut)));
      probes++;
      if (answer.rows !== wanted || answer.columns !== columns) {
        const sizes = `${wanted}×${columns}, got ${answer.rows}×${answer.columns}`;
        throw new QuantError("shape", `${name} must answer ${wanted} rows of data with ${sizes}`, {
          rows: wanted,
        });
      }
      const k = firstDifference(whole, answer, cut);
      if (k >= 0) leaks = true;
      if (k < 0 || k >= first) continue;
      first = k;
      const [before, after] = [whole.data[k]!, answer.data[k]!];
      leak = { row: Math.floor(k / columns), column: k % columns, change, cut, before, after };
    }
    return leaks;
  };

  const tries = cutsOf(rows, shortest, cuts);
  const firstLeak = tries.map(leaksAt).indexOf(true);
  if (firstLeak > 0) {
    // The cut before it was clean: somewhere between the two the leak begins.
    let [clean, leaking] = [tries[firstLeak - 1]!, tries[firstLeak]!];
    while (leaking - clean > 1) {
      const middle = Math.floor((clean + leaking) / 2);
      if (leaksAt(middle)) leaking = middle;
      else clean = middle;
    }
  }
  return { leak, probes };
}
