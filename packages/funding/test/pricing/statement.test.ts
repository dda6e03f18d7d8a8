import { describe, expect, test } from "vitest";
import { StatementRow, unitsOf } from "../../src/pricing/statement.ts";
import { refusal } from "../refusal.ts";

interface Parts {
  readonly base: number;
  readonly spread: number;
  readonly rebate: number;
  readonly borrow: number;
}

function statementAmounts(amount: number, { base, spread, rebate, borrow }: Parts, decimals: number) {
  const row = new StatementRow(decimals);
  row.parts.set([base, spread, rebate, borrow]);
  const units = row.print(amount);
  const [b, s, r, f] = row.parts;
  return { amount: units, components: { base: b, spread: s, rebate: r, borrow: f } };
}

describe("a row of a statement", () => {
  test("missing cents go to the components that lost most in rounding", () => {
    // −100.6 and −0.3 cents round down to −101 and −1; the row is −101, and the second had lost 0.7
    expect(statementAmounts(-1.009, { base: -1.006, spread: -0.003, rebate: 0, borrow: 0 }, 2)).toEqual({
      amount: -101,
      components: { base: -101, spread: 0, rebate: 0, borrow: 0 },
    });
  });

  test("the first of equal losses is served first", () => {
    const third = 1 / 300;
    expect(
      statementAmounts(0.01, { base: third, spread: third, rebate: third, borrow: 0 }, 2).components,
    ).toEqual({
      base: 1,
      spread: 0,
      rebate: 0,
      borrow: 0,
    });
  });

  test("signs of components may differ from the row's", () => {
    const { amount, components } = statementAmounts(
      31.23892388,
      { base: 38.134597, spread: 0, rebate: -2.651861, borrow: -4.242978 },
      2,
    );
    expect([amount, components]).toEqual([3124, { base: 3813, spread: 0, rebate: -265, borrow: -424 }]);
  });

  test("a currency without cents has whole units", () => {
    expect(unitsOf(0)).toBe(1);
    expect(statementAmounts(1234.5, { base: 1234.5, spread: 0, rebate: 0, borrow: 0 }, 0).amount).toBe(1235);
  });

  test("refuses an amount of more cents than a double counts", () => {
    const row = new StatementRow(2);
    expect(refusal(() => row.print(1e14))).toBe(
      "range: book must be charged at most 2^53 units of the last decimal on a statement, got 10000000000000000",
    );
  });
});
