import {
  autocorrelation,
  bootstrap,
  chiSquareQuantile,
  cholesky,
  createRandom,
  denoisedCovariance,
  erf,
  ewmaCovariance,
  ewmStd,
  exp,
  expm1,
  factorModel,
  gerberCovariance,
  ldl,
  leastSquares,
  ledoitWolf,
  lgamma,
  log,
  log1p,
  Matrix,
  multiply,
  multivariateStudentT,
  nearestCorrelation,
  neweyWest,
  OnlineCovariance,
  oas,
  pow,
  qr,
  rollingBeta,
  rollingKurtosis,
  rollingMax,
  rollingMean,
  rollingQuantile,
  rollingRank,
  rollingStd,
  SobolSequence,
  studentTQuantile,
  svd,
  transpose,
} from "@astra-quant/core-linalg";
import { fingerprint } from "./fingerprint.ts";

/** Arguments from 2⁻³⁰ to 2³⁰, on no grid. */
const grid: Float64Array = Float64Array.from(
  { length: 2000 },
  (_, i) => 2 ** ((i % 61) - 30) * (1 + i / 2000),
);

const joined = (...parts: ArrayLike<number>[]): number[] => parts.flatMap((part) => Array.from(part));

function onlineCovariance(returns: Matrix): Float64Array {
  const online = new OnlineCovariance(returns.columns);
  for (let t = 0; t < returns.rows; t++) online.push(returns.row(t));
  return online.estimate().covariance.data;
}

/** What the ground floor computes, a room at a time, from daily returns (time × assets). */
export function groundFloorFingerprints(returns: Matrix, seed: string): Record<string, string> {
  const random = createRandom(seed);
  const philox = createRandom(seed, { generator: "philox" });
  const shrunk = ledoitWolf(returns).covariance;
  const factor = cholesky(shrunk);
  const L = factor.status === "ok" ? factor.L : shrunk;
  const one = returns.column(0);
  const indefinite = ldl(shrunk);
  return {
    special: fingerprint(
      joined(...[exp, expm1, log, log1p, erf, lgamma, (x: number) => pow(x, 1 / x)].map((f) => grid.map(f))),
    ),
    quantiles: fingerprint(
      Array.from(
        { length: 99 },
        (_, i) => studentTQuantile((i + 1) / 100, 3.5) + chiSquareQuantile((i + 1) / 100, 4),
      ),
    ),
    product: fingerprint(multiply(transpose(returns), returns).data),
    ldl: fingerprint(indefinite.status === "ok" ? indefinite.L.data : []),
    qr: fingerprint(qr(returns).R.data),
    svd: fingerprint(svd(returns).values),
    leastSquares: fingerprint(leastSquares(returns, one).solution),
    shrunk: fingerprint(joined(shrunk.data, oas(returns).covariance.data)),
    weighted: fingerprint(ewmaCovariance(returns, { halfLife: 30 }).covariance.data),
    robust: fingerprint(
      joined(gerberCovariance(returns).covariance.data, denoisedCovariance(returns).covariance.data),
    ),
    factors: fingerprint(factorModel(returns, { factors: 2 }).exposures.data),
    online: fingerprint(onlineCovariance(returns)),
    nearest: fingerprint(
      nearestCorrelation([
        [1, 1, 0],
        [1, 1, 1],
        [0, 1, 1],
      ]).correlation.data,
    ),
    studentT: fingerprint(
      multivariateStudentT(random, { cholesky: L, degreesOfFreedom: 4, count: 20_000 }).data,
    ),
    philox: fingerprint(philox.fillNormal(new Float64Array(1e5))),
    sobol: fingerprint(
      new SobolSequence(50, { scramble: "owen", seed }).fillNormal(Matrix.zeros(4096, 50)).data,
    ),
    windows: fingerprint(
      joined(
        rollingMean(returns, 60).data,
        rollingStd(returns, 60, { minPeriods: 20 }).data,
        rollingBeta(one, returns.column(1), 60),
        rollingKurtosis(one, 60),
        ewmStd(returns, { halfLife: 20 }).data,
      ),
    ),
    order: fingerprint(
      joined(
        rollingMax(returns, 60).data,
        rollingQuantile(returns, 60, 0.05).data,
        rollingRank(returns, 60).data,
      ),
    ),
    statistics: fingerprint(
      joined(
        autocorrelation(one, { lags: 20 }),
        [neweyWest(one).longRunVariance],
        bootstrap(one, { random: createRandom(seed), replications: 500 }).replications,
      ),
    ),
  };
}
