import { Matrix } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, test } from "vitest";
import {
  crossSectionalIc,
  hitRate,
  icEstimate,
  informationCoefficient,
  quantileReturns,
  rankAutocorrelation,
  signalFlips,
  signalPnl,
  turnover,
} from "../../src/index.ts";

/** Few distinct values and gaps, so that ties, zeros and rows with too few assets are met often. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -0.5, max: 0.5, noNaN: true }) },
  { weight: 3, arbitrary: fc.constantFrom(-0.1, 0, 0.1, 0.2) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY) },
);
const world = fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 7 })).chain(([n, k]) => {
  const table = fc.array(fc.array(value, { minLength: k, maxLength: k }), { minLength: n, maxLength: n });
  const small = (least: number, most: number) => fc.integer({ min: least, max: most });
  return fc.record({ s: table, r: table, lag: small(1, 3), horizon: small(1, 3), window: small(2, 6) });
});
type Table = readonly (readonly number[])[];
type Pair = readonly [signal: number, outcome: number];

const RUNS = { numRuns: 500 };
const given = (table: Table) => Matrix.fromRows(table);
const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);
const mean = (x: readonly number[]): number => sum(x) / x.length;
const known = ([a, b]: Pair): boolean => Number.isFinite(a) && Number.isFinite(b);

/** The return from row t − horizon to t, as a plain product. */
function outcome(r: Table, t: number, j: number, horizon: number): number {
  let growth = 1;
  for (let k = t - horizon + 1; k <= t; k++) growth *= 1 + r[k]![j]!;
  return horizon === 1 ? r[t]![j]! : growth - 1;
}

/** What is known in row t of asset j; undefined before the first outcome is. */
function pairAt(s: Table, r: Table, t: number, j: number, lag: number, horizon: number): Pair {
  const from = t - lag - horizon + 1;
  return from < 0 ? [Number.NaN, Number.NaN] : [s[from]![j]!, outcome(r, t, j, horizon)];
}

function pearson(pairs: readonly Pair[]): number {
  const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
  const [mx, my] = [mean(x), mean(y)];
  const product = (a: readonly number[], ma: number, b: readonly number[], mb: number) =>
    sum(a.map((v, i) => (v - ma) * (b[i]! - mb)));
  return product(x, mx, y, my) / Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my));
}

/** Ranks from 1, ties sharing their mean, by counting. */
function ranksOf(x: readonly number[]): number[] {
  return x.map((v) => x.filter((w) => w < v).length + (x.filter((w) => w === v).length + 1) / 2);
}

function spearman(pairs: readonly Pair[]): number {
  const a = ranksOf(pairs.map(([x]) => x));
  const b = ranksOf(pairs.map(([, y]) => y));
  if (new Set(a).size < 2 || new Set(b).size < 2) return Number.NaN;
  return pearson(a.map((rank, i) => [rank, b[i]!] as const));
}

const eachCell = (table: Table, at: (t: number, j: number) => number): number[] =>
  table.flatMap((row, t) => row.map((_, j) => at(t, j)));
const lastPairs = (pairs: readonly Pair[], t: number, window: number): readonly Pair[] =>
  pairs.slice(Math.max(0, t + 1 - window), t + 1).filter(known);

describe("validators are what plain loops say", () => {
  test("the rolling rank coefficient and the hit rate, over any lag and horizon", () => {
    fc.assert(
      fc.property(world, ({ s, r, lag, horizon, window }) => {
        const options = { lag, horizon, window, minPeriods: 2 };
        const column = (j: number) => s.map((_, t) => pairAt(s, r, t, j, lag, horizon));
        const ranked = eachCell(s, (t, j) => {
          const pairs = lastPairs(column(j), t, window);
          return pairs.length < 2 ? Number.NaN : spearman(pairs);
        });
        const ic = informationCoefficient(given(s), given(r), { ...options, method: "spearman" });
        expectClose(ic, ranked, rounding(16), 1);
        const hits = eachCell(s, (t, j) => {
          const pairs = lastPairs(column(j), t, window);
          return pairs.length < 2
            ? Number.NaN
            : mean(pairs.map(([a, b]) => (Math.sign(a) === Math.sign(b) ? 1 : 0)));
        });
        expectClose(hitRate(given(s), given(r), options), hits, rounding(16), 1);
      }),
      RUNS,
    );
  });

  test("the coefficient across assets, its mean, and the lasting of ranks", () => {
    fc.assert(
      fc.property(world, ({ s, r, lag, horizon }) => {
        const rows = s.map((row, t) => row.map((_, j) => pairAt(s, r, t, j, lag, horizon)).filter(known));
        const wanted = rows.map((pairs) => (pairs.length < 3 ? Number.NaN : spearman(pairs)));
        expectClose(crossSectionalIc(given(s), given(r), { lag, horizon }), wanted, rounding(16), 1);
        const present = wanted.filter((ic) => !Number.isNaN(ic));
        const all = icEstimate(given(s), given(r), { lag, horizon });
        expectClose([all.ic, all.observations], [mean(present), present.length], rounding(16), 1);
        const lasting = s.map((row, t) => {
          const pairs = row.map((v, j): Pair => [t < lag ? Number.NaN : s[t - lag]![j]!, v]).filter(known);
          return pairs.length < 3 ? Number.NaN : spearman(pairs);
        });
        expectClose(rankAutocorrelation(given(s), { lag }), lasting, rounding(16), 1);
      }),
      RUNS,
    );
  });

  test("portfolios of equal ranks, turnover, flips and the P&L of a signal", () => {
    fc.assert(
      fc.property(world, ({ s, r, lag, window }) => {
        const quantiles = 3;
        const groups = s.map((row, t) => {
          const pairs = row.map((_, j) => pairAt(s, r, t, j, lag, 1)).filter(known);
          const ranks = ranksOf(pairs.map(([a]) => a));
          const group = ranks.map((rank) =>
            Math.min(2, Math.floor(((rank - 0.5) * quantiles) / pairs.length)),
          );
          return Array.from({ length: quantiles }, (_, k) =>
            mean(pairs.filter((_, i) => group[i] === k).map(([, b]) => b)),
          );
        });
        expectClose(
          quantileReturns(given(s), given(r), { lag, quantiles }).returns,
          groups.flat(),
          rounding(16),
          1,
        );
        const position = (v: number): number => (Number.isFinite(v) ? Math.tanh(2 * v) : Number.NaN);
        const traded = eachCell(s, (t, j) => {
          if (t < window) return Number.NaN;
          return mean(
            Array.from({ length: window }, (_, k) =>
              Math.abs(position(s[t - k]![j]!) - position(s[t - k - 1]![j]!)),
            ),
          );
        });
        expectClose(turnover(given(s), { window }), traded, rounding(32), 1);
        const flips = eachCell(s, (t, j) => {
          const sides = s
            .slice(0, t + 1)
            .map((row) => Math.sign(row[j]!))
            .filter((side) => side === 1 || side === -1);
          const now = Math.sign(s[t]![j]!);
          const before = sides.length - (now === 1 || now === -1 ? 2 : 1);
          return (now === 1 || now === -1) && before >= 0 && sides[before] !== now ? now : 0;
        });
        expectClose(signalFlips(given(s)), flips, rounding(), 1);
        const pnl = s.map((row, t) => {
          const earned = row.map((_, j) => pairAt(s, r, t, j, lag, 1)).filter(known);
          return mean(earned.map(([a, b]) => position(a) * b));
        });
        expectClose(signalPnl(given(s), given(r), { lag }), pnl, rounding(32), 1);
      }),
      RUNS,
    );
  });

  test("a row across assets is answered by its last rows alone, as a stream would", () => {
    fc.assert(
      fc.property(world, ({ s, r, lag, horizon }) => {
        const back = lag + horizon;
        if (s.length < back) return;
        const [signals, returns] = [given(s.slice(-back)), given(r.slice(-back))];
        const whole = crossSectionalIc(given(s), given(r), { lag, horizon });
        expectClose(crossSectionalIc(signals, returns, { lag, horizon }).at(-1)!, whole.at(-1)!, bits);
        const portfolios = quantileReturns(given(s), given(r), { lag, horizon, quantiles: 2 }).spread;
        const last = quantileReturns(signals, returns, { lag, horizon, quantiles: 2 }).spread;
        expectClose(last.at(-1)!, portfolios.at(-1)!, bits);
      }),
      RUNS,
    );
  });
});
