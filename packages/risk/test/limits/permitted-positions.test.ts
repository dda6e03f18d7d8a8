import { bits, expectClose } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { permittedPositions, RiskLimits } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const day = 1;
/** The decision on a book that has fallen to `equity` from 100 in a day. */
function after(equity: number, positions: Record<string, number> = {}) {
  const machine = new RiskLimits();
  machine.evaluate({ equity: 100, day });
  return machine.evaluate({ equity, day, positions });
}

const current = [10, -10, 0, 10, -10];
const targets = [15, -5, 5, -5, 0];

describe("permittedPositions", () => {
  test("all of it, up to a warning", () => {
    expectClose(permittedPositions(targets, after(100), { current }), targets, bits);
    expect(after(94).action).toBe("warn");
    expectClose(permittedPositions(targets, after(94), { current }), targets, bits);
  });

  test("halted: nothing opened, enlarged or turned round, everything may be closed", () => {
    expect(after(89).action).toBe("halt-new");
    expectClose(permittedPositions(targets, after(89), { current }), [10, -5, 0, 0, 0], bits);
  });

  test("reduced: at most its part of what is held", () => {
    expectClose(permittedPositions(targets, after(84), { current }), [5, -5, 0, 0, 0], bits);
    expectClose(permittedPositions([10, -10, 0, 2, -10], after(84), { current }), [5, -5, 0, 2, -5], bits);
  });

  test("liquidated: nothing", () => {
    expectClose(permittedPositions(targets, after(70), { current }), [0, 0, 0, 0, 0], bits);
  });

  test("a limit on one asset restrains that position alone", () => {
    const decision = after(100, { A: 40, B: 10 });
    const options = { current: [40, 10], assets: ["A", "B"] };
    expectClose(permittedPositions([50, 20], decision, options), [20, 20], bits);
    const byIndex = new RiskLimits().evaluate({ equity: 100, day, positions: [10, 40] });
    expectClose(permittedPositions([20, 50], byIndex, { current: [10, 40] }), [20, 20], bits);
  });

  test("never more than is wanted or than is held, once trading is halted", () => {
    const position = fc.integer({ min: -100, max: 100 });
    const book = fc.array(fc.tuple(position, position), { maxLength: 6 });
    fc.assert(
      fc.property(book, fc.integer({ min: 1, max: 90 }), (lines, equity) => {
        const [held, wanted] = [lines.map(([x]) => x), lines.map(([, y]) => y)];
        const decision = after(equity);
        const permitted = permittedPositions(wanted, decision, { current: held });
        permitted.forEach((x, i) => {
          expect(Math.abs(x)).toBeLessThanOrEqual(Math.min(Math.abs(wanted[i]!), Math.abs(held[i]!)));
          if (wanted[i] === 0) expect(x + 0).toBe(0);
        });
        // Between cuts, what is permitted is permitted again.
        if (decision.keep === 1) {
          expectClose(permittedPositions(wanted, decision, { current: permitted }), permitted, bits);
        }
      }),
    );
  });

  test("what is no decision is refused", () => {
    expect(refusal(() => permittedPositions([1], null as never, { current: [1] }))).toBe(
      "data: decision must be one of RiskLimits, got null",
    );
  });

  test("misuse is refused by name", () => {
    const decision = after(100);
    expect(refusal(() => permittedPositions([1], decision, { current: [1, 2] }))).toBe(
      "shape: current must have 1 entries, got 2",
    );
    expect(refusal(() => permittedPositions([1], decision, { current: [1], assets: [] }))).toBe(
      "shape: assets must have 1 entries, got 0",
    );
    expect(refusal(() => permittedPositions([Number.NaN], decision, { current: [1] }))).toContain(
      "not-finite",
    );
    const own = Float64Array.of(1);
    expect(refusal(() => permittedPositions([1], decision, { current: own, out: own }))).toContain(
      "out must not share memory with current",
    );
  });
});
