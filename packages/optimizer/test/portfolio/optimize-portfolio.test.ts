import { createRandom, Matrix, sampleCovariance } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  minimumVariance,
  optimizePortfolio,
  PortfolioOptimizer,
  type PortfolioSpec,
} from "../../src/index.ts";

const exact = solver(1e-12);
const independent = [
  [0.04, 0],
  [0, 0.01],
];
const utility = { maximize: "utility", riskAversion: 1 } as const;

function named(solution: ReturnType<typeof optimizePortfolio>): Record<string, number> {
  return Object.fromEntries(solution.binding.map(({ constraint, shadowPrice }) => [constraint, shadowPrice]));
}

describe("optimizePortfolio", () => {
  test("without limits holds μ ÷ (2 · riskAversion · variance) of independent assets", () => {
    const spec: PortfolioSpec = {
      covariance: independent,
      expectedReturns: [0.02, -0.01],
      objective: { maximize: "utility", riskAversion: 2 },
    };
    const solution = optimizePortfolio(spec);
    expect(solution.status).toBe("optimal");
    expectClose(solution.weights, [0.125, -0.25], exact);
    expectClose(solution.expectedReturn, 0.005, exact);
    expectClose(solution.volatility, Math.sqrt(0.04 * 0.125 ** 2 + 0.01 * 0.25 ** 2), exact);
    expectClose(solution.objective, 0.005 - 2 * (0.04 * 0.125 ** 2 + 0.01 * 0.25 ** 2), exact);
    expectClose([solution.gross, solution.net], [0.375, -0.125], exact);
    expect(solution.binding).toEqual([]);
    expect(solution.method).toBe("native");
  });

  test("the utility has no ½: twice the risk aversion halves the weights", () => {
    const at = (riskAversion: number): Float64Array =>
      optimizePortfolio({
        covariance: independent,
        expectedReturns: [0.02, -0.01],
        objective: { maximize: "utility", riskAversion },
      }).weights;
    expectClose(
      at(4),
      at(2).map((w) => w / 2),
      exact,
    );
  });

  test("a gross limit takes the same marginal utility from every side held, and none from the rest", () => {
    // slopes μ − 2σ²w of the two held assets equal λ; the third's |μ| is below it
    const solution = optimizePortfolio({
      assets: ["LONG", "SHORT", "IDLE"],
      covariance: [
        [0.5, 0, 0],
        [0, 0.5, 0],
        [0, 0, 0.5],
      ],
      expectedReturns: [1, -0.8, 0.1],
      objective: utility,
      constraints: { gross: { max: 1 } },
    });
    expectClose(solution.weights, [0.6, -0.4, 0], exact);
    expectClose(named(solution)["gross.max"]!, 0.4, exact);
    expectClose(solution.gross, 1, exact);
  });

  test("shadow prices carry the names of the limits and the gain of relaxing them", () => {
    const spec: PortfolioSpec = {
      assets: ["A", "B"],
      covariance: independent,
      expectedReturns: [0.05, 0.01],
      objective: utility,
      constraints: { net: { min: 0.1, max: 0.4 }, weights: { min: [-0.2, 0], max: [0.3, 0.3] } },
    };
    const solution = optimizePortfolio(spec);
    expectClose(solution.weights, [0.3, 0.1], exact);
    // B is free: η = μ_B − 2σ²_B w_B; A's bound keeps the rest of its slope
    expectClose(named(solution)["net.max"]!, 0.008, exact);
    expectClose(named(solution)["weights.max[A]"]!, 0.05 - 2 * 0.04 * 0.3 - 0.008, exact);
    expect(solution.binding.map((limit) => limit.constraint)).toEqual(["weights.max[A]", "net.max"]);
  });

  test("a shadow price is the slope of the utility in its limit", () => {
    const at = (max: number): ReturnType<typeof optimizePortfolio> =>
      optimizePortfolio({
        covariance: [
          [0.04, 0.01],
          [0.01, 0.09],
        ],
        expectedReturns: [0.1, -0.05],
        objective: utility,
        constraints: { gross: { max }, net: { max: 0.2 } },
      });
    const step = 1e-4;
    const slope = (at(0.8 + step).objective - at(0.8 - step).objective) / (2 * step);
    expectClose(named(at(0.8))["gross.max"]!, slope, solver(1e-8));
  });

  test("an equality on net is named by the side it presses on", () => {
    const held = (equal: number): Record<string, number> =>
      named(
        optimizePortfolio({
          covariance: independent,
          expectedReturns: [0.02, 0.01],
          objective: utility,
          constraints: { net: { equal } },
        }),
      );
    expect(Object.keys(held(0.1))).toEqual(["net.max"]);
    expect(Object.keys(held(2))).toEqual(["net.min"]);
  });

  test("without expectedReturns a variance problem has an expected return of NaN, and says so", () => {
    expect(minimumVariance(independent).expectedReturn).toBeNaN();
    const solution = optimizePortfolio({
      covariance: independent,
      expectedReturns: [0.1, 0.2],
      objective: { minimize: "variance" },
      constraints: { net: { equal: 1 } },
    });
    expectClose(solution.expectedReturn, 0.2 * 0.1 + 0.8 * 0.2, exact);
  });

  test("never changes what it is given", () => {
    const expectedReturns = Float64Array.of(0.02, 0.01);
    const min = [0, 0];
    optimizePortfolio({
      covariance: independent,
      expectedReturns,
      objective: utility,
      constraints: { weights: { min } },
    });
    expect([...expectedReturns, ...min]).toEqual([0.02, 0.01, 0, 0]);
  });
});

describe("minimumVariance", () => {
  test("is fully invested by default, with weights by inverse variance for independent assets", () => {
    const solution = minimumVariance(independent);
    expectClose(solution.weights, [0.2, 0.8], exact);
    expectClose(solution.objective, 0.008, exact);
    expectClose(solution.objective, solution.volatility ** 2, rounding(4));
  });

  test("takes another net, and long-only", () => {
    const correlated = [
      [0.01, 0.018],
      [0.018, 0.04],
    ];
    expect(minimumVariance(correlated).weights[1]).toBeLessThan(0);
    expectClose(minimumVariance(correlated, { weights: { min: 0 } }).weights, [1, 0], bits);
    expectClose(minimumVariance(independent, { net: { min: 0.5 } }).weights, [0.1, 0.4], exact);
    expectClose(minimumVariance(independent, { net: {} }).weights, [0, 0], bits);
  });
});

describe("limits that cannot all hold", () => {
  const infeasible = (constraints: NonNullable<PortfolioSpec["constraints"]>): string => {
    const solution = optimizePortfolio({
      assets: ["A", "B"],
      covariance: independent,
      expectedReturns: [0.1, 0.1],
      objective: utility,
      constraints,
    });
    expect(solution.status).toBe("infeasible");
    expect([...solution.weights]).toEqual([Number.NaN, Number.NaN]);
    expect(solution.objective).toBeNaN();
    return solution.message!;
  };

  test("crossed bounds name the asset", () => {
    expect(infeasible({ weights: { min: [0, 0.5], max: [1, 0.2] } })).toBe(
      "weights.min[B] 0.5 and weights.max[B] 0.2 cannot hold together; enough would be each bound of weights.min moved by 0.3, or each bound of weights.max moved by 0.3",
    );
  });

  test("a net above what gross allows names both with their numbers, and what either would have to be", () => {
    expect(infeasible({ gross: { max: 0.5 }, net: { min: 0.9 } })).toBe(
      "gross.max 0.5 and net.min 0.9 cannot hold together; enough would be net.min of 0.5, or gross.max of 0.9",
    );
    expect(infeasible({ gross: { max: 0.5 }, net: { max: -0.75 } })).toBe(
      "gross.max 0.5 and net.max -0.75 cannot hold together; enough would be net.max of -0.5, or gross.max of 0.75",
    );
  });

  test("a net beyond the boxes names the assets", () => {
    expect(infeasible({ weights: { max: 0.25 }, net: { equal: 1 } })).toBe(
      "weights.max[A] 0.25 with weights.max[B] 0.25 and net.min 1 cannot hold together; enough would be each bound of weights.max moved by 0.25, or net.min of 0.5",
    );
    expect(infeasible({ weights: { min: 0 }, net: { max: -0.25 } })).toBe(
      "weights.min[A] 0 with weights.min[B] 0 and net.max -0.25 cannot hold together; enough would be each bound of weights.min moved by 0.125, or net.max of 0",
    );
  });

  test("forced holdings beyond the gross limit say how much they need", () => {
    expect(infeasible({ gross: { max: 0.5 }, weights: { min: [0.5, -1], max: [1, -0.25] } })).toBe(
      "weights.min[A] 0.5, weights.max[B] -0.25 and gross.max 0.5 cannot hold together; enough would be each bound of weights.min moved by 0.25, or each bound of weights.max moved by 0.25, or gross.max of 0.75",
    );
  });

  test("a net band upside down names its ends", () => {
    expect(infeasible({ net: { min: 0.2, max: 0.1 } })).toBe(
      "net.min 0.2 and net.max 0.1 cannot hold together; enough would be net.min of 0.1, or net.max of 0.2",
    );
  });

  test("a set of one point is feasible, and is that point", () => {
    const solution = optimizePortfolio({
      covariance: independent,
      expectedReturns: [0.1, 0.1],
      objective: utility,
      constraints: {
        gross: { max: 0.6 },
        weights: { min: [0.5, -0.1], max: [0.5, -0.1] },
        net: { equal: 0.4 },
      },
    });
    expect(solution.status).toBe("optimal");
    expectClose(solution.weights, [0.5, -0.1], bits);
  });
});

describe("degenerate problems", () => {
  const singular = [
    [0.04, 0.04],
    [0.04, 0.04],
  ];

  test("a riskless gain that nothing ends is unbounded", () => {
    const solution = optimizePortfolio({
      covariance: singular,
      expectedReturns: [0.2, 0.1],
      objective: utility,
    });
    expect(solution.status).toBe("unbounded");
    expect(solution.objective).toBe(Infinity);
    expect([...solution.weights]).toEqual([Number.NaN, Number.NaN]);
    expect(solution.message).toBe(
      "nothing ends the gain of ever more weight long 0 against short 1: it carries no risk that counts, and no limit stops it; a gross limit would, or bounds on these weights",
    );
  });

  test("a gross limit, or a bound, ends it", () => {
    const constraints = { gross: { max: 1 } };
    const limited = optimizePortfolio({
      covariance: singular,
      expectedReturns: [0.2, 0.1],
      objective: utility,
      constraints,
    });
    expect(limited.status).toBe("optimal");
    expect(
      optimizePortfolio({
        covariance: singular,
        expectedReturns: [0.2, 0.1],
        objective: utility,
        constraints: { weights: { max: 1, min: -1 } },
      }).status,
    ).toBe("optimal");
  });

  test("duplicate assets share an optimum whose objective is unique", () => {
    const { status, weights, objective } = optimizePortfolio({
      covariance: singular,
      expectedReturns: [0.1, 0.1],
      objective: utility,
    });
    expect(status).toBe("optimal");
    expectClose(weights[0]! + weights[1]!, 1.25, exact);
    expectClose(objective, 0.0625, exact);
  });

  test("a covariance of half as many periods as assets is a matter of a few active sets", () => {
    const n = 60;
    const random = createRandom("fewer periods than assets");
    const returns = new Matrix(n / 2, n, random.fillNormal(new Float64Array((n * n) / 2)));
    const spec: PortfolioSpec = {
      covariance: sampleCovariance(returns).covariance,
      expectedReturns: random.fillNormal(new Float64Array(n)),
      objective: { maximize: "utility", riskAversion: 5 },
      constraints: { weights: { min: -0.1, max: 0.1 }, gross: { max: 2 }, net: { equal: 0 } },
      costs: { linear: 0.02 },
    };
    const native = optimizePortfolio(spec);
    expect(native.method).toBe("native");
    expect(native.iterations).toBeLessThan(20);
    const interior = optimizePortfolio({ ...spec, method: "interior-point" });
    expect(interior.method).toBe("interior-point");
    expectClose(native.objective, interior.objective, exact);
  });

  test("no risk aversion is a linear program: all gross in the best spread", () => {
    const solution = optimizePortfolio({
      covariance: independent,
      expectedReturns: [0.03, -0.01],
      objective: { maximize: "utility", riskAversion: 0 },
      constraints: { gross: { max: 2 }, net: { equal: 0 } },
    });
    expectClose(solution.weights, [1, -1], exact);
    expectClose(named(solution)["gross.max"]!, 0.02, exact);
  });

  test("a gross limit of 0 leaves nothing to hold", () => {
    const solution = optimizePortfolio({
      covariance: independent,
      expectedReturns: [0.1, 0.1],
      objective: utility,
      constraints: { gross: { max: 0 } },
    });
    expect(solution.status).toBe("optimal");
    expectClose(solution.weights, [0, 0], bits);
    expect(solution.certifiedGap).toBe(0);
  });

  test("one asset, a zero covariance, and infinite limits are ordinary", () => {
    const one = optimizePortfolio({ covariance: [[0.25]], expectedReturns: [0.25], objective: utility });
    expectClose(one.weights, [0.5], exact);
    const riskless = optimizePortfolio({
      covariance: [
        [0, 0],
        [0, 0],
      ],
      expectedReturns: [0.1, 0.2],
      objective: utility,
      constraints: { gross: { max: Infinity }, weights: { min: 0, max: [1, 2] }, net: { max: Infinity } },
    });
    expectClose(riskless.weights, [1, 2], bits);
  });
});

describe("bad input", () => {
  const base = { covariance: independent, expectedReturns: [0.1, 0.1], objective: utility };
  const cases: [string, PortfolioSpec | object, string, string][] = [
    [
      "an unknown field",
      { ...base, constraint: {} },
      "option",
      "unknown option 'constraint'; did you mean 'constraints'?",
    ],
    [
      "an unknown limit",
      { ...base, constraints: { gros: { max: 1 } } },
      "option",
      "unknown option 'gros'; did you mean 'gross'?",
    ],
    [
      "an unknown side",
      { ...base, constraints: { gross: { maximum: 1 } } },
      "option",
      "unknown option 'maximum'",
    ],
    [
      "a level and a band at once",
      { ...base, constraints: { net: { equal: 0, max: 1 } } },
      "option",
      "unknown option 'max'",
    ],
    [
      "an unknown objective",
      { ...base, objective: { maximize: "sharp" } },
      "option",
      "objective.maximize must be one of 'utility', 'return', 'sharpe', got \"sharp\"",
    ],
    ["no objective", { covariance: independent }, "option", "objective must be an object, got undefined"],
    [
      "a negative risk aversion",
      { ...base, objective: { maximize: "utility", riskAversion: -1 } },
      "range",
      "objective.riskAversion must be non-negative and finite, got -1",
    ],
    [
      "a negative gross limit",
      { ...base, constraints: { gross: { max: -1 } } },
      "range",
      "constraints.gross.max must be non-negative and finite, got -1",
    ],
    [
      "a NaN limit",
      { ...base, constraints: { net: { min: Number.NaN } } },
      "not-finite",
      "constraints.net.min must be a number or infinite, got NaN",
    ],
    [
      "a NaN bound",
      { ...base, constraints: { weights: { max: [1, Number.NaN] } } },
      "not-finite",
      "constraints.weights.max[1] must be a number or infinite, got NaN",
    ],
    [
      "bounds of the wrong length",
      { ...base, constraints: { weights: { min: [0] } } },
      "shape",
      "constraints.weights.min must have 2 entries, got 1",
    ],
    [
      "an infinite level",
      { ...base, constraints: { net: { equal: Infinity } } },
      "not-finite",
      "constraints.net.equal must be a finite number, got Infinity",
    ],
    [
      "returns of the wrong length",
      { ...base, expectedReturns: [0.1] },
      "shape",
      "expectedReturns must have 2 entries, got 1",
    ],
    [
      "a NaN return",
      { ...base, expectedReturns: [0.1, Number.NaN] },
      "not-finite",
      "expectedReturns[1] must be finite, got NaN",
    ],
    [
      "a utility without returns",
      { covariance: independent, objective: utility },
      "shape",
      "expectedReturns must be given to maximize utility",
    ],
    [
      "an asymmetric covariance",
      {
        ...base,
        covariance: [
          [1, 0.5],
          [0.2, 1],
        ],
      },
      "data",
      "covariance must be symmetric",
    ],
    [
      "a covariance that is not square",
      { ...base, covariance: [[1, 0]] },
      "shape",
      "covariance must be square, got 1×2",
    ],
    ["a ragged covariance", { ...base, covariance: [[1, 0], [0]] }, "shape", "row 1 has 1 entries"],
    [
      "an empty covariance",
      { ...base, covariance: [] },
      "shape",
      "covariance must have at least one asset, got 0",
    ],
    [
      "a NaN covariance",
      {
        ...base,
        covariance: [
          [1, Number.NaN],
          [Number.NaN, 1],
        ],
      },
      "not-finite",
      "covariance[0][1] must be finite, got NaN",
    ],
    [
      "a covariance with a negative eigenvalue",
      {
        ...base,
        covariance: [
          [1, 2],
          [2, 1],
        ],
      },
      "data",
      "covariance must be positive semidefinite, but its smallest eigenvalue is -",
    ],
    [
      "names of the wrong number",
      { ...base, assets: ["A"] },
      "shape",
      "assets must have 2 names as covariance has rows",
    ],
    [
      "a name given twice",
      { ...base, assets: ["A", "A"] },
      "data",
      'assets[1] must be a name of its own, got "A"',
    ],
  ];
  for (const [what, spec, code, message] of cases) {
    test(`${what} is a QuantError that says so`, () => {
      expect(() => optimizePortfolio(spec as PortfolioSpec)).toThrowError(
        expect.objectContaining({ name: "QuantError", code, message: expect.stringContaining(message) }),
      );
    });
  }
});

test("a portfolio optimizer keeps the numbers it was given, whatever becomes of them", () => {
  const returns = new Matrix(300, 70, createRandom("kept numbers").fillNormal(new Float64Array(300 * 70)));
  const models: readonly (() => PortfolioSpec["covariance"])[] = [
    () => sampleCovariance(returns).covariance,
    () => ({
      exposures: returns.clone(),
      factorCovariance: Matrix.identity(70),
      specific: new Float64Array(300).fill(1),
    }),
  ];
  for (const model of models) {
    const covariance = model();
    const mean = Float64Array.from({ length: "exposures" in covariance ? 300 : 70 }, (_, i) => (i % 7) - 3);
    const spec = { expectedReturns: mean.slice(), objective: utility, constraints: { gross: { max: 2 } } };
    const optimizer = new PortfolioOptimizer({ ...spec, covariance });
    if ("exposures" in covariance) {
      (covariance.exposures as Matrix).data.fill(Number.NaN);
      (covariance.specific as Float64Array).fill(Number.NaN);
    } else (covariance as Matrix).data.fill(Number.NaN);
    spec.expectedReturns.fill(Number.NaN);
    const expected = optimizePortfolio({ ...spec, expectedReturns: mean, covariance: model() });
    expectClose(optimizer.solve().weights, expected.weights, exact);
  }
});

test("solving leaves its input as it was", () => {
  const returns = new Matrix(300, 70, createRandom("input").fillNormal(new Float64Array(300 * 70)));
  const { covariance } = sampleCovariance(returns);
  const before = covariance.clone();
  const expectedReturns = Float64Array.from({ length: 70 }, (_, i) => (i % 7) - 3);
  for (const gross of [0.1, 2, 200]) {
    optimizePortfolio({
      covariance,
      expectedReturns,
      objective: utility,
      constraints: { gross: { max: gross } },
    });
  }
  expectClose(covariance, before, bits);
});
