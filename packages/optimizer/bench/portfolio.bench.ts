import { type Ladder, ladder, type Peer, within } from "@astra-quant/bench";
import type { Matrix } from "@astra-quant/core-linalg";
import { efficientFrontier, optimizePortfolio, PortfolioOptimizer } from "@astra-quant/optimizer";
import { type DeskCase, type DeskSpec, deskSpec, factorDeskSpec } from "./desk-problems.ts";
import { deskProgram } from "./desk-program.ts";
import { densePortfolio } from "./programs.ts";
import { highsSolver, inputsOf } from "./qp-peers.ts";

/** Beyond these sizes a peer takes minutes, or more memory than there is. */
const LARGEST = { cvxpy: 200, osqp: 500 };

/** What cvxpy needs to state the problem itself. */
function statedInputs({ covariance, expectedReturns, currentWeights, ...spec }: DeskSpec) {
  const n = expectedReturns.length;
  const { weights, gross, net, exposures } = spec.constraints!;
  const sigma = covariance as Matrix;
  return {
    mu: { shape: [n], data: expectedReturns },
    covariance: { shape: [n, n], data: sigma.data },
    current: { shape: [n], data: currentWeights },
    betas: { shape: [n], data: (exposures?.beta?.loadings as Float64Array) ?? new Float64Array(n) },
    risk_aversion: spec.objective.riskAversion,
    cost: (spec.costs?.linear as number | undefined) ?? 0,
    box: weights!.max as number,
    gross: gross!.max,
    net: (net as { max: number }).max,
    beta: exposures?.beta?.max ?? Number.POSITIVE_INFINITY,
  };
}

function coldLadder(
  name: string,
  limits: DeskCase["limits"],
  kind: DeskCase["kind"],
  sizes: readonly number[],
): Ladder {
  return ladder({
    name,
    sizes,
    describe: (n) => `n = ${n}`,
    prepare: (n) => {
      const spec = deskSpec({ n, limits, kind });
      const program = deskProgram(spec);
      const inputs = inputsOf(program);
      const peers: Record<string, Peer> = {
        ...(n <= LARGEST.osqp && { "OSQP 1e-9, polished": { python: "osqp_desk", inputs } }),
        PIQP: { python: "piqp_desk", inputs },
        Clarabel: { python: "clarabel_desk", inputs },
        ...(n <= LARGEST.cvxpy &&
          kind === "ordinary" && { cvxpy: { python: "cvxpy_desk", inputs: statedInputs(spec) } }),
      };
      return { ours: () => optimizePortfolio(spec).objective, peers, disagreement: within(1e-5) };
    },
  });
}

const CYCLE = 4;

/** One percent up or down, the same for all cycles. */
function movedReturns({ expectedReturns }: DeskSpec, k: number): Float64Array {
  return expectedReturns.map((mu, j) => mu * (1 + 0.01 * ((((j * 7 + k * 3) % 11) - 5) / 5)));
}

const warm: Ladder = ladder({
  name: "portfolio, four sets of new expected returns",
  sizes: [6, 20, 50, 200, 500],
  describe: (n) => `case B, n = ${n}`,
  prepare: (n) => {
    const spec = deskSpec({ n, limits: "B", kind: "ordinary" });
    const optimizer = new PortfolioOptimizer(spec);
    const cycle = Array.from({ length: CYCLE }, (_, k) => movedReturns(spec, k));
    const rewards = new Float64Array(CYCLE * n);
    cycle.forEach((mu, k) => {
      rewards.set(mu, k * n);
    });
    return {
      ours: () => cycle.map((expectedReturns) => optimizer.solve({ expectedReturns }).objective),
      peers: {
        "OSQP 1e-9, polished, warm": {
          python: "osqp_desk_warm",
          inputs: { ...inputsOf(deskProgram(spec)), rewards: { shape: [CYCLE, n], data: rewards } },
        },
      },
      disagreement: within(1e-5),
    };
  },
});

const factors: Ladder = ladder({
  name: "portfolio, factor model",
  sizes: [
    [1000, 20],
    [1000, 50],
    [5000, 20],
    [5000, 100],
  ] as const,
  describe: ([n, k]) => `case B, n = ${n}, k = ${k}`,
  prepare: ([n, k]) => {
    const spec = factorDeskSpec(n, k, "B");
    return {
      ours: () => optimizePortfolio(spec).objective,
      peers: {
        "by its interior point": {
          run: () => optimizePortfolio({ ...spec, method: "interior-point" }).objective,
        },
      },
      disagreement: within(1e-9),
    };
  },
});

/** Few limits bind: a budget and a box. */
const longOnly: Ladder = ladder({
  name: "portfolio, long only",
  sizes: [50, 200, 500],
  describe: (n) => `n = ${n}`,
  prepare: (n) => {
    const program = densePortfolio(n);
    const upper = program.P.toDense();
    const covariance = Array.from({ length: n }, (_, i) =>
      Float64Array.from({ length: n }, (__, j) => upper.get(Math.min(i, j), Math.max(i, j))),
    );
    const spec = {
      covariance,
      expectedReturns: program.q.map((value) => -value),
      objective: { maximize: "utility", riskAversion: 0.5 },
      constraints: { net: { equal: 1 }, weights: { min: 0, max: 0.2 } },
    } as const;
    const highs = highsSolver(program);
    return {
      ours: () => optimizePortfolio(spec).weights,
      peers: { HiGHS: { run: () => highs.run() } },
      disagreement: within(1e-6),
    };
  },
});

const frontier: Ladder = ladder({
  name: "efficient frontier, 50 portfolios",
  sizes: [50, 200, 500],
  describe: (n) => `n = ${n}`,
  prepare: (n) => {
    const { covariance, expectedReturns } = deskSpec({ n, limits: "A", kind: "ordinary" });
    const spec = { covariance, expectedReturns, constraints: { weights: { min: 0, max: 0.1 } } };
    const returns = efficientFrontier(spec).portfolios.map(({ expectedReturn }) => expectedReturn);
    const warmSolves = new PortfolioOptimizer({
      ...spec,
      objective: { minimize: "variance" },
    });
    return {
      ours: () => efficientFrontier(spec).portfolios.map(({ volatility }) => volatility),
      peers: {
        "as many warm solves": {
          run: () =>
            returns.map(
              (min) =>
                warmSolves.solve({
                  constraints: {
                    ...spec.constraints,
                    net: { equal: 1 },
                    expectedReturn: { min: min * (1 - 1e-12) },
                  },
                }).volatility,
            ),
        },
      },
      disagreement: within(1e-6),
    };
  },
});

const ladders: readonly Ladder[] = [
  coldLadder("portfolio, case A", "A", "ordinary", [6, 20, 50, 200, 500]),
  coldLadder("portfolio, case B", "B", "ordinary", [6, 20, 50, 200, 500, 1000]),
  coldLadder("portfolio, case B dense", "B", "dense", [200, 500, 1000]),
  coldLadder("portfolio, case B singular", "B", "singular", [200, 500]),
  warm,
  longOnly,
  frontier,
  factors,
];
export default ladders;
