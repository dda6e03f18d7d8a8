import { createRandom, Matrix, rollingMean } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  crossSectionalIc,
  icEstimate,
  informationCoefficient,
  lookAheadProof,
  rollingIcEstimate,
} from "../../src/index.ts";

const nan = Number.NaN;
const random = createRandom("rolling IC");
const rows = 60;
const assets = 6;
const normals = (columns: number) =>
  new Matrix(rows, columns, random.fillNormal(new Float64Array(rows * columns)));
const panel = normals(assets);
const panelReturns = normals(assets);
const signal = normals(1).data;
const returns = signal.map((_, t) => (t > 0 ? 0.5 * signal[t - 1]! : 0) + random.normal());
signal[20] = nan;

describe("the rolling coefficient with its interval", () => {
  for (const method of ["pearson", "spearman"] as const) {
    test(`of one asset is the rolling one, and each row is the estimate of its window (${method})`, () => {
      const options = { window: 24, minPeriods: 20, method, lag: 2, horizon: 3 };
      const rolling = rollingIcEstimate(signal, returns, options);
      expectClose(rolling.ic, informationCoefficient(signal, returns, options), rounding(24), 1);
      const row = 58;
      const first = row + 1 - 24 - 4; // a window of outcomes, and the signals behind the first of them
      const alone = icEstimate(signal.slice(first, row + 1), returns.slice(first, row + 1), {
        method,
        lag: 2,
        horizon: 3,
      });
      expect(alone.observations).toBe(24);
      const { standardError, lower, upper } = rolling;
      expectClose(
        [standardError[row]!, lower[row]!, upper[row]!],
        [alone.standardError, alone.interval.lower, alone.interval.upper],
        bits,
      );
    });
  }

  test("of a panel is the rolling mean of the coefficients across assets", () => {
    const { ic, lower, upper } = rollingIcEstimate(panel, panelReturns, { window: 21 });
    expectClose(ic, rollingMean(crossSectionalIc(panel, panelReturns), 21), rounding(21), 1);
    expect(ic.findIndex((value) => !Number.isNaN(value))).toBe(21);
    for (let t = 21; t < rows; t++) {
      expect(lower[t]!).toBeLessThan(ic[t]!);
      expect(upper[t]!).toBeGreaterThan(ic[t]!);
    }
  });

  test("by the bootstrap too a longer history changes no earlier row", () => {
    const options = {
      window: 20,
      interval: "block-bootstrap",
      random,
      replications: 30,
      every: 1,
    } as const;
    const proof = lookAheadProof(
      ({ s, r }: { s: Float64Array; r: Float64Array }) => {
        const { ic, lower, upper } = rollingIcEstimate(s, r, options);
        return Array.from(ic, (value, t) => [value, lower[t]!, upper[t]!]);
      },
      { s: signal, r: returns },
      { cuts: 4, shortest: 30 },
    );
    expect(proof.clean).toBe(true);
  });

  test("every so many rows, counted back from the last, and NaN between", () => {
    const all = rollingIcEstimate(panel, panelReturns, { window: 10 }).ic;
    const some = rollingIcEstimate(panel, panelReturns, { window: 10, every: 7 }).ic;
    some.forEach((value, t) => {
      expect(value).toBe((rows - 1 - t) % 7 === 0 ? all[t] : nan);
    });
  });

  test("a window longer than the history is NaN throughout", () => {
    expect(rollingIcEstimate(signal, returns).ic.every(Number.isNaN)).toBe(true);
  });

  test("misuse is refused by name", () => {
    const refused = (options: object) => () => rollingIcEstimate(signal, returns, options);
    expect(refused({ window: 2 })).toThrow("window must be an integer ≥ 3, got 2");
    expect(refused({ window: 5, minPeriods: 6 })).toThrow("minPeriods must be an integer ≥ 2 and ≤ 5, got 6");
    expect(refused({ every: 0 })).toThrow("every must be an integer ≥ 1, got 0");
    expect(refused({ evry: 2 })).toThrow("unknown option 'evry'; did you mean 'every'?");
    expect(refused({ window: 5, minAssets: 3 })).toThrow("minAssets must be left out for one asset, got 3");
  });
});
