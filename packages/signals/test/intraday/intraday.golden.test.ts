import { Matrix, readCsvPanel } from "@astra-quant/core-linalg";
import { describeGolden, describeRealData, expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import {
  intradayMomentum,
  intradayVolatility,
  priceAction,
  type RsiSmoothing,
  rsi,
  type VolatilityEstimator,
  vwapDistance,
} from "../../src/index.ts";

/** Windows of some twenty values, computed in two passes there and by merged blocks here. */
const TWO_PASSES = solver(1e-12);

describe("pandas on hourly bars over two changes of New York's clocks", () => {
  const truth = fixture(import.meta.url, "intraday.json");
  const table = (rows: (number | null)[][]): Matrix =>
    Matrix.fromRows(rows.map((row) => row.map((value) => value ?? Number.NaN)));
  const bars = {
    open: table(truth.open),
    high: table(truth.high),
    low: table(truth.low),
    close: table(truth.close),
  };
  const volume = table(truth.volume);
  const { periodsPerYear, times } = truth;

  for (const smoothing of ["wilder", "cutler", "ewm"] as RsiSmoothing[]) {
    test(`RSI by ${smoothing} is pandas'`, () => {
      expectClose(rsi(bars.close.column(0), { smoothing }), truth.rsi[smoothing], TWO_PASSES);
    });
  }

  for (const estimator of Object.keys(truth.volatility) as VolatilityEstimator[]) {
    test(`volatility by ${estimator} is pandas', NaN where pandas has it`, () => {
      const ours = intradayVolatility(bars, { periodsPerYear, estimator });
      expectClose(ours, truth.volatility[estimator], TWO_PASSES);
    });
  }

  test("price action and momentum are pandas', a bar without a range being 0", () => {
    expectClose(priceAction(bars), truth.priceAction, TWO_PASSES);
    expectClose(intradayMomentum(bars.close), truth.momentum, TWO_PASSES);
  });

  test("the distance from VWAP is pandas', of typical prices and of closes, session by session", () => {
    const options = { timeZone: "America/New_York" };
    expectClose(vwapDistance({ ...bars, volume }, times, options), truth.vwapOfTypical, TWO_PASSES);
    const closes = { close: bars.close, volume };
    expectClose(vwapDistance(closes, times, options), truth.vwapOfClose, TWO_PASSES);
  });
});

describeRealData(["prices_daily.csv"], ([text]) => {
  describeGolden("factors.json", (truth, tolerance) => {
    const close = readCsvPanel(text!).column("AAPL");
    const names = {
      wilder: "wilder_sma_seed",
      ewm: "ewm_alpha_1_14_adjust_false",
      cutler: "cutler_sma",
    } as const;
    for (const [smoothing, name] of Object.entries(names)) {
      test(`RSI by ${smoothing} is the golden one on every row`, () => {
        expectClose(rsi(close, { smoothing: smoothing as RsiSmoothing }), truth.rsi.AAPL[name], tolerance);
      });
    }
  });
});
