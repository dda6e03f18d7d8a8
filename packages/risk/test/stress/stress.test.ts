import { Panel } from "@astra-quant/core-linalg";
import { expectClose, rounding, sameBits } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { CRISES, type StressBook, type StressedState, stressTest, worstWindow } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const book: StressBook = {
  weights: [0.6, -0.4, 0.5],
  assets: ["AAPL", "TLT", "XOM"],
  betas: [1.2, -0.2, 0.9],
  exposures: { oil: [0, 0, 0.5] },
  classes: ["equity", "bond", "equity"],
  groups: { tech: ["AAPL"], large: ["AAPL", 2] },
  covariance: [
    [0.0004, -0.0001, 0.0002],
    [-0.0001, 0.0001, 0],
    [0.0002, 0, 0.0003],
  ],
};
const shocksOf = (result: { readonly positions: readonly { readonly shock: number }[] }) =>
  result.positions.map(({ shock }) => shock);

describe("a shock at once", () => {
  test("the most particular move holds: the asset's, its group's, its class's, everything's", () => {
    const all = {
      everything: -0.01,
      classes: { equity: -0.1 },
      groups: { tech: -0.2 },
      assets: { AAPL: -0.3 },
    };
    const { assets: _, ...byGroup } = all;
    const { groups: __, ...byClass } = byGroup;
    expectClose(shocksOf(stressTest(book, all)), [-0.3, -0.01, -0.1], rounding(4));
    expectClose(shocksOf(stressTest(book, byGroup)), [-0.2, -0.01, -0.1], rounding(4));
    expectClose(shocksOf(stressTest(book, byClass)), [-0.1, -0.01, -0.1], rounding(4));
    expectClose(shocksOf(stressTest(book, { everything: 0.5 })), [0.5, 0.5, 0.5], rounding(4));
    expect(stressTest(book, all).positions.map(({ reason }) => reason)).toEqual([
      "asset AAPL",
      "everything",
      "class equity",
    ]);
  });

  test("factors come on top, through betas and exposures", () => {
    const got = stressTest(book, { factors: { market: -0.1, oil: 0.2 }, assets: { TLT: 0.05 } });
    expectClose(shocksOf(got), [-0.12, 0.05 + 0.02, -0.09 + 0.1], rounding(8));
    expect(got.positions.map(({ reason }) => reason)).toEqual([
      "factor market + factor oil",
      "asset TLT + factor market + factor oil",
      "factor market + factor oil",
    ]);
  });

  test("a move for each asset of the book may come as a vector", () => {
    expectClose(shocksOf(stressTest(book, { assets: [-0.1, 0.1, 0] })), [-0.1, 0.1, 0], rounding(4));
  });

  test("P&L is notional times shock, by position, class and group, and over the capital", () => {
    const got = stressTest({ ...book, capital: 1000 }, { assets: [-0.5, 0.25, 0.5] });
    expect(got.positions.map(({ notional, pnl }) => [notional, pnl])).toEqual([
      [600, -300],
      [-400, -100],
      [500, 250],
    ]);
    expect([got.pnl, got.return, got.days]).toEqual([-150, -0.15, 1]);
    expect(got.classes).toEqual({ equity: -50, bond: -100 });
    expect(got.groups).toEqual({ tech: -300, large: -50 });
    expect(Array.from(got.equity)).toEqual([1000, 850]);
    expectClose(got.maxDrawdown, -0.15, rounding(4));
    expect(got.worstDay).toBe(1);
  });

  test("notionals and capital say the same in money", () => {
    const { weights: _, ...facts } = book;
    const money = stressTest({ ...facts, notionals: [600, -400, 500], capital: 1000 }, { everything: -0.1 });
    const fractions = stressTest({ ...book, capital: 1000 }, { everything: -0.1 });
    expect(money).toEqual(fractions);
  });

  test("a price stops at 0 and says so; a short may lose more than the capital", () => {
    const got = stressTest(book, { assets: [-1.5, 4, 0] });
    expect(got.positions.map(({ shock, atZero }) => [shock, atZero])).toEqual([
      [-1, true],
      [4, false],
      [0, false],
    ]);
    expectClose(got.pnl, -0.6 - 1.6, rounding(4));
    expect(got.maxDrawdown).toBeLessThan(-1);
  });

  test("assets that nothing moves go where the covariance expects them, if asked", () => {
    const got = stressTest(book, { assets: { AAPL: -0.1 }, others: "conditional" });
    expectClose(shocksOf(got), [-0.1, 0.025, -0.05], rounding(16));
    expect(got.positions[1]!.reason).toBe("expected given AAPL");
    const none = stressTest(book, { others: "conditional" });
    expect(shocksOf(none)).toEqual([0, 0, 0]);
    expect(none.positions[0]!.reason).toBe("unmoved");
  });

  test("an asset in two groups that move asks for a move of its own", () => {
    const groups = { tech: -0.2, large: -0.1 };
    expect(refusal(() => stressTest(book, { groups }))).toBe(
      "data: asset 'AAPL' is moved by two groups, 'tech' and 'large': give it a move of its own",
    );
    expectClose(shocksOf(stressTest(book, { groups, assets: { AAPL: -0.3 } })), [-0.3, 0, -0.1], rounding(4));
  });
});

describe("paths", () => {
  test("shocks day after day compound, and shares are held", () => {
    const got = stressTest(book, { path: [{ everything: 0.5 }, { assets: { AAPL: -0.5 } }, {}] });
    expectClose(shocksOf(got), [-0.25, 0.5, 0.5], rounding(4));
    expect(got.positions.map(({ reason }) => reason)).toEqual([
      "everything, then asset AAPL",
      "everything",
      "everything",
    ]);
    expectClose(got.equity, [1, 1.35, 1.35 - 0.45, 0.9], rounding(8));
    expect(got.worstDay).toBe(2);
  });

  test("returns of days × assets are a path too", () => {
    const path = [
      [0.5, 0.5, 0.5],
      [-0.5, 0, 0],
    ];
    const got = stressTest(book, { path, name: "mine" });
    expect(got.name).toBe("mine");
    expect(got.equity).toEqual(
      stressTest(book, { path: [{ everything: 0.5 }, { assets: { AAPL: -0.5 } }] }).equity,
    );
  });

  test("what is at 0 stays there", () => {
    const got = stressTest(book, { path: [{ assets: { AAPL: -1 } }, { everything: 1 }] });
    expect(got.positions[0]).toMatchObject({ shock: -1, atZero: true, pnl: -0.6 });
  });
});

describe("crises", () => {
  test("are the six of the pipeline", () => {
    const figures = Object.values(CRISES).map(({ crash, days, volatilityMultiple }) => [
      crash,
      days,
      volatilityMultiple,
    ]);
    expect(figures).toEqual([
      [-0.2, 1, 5],
      [-0.15, 5, 3],
      [-0.3, 20, 2.5],
      [-0.4, 60, 4],
      [-0.1, 1, 10],
      [-0.35, 15, 6],
    ]);
    expect(Object.isFrozen(CRISES) && Object.values(CRISES).every(Object.isFrozen)).toBe(true);
  });

  test("fall linearly in prices, through betas, to the stated crash", () => {
    const got = stressTest(book, CRISES.ltcm1998);
    expectClose(shocksOf(got), [-0.18, 0.03, -0.135], rounding(8));
    expectClose(got.equity[1]! - 1, got.pnl / 5, rounding(16));
    expect([got.days, got.worstDay, got.name]).toEqual([5, 5, "LTCM crisis 1998"]);
    const atOnce = stressTest(book, CRISES.ltcm1998, { instantaneous: true });
    expect([atOnce.days, atOnce.pnl]).toEqual([1, got.pnl]);
  });

  test("noise is seeded, and a bridge of it ends where the crash does", () => {
    const seeded = (seed: string) => stressTest(book, CRISES.covid2020, { seed });
    const [one, again, other] = [seeded("a"), seeded("a"), seeded("b")];
    expect(sameBits(one.equity, again.equity)).toBe(true);
    expect(sameBits(one.equity, other.equity)).toBe(false);
    const still = stressTest(book, CRISES.covid2020);
    expectClose(one.equity.at(-1)!, still.equity.at(-1)!, rounding(64));
    expect(one.equity[7]).not.toBe(still.equity[7]);
    const free = stressTest(book, CRISES.covid2020, { seed: "a", noise: "free" });
    expect(Math.abs(free.pnl - still.pnl)).toBeGreaterThan(0.01);
  });

  test("a price that noise has taken to 0 stays there", () => {
    const wild: StressBook = { weights: [1], betas: [2.2], covariance: [[0.0009]] };
    let revived = 0;
    let ruined = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { pnlByDay, positions } = stressTest(wild, CRISES.financialCrisis2008, { seed, noise: "free" });
      const end = pnlByDay.data.indexOf(-1);
      if (end < 0) continue;
      ruined++;
      expect(positions[0]!.atZero).toBe(true);
      revived += pnlByDay.data.slice(end).filter((pnl) => pnl !== -1).length;
    }
    expect(ruined).toBeGreaterThan(10);
    expect(revived).toBe(0);
  });

  test("risk is measured under their volatility and correlation", () => {
    const { risk } = stressTest(book, CRISES.flashCrash2010);
    expect(risk!.stressed.volatility).toBeGreaterThan(3 * risk!.usual.volatility);
    expectClose(risk!.averageCorrelation.stressed, 0.8, rounding(16));
    const { covariance: _, ...blind } = book;
    expect(stressTest(blind, CRISES.flashCrash2010).risk).toBeUndefined();
  });
});

describe("limits", () => {
  const seen: StressedState[] = [];
  const limits = {
    evaluate(state: StressedState) {
      seen.push(state);
      return state.equity < 0.9 ? { action: "halt-new", breaches: ["loss"] } : { action: "none" };
    },
  };

  test("see the book before the scenario and after each day, and what they ask for is told", () => {
    seen.length = 0;
    const got = stressTest(book, { path: [{ everything: -0.1 }, { everything: -0.1 }] }, { limits });
    expect(seen.map(({ day }) => day)).toEqual([0, 1, 2]);
    expect(seen[0]!.positions).toEqual({ AAPL: 0.6, TLT: -0.4, XOM: 0.5 });
    expectClose(seen[2]!.positions.AAPL!, 0.6 * 0.81, rounding(8));
    expect(seen[1]!.valueAtRisk).toBeGreaterThan(0);
    expect(got.fired).toEqual([{ day: 2, action: "halt-new", breaches: ["loss"] }]);
    expect(stressTest(book, { everything: -0.1 }).fired).toEqual([]);
  });

  test("anything else is refused", () => {
    expect(refusal(() => stressTest(book, { everything: 0 }, { limits: {} as never }))).toBe(
      "option: limits must have an evaluate method, got Object",
    );
  });
});

describe("worstWindow", () => {
  const history = [
    [0.01, 0, 0],
    [-0.1, 0, 0],
    [0.2, 0, 0],
    [-0.05, 0, 0],
    [-0.06, 0, 0],
  ];

  test("finds the span in which the book of today would have lost most", () => {
    const got = worstWindow(book, { history }, { days: 2 });
    expect([got.from, got.until, got.name]).toEqual([3, 5, "worst 2 days"]);
    expectClose(got.pnl, 0.6 * (0.95 * 0.94 - 1), rounding(16));
    expect(worstWindow(book, { history }, { days: 1 }).from).toBe(1);
    expect(worstWindow(book, { history }, { days: 5 })).toMatchObject({ from: 0, until: 5 });
  });

  test("looks within the span given", () => {
    expect(worstWindow(book, { history, from: 2, until: 4 }, { days: 1 })).toMatchObject({
      from: 1,
      until: 2,
    });
  });

  test("refuses more days than there are", () => {
    expect(refusal(() => worstWindow(book, { history }, { days: 6 }))).toBe(
      "range: days must be an integer ≥ 1 and ≤ 5, got 6",
    );
  });
});

describe("refusals", () => {
  const none = {};
  const { betas: _, ...noBetas } = book;
  const { covariance: __, ...noCovariance } = book;
  test.each([
    [{ covariance: [[1]] }, none, "option: a book has either weights or notionals, got neither"],
    [
      { weights: [1], notionals: [1], capital: 1 },
      none,
      "option: a book has either weights or notionals, got both",
    ],
    [{ notionals: [1] }, none, "range: capital must be positive and finite, got undefined"],
    [{ weights: [] }, none, "shape: weights must have at least one entry, got 0"],
    [{ weights: [Number.NaN] }, none, "not-finite: weights[0] must be finite, got NaN"],
    [{ weights: [1], capital: -1 }, none, "range: capital must be positive and finite, got -1"],
    [{ weights: [1, 2], assets: ["A"] }, none, "shape: assets must hold 2 names, got 1"],
    [{ weights: [1, 2], assets: ["A", "A"] }, none, 'data: asset "A" occurs twice'],
    [{ weights: [1, 2], assets: ["A", 2] }, none, "data: assets[1] must be a name, got 2"],
    [{ weights: [1, 2], covariance: [[1]] }, none, "shape: covariance must be 2×2, got 1×1"],
    [{ weights: [1], betas: [1, 2] }, none, "shape: betas must have 1 entries, got 2"],
    [
      { weights: [1], betas: [1], exposures: { market: [1] } },
      none,
      "option: betas are the exposures to the market, and the book has both",
    ],
    [{ weights: [1], groups: { g: ["B"] } }, none, 'data: no asset "B"; the book has 0'],
    [{ weights: [1], groups: { g: [1] } }, none, "data: groups.g must hold assets of the book, got 1"],
    [{ weights: [1], beta: [1] }, none, "option: unknown option 'beta'; did you mean 'betas'?"],
    [book, { assets: { AAPL: Number.NaN } }, "not-finite: assets.AAPL must be a finite number, got NaN"],
    [book, { assets: { APPL: 0 } }, "data: no asset \"APPL\"; did you mean 'AAPL'?"],
    [book, { classes: { bonds: 0 } }, "data: no class \"bonds\"; did you mean 'bond'?"],
    [book, { groups: { value: 0 } }, 'data: no group "value"; the book has tech, large'],
    [noBetas, { factors: { market: 0 } }, "option: a move of the market needs the book's betas"],
    [noBetas, CRISES.covid2020, "option: a move of the market needs the book's betas"],
    [noCovariance, { others: "conditional" }, "option: others: 'conditional' needs the book's covariance"],
    [
      book,
      { others: "conditional", factors: { market: 0 } },
      "option: others: 'conditional' is not for scenarios with factors",
    ],
    [
      book,
      { shock: 0 },
      "option: unknown option 'shock'; known options: name, volatilityMultiple, correlation, assets, groups, classes, everything, factors, others",
    ],
    [book, null, "option: scenario must be an object, got null"],
    [book, { path: [] }, "shape: path must have at least one day, got 0"],
    [book, { path: [[0.1, 0.2]] }, "shape: path must have 3 columns, one an asset, got 2"],
    [book, { ...CRISES.covid2020, crash: 0.1 }, "range: crash must be in [-1, 0), got 0.1"],
    [book, { ...CRISES.covid2020, days: 0 }, "range: days must be an integer ≥ 1 and ≤ 10000, got 0"],
    [
      book,
      { everything: 0, volatilityMultiple: 0 },
      "range: volatilityMultiple must be positive and finite, got 0",
    ],
    [
      book,
      { path: [{ everything: 0 }, { everything: 0, correlation: 0.5 }] },
      "option: correlation is for the whole path, not for path[1]",
    ],
    [
      book,
      { ...CRISES.covid2020, days: 1e9 },
      "range: days must be an integer ≥ 1 and ≤ 10000, got 1000000000",
    ],
    [book, { everything: 0, correlation: 1 }, "range: correlation must be in [-1, 1), got 1"],
    [book, { history: [[0, 0, 0]], from: 2 }, "range: from must be an integer ≥ 0 and ≤ 1, got 2"],
    [book, { history: [[0, 0, 0]], from: 1 }, "shape: history must have at least one day, got 0"],
    [book, { history: [[0, Number.NaN, 0]] }, "not-finite: history[0][1] must be finite, got NaN"],
    [
      book,
      { history: new Panel({ index: [0], columns: ["AAPL", "TLT"], values: [[0, 0]] }) },
      'data: no column "XOM"; the panel has AAPL, TLT',
    ],
  ])("case %#", (input, scenario, message) => {
    expect(refusal(() => stressTest(input as never, scenario as never))).toBe(message);
  });

  test("an unmoved short earns 0, not −0", () => {
    const { pnl, positions } = stressTest({ weights: [-1] }, { everything: 0 });
    expect([pnl, positions[0]!.pnl]).toEqual([0, 0]);
  });

  test("options of a crisis are for a crisis", () => {
    expect(refusal(() => stressTest(book, { everything: 0 }, { seed: 1 }))).toBe(
      "option: seed, noise and instantaneous are for a crisis",
    );
    expect(refusal(() => stressTest(noCovariance, CRISES.covid2020, { seed: 1 }))).toBe(
      "option: noise needs the book's covariance",
    );
    expect(refusal(() => stressTest(book, CRISES.covid2020, { seed: 1, noise: "brown" as never }))).toBe(
      `option: noise must be one of 'bridge', 'free', got "brown"`,
    );
    expect(refusal(() => stressTest(book, CRISES.covid2020, { instantaneous: 1 as never }))).toBe(
      "option: instantaneous must be true or false, got 1",
    );
  });
});
