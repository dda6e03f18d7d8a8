import { QuantError } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { evenBlocks } from "../rows/even-blocks.ts";
import type { RowRange } from "../rows/row-range.ts";
import { type LabelOptions, labelEndsOf } from "./label-ends.ts";
import { purgedRanges } from "./purged-ranges.ts";
import type { Split } from "./split.ts";

export interface CombinatorialSplitsOptions extends LabelOptions {
  /**
   * Consecutive groups of rows, as even as can be.
   * @defaultValue 6
   */
  readonly groups?: number;
  /**
   * Groups tested at a time; 1 is purged k-fold cross-validation.
   * @defaultValue 2
   */
  readonly testGroups?: number;
  /**
   * Rows not learnt from after the outcomes of each tested group, for what they remember of it.
   * @defaultValue 0
   */
  readonly embargo?: number;
}

export interface CombinatorialSplit extends Split {
  /** The groups tested, one range of `test` each. */
  readonly testGroups: readonly number[];
}

/** C(groups, testGroups) splits, of whose tests C(groups − 1, testGroups − 1) whole histories can be put together. */
export interface CombinatorialSplits {
  readonly groups: readonly RowRange[];
  /** In lexicographic order of their test groups. */
  readonly splits: readonly CombinatorialSplit[];
  /** Histories in which every group is tested once: for each path, the split that tests each group. */
  readonly paths: readonly (readonly number[])[];
}

const MOST_SPLITS = 100_000;

function combinations(count: number, size: number): number[][] {
  const found: number[][] = [];
  const chosen: number[] = [];
  const choose = (from: number): void => {
    if (chosen.length === size) {
      found.push([...chosen]);
      return;
    }
    for (let k = from; k <= count - size + chosen.length; k++) {
      chosen.push(k);
      choose(k + 1);
      chosen.pop();
    }
  };
  choose(0);
  return found;
}

function countOf(groups: number, testGroups: number): number {
  let ways = 1;
  for (let i = 1; i <= testGroups; i++) ways = (ways * (groups - testGroups + i)) / i;
  return ways;
}

/**
 * Combinatorial purged cross-validation [PurgedCV]: every choice of `testGroups` groups is tested once,
 * after learning from the rows of the others whose outcomes do not touch those of the tested rows, nor lie in the embargo
 * after them.
 *
 * @throws QuantError "range" for fewer rows or more test groups than there is room for, more than 100 000 splits, or a
 *   split without a row to learn from; "option" for an unknown option; "shape" for labelEnds of another length.
 */
export function combinatorialSplits(
  rows: number,
  options: CombinatorialSplitsOptions = {},
): CombinatorialSplits {
  requireKnownOptions(options, ["groups", "testGroups", "embargo", "labelHorizon", "labelEnds"]);
  requireInteger("rows", rows, 2);
  const count = requireInteger("groups", options.groups ?? 6, 2, rows);
  const size = requireInteger("testGroups", options.testGroups ?? 2, 1, count - 1);
  const embargo = requireInteger("embargo", options.embargo ?? 0, 0);
  const ways = countOf(count, size);
  if (ways > MOST_SPLITS) {
    throw new QuantError(
      "range",
      `groups and testGroups must give at most ${MOST_SPLITS} splits, got ${ways}`,
      {
        groups: count,
        testGroups: size,
      },
    );
  }
  const ends = labelEndsOf(rows, options);
  const groups = evenBlocks(rows, count);
  const splits = combinations(count, size).map((testGroups) => {
    const test = testGroups.map((group) => groups[group]!);
    const train = purgedRanges(ends, test, embargo);
    if (train.length === 0) {
      throw new QuantError(
        "range",
        `rows must leave something to learn from beside groups ${testGroups.join(", ")}, got none of ${rows}: purging and embargo (${embargo}) take them all`,
        { testGroups, embargo },
      );
    }
    return { train, test, testGroups };
  });
  const testing = groups.map((_, group) =>
    splits.flatMap(({ testGroups }, split) => (testGroups.includes(group) ? [split] : [])),
  );
  const paths = testing[0]!.map((_, path) => testing.map((list) => list[path]!));
  return { groups, splits, paths };
}
