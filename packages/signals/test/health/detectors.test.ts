import { describe, expect, test } from "vitest";
import { Cusum, PageHinkley } from "../../src/index.ts";

describe("detectors of drift", () => {
  const wild = [1e308, -1e308, 1e308, 1e308, -1e308, 5e-324];

  test("sums stop at the largest double, so that a state in JSON goes on", () => {
    for (const make of [
      () => new Cusum({ target: 0, standardDeviation: 0.1 }),
      () => new PageHinkley({ minObservations: 1 }),
    ]) {
      const detector = make();
      for (const x of wild) expect(Number.isFinite(detector.push(x).statistic)).toBe(true);
      const from = detector.constructor as unknown as { from(state: unknown): typeof detector };
      const resumed = from.from(JSON.parse(JSON.stringify(detector.state)));
      expect(resumed.push(0.1)).toEqual(detector.push(0.1));
    }
  });

  test("an alarm comes above the threshold, and of Page and Hinkley's from the row of its first observations on", () => {
    const pages = () => new PageHinkley({ tolerance: 0, threshold: 1, direction: "up", minObservations: 2 });
    // Means 0, 2: the second row stands 2 above its own mean.
    const rows = pages();
    expect(rows.push(0)).toEqual({ statistic: 0, alarm: false });
    expect(rows.push(4)).toEqual({ statistic: 2, alarm: true });
    const sums = new Cusum({ target: 0, standardDeviation: 1, allowance: 0.5, threshold: 2 });
    expect(sums.push(2.5)).toEqual({ statistic: 2, alarm: false, up: 2, down: 0 });
    expect(sums.push(-3)).toEqual({ statistic: 2.5, alarm: true, up: 0, down: 2.5 });
  });

  test("after reset nothing is remembered", () => {
    const [used, fresh] = [new PageHinkley({ minObservations: 2 }), new PageHinkley({ minObservations: 2 })];
    for (const x of [3, -1, 4]) used.push(x);
    used.reset();
    expect(used.state).toEqual(fresh.state);
    const sums = new Cusum({ target: 0, standardDeviation: 1 });
    sums.push(7);
    sums.reset();
    expect(sums.state).toEqual(new Cusum({ target: 0, standardDeviation: 1 }).state);
  });

  test("a broken state is refused by the field", () => {
    const { state } = new PageHinkley();
    const broken = (change: object) => () => PageHinkley.from({ ...state, ...change } as never);
    expect(broken({ lowest: 1 })).toThrow("state.lowest must be at most 0 and sum, got 1");
    expect(broken({ mean: null })).toThrow("state.mean must be a finite number, got null");
    expect(broken({ observations: 0.5 })).toThrow("state.observations must be an integer ≥ 0, got 0.5");
    const cusum = new Cusum({ target: 0, standardDeviation: 1 }).state;
    expect(() => Cusum.from({ ...cusum, up: -1 })).toThrow(
      "state.up must be non-negative and finite, got -1",
    );
  });
});
