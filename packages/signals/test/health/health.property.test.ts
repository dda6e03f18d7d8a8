import { describeStream } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Cusum,
  HealthMonitor,
  healthHistory,
  healthScore,
  type MonitoredHealth,
  PageHinkley,
} from "../../src/index.ts";

const coefficient = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -0.3, max: 0.3, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const options = { window: 3, halfLife: 2 };
const flat = ({ score, unsmoothed, admitted }: MonitoredHealth) => [score, unsmoothed, admitted ? 1 : 0];

type Row = readonly [number, number];
const rows = fc.array(fc.tuple(coefficient, coefficient), { maxLength: 40 });

describeStream<HealthMonitor, Row>({
  name: "HealthMonitor",
  inputs: rows,
  create: () => new HealthMonitor(options),
  push: (stream, [ic, net]) => {
    const { score, admitted } = stream.push(ic, net);
    return [score, admitted ? 1 : 0];
  },
  batch: (inputs) => {
    const column = (k: 0 | 1) => inputs.map((row) => row[k]);
    const { score, admitted } = healthHistory(column(0), column(1), options);
    return Array.from(score, (value, t) => [value, admitted[t]!]);
  },
  state: (stream) => stream.state,
  resume: (state) => HealthMonitor.from(state as never),
});

describeStream<PageHinkley, number>({
  name: "PageHinkley",
  inputs: fc.array(coefficient, { maxLength: 50 }),
  create: () => new PageHinkley({ threshold: 0.3, minObservations: 3 }),
  push: (stream, x) => {
    const { statistic, alarm } = stream.push(x);
    return [statistic, alarm ? 1 : 0];
  },
  batch: (inputs) => {
    const stream = new PageHinkley({ threshold: 0.3, minObservations: 3 });
    return inputs.map((x) => {
      const { statistic, alarm } = stream.push(x);
      return [statistic, alarm ? 1 : 0];
    });
  },
  state: (stream) => stream.state,
  resume: (state) => PageHinkley.from(state as never),
});

describeStream<Cusum, number>({
  name: "Cusum",
  inputs: fc.array(coefficient, { maxLength: 50 }),
  create: () => new Cusum({ target: 0.02, standardDeviation: 0.1 }),
  push: (stream, x) => [stream.push(x).up, stream.push(x).down],
  batch: (inputs) => {
    const stream = new Cusum({ target: 0.02, standardDeviation: 0.1 });
    return inputs.map((x) => [stream.push(x).up, stream.push(x).down]);
  },
  state: (stream) => stream.state,
  resume: (state) => Cusum.from(state as never),
});

describe("laws of the health score", () => {
  const series = (least: number) =>
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: least, maxLength: 30 });

  test("score and components lie in [0, 1]", () => {
    fc.assert(
      fc.property(series(9), (ic) => {
        const { score, components } = healthScore(ic, ic, { window: 3 });
        for (const value of [score, ...Object.values(components)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("each component rises with its own input", () => {
    const any = fc.double({ min: -0.2, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(any, any, fc.double({ min: 0, max: 0.2, noNaN: true }), (base, before, step) => {
        // Constant windows: the recent one is moved up as a whole, then one window alone.
        const of = (recent: number, middle: number, first: number, net: number) => {
          const ic = [first, first, first, middle, middle, middle, recent, recent, recent];
          return healthScore(
            ic,
            ic.fill(net, 0, 0).map(() => net),
            { window: 3 },
          );
        };
        const low = of(base, before, before, base).components;
        const high = of(base + step, before, before, base + step).components;
        expect(high.level).toBeGreaterThanOrEqual(low.level);
        expect(high.stability).toBeGreaterThanOrEqual(low.stability);
        expect(high.turnover).toBeGreaterThanOrEqual(low.turnover);
        expect(high.trend).toBeGreaterThanOrEqual(low.trend);
        expect(high.acceleration).toBeGreaterThanOrEqual(low.acceleration);
      }),
    );
  });

  test("a wider spread around the same mean is less stable", () => {
    const spread = fc.double({ min: 0, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(spread, spread, (a, b) => {
        const of = (width: number) => {
          const ic = [0, 0, 0, 0, 0, 0, 0.03 - width, 0.03, 0.03 + width];
          return healthScore(ic, ic, { window: 3 });
        };
        const [narrow, wide] = a < b ? [of(a), of(b)] : [of(b), of(a)];
        expect(wide.inputs.icStd).toBeGreaterThanOrEqual(narrow.inputs.icStd);
        expect(wide.components.stability).toBeLessThanOrEqual(narrow.components.stability + Number.EPSILON);
      }),
    );
  });

  test("a coefficient that stays at or below 0 is excluded in the end, whatever was before", () => {
    fc.assert(
      fc.property(rows, fc.double({ min: -1, max: 0, noNaN: true }), (past, ic) => {
        const monitor = new HealthMonitor(options);
        for (const [a, b] of past) monitor.push(a, b);
        let last = monitor.push(ic, ic);
        for (let t = 0; t < 60; t++) last = monitor.push(ic, ic);
        expect(last.admitted).toBe(false);
        expect(last.reasons[0]).toMatch(/^excluded: the smoothed score 0\.\d{4} is below 0\.3$/);
      }),
    );
  });

  test("between the thresholds it stays as it was", () => {
    fc.assert(
      fc.property(rows, (inputs) => {
        const monitor = new HealthMonitor(options);
        let before: MonitoredHealth | undefined;
        for (const [a, b] of inputs) {
          const now = monitor.push(a, b);
          const known = before !== undefined && !Number.isNaN(before.score);
          if (known && now.score >= 0.3 && now.score <= 0.35) expect(now.admitted).toBe(before!.admitted);
          if (now.score < 0.3) expect(now.admitted).toBe(false);
          if (now.score > 0.35) expect(now.admitted).toBe(true);
          before = now;
        }
      }),
    );
  });

  test("the unsmoothed score of a monitor is the score of its history, to rounding", () => {
    fc.assert(
      fc.property(series(9), (ic) => {
        const monitor = new HealthMonitor(options);
        let last: MonitoredHealth | undefined;
        for (const x of ic) last = monitor.push(x, x / 2);
        const alone = healthScore(
          ic,
          ic.map((x) => x / 2),
          { window: 3 },
        );
        expect(Math.abs(flat(last!)[1]! - alone.score)).toBeLessThan(64 * Number.EPSILON);
      }),
    );
  });
});
