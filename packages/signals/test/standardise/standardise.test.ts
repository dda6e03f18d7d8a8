import { Matrix, Panel } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  crossSectionalScores,
  neutralize,
  TimeSeriesScore,
  timeSeriesScores,
  winsorize,
} from "../../src/index.ts";

const NaN_ = Number.NaN;

describe("scores across assets", () => {
  test("z, robust and ranks of 1, 2, 3 and 10, by hand", () => {
    const row = [[1, 2, 3, 10]];
    const std = Math.sqrt(50 / 3);
    expectClose(crossSectionalScores(row), [[-3 / std, -2 / std, -1 / std, 6 / std]], rounding());
    // The median is 2.5, the distances 1.5, 0.5, 0.5, 7.5 have the median 1.
    const mad = 1.482602218505602;
    expectClose(
      crossSectionalScores(row, { method: "robust" }),
      [[-1.5 / mad, -0.5 / mad, 0.5 / mad, 7.5 / mad]],
      rounding(),
    );
    expectClose(crossSectionalScores(row, { method: "rank" }), [[-0.75, -0.25, 0.25, 0.75]], bits);
    expectClose(crossSectionalScores(row, { limit: 1 }).get(0, 3), 1, bits);
  });

  test("rows without spread, or with too few assets, have no scores; what is missing stays missing", () => {
    expectClose(crossSectionalScores([[2, 2, 2]]), [[NaN_, NaN_, NaN_]], bits);
    expectClose(crossSectionalScores([[2, 2, 2]], { method: "rank" }), [[0, 0, 0]], bits);
    expectClose(crossSectionalScores([[2, NaN_, Number.POSITIVE_INFINITY]]), [[NaN_, NaN_, NaN_]], bits);
    expectClose(crossSectionalScores([[1, NaN_, 3]], { method: "rank" }), [[-0.5, NaN_, 0.5]], bits);
    expectClose(crossSectionalScores([[1, NaN_, 3]], { minAssets: 3 }), [[NaN_, NaN_, NaN_]], bits);
  });

  test("the answer is of the signal's form, in out when given", () => {
    const values = Matrix.fromRows([[1, 2]]);
    const panel = new Panel({ index: [5], columns: ["A", "B"], values });
    expect(crossSectionalScores(panel).columns).toEqual(["A", "B"]);
    const out = new Matrix(1, 2);
    expect(crossSectionalScores(values, { out })).toBe(out);
    expectClose(values, [[1, 2]], bits);
  });

  test("what cannot be is refused", () => {
    expect(() => crossSectionalScores([[1]], { method: "zscore" as "z" })).toThrow(
      "method must be one of 'z', 'robust', 'rank', 'normal-rank', got \"zscore\"",
    );
    expect(() => crossSectionalScores([[1]], { limit: 0 })).toThrow(
      "limit must be positive and finite, got 0",
    );
    expect(() => crossSectionalScores([[1]], { minAssets: 1 })).toThrow(
      "minAssets must be an integer ≥ 2, got 1",
    );
    expect(() => winsorize([[1]], { lower: 0.6, upper: 0.4 })).toThrow(
      "upper must be between 0.6 and 1, got 0.4",
    );
  });
});

describe("neutral signals", () => {
  const signal = [[3, 1, 4, 1, 5, 9]];
  const sectors = ["a", "a", "b", "b", "b", "c"];

  test("add up to 0 within each sector; one alone in its sector has nothing left", () => {
    const rest = neutralize(signal, { sectors }).row(0);
    expectClose(rest, [1, -1, 4 - 10 / 3, 1 - 10 / 3, 5 - 10 / 3, 0], rounding(), 9);
  });

  test("an exposure that says what the sectors say changes nothing, whatever its unit", () => {
    const same = [[1e9, 1e9, 2e9, 2e9, 2e9, 7e9]];
    const plain = neutralize(signal, { sectors });
    expectClose(neutralize(signal, { sectors, exposures: { same } }), plain, rounding(), 9);
  });

  test("exposures that depend on each other leave the same residuals as one of them", () => {
    const x = [[1, 2, 3, 4, 5, 7]];
    const twice = [[2, 4, 6, 8, 10, 14]];
    const once = neutralize(signal, { exposures: { x } });
    expectClose(neutralize(signal, { exposures: { x, twice } }), once, rounding(6), 9);
  });

  test("no more assets than sectors and exposures leave nothing to say", () => {
    const few = [[3, 1, NaN_, NaN_, NaN_, NaN_]];
    const x = [[1, 2, 3, 4, 5, 7]];
    expect(neutralize(few, { exposures: { x } }).data.every(Number.isNaN)).toBe(true);
  });

  test("what does not fit is refused by its name", () => {
    expect(() => neutralize(signal, { sectors: ["a"] })).toThrow(
      "sectors must have 6 entries, one an asset, got Array(1)",
    );
    expect(() => neutralize(signal, { exposures: { size: [[1, 2]] } })).toThrow(
      "exposures.size must be 1×6, got 1×2",
    );
  });
});

describe("scores along time", () => {
  test("by hand: 1, 2, 4 in a window of two, and all so far", () => {
    const z = 0.5 / Math.sqrt(0.5);
    expectClose(timeSeriesScores([1, 2, 4], { window: 2 }), [NaN_, z, z], rounding());
    const all = { over: "expanding", minPeriods: 2 } as const;
    expectClose(timeSeriesScores([1, 2, 4], all)[2]!, (4 - 7 / 3) / Math.sqrt(7 / 3), rounding());
    expectClose(timeSeriesScores([2, 2, 2], all), [NaN_, NaN_, NaN_], bits);
    expectClose(timeSeriesScores([1, 2, -4], { window: 2, limit: 0.5 }), [NaN_, 0.5, -0.5], bits);
  });

  test("a window longer than history gives NaN alone", () => {
    expect(timeSeriesScores([1, 2, 3]).every(Number.isNaN)).toBe(true);
  });

  test("what cannot be is refused, states by the field", () => {
    expect(() => timeSeriesScores([1], { window: 1 })).toThrow("window must be an integer ≥ 2, got 1");
    expect(() => timeSeriesScores([1], { window: 5, minPeriods: 6 })).toThrow(
      "minPeriods must be an integer ≥ 2 and ≤ 5, got 6",
    );
    const { state } = new TimeSeriesScore();
    expect(() => TimeSeriesScore.from({ ...state, squares: "0" as never })).toThrow(
      'state.squares must be a finite number or null, got "0"',
    );
    expect(() => TimeSeriesScore.from({ ...state, window: 300 })).toThrow(
      "state.rollingMean.window must be 300, as the rest of the state has it, got 252",
    );
  });
});
