import { expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  maximumSharpe,
  optimizePortfolio,
  type PortfolioConstraints,
  type PortfolioSolution,
  type PortfolioSpec,
  type PriceLeg,
  type PriceReach,
  targetVolatility,
} from "../../../src/index.ts";

const exact = solver(1e-12);
const independent = [
  [0.04, 0],
  [0, 0.01],
];
const utility = { maximize: "utility", riskAversion: 1 } as const;

function reachOf(solution: PortfolioSolution, constraint: string): PriceReach {
  return solution.binding.find((limit) => limit.constraint === constraint)!.reach!;
}

function expectLeg(leg: PriceLeg | undefined, price: number, until: number, priceThere: number): void {
  expectClose([leg!.price, leg!.until!, leg!.priceThere!], [price, until, priceThere], exact, 1);
}

describe("how far a shadow price holds", () => {
  // Σ = ½ I and μ = (1, −0.8, 0.1): held assets have |w| = |μ| − λ, so λ = (1.8 − G)/2 while the third is not held
  const market: PortfolioSpec = {
    covariance: [
      [0.5, 0, 0],
      [0, 0.5, 0],
      [0, 0, 0.5],
    ],
    expectedReturns: [1, -0.8, 0.1],
    objective: utility,
  };
  const withGross = (max: number): PortfolioSolution =>
    optimizePortfolio({ ...market, constraints: { gross: { max } } });

  test("gross: up to where the next asset is bought, down to where one is sold off", () => {
    const reach = reachOf(withGross(1), "gross.max");
    expect(reach.unique).toBe(true);
    expect(reach.limit).toBe(1);
    expectLeg(reach.loosening, 0.4, 1.6, 0.1);
    expectLeg(reach.tightening, 0.4, 0.2, 0.8);
  });

  test("what a move inside brings is its length times the mean of the two prices; beyond it is less", () => {
    const at = (max: number): number => withGross(max).objective;
    expectClose(at(1.6) - at(1), (0.6 * (0.4 + 0.1)) / 2, exact, 1);
    expectClose(at(0.2) - at(1), (-0.8 * (0.4 + 0.8)) / 2, exact, 1);
    // the line of the piece, continued: λ would reach 0 at 1.8, but the third asset takes its share from 1.6 on
    expect(at(1.75) - at(1.6)).toBeGreaterThan((0.15 * (0.1 + 0.025)) / 2);
    expectClose(withGross(1.75).binding[0]!.shadowPrice, 0.05, exact, 1);
  });

  test("at a change of piece the price is one, and each side has its own end", () => {
    const { unique, loosening, tightening } = reachOf(withGross(1.6), "gross.max");
    expect(unique).toBe(true);
    expectLeg(loosening, 0.1, 1.9, 0);
    expectLeg(tightening, 0.1, 0.2, 0.8);
  });

  test("without risk a price holds on and on: there is no end to tell", () => {
    const linear = optimizePortfolio({
      covariance: independent,
      expectedReturns: [0.03, -0.01],
      objective: { maximize: "utility", riskAversion: 0 },
      constraints: { gross: { max: 2 }, net: { equal: 0 } },
    });
    const { unique, loosening, tightening } = reachOf(linear, "gross.max");
    expect(unique).toBe(true);
    expectClose(loosening.price, 0.02, exact);
    expect(loosening).toEqual({ price: loosening.price });
    expectLeg(tightening, 0.02, 0, 0.02);
  });

  test("an equality is moved as a level, and ends where it presses no more", () => {
    const solution = optimizePortfolio({
      covariance: independent,
      expectedReturns: [0.02, 0.01],
      objective: utility,
      constraints: { net: { equal: 0.1 } },
    });
    // w = (μ − η) ÷ 2σ²: net = 0.25 − 12.5 η + 0.5 − 50 η
    const { limit, loosening, tightening } = reachOf(solution, "net.max");
    expect(limit).toBe(0.1);
    expectLeg(loosening, 0.65 / 62.5, 0.75, 0);
    expect(tightening).toEqual({ price: loosening.price });
  });

  test("the end of a box moves to the next kink: 0 where gross or carry makes one, w0 where trading does", () => {
    const of = (spec: Partial<PortfolioSpec>): PriceReach =>
      reachOf(
        optimizePortfolio({
          covariance: independent,
          expectedReturns: [0.2, 0.01],
          objective: utility,
          constraints: { weights: { max: [-0.5, 1] } },
          ...spec,
        }),
        "weights.max[0]",
      );
    // the slope at w is 0.2 − 0.08 w
    expectLeg(of({}).loosening, 0.24, 2.5, 0);
    expectLeg(of({ costs: { funding: { long: 0.01, short: 0.03 } } }).loosening, 0.27, 0, 0.23);
    const traded = of({ costs: { linear: 0.01 }, currentWeights: [1, 0] });
    expectLeg(traded.loosening, 0.25, 1, 0.13);
  });

  test("participation is told in weight that is traded", () => {
    const solution = optimizePortfolio({
      covariance: independent,
      expectedReturns: [0.2, 0.01],
      currentWeights: [0.5, 0.5],
      objective: utility,
      constraints: { participation: { max: 0.1, averageDailyValue: [1e6, 1e7], capital: 1e6 } },
    });
    const { limit, unique, loosening, tightening } = reachOf(solution, "participation[0]");
    expectClose(limit, 0.1, exact, 1);
    expect(unique).toBe(true);
    expectLeg(loosening, 0.2 - 0.08 * 0.6, 2, 0);
    expectLeg(tightening, 0.2 - 0.08 * 0.6, -0.1, 0.2 - 0.08 * 0.4);
  });

  test("a tracking error is priced in its own units at both ends", () => {
    const solution = optimizePortfolio({
      covariance: independent,
      objective: { minimize: "tracking-error", benchmark: [1, 1] },
      constraints: { gross: { max: 1 } },
    });
    // d = 1 − w shares 2 − G as 1 : 4, so the error is √(0.04 ⅕² + 0.01 ⅘²) (2 − G), until the first is not held
    const slope = Math.sqrt(0.04 / 25 + (0.01 * 16) / 25);
    const { loosening, tightening } = reachOf(solution, "gross.max");
    expectClose(loosening.price, slope, exact, 1);
    expectClose(loosening.until!, 2, exact, 1);
    expectClose([tightening!.price, tightening!.until!, tightening!.priceThere!], [slope, 0.75, slope], exact, 1); // biome-ignore format: a leg
  });
});

describe("where an optimum can be priced in more than one way", () => {
  const capped = (constraints: PortfolioConstraints): PortfolioSolution =>
    optimizePortfolio({
      covariance: [
        [0.04, 0],
        [0, 0.04],
      ],
      expectedReturns: [0.2, 0.1],
      objective: utility,
      constraints,
    });

  test("caps that add up to their group's: each loosening waits for the other limit, each tightening bites alone", () => {
    const solution = capped({ weights: { max: 0.2 }, groups: { both: { members: [0, 1], max: 0.4 } } });
    // slopes 0.2 − 0.08 w: 0.184 and 0.084
    const first = reachOf(solution, "weights.max[0]");
    expect(first.unique).toBe(false);
    // the first gains what the second loses, until they earn alike: 0.2 − 0.08 w = 0.1 − 0.08 (0.4 − w)
    expectLeg(first.loosening, 0.1, 0.825, 0);
    expectClose(first.tightening!.price, 0.184, exact, 1);
    const second = reachOf(solution, "weights.max[1]");
    expect(second.loosening).toEqual({ price: 0 });
    expectClose(second.tightening!.price, 0.084, exact, 1);
    const group = reachOf(solution, "groups.both.max");
    expect(group.unique).toBe(false);
    expect(group.loosening).toEqual({ price: 0 });
    expectLeg(group.tightening, 0.084, -0.85, 0.184);
  });

  test("the stated price is between that of loosening and that of tightening", () => {
    const { binding } = capped({ weights: { max: 0.2 }, groups: { both: { members: [0, 1], max: 0.4 } } });
    for (const { shadowPrice, reach } of binding) {
      expect(shadowPrice).toBeGreaterThanOrEqual(reach!.loosening.price);
      expect(shadowPrice).toBeLessThanOrEqual(reach!.tightening!.price);
    }
  });

  test("a limit that is there twice gains nothing loosened, and cannot be tightened alone", () => {
    const solution = capped({
      exposures: { one: { loadings: [1, 1], min: 0.5, max: 0.5 }, two: { loadings: [2, 2], min: 1, max: 1 } },
    });
    for (const name of ["exposures.one.max", "exposures.two.max"]) {
      const reach = reachOf(solution, name);
      expect(reach).toEqual({ limit: reach.limit, unique: false, loosening: { price: 0 } });
    }
  });

  test("a gross limit of 0 cannot be tightened, and is worth the steepest slope", () => {
    const { unique, loosening, tightening } = reachOf(capped({ gross: { max: 0 } }), "gross.max");
    expect(unique).toBe(false);
    expectLeg(loosening, 0.2, 1.25, 0.1);
    expect(tightening).toBeUndefined();
  });

  test("a bound at a kink: what loosening brings is less by what buying costs, tightening by what selling does", () => {
    const solution = optimizePortfolio({
      covariance: independent,
      expectedReturns: [0.1, 0.1],
      objective: utility,
      constraints: { weights: { max: [0, 1] } },
      costs: { linear: 0.01 },
    });
    const { unique, loosening, tightening } = reachOf(solution, "weights.max[0]");
    expect(unique).toBe(false);
    expectLeg(loosening, 0.09, 1.125, 0);
    expectClose(tightening!.price, 0.11, exact, 1);
  });
});

describe("where no reach is told", () => {
  const spec = {
    covariance: independent,
    expectedReturns: [0.2, 0.02],
    constraints: { gross: { max: 1 }, weights: { max: 0.7 } },
  };

  test("a ratio's and a volatility cap's prices are of one price of risk, which moves with the limits", () => {
    for (const solution of [maximumSharpe(spec), targetVolatility({ ...spec, volatility: 0.12 })]) {
      expect(solution.status).toBe("optimal");
      expect(solution.binding.length).toBeGreaterThan(0);
      for (const { reach } of solution.binding) expect(reach).toBeUndefined();
    }
  });

  test("a reach that was looked at is the same when looked at again, and survives JSON", () => {
    const { binding } = optimizePortfolio({ ...spec, objective: utility });
    expect(binding[0]!.reach).toBe(binding[0]!.reach);
    expect(JSON.parse(JSON.stringify(binding))).toEqual(binding);
  });
});
