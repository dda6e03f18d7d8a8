import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  flatHaircut,
  type MarginModel,
  type MarginRequirement,
  marginFinancing,
  marginRequirement,
  type Position,
  priceFunding,
  regTMargin,
  scenarioMargin,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const terms = { baseRate: 0.036, longSpreadBps: 50, shortSpreadBps: 25, borrowFeeBps: 40 };
const book: Position[] = [
  { asset: "LONG", shares: 1000, price: 100 },
  { asset: "SHORT", shares: -1000, price: 50 },
  { asset: "CHEAP", shares: -1000, price: 4 },
  { asset: "PENNY", shares: -1000, price: 1 },
  { asset: "TEN", shares: -1000, price: 10 },
];

describe("margin", () => {
  test("Reg-T asks for half of every position when it is opened", () => {
    const { total, positions } = marginRequirement(book, regTMargin());
    expect(Array.from(positions)).toEqual([50_000, 25_000, 2000, 500, 5000]);
    expect(total).toBe(82_500);
  });

  test("maintenance is a quarter of longs, and of shorts by price", () => {
    const { positions } = marginRequirement(book, regTMargin({ stage: "maintenance" }));
    // 25 %; 30 %; all of it above $2.50; $2.50 a share; $5 a share above 30 %
    expect(Array.from(positions)).toEqual([25_000, 15_000, 4000, 2500, 5000]);
    expect(
      marginRequirement([{ asset: "N", notional: -1000 }], regTMargin({ stage: "maintenance" })).total,
    ).toBe(300);
  });

  test("a flat haircut takes its fraction of each side", () => {
    expectClose(
      marginRequirement(book, flatHaircut({ long: 0.2, short: 0.3 })).total,
      20_000 + 19_500,
      rounding(),
    );
    expectClose(marginRequirement(book, flatHaircut({ long: 0.1 })).total, 16_500, rounding());
  });

  test("scenarios ask for 15 % of each name on its own, and of the net of a group", () => {
    const pair: Position[] = [
      { asset: "A", notional: 100_000 },
      { asset: "B", notional: -80_000 },
    ];
    expectClose(marginRequirement(pair, scenarioMargin()).total, 27_000, rounding());
    const hedged = marginRequirement(pair, scenarioMargin({ groups: { A: "banks", B: "banks" } }));
    expectClose(hedged.total, 3000, rounding(8));
    expectClose(hedged.positions, [15_000, -12_000], rounding());
    expect(marginRequirement(pair, scenarioMargin({ moves: [0.1], groups: { A: "g", B: "g" } })).total).toBe(
      0,
    );
  });

  test("any object of the shape is a model", () => {
    const house: MarginModel = {
      name: "house",
      requirement: (positions) => ({ total: 1234, positions: new Float64Array(positions.length) }),
    };
    expect(marginRequirement(book, house).total).toBe(1234);
  });

  test("a requirement is never below nothing, and grows with the book", () => {
    const books = fc.array(
      fc.record({
        asset: fc.constantFrom("A", "B", "C"),
        shares: fc.integer({ min: -900, max: 900 }),
        price: fc.integer({ min: 1, max: 90 }),
      }),
      { minLength: 1, maxLength: 9 },
    );
    const models = [
      regTMargin(),
      regTMargin({ stage: "maintenance" }),
      flatHaircut({ long: 0.3 }),
      scenarioMargin(),
      scenarioMargin({ groups: { A: "g", B: "g" } }),
    ];
    fc.assert(
      fc.property(books, fc.constantFrom(...models), (lines, model) => {
        const { total, positions } = marginRequirement(lines, model);
        const gross = lines.reduce((sum, { shares, price }) => sum + Math.abs(shares * price), 0);
        expect(total).toBeGreaterThanOrEqual(-rounding(9).relative * gross);
        expectClose(
          positions.reduce((sum, part) => sum + part, 0),
          total,
          rounding(9),
          1e6,
        );
        const twice = marginRequirement(
          lines.map((line) => ({ ...line, shares: 2 * line.shares })),
          model,
        );
        expectClose(twice.total, 2 * total, rounding(9), 1e6);
      }),
    );
  });
});

describe("marginFinancing", () => {
  const pair: Position[] = [
    { asset: "A", notional: 360_000 },
    { asset: "B", notional: -360_000 },
  ];

  test("own money above the requirement, taken out and borrowed instead, costs the debit rate", () => {
    const { required, excess, daily, annualRate, total } = marginFinancing(pair, terms, {
      model: flatHaircut({ long: 0.15 }),
      equity: 288_000,
    });
    expectClose([required, excess], [108_000, 180_000], rounding());
    expectClose([daily, annualRate], [-20.5, -0.041], rounding(64));
    expect(total).toBe(priceFunding(pair, terms, { equity: 288_000 }).total);
  });

  test("money that is missing saves the debit rate once it is paid in", () => {
    const { excess, daily, annualRate } = marginFinancing(pair, terms, {
      model: regTMargin(),
      equity: 180_000,
    });
    expectClose([excess, daily, annualRate], [-180_000, 20.5, 0.041], rounding(64));
  });

  test("idle cash that earns nothing costs nothing to take out", () => {
    const { daily, annualRate } = marginFinancing(pair, terms, {
      model: flatHaircut({ long: 0.5 }),
      equity: 900_000,
    });
    expect([daily, annualRate]).toEqual([0, 0]);
    expect(marginFinancing(pair, terms, { model: regTMargin(), equity: 360_000 }).annualRate).toBe(0);
  });

  test("refuses models and books that it cannot read", () => {
    const financing = (model: unknown) => () =>
      marginFinancing(pair, terms, { model: model as MarginModel, equity: 1 });
    expect(refusal(financing({ name: "x" }))).toBe(
      "option: model must be a margin model { name, requirement }, got Object",
    );
    expect(refusal(financing({ name: "house", requirement: () => ({ total: Number.NaN }) }))).toBe(
      "not-finite: house total must be a finite number, got NaN",
    );
    const answering = (answer: unknown) =>
      financing({ name: "house", requirement: () => answer as MarginRequirement });
    expect(refusal(answering(null))).toBe("data: house must answer { total, positions }, got null");
    expect(refusal(answering({ total: 1, positions: [1] }))).toBe(
      "shape: house positions must have 2 entries, got 1",
    );
    expect(refusal(() => scenarioMargin({ moves: [-15, 15] }))).toBe(
      "range: moves[0] must be a return of −1 or more, got -15",
    );
    expect(refusal(() => scenarioMargin({ groups: { X: 5 as unknown as string } }))).toBe(
      "data: groups.X must be a name, got 5",
    );
    expect(refusal(() => marginRequirement([{ ...pair[0]!, currency: "EUR" }], regTMargin()))).toBe(
      'data: book[0].currency must be the account\'s for margin, got "EUR"',
    );
    expect(refusal(() => flatHaircut({ long: -1 }))).toBe(
      "range: long must be non-negative and finite, got -1",
    );
    expect(refusal(() => regTMargin({ stage: "final" as "initial" }))).toBe(
      `option: stage must be one of 'initial', 'maintenance', got "final"`,
    );
    expect(refusal(() => scenarioMargin({ moves: [] }))).toBe(
      "data: moves must have at least one return, got none",
    );
    expect(refusal(() => scenarioMargin({ groups: ["g"] as unknown as Record<string, string> }))).toBe(
      "data: groups must be an object of names by asset, got Array(1)",
    );
  });
});
