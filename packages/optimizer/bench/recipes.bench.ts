import { type Ladder, ladder, type Peer, within } from "@astra-quant/bench";
import { CscMatrix, createRandom, Matrix, sampleCovariance, type Triplet } from "@astra-quant/core-linalg";
import { minimumCvar, riskParity } from "@astra-quant/optimizer";
import { highsSolver } from "./qp-peers.ts";

const CONFIDENCE = 0.95;
/** The most of one asset; of few assets more. */
const CAP = 0.1;

/** Daily returns with one factor behind them. */
function returnsOf(n: number, rows: number): Matrix {
  const random = createRandom(`recipes ${n}`);
  const returns = new Matrix(rows, n);
  for (let t = 0; t < rows; t++) {
    const market = 0.01 * random.normal();
    for (let j = 0; j < n; j++) {
      returns.data[t * n + j] =
        0.0005 * (1 + (j % 7) / 7) + (0.5 + (j % 13) / 13) * market + 0.012 * random.normal();
    }
  }
  return returns;
}

/** The linear program in (w, α, u) as HiGHS takes it. */
function shortfallProgram(scenarios: Matrix, cap: number) {
  const { rows: S, columns: n } = scenarios;
  const entries: Triplet[] = [];
  const bounds: [number, number][] = [];
  for (let s = 0; s < S; s++) {
    for (let j = 0; j < n; j++) entries.push([s, j, scenarios.data[s * n + j]!]);
    entries.push([s, n, 1], [s, n + 1 + s, 1]);
    bounds.push([0, Number.POSITIVE_INFINITY]);
  }
  for (let j = 0; j < n; j++) entries.push([S, j, 1]);
  bounds.push([1, 1]);
  const size = n + 1 + S;
  for (let j = 0; j < size; j++) {
    if (j === n) continue;
    entries.push([bounds.length, j, 1]);
    bounds.push([0, j < n ? cap : Number.POSITIVE_INFINITY]);
  }
  const q = new Float64Array(size).fill(1 / ((1 - CONFIDENCE) * S), n + 1);
  q[n] = 1;
  return {
    P: CscMatrix.fromTriplets(size, size, []),
    q,
    A: CscMatrix.fromTriplets(bounds.length, size, entries),
    l: Float64Array.from(bounds, ([least]) => least),
    u: Float64Array.from(bounds, ([, most]) => most),
  };
}

/** Sizes whose program HiGHS' WebAssembly finishes in the time it is given. */
const MOST_FOR_HIGHS = 500_000;

const shortfall: Ladder = ladder({
  name: "minimum CVaR",
  sizes: [
    [10, 1000],
    [50, 1000],
    [50, 10_000],
    [100, 10_000],
    [20, 50_000],
  ] as const,
  describe: ([n, S]) => `n = ${n}, S = ${S}`,
  prepare: ([n, S]) => {
    const scenarios = returnsOf(n, S);
    const cap = Math.max(CAP, 2 / n);
    const inputs = {
      scenarios: { shape: [S, n], data: scenarios.data },
      confidence: CONFIDENCE,
      cap,
    };
    const native: Readonly<Record<string, Peer>> = {
      "native HiGHS": { python: "highspy_minimum_cvar", inputs },
      Clarabel: { python: "clarabel_minimum_cvar", inputs },
    };
    return {
      ours: () =>
        minimumCvar(scenarios, {
          confidence: CONFIDENCE,
          constraints: { weights: { min: 0, max: cap } },
        }).objective,
      peers:
        n * S > MOST_FOR_HIGHS
          ? { Clarabel: native.Clarabel! }
          : { HiGHS: highsOf(scenarios, cap), ...native },
      disagreement: within(1e-6),
    };
  },
});

function highsOf(scenarios: Matrix, cap: number): Peer {
  const program = shortfallProgram(scenarios, cap);
  const peer = highsSolver(program, 120);
  return {
    run: () => {
      const x = peer.run();
      return program.q.reduce((sum, c, j) => sum + c * x[j]!, 0);
    },
  };
}

const parity: Ladder = ladder({
  name: "risk parity",
  sizes: [50, 200, 1000],
  describe: (n) => `n = ${n}`,
  prepare: (n) => {
    const { covariance } = sampleCovariance(returnsOf(n, 2 * n));
    return {
      ours: () => riskParity(covariance).weights,
      peers: {
        SciPy: {
          python: "scipy_risk_parity",
          inputs: { covariance: { shape: [n, n], data: covariance.data } },
        },
      },
      disagreement: within(1e-6),
    };
  },
});

const ladders: readonly Ladder[] = [shortfall, parity];
export default ladders;
