import { correlationBetween, Matrix, type TableLike } from "@astra-quant/core-linalg";
import { bits, describeStream, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  crossSectionalIc,
  HitRate,
  hitRate,
  InformationCoefficient,
  icDecay,
  informationCoefficient,
  quantileReturns,
  rankAutocorrelation,
  SignalFlips,
  signalFlips,
  Turnover,
  TurnoverAdjustedIc,
  turnover,
  turnoverAdjustedIc,
} from "../../src/index.ts";

/** Few distinct values, so that ties, zeros and gaps are met often. */
const value = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -0.5, max: 0.5, noNaN: true }) },
  { weight: 4, arbitrary: fc.constantFrom(-0.1, 0, 0.1, 0.2) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const row = fc.tuple(value, value);
const rows = fc.array(row, { maxLength: 60 });
type Row = readonly [number, number];

const column = (inputs: readonly Row[], k: 0 | 1) => Float64Array.from(inputs, (pair) => pair[k]);

for (const method of ["pearson", "spearman"] as const) {
  for (const settings of [{ window: 5 }, { window: 7, minPeriods: 3, lag: 2, horizon: 3 }]) {
    const options = { ...settings, method };
    describeStream<InformationCoefficient, Row>({
      name: `InformationCoefficient, ${JSON.stringify(options)}`,
      inputs: rows,
      create: () => new InformationCoefficient(options),
      push: (stream, [s, r]) => [stream.push(s, r)],
      batch: (inputs) =>
        Array.from(informationCoefficient(column(inputs, 0), column(inputs, 1), options), (v) => [v]),
      state: (stream) => stream.state,
      resume: (state) => InformationCoefficient.from(state as never),
    });
  }
}

describeStream<HitRate, Row>({
  name: "HitRate",
  inputs: rows,
  create: () => new HitRate({ window: 6, minPeriods: 2, lag: 2 }),
  push: (stream, [s, r]) => [stream.push(s, r)],
  batch: (inputs) =>
    Array.from(hitRate(column(inputs, 0), column(inputs, 1), { window: 6, minPeriods: 2, lag: 2 }), (v) => [
      v,
    ]),
  state: (stream) => stream.state,
  resume: (state) => HitRate.from(state as never),
});

describeStream<Turnover, Row>({
  name: "Turnover",
  inputs: rows,
  create: () => new Turnover({ window: 4 }),
  push: (stream, [s]) => [stream.push(s)],
  batch: (inputs) => Array.from(turnover(column(inputs, 0), { window: 4 }), (v) => [v]),
  state: (stream) => stream.state,
  resume: (state) => Turnover.from(state as never),
});

describeStream<TurnoverAdjustedIc, Row>({
  name: "TurnoverAdjustedIc",
  inputs: rows,
  create: () => new TurnoverAdjustedIc({ window: 5, method: "spearman", turnoverPenalty: 40 }),
  push: (stream, [s, r]) => [stream.push(s, r)],
  batch: (inputs) =>
    Array.from(
      turnoverAdjustedIc(column(inputs, 0), column(inputs, 1), {
        window: 5,
        method: "spearman",
        turnoverPenalty: 40,
      }),
      (v) => [v],
    ),
  state: (stream) => stream.state,
  resume: (state) => TurnoverAdjustedIc.from(state as never),
});

describeStream<SignalFlips, Row>({
  name: "SignalFlips",
  inputs: rows,
  create: () => new SignalFlips({ threshold: 0.05 }),
  push: (stream, [s]) => [stream.push(s)],
  batch: (inputs) => Array.from(signalFlips(column(inputs, 0), { threshold: 0.05 }), (v) => [v]),
  state: (stream) => stream.state,
  resume: (state) => SignalFlips.from(state as never),
});

describe("cutting off the future changes nothing before", () => {
  const panel = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 6 })).chain(([n, k]) => {
    const cells = fc.array(value, { minLength: n * k, maxLength: n * k });
    return fc.tuple(
      cells.map((data) => new Matrix(n, k, Float64Array.from(data))),
      cells.map((data) => new Matrix(n, k, Float64Array.from(data))),
      fc.integer({ min: 0, max: n }),
    );
  });
  const cut = (x: Matrix, at: number) => new Matrix(at, x.columns, x.data.slice(0, at * x.columns));
  const validators: Record<string, (s: Matrix, r: Matrix) => Float64Array> = {
    informationCoefficient: (s, r) =>
      informationCoefficient(s, r, { window: 4, minPeriods: 2, horizon: 2 }).data,
    "informationCoefficient by ranks": (s, r) =>
      informationCoefficient(s, r, { window: 4, method: "spearman" }).data,
    crossSectionalIc: (s, r) => crossSectionalIc(s, r, { lag: 2, minAssets: 2 }),
    hitRate: (s, r) => hitRate(s, r, { window: 3, minPeriods: 1 }).data,
    turnover: (s) => turnover(s, { window: 3 }).data,
    turnoverAdjustedIc: (s, r) => turnoverAdjustedIc(s, r, { window: 3 }).data,
    "quantileReturns, portfolios": (s, r) => quantileReturns(s, r, { quantiles: 3 }).returns.data,
    "quantileReturns, spread": (s, r) => quantileReturns(s, r, { quantiles: 2, horizon: 2 }).spread,
    rankAutocorrelation: (s) => rankAutocorrelation(s, { minAssets: 2 }),
    signalFlips: (s) => signalFlips(s).data,
  };
  for (const [name, validator] of Object.entries(validators)) {
    test(name, () => {
      fc.assert(
        fc.property(panel, ([s, r, at]) => {
          const short = validator(cut(s, at), cut(r, at));
          expectClose(validator(s, r).subarray(0, short.length), short, bits);
        }),
      );
    });
  }

  test("and asked to look ahead, the same figures stand where the last signal did", () => {
    fc.assert(
      fc.property(panel, ([s, r]) => {
        const options = { window: 3, minPeriods: 2, lag: 2, horizon: 2 };
        const causal = informationCoefficient(s, r, options).data;
        const early = informationCoefficient(s, r, { ...options, timing: "look-ahead" }).data;
        const back = Math.min(3, s.rows) * s.columns;
        expectClose(early.subarray(0, early.length - back), causal.subarray(back), bits);
        expect(early.subarray(early.length - back).every(Number.isNaN)).toBe(true);
      }),
    );
  });
});

describe("laws", () => {
  const pairs = fc.array(row, { minLength: 8, maxLength: 40 });

  test("the rolling rank correlation is Spearman's of each window, ties and gaps included", () => {
    fc.assert(
      fc.property(pairs, (inputs) => {
        const [s, r] = [column(inputs, 0), column(inputs, 1)];
        const ic = informationCoefficient(s, r, { window: 6, minPeriods: 2, method: "spearman" });
        const wanted = ic.map((_, t) => {
          const both = Array.from({ length: 6 }, (_, k) => t - 5 + k)
            .filter((u) => u >= 1)
            .map((u) => [s[u - 1]!, r[u]!] as const)
            .filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
          const x = Float64Array.from(both, ([a]) => a);
          const y = Float64Array.from(both, ([, b]) => b);
          return both.length < 2 ? Number.NaN : correlationBetween(x, y, { method: "spearman" });
        });
        expectClose(ic, wanted, rounding(8), 1);
      }),
    );
  });

  test("ranks care for the order only: a rising map of the signal changes no bit", () => {
    fc.assert(
      fc.property(pairs, (inputs) => {
        const [s, r] = [column(inputs, 0), column(inputs, 1)];
        const options = { window: 5, method: "spearman" } as const;
        const mapped = s.map((x) => 8 * x);
        expectClose(informationCoefficient(mapped, r, options), informationCoefficient(s, r, options), bits);
      }),
    );
  });

  test("turning the signal round turns the sign of the coefficient round", () => {
    fc.assert(
      fc.property(pairs, (inputs) => {
        const [s, r] = [column(inputs, 0), column(inputs, 1)];
        const there = informationCoefficient(s, r, { window: 5, method: "spearman" });
        const back = informationCoefficient(
          s.map((x) => -x),
          r,
          { window: 5, method: "spearman" },
        );
        expectClose(
          back.map((x) => 0 - x),
          there.map((x) => 0 + x),
          bits,
        );
      }),
    );
  });

  test("a horizon of 1 of the decay is the estimate itself, and single outcomes begin as cumulative ones", () => {
    fc.assert(
      fc.property(pairs, (inputs) => {
        const [s, r]: TableLike[] = [column(inputs, 0), column(inputs, 1)];
        const [cumulative] = icDecay(s!, r!, { horizons: [1], outcome: "cumulative" });
        const [single] = icDecay(s!, r!, { horizons: [1], outcome: "single" });
        expectClose([cumulative!.ic, cumulative!.standardError], [single!.ic, single!.standardError], bits);
      }),
    );
  });
});
