import { bits, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import {
  type AsOfJoinOptions,
  asOfJoin,
  backwardFill,
  forwardFill,
  outerJoin,
  Panel,
  simpleReturns,
} from "../../src/index.ts";

const truth = fixture(import.meta.url, "joins.json");
const numbers = (rows: (number | null)[][]): number[][] =>
  rows.map((row) => row.map((value) => value ?? Number.NaN));

const left = new Panel({
  index: truth.left,
  columns: ["a"],
  values: truth.left.map((t: number) => [t * 10]),
});
const right = new Panel({
  index: truth.right,
  columns: ["row"],
  values: truth.right.map((_: number, row: number) => [row]),
});

describe("asOfJoin finds the rows that pandas' merge_asof finds", () => {
  for (const { direction, allowExactMatches, tolerance, rows } of truth.joins) {
    const options: AsOfJoinOptions = {
      direction,
      allowExactMatches,
      ...(tolerance === null ? {} : { tolerance }),
    };
    test(JSON.stringify(options), () => {
      const joined = asOfJoin(left, right, options);
      expectClose(joined.index, truth.left, bits);
      expectClose(joined.column("a"), left.column("a"), bits);
      expectClose(joined.column("row"), rows, bits);
    });
  }
});

describe("the rest is pandas' too", () => {
  test("outerJoin is an outer merge", () => {
    const b = new Panel({
      index: truth.right,
      columns: ["b"],
      values: truth.right.map((t: number) => [t * 1.5]),
    });
    const joined = outerJoin(left, b);
    expectClose(joined.index, truth.outer.index, bits);
    expectClose(joined.column("a"), truth.outer.a, bits);
    expectClose(joined.column("b"), truth.outer.b, bits);
  });

  for (const { limit, forward, backward } of truth.fills) {
    test(`fills go ${limit ?? "any number of"} rows far`, () => {
      const options = limit === null ? {} : { limit };
      expectClose(forwardFill(numbers(truth.gaps), options), forward.flat(), bits);
      expectClose(backwardFill(numbers(truth.gaps), options), backward.flat(), bits);
    });
  }

  test("returns over several rows are pct_change", () => {
    for (const [periods, wanted] of Object.entries<number[][]>(truth.returns)) {
      const returns = simpleReturns(numbers(truth.prices), { periods: Number(periods), firstRow: "nan" });
      expectClose(returns, wanted.flat(), rounding(2));
    }
  });
});
