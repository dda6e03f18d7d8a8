import { Matrix, rollingMean, type TableLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  requireInteger,
  requireKnownOptions,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { positionChanges } from "../kernels/position-changes.ts";
import { type PositionRule, requirePositionRule } from "./position.ts";

/** Rows that are worked on at a time. */
const BLOCK = 32;

export interface CrossSectionalTurnoverOptions {
  /** Rows in each mean, an integer ≥ 1. @defaultValue 1 */
  readonly window?: number;
  /** Rows of a window that must have a turnover, 1 … window. @defaultValue window */
  readonly minPeriods?: number;
  /** What changes: `raw` turnover has the unit of the signal. @defaultValue "tanh" */
  readonly position?: PositionRule;
  /** Where to write the answer: one entry a row, memory of its own. */
  readonly out?: Float64Array;
}

/**
 * How much of a panel's positions is traded: in each row the mean over assets of the absolute change of the position since
 * the row before, and of that the mean over the last `window` rows; ≥ 0, a fraction of the largest position a period. An
 * asset counts where its signal and the one before are finite; NaN where fewer than `minPeriods` rows have one that does.
 *
 * `signal` is time × assets (a matrix or `Panel`); the answer is a vector of one entry a row, and row t looks back only.
 *
 * @throws QuantError "range" for a window or minPeriods out of range, "shape" for a signal or `out` of a wrong form,
 *   "option" for an unknown name or rule.
 */
export function crossSectionalTurnover(
  signal: TableLike,
  options: CrossSectionalTurnoverOptions = {},
): Float64Array {
  requireKnownOptions(options, ["window", "minPeriods", "position", "out"]);
  const { window = 1, minPeriods = window, position = "tanh" } = options;
  requireInteger("window", window, 1);
  requireInteger("minPeriods", minPeriods, 1, window);
  requirePositionRule(position);
  const table = requireTable("signal", signal);
  const out = outputVector(options.out, table.rows);
  const traded = meanChanges(table, position);
  out.set(window === 1 ? traded : rollingMean(traded, window, { minPeriods }));
  return out;
}

/** The mean of each row's changes of position. */
function meanChanges({ rows, columns, data }: Matrix, position: PositionRule): Float64Array {
  const means = new Float64Array(rows);
  const held = new Float64Array(columns).fill(Number.NaN);
  const changes = new Float64Array(Math.min(rows, BLOCK) * columns);
  for (let first = 0; first < rows; first += BLOCK) {
    const count = Math.min(BLOCK, rows - first);
    const block = data.subarray(first * columns, (first + count) * columns);
    positionChanges(new Matrix(count, columns, block), position, held, changes);
    for (let t = 0; t < count; t++) {
      means[first + t] = meanOfPresent(changes, t * columns, (t + 1) * columns);
    }
  }
  return means;
}

function meanOfPresent(values: Float64Array, first: number, end: number): number {
  let sum = 0;
  let count = 0;
  for (let k = first; k < end; k++) {
    const value = values[k]!;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}
