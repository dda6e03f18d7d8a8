import { bits, expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { optimizePortfolio, PortfolioOptimizer, type PortfolioSpec } from "../../src/index.ts";

const exact = solver(1e-12);
const independent = [
  [0.04, 0],
  [0, 0.01],
];
const base = {
  assets: ["A", "B"],
  covariance: independent,
  expectedReturns: [0.2, 0.01],
  objective: { maximize: "utility", riskAversion: 1 },
} as const satisfies PortfolioSpec;
const participation = { max: 0.1, averageDailyValue: [1e6, 1e7], capital: 1e6 };

describe("participation", () => {
  test("no trade is more than its share of an average day, and the limit is priced per unit of weight", () => {
    const {
      weights,
      binding,
      participation: shares,
    } = optimizePortfolio({
      ...base,
      currentWeights: [0.5, 0],
      constraints: { participation },
    });
    // A may move by 0.1 · 1e6 / 1e6; the price is μ − 2σ²w
    expectClose(weights, [0.6, 0.5], exact);
    expect(binding.map(({ constraint }) => constraint)).toEqual(["participation[A]"]);
    expectClose(binding[0]!.shadowPrice, 0.2 - 2 * 0.04 * 0.6, exact);
    expectClose(shares!, [0.1, 0.05], exact);
  });

  test("where a bound of the weights is as narrow, the bound is named", () => {
    const { binding } = optimizePortfolio({
      ...base,
      constraints: { participation, weights: { max: 0.1 } },
    });
    expect(binding.map(({ constraint }) => constraint)).toEqual(["weights.max[A]", "weights.max[B]"]);
  });

  test("an asset that does not trade keeps its weight", () => {
    const { weights, participation: shares } = optimizePortfolio({
      ...base,
      currentWeights: [0.25, -0.125],
      constraints: { participation: { ...participation, averageDailyValue: 0 } },
    });
    expectClose(weights, [0.25, -0.125], bits);
    expectClose(shares!, [0, 0], bits);
  });

  test("in a conflict it is named with what could be traded", () => {
    const { status, conflict } = optimizePortfolio({
      ...base,
      currentWeights: [0.5, 0],
      constraints: { participation, weights: { max: [0.2, 1] } },
    });
    expect(status).toBe("infeasible");
    expect(conflict!.constraints).toEqual(["weights.max", "participation"]);
    expect(conflict!.message).toBe(
      "weights.max[A] 0.2 and participation[A] 0.1 cannot hold together; enough would be each bound of weights.max moved by 0.2, or each bound of participation moved by 0.2",
    );
  });

  const refused: [string, object, string, string][] = [
    [
      "no volume",
      { max: 0.1, capital: 1 },
      "shape",
      "constraints.participation.averageDailyValue must be given to limit participation, got undefined",
    ],
    [
      "a negative volume",
      { ...participation, averageDailyValue: [1, -1] },
      "range",
      "constraints.participation.averageDailyValue[1] must be non-negative, got -1",
    ],
    [
      "a negative share",
      { ...participation, max: -0.1 },
      "range",
      "constraints.participation.max must be non-negative, got -0.1",
    ],
    [
      "no capital",
      { ...participation, capital: 0 },
      "range",
      "constraints.participation.capital must be positive and finite, got 0",
    ],
    [
      "volumes of the wrong number",
      { ...participation, averageDailyValue: [1] },
      "shape",
      "constraints.participation.averageDailyValue must have 2 entries, got 1",
    ],
    ["an unknown field", { ...participation, adv: 1 }, "option", "unknown option 'adv'"],
  ];
  for (const [what, limit, code, message] of refused) {
    test(`${what} is a QuantError that says so`, () => {
      const spec = { ...base, constraints: { participation: limit } } as PortfolioSpec;
      expect(() => optimizePortfolio(spec)).toThrowError(
        expect.objectContaining({ name: "QuantError", code, message: expect.stringContaining(message) }),
      );
    });
  }
});

describe("what a result tells", () => {
  test("risk contributions are w (Σw) ÷ volatility, and sum to it", () => {
    const { weights, volatility, contributions } = optimizePortfolio({
      ...base,
      constraints: { weights: { min: [1, 2], max: [1, 2] } },
    });
    expectClose(weights, [1, 2], bits);
    const sigma = Math.sqrt(0.04 + 0.04);
    expectClose(volatility, sigma, exact);
    expectClose(contributions.marginal, [0.04 / sigma, 0.02 / sigma], exact);
    expectClose(contributions.component, [0.04 / sigma, 0.04 / sigma], exact);
  });

  test("without volatility there is nothing to contribute, and no marginal", () => {
    const { volatility, contributions } = optimizePortfolio({ ...base, constraints: { gross: { max: 0 } } });
    expect(volatility).toBe(0);
    expect([...contributions.marginal]).toEqual([Number.NaN, Number.NaN]);
    expectClose(contributions.component, [0, 0], bits);
  });

  test("groups and exposures are told by name, limited or not", () => {
    const { groups, exposures } = optimizePortfolio({
      ...base,
      constraints: {
        weights: { min: [0.5, -0.25], max: [0.5, -0.25] },
        groups: { both: { members: ["A", "B"] }, one: { members: [1], max: 1 } },
        exposures: { beta: { loadings: [2, 4] } },
      },
    });
    expect(groups).toEqual({ both: { gross: 0.75, net: 0.25 }, one: { gross: 0.25, net: -0.25 } });
    expect(exposures).toEqual({ beta: 0 });
  });

  test("gross, net and turnover are also priced per tenth of capital", () => {
    const { binding } = optimizePortfolio({ ...base, constraints: { gross: { max: 1 } } });
    const [{ constraint, shadowPrice, perTenth }] = binding as [(typeof binding)[number]];
    expect(constraint).toBe("gross.max");
    expectClose(perTenth!, shadowPrice / 10, bits);
  });

  test("a tracking error is priced in its own units: the gain is the slope", () => {
    const at = (max: number) =>
      optimizePortfolio({
        covariance: independent,
        objective: { minimize: "tracking-error", benchmark: [1, 1] },
        constraints: { gross: { max } },
      });
    const middle = at(1);
    const step = 1e-4;
    const slope = (at(1 - step).objective - at(1 + step).objective) / (2 * step);
    expectClose(middle.binding[0]!.shadowPrice, slope, solver(1e-6));
  });

  test("current weights beyond the limits are allowed, and said", () => {
    const { status, notes } = optimizePortfolio({
      ...base,
      currentWeights: [0.8, -0.5],
      constraints: {
        weights: { max: 0.4 },
        gross: { max: 1 },
        net: { min: -0.1, max: 0.1 },
        groups: { a: { members: ["A"], max: 0.5 } },
      },
    });
    expect(status).toBe("optimal");
    expect(notes).toEqual([
      "currentWeights of A is 0.8, outside weights.max 0.4",
      "currentWeights have net 0.3, above its max 0.1",
      "currentWeights have groups.a 0.8, above its max 0.5",
      "currentWeights have gross 1.3, above its max 1",
    ]);
    expect(optimizePortfolio(base).notes).toEqual([]);
  });

  test("a limit given twice has one price, not two that cancel", () => {
    const limits = { loadings: [1, 1], min: 0.5, max: 0.5 };
    const { binding, objective } = optimizePortfolio({
      ...base,
      constraints: { exposures: { one: limits, two: { loadings: [2, 2], min: 1, max: 1 } } },
    });
    const alone = optimizePortfolio({ ...base, constraints: { exposures: { one: limits } } });
    expectClose(objective, alone.objective, exact);
    for (const { shadowPrice } of binding)
      expect(shadowPrice).toBeLessThanOrEqual(alone.binding[0]!.shadowPrice);
  });

  test("a result survives JSON", () => {
    const book = new PortfolioOptimizer({ ...base, constraints: { gross: { max: 1 } } }).solve();
    expect(JSON.parse(JSON.stringify(book)).binding).toEqual(book.binding);
  });
});

describe("limits that leave one point, and say it twice", () => {
  test("gross and net that meet have an optimum, proven", () => {
    const { status, weights, relativeGap } = optimizePortfolio({
      ...base,
      constraints: {
        gross: { max: 0.25 },
        net: { max: -0.25 },
        groups: { a: { members: ["A"], gross: { max: 0 } } },
      },
    });
    expect(status).toBe("optimal");
    expectClose(weights, [0, -0.25], exact);
    expect(relativeGap).toBeLessThanOrEqual(1e-9);
  });
});
