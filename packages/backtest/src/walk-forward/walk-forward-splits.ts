import { QuantError } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requireOneOf } from "@astra-quant/core-linalg/guards";
import { type RowRange, rowsIn } from "../rows/row-range.ts";
import { type LabelOptions, labelEndsOf, longestHorizon } from "./label-ends.ts";
import { purgedRanges } from "./purged-ranges.ts";
import type { Split } from "./split.ts";

export interface WalkForwardSplitsOptions extends LabelOptions {
  /**
   * `expanding` learns from every row before the test, `rolling` from the last `trainRows` of them.
   * @defaultValue "expanding"
   */
  readonly window?: "expanding" | "rolling";
  /** How many tests, the last of which ends at the last row. Without it, as many as fit after the first `trainRows`. */
  readonly folds?: number;
  /** Rows of each test. @defaultValue rows ÷ (folds + 1), rounded down, where folds are given */
  readonly testRows?: number;
  /**
   * Rows to learn from before the first test, and before every test where the window rolls.
   * @defaultValue with folds, what lies before the first test
   */
  readonly trainRows?: number;
  /** Rows from one test to the next. @defaultValue testRows */
  readonly step?: number;
  /**
   * Rows before each test that no outcome may reach into.
   * @defaultValue 0
   */
  readonly embargo?: number;
}

const NAMES: readonly (keyof WalkForwardSplitsOptions)[] = [
  "window",
  "folds",
  "testRows",
  "trainRows",
  "step",
  "embargo",
  "labelHorizon",
  "labelEnds",
];

/** Where the tests lie. */
interface Schedule {
  readonly folds: number;
  readonly firstTest: number;
  readonly testRows: number;
  readonly step: number;
}

function scheduleOf(rows: number, gap: number, options: WalkForwardSplitsOptions): Schedule {
  const { folds, trainRows } = options;
  if (folds === undefined) {
    const testRows = requireInteger("testRows", options.testRows, 1, rows);
    const firstTest = requireInteger("trainRows", trainRows, 1, rows) + gap;
    const step = requireInteger("step", options.step ?? testRows, 1, rows);
    return { folds: Math.floor((rows - firstTest - testRows) / step) + 1, firstTest, testRows, step };
  }
  requireInteger("folds", folds, 1, rows);
  if (trainRows !== undefined && options.window !== "rolling") {
    throw new QuantError(
      "option",
      `trainRows must be left out for an expanding window of so many folds, got ${trainRows}: it learns from all rows before each test`,
      { argument: "trainRows", value: trainRows },
    );
  }
  const testRows = requireInteger("testRows", options.testRows ?? Math.floor(rows / (folds + 1)), 1, rows);
  const step = requireInteger("step", options.step ?? testRows, 1, rows);
  return { folds, firstTest: rows - testRows - (folds - 1) * step, testRows, step };
}

/** The last `count` rows of the ranges. */
function lastRowsOf(ranges: readonly RowRange[], count: number): RowRange[] {
  const kept: RowRange[] = [];
  let wanted = count;
  for (let i = ranges.length - 1; i >= 0 && wanted > 0; i--) {
    const { firstRow, lastRow } = ranges[i]!;
    const from = Math.max(firstRow, lastRow - wanted + 1);
    kept.unshift({ firstRow: from, lastRow });
    wanted -= lastRow - from + 1;
  }
  return kept;
}

/**
 * Cuts a history into lessons and tests that follow them: no row is learnt from whose outcome reaches into the test. With
 * `folds` alone these are scikit-learn's time series splits, its gap being the label horizon and the
 * embargo together.
 *
 * @throws QuantError "range" when the rows do not suffice for a test with something to learn from before it; "option" for
 *   an unknown option; "shape" for labelEnds of another length.
 */
export function walkForwardSplits(rows: number, options: WalkForwardSplitsOptions): Split[] {
  requireKnownOptions(options, NAMES);
  requireInteger("rows", rows, 2);
  const window = requireOneOf("window", options.window ?? "expanding", ["expanding", "rolling"]);
  const embargo = requireInteger("embargo", options.embargo ?? 0, 0);
  const ends = labelEndsOf(rows, options);
  const { folds, firstTest, testRows, step } = scheduleOf(rows, longestHorizon(ends) + embargo, options);
  const lessons = (firstRow: number): RowRange[] => {
    const known = firstRow - embargo;
    return known > 0
      ? purgedRanges(ends.subarray(0, known), [{ firstRow: known, lastRow: known - 1 }], 0)
      : [];
  };
  const first = folds > 0 && firstTest >= 0 ? lessons(firstTest) : [];
  if (first.length === 0) {
    throw new QuantError(
      "range",
      `rows must leave something to learn from before the first test and room for it, got ${rows} rows for a test of ${testRows} that begins at row ${firstTest}`,
      { rows, firstTest, testRows, folds },
    );
  }
  const longest = requireInteger("trainRows", options.trainRows ?? rowsIn(first), 1, rows);
  return Array.from({ length: folds }, (_, fold) => {
    const firstRow = firstTest + fold * step;
    const train = lessons(firstRow);
    return {
      train: window === "rolling" ? lastRowsOf(train, longest) : train,
      test: [{ firstRow, lastRow: firstRow + testRows - 1 }],
    };
  });
}
