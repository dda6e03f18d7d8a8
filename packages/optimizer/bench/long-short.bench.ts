import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom, Matrix, quadraticForm, sampleCovariance } from "@astra-quant/core-linalg";
import { optimizePortfolio } from "@astra-quant/optimizer";
import { solveQP } from "quadprog";

const GROSS = 2;
const NET = 0.05;
/** At this risk aversion neither the limits alone nor the risk alone decide. */
const RISK_AVERSION = 10;

interface Problem {
  readonly mean: Float64Array;
  readonly covariance: Matrix;
}

/** Daily returns with one factor behind them, two years or more of them. */
function problemOf(n: number): Problem {
  const random = createRandom(`long-short ${n}`);
  const rows = Math.max(504, 2 * n);
  const returns = new Matrix(rows, n);
  const betas = random.fillUniform(new Float64Array(n)).map((u) => 0.5 + u);
  for (let t = 0; t < rows; t++) {
    const market = 0.01 * random.normal();
    for (let j = 0; j < n; j++)
      returns.data[t * n + j] = 0.0005 + betas[j]! * market + 0.012 * random.normal();
  }
  const { mean, covariance } = sampleCovariance(returns);
  return { mean, covariance };
}

function utility({ mean, covariance }: Problem, w: Float64Array): number {
  const reward = mean.reduce((sum, m, j) => sum + m * w[j]!, 0);
  return reward - RISK_AVERSION * quadraticForm(covariance, w);
}

/** quadprog wants a definite matrix and 1-based arrays, which it overwrites: w = p − m with a ridge on both. */
function quadprogSolver(problem: Problem): () => number {
  const { mean, covariance } = problem;
  const n = mean.length;
  const size = 2 * n;
  const sign = (i: number) => (i < n ? 1 : -1);
  const oneBased = <T>(length: number, entry: (i: number) => T, unused: T): T[] => [
    unused,
    ...Array.from({ length }, (_, i) => entry(i)),
  ];
  const largest = covariance.data.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const D = oneBased(
    size,
    (i) =>
      oneBased(
        size,
        (j) => {
          const ridge = i === j ? 1e-9 * largest : 0;
          return 2 * RISK_AVERSION * sign(i) * sign(j) * covariance.data[(i % n) * n + (j % n)]! + ridge;
        },
        0,
      ),
    [],
  );
  const d = oneBased(size, (i) => sign(i) * mean[i % n]!, 0);
  // Columns: −Σ(p+m) ≥ −G, Σ(p−m) ≥ −N, −Σ(p−m) ≥ −N, and every variable ≥ 0.
  const A = oneBased(
    size,
    (i) => oneBased(3 + size, (c) => [-1, sign(i), -sign(i)][c] ?? (c - 3 === i ? 1 : 0), 0),
    [],
  );
  const b = oneBased(3 + size, (c) => [-GROSS, -NET, -NET][c] ?? 0, 0);
  return () => {
    const { solution } = solveQP(
      D.map((row) => row.slice()),
      d.slice(),
      A,
      b.slice(),
    );
    return utility(
      problem,
      Float64Array.from({ length: n }, (_, j) => solution[1 + j]! - solution[1 + n + j]!),
    );
  };
}

const longShort: Ladder = ladder({
  name: "long/short utility",
  sizes: [6, 20, 50, 200],
  describe: (n) => `n = ${n}`,
  prepare: (n) => {
    const problem = problemOf(n);
    const { mean, covariance } = problem;
    const inputs = {
      mu: { shape: [n], data: mean },
      covariance: { shape: [n, n], data: covariance.data },
      risk_aversion: RISK_AVERSION,
      gross: GROSS,
      net: NET,
    };
    return {
      ours: () =>
        optimizePortfolio({
          covariance,
          expectedReturns: mean,
          objective: { maximize: "utility", riskAversion: RISK_AVERSION },
          constraints: { gross: { max: GROSS }, net: { min: -NET, max: NET } },
        }).objective,
      peers: {
        ...(n <= 50 ? { quadprog: { run: quadprogSolver(problem) } } : {}),
        "OSQP 1e-9, polished": { python: "osqp_long_short", inputs },
        Clarabel: { python: "clarabel_long_short", inputs },
        ...(n <= 50 ? { cvxpy: { python: "cvxpy_long_short", inputs } } : {}),
      },
      disagreement: within(1e-5), // the notebook's default solver is good to about 2e-6
    };
  },
});

const ladders: readonly Ladder[] = [longShort];
export default ladders;
