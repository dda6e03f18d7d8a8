import { bits, describeStream, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  EwmMean,
  EwmStd,
  EwmVariance,
  ewmMean,
  ewmStd,
  ewmVariance,
  kurtosis,
  Matrix,
  mean,
  RollingBeta,
  RollingCorrelation,
  RollingCovariance,
  RollingKurtosis,
  RollingMean,
  RollingSkewness,
  RollingStd,
  RollingSum,
  RollingVariance,
  rollingBeta,
  rollingCorrelation,
  rollingCovariance,
  rollingKurtosis,
  rollingMean,
  rollingSkewness,
  rollingStd,
  rollingSum,
  rollingVariance,
  skewness,
  variance,
} from "../../src/index.ts";

/** A value of a market on a bad day: ordinary, missing, infinite, huge, tiny, or minus nothing. */
const value = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 0, 0.25) },
  { weight: 1, arbitrary: fc.constantFrom(1e8, -1e8, 1e-200, 1e160, -1e308) },
);
/** Long enough for kernels to take over from streams, and for several blocks. */
const lengths = { short: { maxLength: 40 }, long: { minLength: 520, maxLength: 560, size: "max" } } as const;
const series = fc.oneof(
  { weight: 9, arbitrary: fc.array(value, lengths.short) },
  { weight: 1, arbitrary: fc.array(value, lengths.long) },
);
const pairs = fc.oneof(
  { weight: 9, arbitrary: fc.array(fc.tuple(value, value), lengths.short) },
  { weight: 1, arbitrary: fc.array(fc.tuple(value, value), lengths.long) },
);

const SHAPES = [
  { window: 1, minPeriods: 1 },
  { window: 4, minPeriods: 4 },
  { window: 7, minPeriods: 2 },
  { window: 100, minPeriods: 30 },
];

interface Stream<State> {
  push(x: number): number;
  readonly state: State;
}

function describeSeries<State>(
  name: string,
  create: () => Stream<State>,
  resume: (state: State) => Stream<State>,
  batch: (x: readonly number[]) => Float64Array,
): void {
  describeStream<Stream<State>, number>({
    name,
    inputs: series,
    create,
    push: (stream, x) => [stream.push(x)],
    batch: (x) => Array.from(batch(x), (answer) => [answer]),
    state: (stream) => stream.state,
    resume: (state) => resume(state as State),
  });
}

interface PairOf<State> {
  push(x: number, y: number): number;
  readonly state: State;
}

function describePair<State>(
  name: string,
  create: () => PairOf<State>,
  resume: (state: State) => PairOf<State>,
  batch: (x: readonly number[], y: readonly number[]) => Float64Array,
): void {
  describeStream<PairOf<State>, readonly [number, number]>({
    name,
    inputs: pairs,
    create,
    push: (stream, [x, y]) => [stream.push(x, y)],
    batch: (rows) => {
      const answers = batch(
        rows.map(([x]) => x),
        rows.map(([, y]) => y),
      );
      return Array.from(answers, (answer) => [answer]);
    },
    state: (stream) => stream.state,
    resume: (state) => resume(state as State),
  });
}

for (const { window, minPeriods } of SHAPES) {
  const options = { minPeriods };
  const of = (name: string) => `${name}, ${minPeriods} of ${window}`;
  describeSeries(
    of("RollingMean"),
    () => new RollingMean(window, options),
    RollingMean.from,
    (x) => rollingMean(x, window, options),
  );
  describeSeries(
    of("RollingSum"),
    () => new RollingSum(window, options),
    RollingSum.from,
    (x) => rollingSum(x, window, options),
  );
  describeSeries(
    of("RollingVariance"),
    () => new RollingVariance(window, { ...options, ddof: 0 }),
    RollingVariance.from,
    (x) => rollingVariance(x, window, { ...options, ddof: 0 }),
  );
  describeSeries(
    of("RollingStd"),
    () => new RollingStd(window, options),
    RollingStd.from,
    (x) => rollingStd(x, window, options),
  );
  describeSeries(
    of("RollingSkewness"),
    () => new RollingSkewness(window, options),
    RollingSkewness.from,
    (x) => rollingSkewness(x, window, options),
  );
  describeSeries(
    of("RollingKurtosis"),
    () => new RollingKurtosis(window, { ...options, bias: true }),
    RollingKurtosis.from,
    (x) => rollingKurtosis(x, window, { ...options, bias: true }),
  );
  describePair(
    of("RollingCovariance"),
    () => new RollingCovariance(window, options),
    RollingCovariance.from,
    (x, y) => rollingCovariance(x, y, window, options),
  );
  describePair(
    of("RollingBeta"),
    () => new RollingBeta(window, options),
    RollingBeta.from,
    (x, y) => rollingBeta(x, y, window, options),
  );
  describePair(
    of("RollingCorrelation"),
    () => new RollingCorrelation(window, options),
    RollingCorrelation.from,
    (x, y) => rollingCorrelation(x, y, window, options),
  );
}

for (const options of [
  { halfLife: 3 },
  { span: 9, adjust: false, minPeriods: 3 },
  { alpha: 0.25, ignoreMissing: true },
]) {
  const of = (name: string) => `${name} ${JSON.stringify(options)}`;
  describeSeries(
    of("EwmMean"),
    () => new EwmMean(options),
    EwmMean.from,
    (x) => ewmMean(x, options),
  );
  describeSeries(
    of("EwmStd"),
    () => new EwmStd(options),
    EwmStd.from,
    (x) => ewmStd(x, options),
  );
  describeSeries(
    of("EwmVariance"),
    () => new EwmVariance({ ...options, bias: true }),
    EwmVariance.from,
    (x) => ewmVariance(x, { ...options, bias: true }),
  );
}

/** Values whose squares and fourth powers keep their digits. */
const plainValue = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -1000, max: 1000 }).map((v) => v / 8) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const plainSeries = fc.array(plainValue, { minLength: 1, maxLength: 60 });
const shape = fc
  .integer({ min: 1, max: 25 })
  .chain((window) => fc.tuple(fc.constant(window), fc.integer({ min: 1, max: window })));

describe("a window's answer is that of the values present in it", () => {
  test("by a second method: the plain statistics of the values cut out", () => {
    fc.assert(
      fc.property(plainSeries, shape, (x, [window, minPeriods]) => {
        const options = { minPeriods };
        const rolled = {
          mean: rollingMean(x, window, options),
          variance: rollingVariance(x, window, options),
          skewness: rollingSkewness(x, window, { ...options, bias: true }),
          kurtosis: rollingKurtosis(x, window, { ...options, bias: true }),
        };
        x.forEach((_, t) => {
          const values = x.slice(Math.max(0, t - window + 1), t + 1).filter(Number.isFinite);
          const enough = values.length >= minPeriods;
          const n = values.length;
          const expected = (truth: number) => (enough ? truth : Number.NaN);
          expectClose(rolled.mean[t]!, expected(mean(values)), rounding(2), 125);
          expectClose(rolled.variance[t]!, expected(variance(values)), rounding(n + 2));
          expectClose(rolled.skewness[t]!, expected(skewness(values)), rounding(n + 2), n ** 0.5);
          expectClose(rolled.kurtosis[t]!, expected(kurtosis(values)), rounding(n + 2), n);
        });
      }),
    );
  });

  test("the variance of a sum is that of its parts and twice their covariance", () => {
    fc.assert(
      fc.property(plainSeries, plainSeries, shape, (x, y, [window, minPeriods]) => {
        const rows = Math.min(x.length, y.length);
        const a = x.slice(0, rows);
        const b = y.slice(0, rows);
        const options = { minPeriods, ddof: 0 };
        const together = a.map((v, t) => v + b[t]!);
        const masked = (u: number[]) => u.map((v, t) => (Number.isNaN(together[t]) ? Number.NaN : v));
        // var(a + b) = var a + var b + 2 cov(a, b)
        const whole = rollingVariance(together, window, options);
        const varA = rollingVariance(masked(a), window, options);
        const varB = rollingVariance(masked(b), window, options);
        const covariance = rollingCovariance(a, b, window, options);
        whole.forEach((v, t) => {
          expectClose(varA[t]! + varB[t]! + 2 * covariance[t]!, v, rounding(window + 4), varA[t]! + varB[t]!);
        });
      }),
    );
  });

  test("correlation² is the product of the two slopes", () => {
    fc.assert(
      fc.property(plainSeries, plainSeries, shape, (x, y, [window, minPeriods]) => {
        const rows = Math.min(x.length, y.length);
        const [a, b] = [x.slice(0, rows), y.slice(0, rows)];
        const options = { minPeriods };
        const correlation = rollingCorrelation(a, b, window, options);
        const forth = rollingBeta(a, b, window, options);
        const back = rollingBeta(b, a, window, options);
        correlation.forEach((rho, t) => {
          if (Number.isNaN(rho)) expect(forth[t]! * back[t]!).toBeNaN();
          else expectClose(rho * rho, forth[t]! * back[t]!, rounding(4), 1);
        });
      }),
    );
  });

  test("panels of any width answer column by column, whichever way they are computed", () => {
    const width = fc.integer({ min: 1, max: 11 });
    fc.assert(
      fc.property(
        width,
        fc.array(value, { minLength: 700, maxLength: 900, size: "max" }),
        shape,
        (n, data, [window, minPeriods]) => {
          const rows = Math.floor(data.length / n);
          const panel = new Matrix(rows, n, Float64Array.from(data.slice(0, rows * n)));
          const market = panel.column(0);
          const options = { minPeriods };
          const j = n - 1;
          const column = panel.column(j);
          expectClose(
            rollingStd(panel, window, options).column(j),
            rollingStd(column, window, options),
            bits,
          );
          expectClose(
            rollingSum(panel, window, options).column(j),
            rollingSum(column, window, options),
            bits,
          );
          expectClose(
            rollingBeta(panel, market, window, options).column(j),
            rollingBeta(column, market, window, options),
            bits,
          );
          expectClose(
            rollingCorrelation(panel, panel, window, options).column(j),
            rollingCorrelation(column, column, window, options),
            bits,
          );
        },
      ),
    );
  });
});
