import { describe, expect, test } from "vitest";
import { rowIndices, walkForwardSplits } from "../../src/index.ts";

const shown = (rows: number, options: Parameters<typeof walkForwardSplits>[1]): string[] =>
  walkForwardSplits(rows, options).map(({ train, test: tested }) =>
    [train, tested]
      .map((ranges) => ranges.map(({ firstRow, lastRow }) => `${firstRow}-${lastRow}`).join("+"))
      .join(" | "),
  );

describe("walk-forward splits by hand", () => {
  test("learn from all rows before the test, or from the last of them", () => {
    expect(shown(10, { trainRows: 4, testRows: 2 })).toEqual(["0-3 | 4-5", "0-5 | 6-7", "0-7 | 8-9"]);
    expect(shown(10, { trainRows: 4, testRows: 2, window: "rolling" })).toEqual([
      "0-3 | 4-5",
      "2-5 | 6-7",
      "4-7 | 8-9",
    ]);
  });

  test("end with the last row where their number is given, and before it where it is not", () => {
    expect(shown(11, { folds: 2, testRows: 3 })).toEqual(["0-4 | 5-7", "0-7 | 8-10"]);
    expect(shown(11, { trainRows: 4, testRows: 3 })).toEqual(["0-3 | 4-6", "0-6 | 7-9"]);
  });

  test("leave out rows whose outcome reaches into the test, and an embargo on top", () => {
    expect(shown(12, { trainRows: 4, testRows: 3, labelHorizon: 2 })).toEqual(["0-3 | 6-8", "0-6 | 9-11"]);
    expect(shown(12, { folds: 1, testRows: 3, labelHorizon: 2, embargo: 1 })).toEqual(["0-5 | 9-11"]);
  });

  test("keep the rows between whose outcomes are known in time", () => {
    const labelEnds = [0, 1, 7, 3, 4, 5, 6, 7];
    expect(shown(8, { folds: 1, testRows: 2, labelEnds })).toEqual(["0-1+3-5 | 6-7"]);
    expect(shown(8, { folds: 1, testRows: 2, labelEnds, window: "rolling", trainRows: 4 })).toEqual([
      "1-1+3-5 | 6-7",
    ]);
  });

  test("may overlap, or leave rows untested between them", () => {
    expect(shown(9, { trainRows: 3, testRows: 4, step: 2 })).toEqual(["0-2 | 3-6", "0-4 | 5-8"]);
    expect(shown(9, { trainRows: 2, testRows: 1, step: 3 })).toEqual(["0-1 | 2-2", "0-4 | 5-5", "0-7 | 8-8"]);
  });

  test("rowIndices lists rows range by range", () => {
    expect([
      ...rowIndices([
        { firstRow: 3, lastRow: 4 },
        { firstRow: 7, lastRow: 7 },
      ]),
    ]).toEqual([3, 4, 7]);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, () => unknown, string][] = [
    ["too few rows", () => walkForwardSplits(1, { folds: 1 }), "rows must be an integer ≥ 2, got 1"],
    [
      "no room for a test",
      () => walkForwardSplits(10, { trainRows: 8, testRows: 3 }),
      "rows must leave something to learn from before the first test and room for it, got 10 rows for a test of 3 that begins at row 8",
    ],
    [
      "nothing to learn from",
      () => walkForwardSplits(10, { folds: 5, testRows: 2 }),
      "got 10 rows for a test of 2 that begins at row 0",
    ],
    [
      "an embargo that takes all",
      () => walkForwardSplits(10, { folds: 2, testRows: 2, embargo: 6 }),
      "got 10 rows for a test of 2 that begins at row 6",
    ],
    [
      "no test",
      () => walkForwardSplits(10, { trainRows: 3 }),
      "testRows must be an integer ≥ 1 and ≤ 10, got undefined",
    ],
    [
      "two horizons",
      () => walkForwardSplits(4, { folds: 1, labelHorizon: 1, labelEnds: [0, 1, 2, 3] }),
      "give either labelHorizon or labelEnds, got both",
    ],
    [
      "an outcome before its row",
      () => walkForwardSplits(4, { folds: 1, labelEnds: [0, 0, 2, 3] }),
      "labelEnds[1] must be an integer ≥ 1, got 0",
    ],
    [
      "ends for other rows",
      () => walkForwardSplits(4, { folds: 1, labelEnds: [0] }),
      "labelEnds must have 4 entries, got 1",
    ],
    [
      "rows to learn from that are not asked for",
      () => walkForwardSplits(10, { folds: 2, trainRows: 3 }),
      "trainRows must be left out for an expanding window of so many folds, got 3",
    ],
    [
      "an unknown window",
      () => walkForwardSplits(10, { folds: 2, window: "roling" as never }),
      "window must be one of 'expanding', 'rolling', got \"roling\"; did you mean 'rolling'?",
    ],
    [
      "an unknown option",
      () => walkForwardSplits(10, { fold: 2 } as never),
      "unknown option 'fold'; did you mean 'folds'?",
    ],
  ];
  for (const [what, call, message] of refusals) {
    test(what, () => {
      expect(call).toThrow(message);
    });
  }
});
