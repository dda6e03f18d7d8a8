import { Matrix } from "@astra-quant/core-linalg";
import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { crossSectionalScores, neutralize, timeSeriesScores, winsorize } from "../../src/index.ts";

/** Two passes or a regression there, merged blocks or another regression here. */
const OTHER_WAY = solver(1e-11);

describe("pandas, scipy and statsmodels on twelve assets with missing values", () => {
  const truth = fixture(import.meta.url, "standardise.json");
  const table = (rows: (number | null)[][]): Matrix =>
    Matrix.fromRows(rows.map((row) => row.map((value) => value ?? Number.NaN)));
  const signal = table(truth.signal);
  const exposures = { market: table(truth.betas), size: [truth.logSize] };

  test("scores across assets are theirs", () => {
    expectClose(crossSectionalScores(signal), truth.z, OTHER_WAY);
    expectClose(crossSectionalScores(signal, { method: "robust" }), truth.robust, OTHER_WAY);
    expectClose(crossSectionalScores(signal, { method: "rank" }), truth.rank, OTHER_WAY);
    expectClose(crossSectionalScores(signal, { method: "normal-rank" }), truth.normalRank, OTHER_WAY);
    expectClose(winsorize(signal, { lower: 0.1, upper: 0.8 }), truth.winsorized, OTHER_WAY);
  });

  test("what is left of a regression on market and size, with and without sectors, is theirs", () => {
    expectClose(neutralize(signal, { exposures }), truth.neutral, OTHER_WAY);
    const { sectors } = truth;
    expectClose(neutralize(signal, { exposures, sectors }), truth.neutralWithinSectors, OTHER_WAY);
  });

  test("scores along time are theirs", () => {
    const rolling = { over: "rolling", window: 30, minPeriods: 20 } as const;
    expectClose(timeSeriesScores(signal, rolling), truth.rolling, OTHER_WAY);
    expectClose(timeSeriesScores(signal, { over: "expanding" }), truth.expanding, OTHER_WAY);
    const ewm = { over: "ewm", halfLife: 10, minPeriods: 15 } as const;
    expectClose(timeSeriesScores(signal, ewm), truth.ewm, OTHER_WAY);
  });
});
