import { cholesky, choleskySolve, createRandom, Matrix, multiply, transpose } from "@astra-quant/core-linalg";
import { expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { kalmanRegression, smoothRegression } from "../../src/index.ts";

const RUNS = 1000;

function drawn(seed: number) {
  const random = createRandom(`least squares ${seed}`);
  const k = 1 + Math.floor(3 * random.uniform());
  const intercept = random.uniform() < 0.7;
  const bars = k + 2 + Math.floor(10 * random.uniform());
  const X = new Matrix(bars, k).map(() => random.normal());
  const y = Float64Array.from({ length: bars }, () =>
    random.uniform() < 0.1 ? Number.NaN : 3 * random.normal(),
  );
  const delta = random.uniform() < 0.2 ? 0 : 10 ** (-4 * random.uniform());
  return { X, y, options: { intercept, delta, observationVariance: 10 ** (-3 * random.uniform()) } };
}

/**
 * Generalised least squares for the coefficients of one bar: y_t = h_tᵀ β_bar + (h_tᵀ (β_t − β_bar) + noise), whose error
 * has the covariance delta · h_sᵀ h_t · (steps from the bar that s and t share) + R.
 */
function leastSquares({ X, y, options }: ReturnType<typeof drawn>, bar: number) {
  const { intercept, delta, observationVariance: R } = options;
  const rows = Array.from(y.keys()).filter((t) => !Number.isNaN(y[t]!));
  const h = (t: number) => [...(intercept ? [1] : []), ...X.row(t)];
  const shared = (s: number, t: number) =>
    s <= bar === t <= bar ? Math.min(Math.abs(s - bar), Math.abs(t - bar)) : 0;
  const V = new Matrix(rows.length, rows.length).map((_, i, j) => {
    const [s, t] = [rows[i]!, rows[j]!];
    const product = h(s).reduce((sum, value, l) => sum + value * h(t)[l]!, 0);
    return delta * product * shared(s, t) + (i === j ? R : 0);
  });
  const H = Matrix.fromRows(rows.map(h));
  const outer = cholesky(V);
  if (outer.status !== "ok" || rows.length < H.columns) return undefined;
  const weighted = choleskySolve(outer.L, H) as Matrix;
  const inner = cholesky(multiply(transpose(H), weighted));
  if (inner.status !== "ok") return undefined;
  const target = new Matrix(
    rows.length,
    1,
    Float64Array.from(rows, (t) => y[t]!),
  );
  const beta = choleskySolve(inner.L, multiply(transpose(weighted), target)) as Matrix;
  const residual = target.map((value, i) => value - multiply(H, beta).data[i]!);
  const solved = choleskySolve(outer.L, residual) as Matrix;
  // −½ (m log 2π + log |V| + log |HᵀV⁻¹H| + residualᵀ V⁻¹ residual): the exact diffuse likelihood
  let logLikelihood = -0.5 * rows.length * Math.log(2 * Math.PI);
  for (let i = 0; i < rows.length; i++) {
    logLikelihood -= Math.log(outer.L.get(i, i)) + 0.5 * residual.data[i]! * solved.data[i]!;
  }
  for (let i = 0; i < H.columns; i++) logLikelihood -= Math.log(inner.L.get(i, i));
  const spread = choleskySolve(inner.L, Matrix.identity(H.columns)) as Matrix;
  const std = Array.from({ length: H.columns }, (_, i) => Math.sqrt(spread.get(i, i)));
  return { beta: beta.data, std, logLikelihood };
}

/** What small, now and then nearly collinear systems leave of sixteen digits. */
const digits = solver(1e-7);

describe("a thousand random regressions from a diffuse start are generalised least squares", () => {
  test("at the last bar the filter, at any bar the smoother", () => {
    let compared = 0;
    for (let seed = 0; seed < RUNS; seed++) {
      const problem = drawn(seed);
      const { X, y, options } = problem;
      const last = y.length - 1;
      const end = leastSquares(problem, last);
      if (end === undefined) continue;
      compared++;
      const filtered = kalmanRegression(X, y, options);
      const smoothed = smoothRegression(X, y, options);
      const some = seed % y.length;
      const inner = leastSquares(problem, some)!;
      const known = (series: { intercept: Float64Array; slope: readonly Float64Array[] }, t: number) => [
        ...(options.intercept ? [series.intercept[t]!] : []),
        ...series.slope[t]!,
      ];
      expectClose(known(filtered, last), end.beta, digits, 1);
      expectClose(filtered.logLikelihood, end.logLikelihood, digits);
      expectClose(known(smoothed, some), inner.beta, digits, 1);
      const stds = { intercept: smoothed.interceptStd, slope: smoothed.slopeStd };
      expectClose(known(stds, some), inner.std, digits, 1);
    }
    expect(compared).toBeGreaterThan(0.95 * RUNS);
  });
});
