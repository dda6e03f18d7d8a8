import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  FixedLagSmoother,
  type FixedLagSmootherState,
  KalmanFilter,
  type KalmanFilterState,
  kalmanFilter,
  kalmanSmoother,
  type StateSpaceModel,
  simulateStateSpace,
} from "../../src/index.ts";

const NAN = Number.NaN;
const level: StateSpaceModel = {
  design: [[1]],
  observationCovariance: [[2]],
  transition: [[1]],
  stateCovariance: [[1]],
};
const trend: StateSpaceModel = {
  design: [[1, 0]],
  observationCovariance: [[1]],
  transition: [
    [1, 1],
    [0, 1],
  ],
  stateCovariance: [
    [0, 0],
    [0, 0],
  ],
};

describe("a level by hand", () => {
  test("the first bar sets it, the second moves it by its gain", () => {
    const { mean, covariance, innovation, innovationCovariance } = kalmanFilter(level, [10, 15]);
    expectClose([...mean.data], [10, 10 + (3 / 5) * 5], rounding());
    expectClose(
      covariance.map(({ data }) => data[0]!),
      [2, 6 / 5],
      rounding(),
    );
    expectClose(innovation.data, [NAN, 5], rounding());
    expectClose(
      innovationCovariance.map(({ data }) => data[0]!),
      [NAN, 5],
      rounding(),
    );
  });

  test("the smoother halves the way where the noise and the step say so", () => {
    // y₂ − y₁ has variance 2 + 1 + 2; the first level keeps 2 ÷ 5 of the difference.
    const { mean, covariance } = kalmanSmoother(level, [10, 15]);
    expectClose(mean.data, [12, 13], rounding());
    expectClose(
      covariance.map(({ data }) => data[0]!),
      [6 / 5, 6 / 5],
      rounding(),
    );
  });

  test("a forecast stays where it is and grows by a step a bar", () => {
    const filter = new KalmanFilter(level);
    filter.update([10]);
    const { mean, covariance, stateCovariance } = filter.forecast(3);
    expectClose(mean.data, [10, 10, 10], bits);
    expectClose(
      covariance.map(({ data }) => data[0]!),
      [5, 6, 7],
      rounding(),
    );
    expectClose(
      stateCovariance.map(({ data }) => data[0]!),
      [3, 4, 5],
      rounding(),
    );
    expect(filter.state.bar).toBe(1);
  });
});

describe("a state that is not determined", () => {
  test("is NaN alone: a level is known at once, its trend after two bars", () => {
    const { mean } = kalmanFilter(trend, [3, 5, 7]);
    expectClose(
      mean.toRows(),
      [
        [3, NAN],
        [5, 2],
        [7, 2],
      ],
      rounding(100),
    );
  });

  test("that is never observed stays NaN, and the smoother says nothing", () => {
    const hidden = {
      ...trend,
      transition: [
        [1, 0],
        [0, 1],
      ],
    };
    expectClose(
      kalmanFilter(hidden, [1, 2]).mean.toRows(),
      [
        [1, NAN],
        [1.5, NAN],
      ],
      rounding(10),
    );
    expect(kalmanSmoother(hidden, [1, 2]).mean.data.every(Number.isNaN)).toBe(true);
  });

  test("is forgotten by a transition that does not carry it on", () => {
    const forgets = {
      ...trend,
      transition: [
        [1, 0],
        [0, 0],
      ],
      stateCovariance: [
        [0, 0],
        [0, 4],
      ],
    };
    const { mean, covariance } = kalmanFilter(forgets, [1, 2]);
    expectClose(mean.row(1), [1.5, 0], rounding(10));
    expectClose(covariance[1]!.data[3]!, 4, rounding());
  });

  test("may be some of the states only", () => {
    const initial = {
      mean: [0, 2],
      covariance: [
        [0, 0],
        [0, 0],
      ],
      diffuse: [true, false],
    };
    expectClose(kalmanFilter(trend, [3], { initial }).mean.row(0), [3, 2], bits);
  });
});

test("observations without noise are believed, and a second copy of one tells nothing", () => {
  const model: StateSpaceModel = {
    design: [[1], [1]],
    observationCovariance: [
      [0, 0],
      [0, 0],
    ],
    transition: [[1]],
    stateCovariance: [[1]],
  };
  for (const form of ["joseph", "square-root"] as const) {
    const { mean, covariance, logLikelihood } = kalmanFilter(
      model,
      [
        [4, 4],
        [5, 5],
      ],
      { form },
    );
    expectClose(mean.data, [4, 5], rounding());
    expectClose(
      covariance.map(({ data }) => data[0]!),
      [0, 0],
      bits,
    );
    expect(Number.isFinite(logLikelihood)).toBe(true);
    expectClose(
      kalmanSmoother(
        model,
        [
          [4, 4],
          [5, 5],
        ],
        { form },
      ).mean.data,
      [4, 5],
      rounding(),
    );
  }
});

test("nothing but NaN, and nothing at all", () => {
  const { mean, missing, logLikelihood } = kalmanFilter(level, [NAN, NAN]);
  expectClose([...mean.data, missing, logLikelihood], [NAN, NAN, 2, 0], bits);
  expect(kalmanFilter(level, []).mean.rows).toBe(0);
  expect(kalmanSmoother(level, []).mean.rows).toBe(0);
  expect(kalmanSmoother(level, [NAN]).mean.data).toEqual(Float64Array.of(NAN));
});

test("a fixed lag tells each bar as late as that, and with lag 0 is the filter", () => {
  const late = new FixedLagSmoother(level, { lag: 1 });
  expect(late.update([10])).toMatchObject({ bar: -1, mean: Float64Array.of(NAN) });
  const { bar, mean, covariance } = late.update([15]);
  expect(bar).toBe(0);
  expectClose([mean[0]!, covariance.data[0]!], [12, 6 / 5], rounding());
  const now = new FixedLagSmoother(level, { lag: 0 });
  now.update([10]);
  expectClose(now.update([15]).mean[0]!, 13, rounding());
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: readonly [string, () => unknown, string][] = [
    ["no model", () => new KalmanFilter(null as never), "model must be an object, got null"],
    [
      "a name too many",
      () => new KalmanFilter({ ...level, desing: 1 } as never),
      "unknown option 'desing'; did you mean 'design'?",
    ],
    [
      "an empty design",
      () => new KalmanFilter({ ...level, design: [] }),
      "design must not be empty, got 0×0",
    ],
    [
      "a transition of another size",
      () => new KalmanFilter({ ...level, transition: [[1, 0]] }),
      "transition must be 1×1, got 1×2",
    ],
    [
      "a negative variance",
      () => new KalmanFilter({ ...level, stateCovariance: [[-1]] }),
      "stateCovariance must be positive semidefinite, got the variance -1 at [0][0]",
    ],
    [
      "an indefinite covariance",
      () =>
        new KalmanFilter({
          ...trend,
          stateCovariance: [
            [1, 2],
            [2, 1],
          ],
        }),
      "stateCovariance must be positive semidefinite, got [[1, 2], [2, 1]]",
    ],
    [
      "a bad matrix at a later bar",
      () => kalmanFilter({ ...level, transition: (t) => [[t === 1 ? NAN : 1]] }, [1, 2]),
      "transition(1)[0][0] must be finite, got NaN",
    ],
    [
      "an infinity",
      () => new KalmanFilter(level).update([Number.POSITIVE_INFINITY]),
      "y[0] must be a finite number, or NaN where it is missing, got Infinity",
    ],
    [
      "a magnitude beyond squares",
      () => kalmanFilter(level, [1, 1e200]),
      "Y[1] must be at most 1e+150 in magnitude, got 1e+200",
    ],
    [
      "observations of another number",
      () => new KalmanFilter(level).update([1, 2]),
      "y must have 1 entries, got 2",
    ],
    ["a table of another width", () => kalmanFilter(level, [[1, 2]]), "Y must be bars × 1, got 1×2"],
    [
      "a vector for two observations",
      () =>
        kalmanFilter(
          {
            ...level,
            design: [[1], [1]],
            observationCovariance: [
              [1, 0],
              [0, 1],
            ],
          },
          [1, 2],
        ),
      "Y must be bars × 2, got a vector",
    ],
    [
      "an unknown form",
      () => new KalmanFilter(level, { form: "ud" as never }),
      "form must be one of 'joseph', 'square-root', got \"ud\"",
    ],
    [
      "an unknown start",
      () => new KalmanFilter(level, { initial: "zero" as never }),
      "initial must be one of 'diffuse', got \"zero\"",
    ],
    [
      "a diffuse state with a variance",
      () => new KalmanFilter(level, { initial: { mean: [0], covariance: [[1]], diffuse: [true] } }),
      "initial must have mean and variance 0 where it is diffuse, at 0",
    ],
    [
      "a forecast of nothing",
      () => new KalmanFilter(level).forecast(0),
      "bars must be an integer ≥ 1, got 0",
    ],
    ["a negative lag", () => new FixedLagSmoother(level, { lag: -1 }), "lag must be an integer ≥ 0, got -1"],
    [
      "a simulation of a diffuse start",
      () =>
        simulateStateSpace(level, {
          bars: 1,
          seed: 1,
          initial: { mean: [0], covariance: [[0]], diffuse: [true] } as never,
        }),
      "initial must not be diffuse",
    ],
  ];
  for (const [what, attempt, message] of refusals) {
    test(what, () => {
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(expect.objectContaining({ name: "QuantError" }));
    });
  }
});

describe("a state", () => {
  const state = kalmanFilter(trend, [1, 2, 3]).state;
  const spoilt = (change: object) => () =>
    KalmanFilter.from({ ...state, ...change } as KalmanFilterState, trend);

  test("of another version, or spoilt, is refused with the field's name", () => {
    expect(spoilt({ version: 2 })).toThrow("state.version must be 1, got 2");
    expect(spoilt({ mean: [1] })).toThrow("state.mean must have 2 entries, got 1");
    expect(spoilt({ covariance: [-1, 0, 0, 1] })).toThrow(
      "state.covariance must have no negative variance, got -1 for state 0",
    );
    expect(spoilt({ covariance: [1, 0.5, 0, 1] })).toThrow(
      "state.covariance must be symmetric, but [1][0] and [0][1] differ by 0.5",
    );
    expect(spoilt({ unknown: [1, 2, 3] })).toThrow(
      "state.unknown must have 2 rows of equal length, got 3 entries",
    );
    expect(spoilt({ form: "ud" })).toThrow("state.form must be one of");
    expect(spoilt({ bars: 3 })).toThrow("unknown option 'bars'; did you mean 'bar'?");
    expect(() => KalmanFilter.from(null as never, trend)).toThrow("state must be an object, got null");
  });

  test("of a fixed lag too", () => {
    const smoother = new FixedLagSmoother(level, { lag: 2 });
    for (const y of [1, 2, 3]) smoother.update([y]);
    const written = smoother.state;
    const changed = (change: object) => () =>
      FixedLagSmoother.from({ ...written, ...change } as FixedLagSmootherState, level);
    expect(changed({ version: 0 })).toThrow("state.version must be 1, got 0");
    expect(changed({ lag: 3 })).toThrow("state.bars must hold the last bars up to the lag, got Array(2)");
    expect(changed({ bars: [written.bars[0], { ...written.bars[1], mean: [NAN] }] })).toThrow(
      "state.bars[1].mean[0] must be finite, got NaN",
    );
    expect(changed({ filter: { ...written.filter, mean: [] } })).toThrow(
      "state.filter.mean must have 1 entries, got 0",
    );
    const [first, second] = written.bars as [object, { readonly elements: readonly object[] }];
    expect(changed({ bars: [first, { ...second, elements: [null] }] })).toThrow(
      "state.bars[1].elements[0] must be an object, got null",
    );
    expect(
      changed({ bars: [first, { ...second, elements: [{ ...second.elements[0], z: [1, 2] }] }] }),
    ).toThrow("state.bars[1].elements[0].z must have 1 entries, got 2");
    expect(changed({ bars: [first, { ...second, Q: [-1] }] })).toThrow(
      "state.bars[1].Q must have no negative variance, got -1 for state 0",
    );
    expect(changed({ bars: [first, { ...second, unknown: [1, 2] }] })).toThrow(
      "state.bars[1].unknown must have 1 rows of equal length, got 2 entries",
    );
    expect(FixedLagSmoother.from(JSON.parse(JSON.stringify(written)), level).state).toEqual(written);
  });
});
