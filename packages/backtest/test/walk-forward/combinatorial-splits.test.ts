import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { combinatorialSplits, rowIndices } from "../../src/index.ts";

describe("combinatorial splits", () => {
  test("six groups, two of them tested, are 15 splits and 5 whole histories", () => {
    const { groups, splits, paths } = combinatorialSplits(60);
    expect([groups.length, splits.length, paths.length]).toEqual([6, 15, 5]);
  });

  test("one group tested at a time is purged k-fold: one history", () => {
    const { splits, paths } = combinatorialSplits(20, {
      groups: 4,
      testGroups: 1,
      labelHorizon: 2,
      embargo: 1,
    });
    expect(splits.map(({ train }) => train)).toEqual([
      [{ firstRow: 8, lastRow: 19 }],
      [
        { firstRow: 0, lastRow: 2 },
        { firstRow: 13, lastRow: 19 },
      ],
      [
        { firstRow: 0, lastRow: 7 },
        { firstRow: 18, lastRow: 19 },
      ],
      [{ firstRow: 0, lastRow: 12 }],
    ]);
    expect(paths).toEqual([[0, 1, 2, 3]]);
  });

  test("no outcome of a row learnt from touches one of a tested row, and every path tests every row once", () => {
    const cases = fc
      .tuple(fc.integer({ min: 24, max: 60 }), fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 3 }))
      .chain(([rows, groups, embargo]) =>
        fc.record({
          rows: fc.constant(rows),
          groups: fc.constant(groups),
          embargo: fc.constant(embargo),
          testGroups: fc.integer({ min: 1, max: groups - 1 }),
          spans: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }),
        }),
      );
    fc.assert(
      fc.property(cases, ({ rows, groups, embargo, testGroups, spans }) => {
        fc.pre(embargo + 1 < rows / groups);
        const labelEnds = spans.map((span, row) => row + span);
        let found: ReturnType<typeof combinatorialSplits>;
        try {
          found = combinatorialSplits(rows, { groups, testGroups, embargo, labelEnds });
        } catch (error) {
          expect((error as Error).message).toContain("something to learn from");
          return;
        }
        for (const { train, test: tested } of found.splits) {
          for (const s of rowIndices(tested)) {
            for (const t of rowIndices(train)) {
              expect(t > labelEnds[s]! + embargo || labelEnds[t]! < s).toBe(true);
            }
          }
        }
        for (const path of found.paths) {
          const rowsTested = path.flatMap((split, group) => {
            const at = found.splits[split]!.testGroups.indexOf(group);
            return [...rowIndices([found.splits[split]!.test[at]!])];
          });
          expect(rowsTested).toEqual(Array.from({ length: rows }, (_, row) => row));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, () => unknown, string][] = [
    ["more groups than rows", () => combinatorialSplits(5), "groups must be an integer ≥ 2 and ≤ 5, got 6"],
    [
      "nothing left to learn from",
      () => combinatorialSplits(60, { testGroups: 6 }),
      "testGroups must be an integer ≥ 1 and ≤ 5, got 6",
    ],
    [
      "an embargo that takes all",
      () => combinatorialSplits(12, { groups: 2, testGroups: 1, embargo: 6 }),
      "rows must leave something to learn from beside groups 0, got none of 12: purging and embargo (6) take them all",
    ],
    [
      "more splits than anybody runs",
      () => combinatorialSplits(100, { groups: 30, testGroups: 15 }),
      "groups and testGroups must give at most 100000 splits, got 155117520",
    ],
    [
      "an unknown option",
      () => combinatorialSplits(100, { purge: 1 } as never),
      "unknown option 'purge'; known options: groups, testGroups, embargo, labelHorizon, labelEnds",
    ],
  ];
  for (const [what, call, message] of refusals) {
    test(what, () => {
      expect(call).toThrow(message);
    });
  }
});
