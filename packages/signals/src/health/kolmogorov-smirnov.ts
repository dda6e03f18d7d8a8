import { exp, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf } from "@astra-quant/core-linalg/guards";
import { requirePresentValues } from "./present-values.ts";

const METHODS = ["automatic", "exact", "asymptotic"] as const;

export interface KolmogorovSmirnovOptions {
  /**
   * Where the p-value comes from: `exact`, all orders of two samples without ties; `asymptotic`, the limit law; `automatic`,
   * exact up to a product of the sizes of 10 000 000.
   *
   * @defaultValue "automatic"
   */
  readonly method?: (typeof METHODS)[number];
}

export interface KolmogorovSmirnov {
  /** The largest distance between the two empirical distribution functions, in [0, 1]. */
  readonly statistic: number;
  /** Two-sided: of two samples of one continuous law being at least so far apart. With ties the exact one is conservative. */
  readonly pValue: number;
  readonly method: "exact" | "asymptotic";
  readonly observations: { readonly first: number; readonly second: number };
}

const MOST_EXACT = 1e7;

/** max |i m − j n| over the places where the distribution functions stand still: an integer, n m times the distance. */
function widestGap(x: Float64Array, y: Float64Array): number {
  const [n, m] = [x.length, y.length];
  let i = 0;
  let j = 0;
  let widest = 0;
  while (i < n && j < m) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < n && x[i]! === value) i++;
    while (j < m && y[j]! === value) j++;
    widest = Math.max(widest, Math.abs(i * m - j * n));
  }
  return widest;
}

/**
 * The share of orders of n and m values whose path from (0, 0) to (n, m) comes as far as |i m − j n| ≥ gap. The last step
 * of a random path to (i, j) is one of x with probability i ÷ (i + j); all terms are positive, so small shares are exact.
 */
function exactTail(n: number, m: number, gap: number): number {
  const share = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= gap) share[j] = 1;
      else if (i === 0) share[j] = j === 0 ? 0 : share[j - 1]!;
      else {
        const fromX = share[j]! * (i / (i + j));
        share[j] = j === 0 ? fromX : fromX + share[j - 1]! * (j / (i + j));
      }
    }
  }
  return share[m]!;
}

/** The tail of the limit law of √n D: 2 Σ (−1)^{k−1} e^{−2k²x²}, for small x 1 − (√(2π) ÷ x) Σ e^{−(2k−1)²π²/(8x²)}. */
function limitTail(x: number): number {
  if (x === 0) return 1;
  if (x < 1) {
    let sum = 0;
    for (let k = 1; k <= 9; k += 2) sum += exp((-k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 5; k >= 1; k--) sum += (k % 2 === 1 ? 2 : -2) * exp(-2 * k * k * x * x);
  return sum;
}

/**
 * The two-sample Kolmogorov–Smirnov test: whether recent values still follow the law of a reference. NaN counts as
 * missing. Values of a series that remembers itself are fewer than they look: its p-value is then too small.
 *
 * @throws QuantError "range" for a sample without a number, "shape" for no vector, "option" for an unknown name or method.
 */
export function kolmogorovSmirnov(
  first: VectorLike,
  second: VectorLike,
  options: KolmogorovSmirnovOptions = {},
): KolmogorovSmirnov {
  requireKnownOptions(options, ["method"]);
  requireOneOf("method", options.method ?? "automatic", METHODS);
  const x = requirePresentValues("first", first).sort();
  const y = requirePresentValues("second", second).sort();
  const [n, m] = [x.length, y.length];
  const gap = widestGap(x, y);
  const statistic = gap / (n * m);
  const exact =
    (options.method ?? "automatic") === "automatic" ? n * m <= MOST_EXACT : options.method === "exact";
  return {
    statistic,
    pValue: exact ? Math.min(1, exactTail(n, m, gap)) : limitTail(statistic * Math.sqrt((n * m) / (n + m))),
    method: exact ? "exact" : "asymptotic",
    observations: { first: n, second: m },
  };
}
