import {
  createRandom,
  Matrix,
  mean,
  Panel,
  readCsvPanel,
  simpleReturns,
  std,
} from "@astra-quant/core-linalg";
import {
  bits,
  describeGolden,
  describeRealData,
  expectClose,
  rounding,
  statistical,
} from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  crossSectionalIc,
  deflatedIc,
  falseDiscoveryRate,
  HitRate,
  hitRate,
  InformationCoefficient,
  icDecay,
  icEstimate,
  informationCoefficient,
  meanIc,
  momentumSignal,
  quantileReturns,
  rankAutocorrelation,
  signalFlips,
  tailRiskSignal,
  turnover,
  turnoverAdjustedIc,
} from "../../src/index.ts";

const nan = Number.NaN;
const days = 6;
const signal = Float64Array.of(1, 2, 3, 4, 5, 6);
/** Each return has the rank of the signal a row before. */
const returns = Float64Array.of(nan, 0.01, 0.02, 0.04, 0.05, 0.09);

describe("rolling coefficients by hand", () => {
  test("ranks that agree give 1, and the first answer needs window pairs", () => {
    const ic = informationCoefficient(signal, returns, { window: 3, method: "spearman" });
    expectClose(ic, [nan, nan, nan, 1, 1, 1], bits);
  });

  test("asked to look ahead, the answers stand one row earlier", () => {
    const ic = informationCoefficient(signal, returns, {
      window: 3,
      method: "spearman",
      timing: "look-ahead",
    });
    expectClose(ic, [nan, nan, 1, 1, 1, nan], bits);
  });

  test("contemporaneous, row t is held against return t", () => {
    const ic = informationCoefficient(returns, returns, { window: 3, timing: "contemporaneous" });
    expectClose(ic, [nan, nan, nan, 1, 1, 1], rounding());
  });

  test("a signal that does not vary has no coefficient", () => {
    const still = new Float64Array(days).fill(2);
    for (const method of ["pearson", "spearman"] as const)
      expect(informationCoefficient(still, returns, { window: 3, method }).every(Number.isNaN)).toBe(true);
  });

  test("a window longer than the history is NaN throughout", () => {
    expect(informationCoefficient(signal, returns).every(Number.isNaN)).toBe(true);
  });

  test("returns of a huge size overflow to NaN, never to an infinity", () => {
    const huge = Float64Array.of(1e300, -1e300, 1e308, 1e308, -1e308, 1e300);
    const ic = informationCoefficient(huge, huge, { window: 3, horizon: 2 });
    expect(ic.some((x) => Math.abs(x) === Number.POSITIVE_INFINITY)).toBe(false);
  });

  test("a panel answers a panel, and out receives the answer", () => {
    const index = Array.from({ length: days }, (_, t) => t);
    const panel = new Panel({ index, columns: ["A"], values: new Matrix(days, 1, signal) });
    const ic = informationCoefficient(panel, new Matrix(days, 1, returns), { window: 3 });
    expect(ic.columns).toEqual(["A"]);
    const out = new Float64Array(days);
    expect(informationCoefficient(signal, returns, { window: 3, out })).toBe(out);
    expectClose(out, ic.values.data, bits);
  });

  test("hits are equal signs, silence hitting silence only", () => {
    const s = [1, -1, 0, 0, 2];
    const r = [nan, 0.1, -0.1, 0, 0.1];
    expectClose(hitRate(s, r, { window: 1 }), [nan, 1, 1, 1, 0], bits);
  });

  test("turnover is the mean change of the position", () => {
    expectClose(turnover([0, 1, -1, -1], { window: 2, position: "raw" }), [nan, nan, 1.5, 1], bits);
    const tanh2 = Math.tanh(2);
    expectClose(turnover([0, 1, -1], { window: 1 }), [nan, tanh2, 2 * tanh2], rounding());
  });

  test("without turnover the adjusted coefficient is the coefficient", () => {
    const options = { window: 3, turnoverPenalty: 0 };
    expectClose(
      turnoverAdjustedIc(signal, returns, options),
      informationCoefficient(signal, returns, { window: 3 }),
      bits,
    );
  });

  test("a flip is a change of side, and a signal within the threshold keeps its side", () => {
    expectClose(
      signalFlips([1, 0.1, -0.1, -2, nan, -1, 3], { threshold: 0.5 }),
      [0, 0, 0, -1, 0, 0, 1],
      bits,
    );
  });
});

describe("across assets by hand", () => {
  const s = Matrix.fromRows([
    [1, 2, 3, 4],
    [4, 3, 2, 1],
    [1, 2, 3, 4],
  ]);
  const r = Matrix.fromRows([
    [nan, nan, nan, nan],
    [0.1, 0.2, 0.3, 0.4],
    [0.1, 0.2, 0.3, 0.4],
  ]);

  test("the coefficient of row t is that of the ranking of t − 1", () => {
    expectClose(crossSectionalIc(s, r), [nan, 1, -1], bits);
    expectClose(rankAutocorrelation(s), [nan, -1, -1], bits);
  });

  test("portfolios are the halves of the ranking", () => {
    const { returns: earned, spread, means } = quantileReturns(s, r, { quantiles: 2 });
    expectClose(
      earned.toRows(),
      [
        [nan, nan],
        [0.15, 0.35],
        [0.35, 0.15],
      ],
      rounding(),
    );
    expectClose(spread, [nan, 0.2, -0.2], rounding());
    expectClose(means, [0.25, 0.25], rounding());
  });

  test("fewer assets than asked for have no coefficient", () => {
    expect(crossSectionalIc(s, r, { minAssets: 5 }).every(Number.isNaN)).toBe(true);
  });
});

describe("errors of the coefficient", () => {
  /** A signal that remembers itself and a return that it explains a little of. */
  const history = (seed: number, n = 400) => {
    const random = createRandom(`ic-${seed}`);
    let level = 0;
    const s = Float64Array.from({ length: n }, () => {
      level = 0.8 * level + random.normal();
      return level;
    });
    let noise = 0;
    const r = Float64Array.from({ length: n }, (_, t) => {
      noise = 0.5 * noise + random.normal();
      return noise + (t > 0 ? 0.3 * s[t - 1]! : 0);
    });
    return [s, r] as const;
  };
  const runs = 300;

  for (const method of ["pearson", "spearman"] as const) {
    test(`the ${method} standard error is the spread of the estimates over histories`, () => {
      const estimates = Array.from({ length: runs }, (_, k) => {
        return icEstimate(...history(k), { method, lags: 12 });
      });
      const spread = std(estimates.map(({ ic }) => ic));
      const stated = mean(estimates.map(({ standardError }) => standardError));
      const ratio = stated / spread;
      expectClose(ratio, 0.97, statistical(1 / Math.sqrt(2 * runs), 3)); // Bartlett weights are a little low
    });
  }

  test("the bootstrap's error is near the long-run one, and the same seed draws the same", () => {
    const [s, r] = history(1);
    const random = createRandom("bootstrap");
    const drawn = icEstimate(s, r, { interval: "block-bootstrap", random, replications: 400 });
    const again = icEstimate(s, r, { interval: "block-bootstrap", random, replications: 400 });
    const stated = icEstimate(s, r);
    expect(again).toEqual(drawn);
    expectClose(drawn.standardError, stated.standardError, statistical(stated.standardError / 10));
    expect(drawn.interval.lower).toBeLessThan(drawn.ic);
  });

  test("overlapping outcomes count at least their overlap", () => {
    const [s, r] = history(2);
    const far = icDecay(s, r, { horizons: [10] })[0]!;
    const ignorant = icDecay(s, r, { horizons: [10], lags: 0 })[0]!;
    expect(far.standardError).toBeGreaterThan(1.2 * ignorant.standardError);
  });

  test("too few pairs have a coefficient and no error", () => {
    const { ic, standardError, observations } = icEstimate([1, 2, 3], [nan, 1, 2]);
    expect([ic, standardError, observations]).toEqual([1, nan, 2]);
    expect(meanIc([]).ic).toBeNaN();
  });
});

describe("many signals", () => {
  test("the best of many must beat what luck shows", () => {
    const alone = deflatedIc({ ic: 0.03, standardError: 0.01 }, { trials: 1 });
    expect(alone.expectedMaximum).toBe(0);
    const best = deflatedIc({ ic: 0.03, standardError: 0.01 }, { trials: 100 });
    expectClose(best.expectedMaximum / 0.01, 2.530602893201684, rounding(1, 64)); // scipy's normal quantiles
    expectClose(best.pValue, 1 - (1 - alone.pValue) ** 100, rounding(100));
  });

  test("a NaN is no test and no find", () => {
    const { adjusted, discoveries, tests } = falseDiscoveryRate([0.01, nan, 0.04]);
    expectClose(adjusted, [0.02, nan, 0.04], rounding());
    expect(discoveries).toEqual([true, false, true]);
    expect(tests).toBe(2);
  });
});

describe("misuse", () => {
  const refused: [string, () => unknown, string][] = [
    [
      "lag 0",
      () => informationCoefficient(signal, returns, { lag: 0 }),
      "lag must be an integer ≥ 1, got 0; a signal against the return of its own row needs timing: 'contemporaneous'",
    ],
    [
      "contemporaneous with a lag",
      () => hitRate(signal, returns, { timing: "contemporaneous", lag: 1 }),
      "timing 'contemporaneous' must go with lag 0 and horizon 1, got 1 and 1",
    ],
    [
      "a stream that looks ahead",
      () => new InformationCoefficient({ timing: "look-ahead" }),
      "timing must be one of 'causal', 'contemporaneous', got \"look-ahead\"",
    ],
    [
      "window 1",
      () => informationCoefficient(signal, returns, { window: 1 }),
      "window must be an integer ≥ 2, got 1",
    ],
    ["another length", () => hitRate(signal, [1]), "returns must have the shape of signal, 6×1, got 1×1"],
    [
      "an unknown option",
      () => turnover(signal, { windw: 3 } as never),
      "unknown option 'windw'; did you mean 'window'?",
    ],
    ["a p-value above 1", () => falseDiscoveryRate([2]), "pValues[0] must be in [0, 1], got 2"],
    [
      "no error",
      () => deflatedIc({ ic: 0, standardError: 0 }, { trials: 2 }),
      "standardError must be positive and finite, got 0",
    ],
    [
      "a bootstrap without draws",
      () =>
        icEstimate(
          new Float64Array(20).map((_, t) => t % 7),
          new Float64Array(20).map((_, t) => t % 3),
          { interval: "block-bootstrap" },
        ),
      "random must be a generator that can fork, got undefined",
    ],
    [
      "minAssets for one asset",
      () => icEstimate(signal, returns, { minAssets: 2 }),
      "minAssets must be left out for one asset, got 2",
    ],
    ["a pushed text", () => new HitRate().push("1" as never, 1), 'signal must be a number, got "1"'],
  ];
  for (const [what, call, message] of refused) {
    test(`${what} is refused by name`, () => expect(call).toThrow(message));
  }

  test("a broken state is refused by the field", () => {
    const { state } = new InformationCoefficient({ window: 3 });
    const broken = (change: object) => () => InformationCoefficient.from({ ...state, ...change } as never);
    expect(broken({ version: 2 })).toThrow("state.version must be 1, got 2");
    expect(broken({ window: 1 })).toThrow("window must be an integer ≥ 2, got 1");
    expect(broken({ window: 4, minPeriods: 3 })).toThrow("state.pairs.window must be 4");
    expect(broken({ pairs: { ...state.pairs, x: [1] } })).toThrow("state.pairs");
    expect(broken({ signals: [1, 2] })).toThrow("state.signals must be an array of at most 1 entries");
    expect(broken({ returns: ["a"] })).toThrow("state.returns must be an array of at most 0 entries");
  });
});

describeRealData(["prices_daily.csv"], ([text]) => {
  describeGolden("factors.json", ({ cross_sectional_ic: truth }, tolerance) => {
    const panel = readCsvPanel(text!);
    const prices = panel.select(truth.tickers);
    const earned = simpleReturns(prices, { firstRow: "nan" });
    const market = simpleReturns(panel.column("SPY"), { firstRow: "nan" });
    const signals = { Momentum: momentumSignal(earned, market), TailRisk: tailRiskSignal(earned) };
    for (const [name, values] of Object.entries(signals)) {
      test(`${name} across ${truth.tickers.length} tickers`, () => {
        const wanted = truth[name];
        const ranks = crossSectionalIc(values, earned, { timing: "look-ahead" });
        const known = ranks.filter((x) => !Number.isNaN(x));
        expect([known.length, ranks.findIndex((x) => !Number.isNaN(x))]).toEqual([
          wanted.n_days,
          wanted.first_row,
        ]);
        expectClose(known.slice(0, 5), wanted.first5_rank_ic, tolerance);
        expectClose(known.slice(-5), wanted.last5_rank_ic, tolerance);
        expectClose(
          [mean(known), std(known), icEstimate(values, earned, { method: "pearson" }).ic],
          [wanted.mean_rank_ic, wanted.std_rank_ic_ddof1, wanted.mean_pearson_ic],
          tolerance,
        );
      });
    }
  });
});
