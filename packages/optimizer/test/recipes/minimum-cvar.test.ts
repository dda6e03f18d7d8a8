import { createRandom, QuantError } from "@astra-quant/core-linalg";
import { expectClose, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type MinimumCvarOptions, minimumCvar, solveQp } from "../../src/index.ts";

const exact = rounding(64);
const proven = solver(1e-9);

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof QuantError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing thrown";
}

function drawn(S: number, n: number, seed = "cvar"): Float64Array[] {
  const random = createRandom(seed);
  return Array.from({ length: S }, () =>
    random.fillNormal(new Float64Array(n)).map((e, i) => 0.01 * (e + 0.05 * i)),
  );
}

/** Two assets of which the second loses in one scenario of four. */
const scenarios = [
  [0.01, 0.03],
  [-0.01, 0.02],
  [0.0, -0.06],
  [-0.02, 0.04],
];

describe("minimum CVaR by hand", () => {
  test("the objective is the shortfall and the costs together", () => {
    const held = minimumCvar(scenarios, {
      confidence: 0.5,
      constraints: { weights: { min: [0.5, 0.5], max: [0.5, 0.5] } },
      currentWeights: [1, 0],
      costs: { linear: { buy: 0.001, sell: 0.002 }, funding: { long: 0.0004, short: 0 }, quadratic: 0.02 },
    });
    // losses −0.02, −0.005, 0.03, −0.01: the two worst are 0.03 and −0.005
    expectClose(held.expectedShortfall, (0.03 - 0.005) / 2, exact);
    expectClose(held.valueAtRisk, -0.005, exact);
    const costs = 0.5 * 0.001 + 0.5 * 0.002 + 0.0004 + 0.5 * 0.02 * (0.25 + 0.25);
    expectClose(held.objective, held.expectedShortfall + costs, exact);
    expect(held.status).toBe("optimal");
  });

  test("probabilities weigh the scenarios, and what cannot happen does not count", () => {
    const single = [[-0.04], [-0.02], [0.01], [-9]];
    const { expectedShortfall, volatility, expectedReturn } = minimumCvar(single, {
      confidence: 0.7,
      probabilities: [0.2, 0.3, 0.5, 0],
    });
    expectClose(expectedShortfall, (0.2 * 0.04 + 0.1 * 0.02) / 0.3, exact);
    const mean = 0.2 * -0.04 + 0.3 * -0.02 + 0.5 * 0.01;
    expectClose(expectedReturn, mean, exact);
    const square = 0.2 * 0.04 ** 2 + 0.3 * 0.02 ** 2 + 0.5 * 0.01 ** 2;
    expectClose(volatility, Math.sqrt(square - mean * mean), exact);
  });

  test("a benchmark within the limits is not fallen behind", () => {
    const benchmark = [0.3, 0.7];
    const solution = minimumCvar(scenarios, { benchmark, constraints: { weights: { min: 0 } } });
    expect(solution.status).toBe("optimal");
    expectClose(solution.objective, 0, proven, 1);
    const ahead = minimumCvar(scenarios, {
      benchmark,
      confidence: 0.25,
      constraints: { weights: { min: 0 }, expectedReturn: { min: 0.0074 } },
    });
    // with b less of the first asset −b (r₂ − r₁) is lost: −0.02 b, −0.03 b, 0.06 b, −0.06 b, and the mean grows by 0.0125 b
    const b = (0.0074 - (0.3 * -0.005 + 0.7 * 0.0075)) / 0.0125;
    expectClose(ahead.objective, (b * (0.06 - 0.02 - 0.03)) / 3, proven);
  });

  test("a trade that costs more than it saves is not made, and the weights stay to the bit", () => {
    const currentWeights = [0.6, 0.4];
    const { weights, turnover } = minimumCvar(scenarios, {
      currentWeights,
      costs: { linear: 0.1 },
      constraints: { weights: { min: 0 } },
    });
    expect([...weights]).toEqual(currentWeights);
    expect(turnover).toBe(0);
  });

  test("gross, turnover and a group's gross are limits like the others, with their prices", () => {
    const table = drawn(400, 5);
    const { binding, gross, turnover, groups, status } = minimumCvar(table, {
      currentWeights: [0.2, 0.2, 0.2, 0.2, 0.2],
      constraints: {
        net: { min: 0.5, max: 1 },
        gross: { max: 0.9 },
        turnover: { max: 0.35 },
        groups: { tech: { members: [0, 4], gross: { max: 0.25 } } },
      },
    });
    expect(status).toBe("optimal");
    expect(gross).toBeLessThanOrEqual(0.9 + proven.relative);
    expect(turnover).toBeLessThanOrEqual(0.35 + proven.relative);
    expect(groups.tech!.gross).toBeLessThanOrEqual(0.25 + proven.relative);
    expect(binding.map(({ constraint }) => constraint)).toContain("turnover.max");
  });

  test("what the interior point leads to is finished as a vertex: the gap is rounding", () => {
    for (const [S, n] of [
      [2000, 6],
      [800, 12],
      [300, 5],
    ] as const) {
      const { relativeGap } = minimumCvar(drawn(S, n, `vertex ${S}`), {
        constraints: { weights: { min: 0 } },
      });
      expectClose(relativeGap, 0, exact, 1);
    }
  });

  test("participation is a bound on each trade", () => {
    const { participation } = minimumCvar(drawn(100, 3), {
      currentWeights: [0.4, 0.3, 0.3],
      constraints: { participation: { max: 0.1, averageDailyValue: [2e5, 1e6, 1e6], capital: 1e6 } },
    });
    expect(Math.max(...participation!)).toBeLessThanOrEqual(0.1 + proven.relative);
  });

  test("quadratic costs give what the quadratic program says", () => {
    const table = drawn(60, 4, "quadratic");
    const theta = 0.03;
    const current = [0.4, 0.1, 0.3, 0.2];
    const confidence = 0.9;
    const ours = minimumCvar(table, {
      confidence,
      currentWeights: current,
      costs: { quadratic: theta },
      constraints: { weights: { min: 0, max: 0.6 } },
    });
    expect(ours.status).toBe("optimal");
    // (w, α, u): ½θ‖w − w0‖² + α + k Σu
    const size = 5 + 60;
    const row = (entries: [number, number][]): number[] => {
      const full = new Array<number>(size).fill(0);
      for (const [j, value] of entries) full[j] = value;
      return full;
    };
    const diagonal = (value: (j: number) => number): number[][] => Array.from({ length: size }, (_, j) => row([[j, value(j)]])); // biome-ignore format: a line
    const rows = [
      row([0, 1, 2, 3].map((j): [number, number] => [j, 1])),
      ...table.map((r, s) => row([...Array.from(r, (x, j): [number, number] => [j, x]), [4, 1], [5 + s, 1]])),
      ...diagonal(() => 1),
    ];
    const { x, status } = solveQp(
      {
        P: diagonal((j) => (j < 4 ? theta : 0)),
        q: Array.from({ length: size }, (_, j) =>
          j < 4 ? -theta * current[j]! : j === 4 ? 1 : 1 / (0.1 * 60),
        ),
        A: rows,
        l: [1, ...table.map(() => 0), ...Array.from({ length: size }, (_, j) => (j === 4 ? -Infinity : 0))],
        u: [
          1,
          ...table.map(() => Infinity),
          ...Array.from({ length: size }, (_, j) => (j < 4 ? 0.6 : Infinity)),
        ],
      },
      { accurate: true },
    );
    expect(status).toBe("solved");
    expectClose(ours.weights, x.subarray(0, 4), solver(1e-7), 1);
  });
});

describe("what a minimum CVaR may meet", () => {
  const long: MinimumCvarOptions = { constraints: { weights: { min: 0 } } };

  test("fewer scenarios than assets, and none of them twice the same", () => {
    const solution = minimumCvar(drawn(3, 20), long);
    expect(solution.status).toBe("optimal");
    expect(solution.relativeGap).toBeLessThan(proven.relative);
  });

  test("a confidence next to 0 is the mean, and next to 1 the worst scenario", () => {
    const table = drawn(500, 4);
    const means = [0, 1, 2, 3].map((i) => table.reduce((sum, r) => sum + r[i]!, 0) / 500);
    const mean = minimumCvar(table, { ...long, confidence: 1e-12 });
    expectClose(mean.objective, -Math.max(...means), solver(1e-8));
    const worst = minimumCvar(table, { ...long, confidence: 1 - 1e-9 });
    const losses = table.map((r) => -r.reduce((sum, x, i) => sum + x * worst.weights[i]!, 0));
    expectClose(worst.objective, Math.max(...losses), exact);
    expect(worst.relativeGap).toBeLessThan(proven.relative);
  });

  test("scenarios that are all alike have their one loss, whatever the weights", () => {
    const solution = minimumCvar(
      Array.from({ length: 400 }, () => [0.01, -0.02, 0.0]),
      long,
    );
    expect(solution.status).toBe("optimal");
    expect([...solution.weights]).toEqual([1, 0, 0]);
    expectClose(solution.objective, -0.01, exact);
    expectClose(solution.valueAtRisk, -0.01, exact);
  });

  test("scenarios without any return lose nothing", () => {
    const solution = minimumCvar(
      Array.from({ length: 30 }, () => [0, 0]),
      long,
    );
    expect(solution.status).toBe("optimal");
    expect(solution.objective).toBe(0);
  });

  test("an asset twice, and one that never moves", () => {
    const table = drawn(900, 3).map((r) => Float64Array.of(r[0]!, r[0]!, r[1]!, 0));
    const solution = minimumCvar(table, { ...long, constraints: { weights: { min: 0, max: 0.45 } } });
    expect(solution.status).toBe("optimal");
    expect(solution.relativeGap).toBeLessThan(proven.relative);
  });

  test("a crash among ten thousand days, larger than all the others together", () => {
    const table = drawn(2000, 3);
    table[1234] = Float64Array.of(-0.9, -50, -0.7);
    const solution = minimumCvar(table, { ...long, confidence: 0.99 });
    expect(solution.status).toBe("optimal");
    expect(solution.relativeGap).toBeLessThan(proven.relative);
    expect(solution.weights[1]!).toBeLessThan(0.01);
  });

  test("returns of any unit: what is lost scales with them", () => {
    const table = drawn(700, 3);
    const { objective, weights } = minimumCvar(table, long);
    for (const unit of [1e-150, 1e-6, 1e6, 1e150]) {
      const scaled = minimumCvar(table.map((r) => r.map((x) => x * unit)), long); // biome-ignore format: a line
      expect(scaled.status).toBe("optimal");
      expectClose(scaled.objective / unit, objective, proven);
      expectClose(scaled.weights, weights, solver(1e-7), 1);
    }
  });

  test("a single asset, and a portfolio that is fixed", () => {
    expect([...minimumCvar([[0.1], [-0.1]]).weights]).toEqual([1]);
    const fixed = { weights: { min: [0.25, 0.75], max: [0.25, 0.75] } };
    const solution = minimumCvar(scenarios, { constraints: fixed });
    expect(solution.status).toBe("optimal");
    expectClose(solution.objective, -0.25 * 0 + 0.75 * 0.06, exact);
  });

  test("limits that leave no room between them", () => {
    const constraints = { net: { equal: 0.9 }, weights: { min: 0, max: 0.3 }, gross: { max: 0.9 } };
    const solution = minimumCvar(drawn(50, 3), { constraints });
    expect(solution.status).toBe("optimal");
    expectClose(solution.weights, [0.3, 0.3, 0.3], proven);
  });

  test("limits that exclude each other are named as by the portfolio's own solver", () => {
    for (const S of [20, 500]) {
      const solution = minimumCvar(drawn(S, 3), { constraints: { gross: { max: 0.5 } } });
      expect(solution.status).toBe("infeasible");
      expect(solution.conflict?.constraints).toEqual(["gross.max", "net.min"]);
      expect(solution.message).toContain("gross.max 0.5 and net.min 1 cannot hold together");
      expect(solution.expectedShortfall).toBeNaN();
    }
  });

  test("a gain without end has its direction named, and a limit ends it", () => {
    const table = drawn(300, 2).map((r) => Float64Array.of(r[0]!, r[0]! + 0.001, r[1]!));
    const endless = minimumCvar(table);
    expect(endless.status).toBe("unbounded");
    expect(endless.message).toContain("long 1 against short 0");
    expect(endless.weights.every(Number.isNaN)).toBe(true);
    expect(minimumCvar(table, { constraints: { gross: { max: 3 } } }).status).toBe("optimal");
    expect(minimumCvar(table, { costs: { funding: { long: 0, short: 0.01 } } }).status).toBe("optimal");
  });

  test("inputs stay what they were", () => {
    const table = drawn(200, 3);
    const copy = table.map((r) => r.slice());
    const probabilities = new Float64Array(200).fill(1 / 200);
    minimumCvar(table, { ...long, probabilities });
    expect(table).toEqual(copy);
    expect(probabilities.every((p) => p === 1 / 200)).toBe(true);
  });
});

describe("misuse of a minimum CVaR", () => {
  const refused: [string, unknown, object, string][] = [
    ["NaN", [[Number.NaN], [0]], {}, "not-finite: scenarios"],
    ["an infinity", [[0.1], [Number.POSITIVE_INFINITY]], {}, "not-finite: scenarios"],
    ["one scenario", [[0.1]], {}, "shape: scenarios must have at least 2 rows and 1 column, got 1×1"],
    ["ragged rows", [[0.1, 0.2], [0.1]], {}, "shape: scenarios"],
    ["a confidence of 0", [[0.1], [0.2]], { confidence: 0 }, "range: confidence must be strictly between 0 and 1, got 0"],
    ["a percentage", [[0.1], [0.2]], { confidence: 95 }, "range: confidence must be strictly between 0 and 1, got 95"],
    ["probabilities of another length", [[0.1], [0.2]], { probabilities: [1] }, "shape: probabilities must have 2 entries"],
    ["a negative probability", [[0.1], [0.2]], { probabilities: [1.5, -0.5] }, "range: probabilities[1] must be non-negative and finite, got -0.5"],
    ["probabilities that sum to 2", [[0.1], [0.2]], { probabilities: [1, 1] }, "range: probabilities must sum to 1, got 2"],
    ["a benchmark of another length", [[0.1], [0.2]], { benchmark: [1, 2] }, "shape: benchmark must have 1 entries"],
    ["a volatility cap", [[0.1], [0.2]], { constraints: { volatility: { max: 1 } } }, "option: unknown"],
    ["an unknown option", [[0.1], [0.2]], { confidance: 0.9 }, "did you mean 'confidence'?"],
    ["costs that earn by trading", [[0.1], [0.2]], { costs: { linear: -1 } }, "range: costs.linear's buy + sell"],
  ]; // biome-ignore format: one case a line
  for (const [name, table, options, message] of refused) {
    test(`${name} is refused`, () => {
      expect(refusal(() => minimumCvar(table as number[][], options as MinimumCvarOptions))).toContain(
        message,
      );
    });
  }
});
