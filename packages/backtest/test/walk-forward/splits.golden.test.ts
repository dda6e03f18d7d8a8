import { fixture } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { combinatorialSplits, rowIndices, walkForwardSplits } from "../../src/index.ts";

const truth = fixture(import.meta.url, "splits.json");

describe("scikit-learn's TimeSeriesSplit", () => {
  for (const { rows, options, splits } of truth.timeSeries) {
    test(`${rows} rows, ${JSON.stringify(options)}`, () => {
      const { n_splits, test_size, gap, max_train_size } = options;
      const found = walkForwardSplits(rows, {
        folds: n_splits,
        ...(test_size === undefined ? {} : { testRows: test_size }),
        ...(gap === undefined ? {} : { embargo: gap }),
        ...(max_train_size === undefined ? {} : { window: "rolling", trainRows: max_train_size }),
      });
      expect(
        found.map((split) => ({ train: [...rowIndices(split.train)], test: [...rowIndices(split.test)] })),
      ).toEqual(splits);
    });
  }
});

describe("combinatorial splits, purged by a test of every pair of rows", () => {
  for (const { rows, groups, testGroups, labelEnds, embargo, splits, paths } of truth.combinatorial) {
    test(`${rows} rows, ${testGroups} of ${groups} groups, embargo ${embargo}`, () => {
      const found = combinatorialSplits(rows, { groups, testGroups, labelEnds, embargo });
      expect(
        found.splits.map((split) => ({
          groups: [...split.testGroups],
          train: [...rowIndices(split.train)],
          test: split.test.map((range) => [...rowIndices([range])]),
        })),
      ).toEqual(splits);
      expect(found.paths).toEqual(paths);
    });
  }
});
