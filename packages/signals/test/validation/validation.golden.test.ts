import { Matrix, readCsvPanel, simpleReturns } from "@astra-quant/core-linalg";
import { describeGolden, describeRealData, expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import {
  crossSectionalIc,
  falseDiscoveryRate,
  hitRate,
  icEstimate,
  informationCoefficient,
  meanIc,
  quantileReturns,
  rankAutocorrelation,
  turnover,
  turnoverAdjustedIc,
} from "../../src/index.ts";

/** Windows summed in another order there. */
const OTHER_ORDER = solver(1e-12);

describe("pandas, scipy and statsmodels on seeded returns with a gap", () => {
  const truth = fixture(import.meta.url, "validation.json");
  const table = (rows: (number | null)[][]) =>
    Matrix.fromRows(rows.map((row) => row.map((v) => v ?? Number.NaN)));
  const signal = table(truth.signal);
  const returns = table(truth.returns);
  const { window } = truth;
  const sampled = (x: Matrix) => x.toRows().filter((_, t) => t % truth.step === 0);

  test("the rolling coefficient is pandas' of the signal a row before", () => {
    expectClose(sampled(informationCoefficient(signal, returns, { window })), truth.pearson, OTHER_ORDER);
  });

  test("with a lag of 2 and a horizon of 3 it is that of compounded returns", () => {
    const ic = informationCoefficient(signal, returns, { window, lag: 2, horizon: 3 });
    expectClose(sampled(ic), truth.pearsonLag2Horizon3, OTHER_ORDER);
  });

  test("by ranks it is scipy's, window by window", () => {
    const ic = informationCoefficient(signal, returns, { window, method: "spearman" });
    expectClose(sampled(ic), truth.spearman, OTHER_ORDER);
  });

  test("hit rate, turnover and the coefficient net of it are pandas'", () => {
    expectClose(sampled(hitRate(signal, returns, { window })), truth.hitRate, OTHER_ORDER);
    expectClose(sampled(turnover(signal, { window })), truth.turnover, OTHER_ORDER);
    expectClose(sampled(turnoverAdjustedIc(signal, returns, { window })), truth.adjusted, OTHER_ORDER);
  });

  test("the cross-sectional coefficient is pandas' across each row, by ranks and by values", () => {
    expectClose(crossSectionalIc(signal, returns), truth.crossSpearman, OTHER_ORDER);
    expectClose(crossSectionalIc(signal, returns, { method: "pearson" }), truth.crossPearson, OTHER_ORDER);
  });

  test("its mean, error, p-value and interval are statsmodels' with 4 Newey-West lags", () => {
    const { ic, standardError, tStatistic, pValue, lower, upper } = truth.meanIc;
    const wanted = [ic, standardError, tStatistic, pValue, lower, upper];
    const own = meanIc(crossSectionalIc(signal, returns), { lags: 4 });
    const { interval } = own;
    const got = [own.ic, own.standardError, own.tStatistic, own.pValue, interval.lower, interval.upper];
    expectClose(got, wanted, OTHER_ORDER);
    const whole = icEstimate(signal, returns, { lags: 4 });
    expectClose([whole.ic, whole.standardError], wanted.slice(0, 2), OTHER_ORDER);
  });

  test("portfolios sorted by the signal earn what pandas' groups do", () => {
    const sorted = quantileReturns(signal, returns, { quantiles: 3 });
    expectClose(sampled(sorted.returns), truth.portfolios, OTHER_ORDER);
  });

  test("the autocorrelation of ranks is pandas'", () => {
    expectClose(rankAutocorrelation(signal), truth.rankAutocorrelation, OTHER_ORDER);
  });

  test("adjusted p-values are statsmodels'", () => {
    const { adjusted } = falseDiscoveryRate(truth.pValues);
    expectClose(adjusted, truth.benjaminiHochberg, OTHER_ORDER);
    const any = falseDiscoveryRate(truth.pValues, { method: "benjamini-yekutieli" });
    expectClose(any.adjusted, truth.benjaminiYekutieli, OTHER_ORDER);
  });
});

describeRealData(["prices_daily.csv"], ([text]) => {
  describeGolden("factors.json", (truth, tolerance) => {
    const panel = readCsvPanel(text!);
    const { rows, ...tickers } = truth.validation_sampled;
    const at = (x: Float64Array) => rows.map((t: number) => x[t]!);
    const signalOf = (asset: string, name: string): number[] =>
      truth.factors_full[asset][name].map((v: number | null) => v ?? Number.NaN);

    for (const asset of Object.keys(truth.factors_full)) {
      const returns = simpleReturns(panel.column(asset), { firstRow: "nan" });
      for (const [name, wanted] of Object.entries<Record<string, number[]>>(tickers[asset])) {
        const signal = signalOf(asset, name);

        test(`${asset} ${name}: coefficient, hit rate, turnover and the coefficient net of it`, () => {
          expectClose(at(informationCoefficient(signal, returns)), wanted.ic_causal!, tolerance);
          expectClose(
            at(informationCoefficient(signal, returns, { timing: "look-ahead" })),
            wanted.ic_printed!,
            tolerance,
          );
          expectClose(at(hitRate(signal, returns)), wanted.hit_rate!, tolerance);
          expectClose(at(turnover(signal, { position: "raw" })), wanted.turnover_raw!, tolerance);
          expectClose(at(turnover(signal)), wanted.turnover_tanh!, tolerance);
          const raw = turnoverAdjustedIc(signal, returns, { position: "raw" });
          expectClose(at(raw), wanted.ic_adj_raw!, tolerance);
          expectClose(at(turnoverAdjustedIc(signal, returns)), wanted.ic_adj_tanh!, tolerance);
        });

        test(`${asset} ${name}: the coefficient of the whole history, by values and by ranks`, () => {
          const pearson = icEstimate(signal, returns);
          const spearman = icEstimate(signal, returns, { method: "spearman" });
          const n = wanted.full_sample_n as unknown as number;
          expectClose(
            [pearson.ic, spearman.ic, pearson.observations],
            [wanted.full_sample_pearson_ic, wanted.full_sample_spearman_ic, n] as unknown as number[],
            tolerance,
            1,
          );
        });
      }
    }

    test("AAPL Momentum on every row", () => {
      const returns = simpleReturns(panel.column("AAPL"), { firstRow: "nan" });
      const signal = signalOf("AAPL", "Momentum");
      const wanted = truth.validation_full_AAPL_Momentum;
      expectClose(informationCoefficient(signal, returns), wanted.ic_causal, tolerance);
      expectClose(hitRate(signal, returns), wanted.hit_rate, tolerance);
      expectClose(turnoverAdjustedIc(signal, returns, { position: "raw" }), wanted.ic_adj_raw, tolerance);
    });
  });
});
