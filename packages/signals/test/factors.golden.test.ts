import {
  Matrix,
  type Panel,
  readCsvPanel,
  rollingBeta,
  rollingQuantile,
  rollingStd,
  simpleReturns,
} from "@astra-quant/core-linalg";
import { describeGolden, describeRealData, expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { betaSignal, carrySignal, momentumSignal, tailRiskSignal, volatilitySignal } from "../src/index.ts";

const firstAnswer = (signal: ArrayLike<number>) => Array.from(signal).findIndex((v) => !Number.isNaN(v));

/** Windows of hundreds of values, computed in two passes there and by merged blocks here. */
const TWO_PASSES = solver(1e-12);

describe("pandas on seeded prices, one asset with a gap", () => {
  const truth = fixture(import.meta.url, "factors.json");
  const rows: number[][] = truth.prices.map((row: (number | null)[]) => row.map((p) => p ?? Number.NaN));
  const prices = Matrix.fromRows(rows);
  const returns = simpleReturns(prices, { firstRow: "nan" });
  const market = simpleReturns(truth.market as number[], { firstRow: "nan" });
  const asPrinted: Record<string, Matrix> = {
    volatility: volatilitySignal(returns),
    momentum: momentumSignal(returns, market),
    tailRisk: tailRiskSignal(returns),
    tailRiskShortfall: tailRiskSignal(returns, { tail: "expected-shortfall" }),
    beta: betaSignal(returns, market),
    carry: carrySignal(prices, returns, truth.dates),
  };
  const window = 45;
  const tailProbability = 0.1;
  const ownSettings: Record<string, Matrix> = {
    volatility: volatilitySignal(returns, {
      volatilityWindow: 10,
      volOfVolWindow: 15,
      zScoreWindow: 40,
      periodsPerYear: 365,
    }),
    momentum: momentumSignal(returns, market, {
      fastWindow: 5,
      slowWindow: 30,
      excessWeight: 0.4,
      trendWeight: -0.2,
    }),
    tailRisk: tailRiskSignal(returns, { window, tailProbability }),
    tailRiskShortfall: tailRiskSignal(returns, { window, tailProbability, tail: "expected-shortfall" }),
    beta: betaSignal(returns, market, { betaWindow: 30, stabilityWindow: 12 }),
    carry: carrySignal(prices, returns, truth.dates, {
      impliedWindow: 3,
      impliedMarkup: 1.1,
      realizedWindow: 10,
      averageWindow: 50,
      periodsPerYear: 365,
      seasonLength: 366,
      premiumWeight: 0.2,
      reversionWeight: 0.5,
      seasonalityWeight: 0.3,
    }),
  };
  const sampled = (signal: Matrix) => signal.toRows().filter((_, t) => t % truth.step === 0);

  for (const name of Object.keys(asPrinted)) {
    test(`${name} is pandas', with the settings as printed and with others, NaN where pandas has it`, () => {
      expectClose(sampled(asPrinted[name]!), truth.factors[name], TWO_PASSES);
      expectClose(sampled(ownSettings[name]!), truth.ownSettings[name], TWO_PASSES);
    });

    test(`${name} begins in pandas' first row`, () => {
      const first = truth.assets.map((_: string, j: number) => firstAnswer(asPrinted[name]!.column(j)));
      expect(first).toEqual(truth.firstRows[name]);
    });
  }
});

describeRealData(["prices_daily.csv"], ([text]) => {
  describeGolden("factors.json", (truth, tolerance) => {
    const panel: Panel = readCsvPanel(text!);
    const dates = panel.index;
    const assets = Object.keys(truth.intermediates_sampled).filter((name) => name !== "rows");
    const prices = panel.select(assets);
    const returns = simpleReturns(prices, { firstRow: "nan" });
    const market = simpleReturns(panel.column("SPY"), { firstRow: "nan" });
    const signals: Record<string, Panel> = {
      Volatility: volatilitySignal(returns),
      Momentum: momentumSignal(returns, market),
      TailRisk: tailRiskSignal(returns),
      Beta: betaSignal(returns, market),
      Carry: carrySignal(prices, returns, dates),
    };
    const at = (x: Float64Array, rows: number[]) => rows.map((t) => x[t]!);

    for (const [name, signal] of Object.entries(signals)) {
      test(`${name} begins in row ${truth.warm_up[name].first_valid_row} and has no hole after it`, () => {
        for (const asset of assets) {
          const column = signal.column(asset);
          expect(firstAnswer(column)).toBe(truth.warm_up[name].first_valid_row);
          expect(column.filter((v) => !Number.isNaN(v))).toHaveLength(truth.warm_up[name].n_valid);
        }
      });

      test(`${name} is the golden one on every row of two tickers`, () => {
        for (const [asset, wanted] of Object.entries<Record<string, number[]>>(truth.factors_full))
          expectClose(signal.column(asset), wanted[name]!, tolerance);
      });

      test(`${name} is the golden one on sampled rows of four more`, () => {
        const { rows, ...wanted } = truth.factors_sampled;
        for (const asset of Object.keys(wanted))
          expectClose(at(signal.column(asset), rows), wanted[asset][name], tolerance);
      });
    }

    describe("what lies behind them", () => {
      const { rows, ...wanted } = truth.intermediates_sampled;
      const each = (name: string, computed: (asset: string) => Float64Array) => {
        for (const asset of assets) expectClose(at(computed(asset), rows), wanted[asset][name], tolerance);
      };
      const off = { premiumWeight: 0, reversionWeight: 0, seasonalityWeight: 0 };
      const carry = (part: object) => carrySignal(prices, returns, dates, { ...off, ...part });

      test("the expected-shortfall form stands on the mean of the three worst of sixty", () => {
        const signal = tailRiskSignal(returns, { tail: "expected-shortfall" });
        for (const asset of assets) {
          const { true_es05: tail, tail_asymmetry: asymmetry } = wanted[asset];
          const product = tail.map((v: number | null, i: number) => (v === null ? null : -v * asymmetry[i]));
          expectClose(at(signal.column(asset), rows), product, tolerance);
        }
      });

      test("each part of carry is the golden one by itself", () => {
        const premium = carry({ premiumWeight: 1 });
        const reversion = carry({ reversionWeight: 1 });
        const season = carry({ seasonalityWeight: 1 });
        each("vrp", (asset) => premium.column(asset));
        each("mean_reversion", (asset) => reversion.column(asset));
        each("seasonality", (asset) => season.column(asset));
      });

      test("realised volatility, quantiles and beta are the golden ones", () => {
        const annual = Math.sqrt(252);
        const sigma = rollingStd(returns, 20);
        each("realized_vol", (asset) => sigma.column(asset).map((v) => annual * v));
        const low = rollingQuantile(returns, 60, 0.05);
        const high = rollingQuantile(returns, 60, 0.95);
        each("quantile05", (asset) => low.column(asset));
        each("quantile95", (asset) => high.column(asset));
        const beta = rollingBeta(returns, market, 60);
        each("rolling_beta", (asset) => beta.column(asset));
      });
    });
  });
});
