import { Matrix, rollingMean } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  applyBuffer,
  averageDailyVolume,
  bufferedPositions,
  decayedPositions,
  decayPosition,
  liquidityCap,
  PositionBuffer,
  PositionDecay,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const NAN = Number.NaN;

describe("liquidityCap", () => {
  test("a tenth of an average day, whole shares, long and short alike", () => {
    expect(liquidityCap(5000, 12_345)).toBe(1234);
    expect(liquidityCap(-5000, 12_345)).toBe(-1234);
    expect(liquidityCap(1000, 12_345)).toBe(1000);
    expect(liquidityCap(5000, 12_345, { participation: 0.2 })).toBe(2469);
    expect(liquidityCap(5000, 12_345, { lotSize: 100 })).toBe(1200);
  });

  test("no volume leaves nothing, an unknown one is not guessed", () => {
    expectClose(liquidityCap([-500, 0, 500], 0), [0, 0, 0], bits);
    expect(liquidityCap(500, NAN)).toBeNaN();
    expect(liquidityCap(NAN, 500)).toBeNaN();
  });

  test("volumes go by asset across a panel", () => {
    const capped = liquidityCap(
      [
        [500, 500],
        [-500, 20],
      ],
      [1000, 3000],
    );
    expectClose(
      capped.toRows(),
      [
        [100, 300],
        [-100, 20],
      ],
      bits,
    );
  });

  test("misuse is refused by name", () => {
    expect(refusal(() => liquidityCap(1, -5))).toBe(
      "range: averageVolume must be non-negative and finite, or NaN, got -5",
    );
    expect(refusal(() => liquidityCap(1, 5, { participation: 0 }))).toBe(
      "range: participation must be positive and finite, got 0",
    );
    expect(refusal(() => liquidityCap(1, 5, { lotSize: NAN }))).toBe(
      "not-finite: lotSize must be positive and finite, got NaN",
    );
  });
});

describe("averageDailyVolume", () => {
  const volume = [100, 200, 300, 400, 500];

  test("is the mean of the days before: today's volume does not count", () => {
    expectClose(averageDailyVolume(volume, { window: 2 }), [NAN, NAN, 150, 250, 350], bits);
    expectClose(averageDailyVolume([...volume.slice(0, 4), 1e9], { window: 2 })[4]!, 350, bits);
  });

  test("with lag 0 it is the rolling mean itself, and a lag beyond the history leaves nothing known", () => {
    expectClose(averageDailyVolume(volume, { window: 3, lag: 0 }), rollingMean(volume, 3), bits);
    expectClose(
      averageDailyVolume(volume, { window: 1, lag: 9 }),
      volume.map(() => NAN),
      bits,
    );
    expectClose(averageDailyVolume([], {}), [], bits);
  });

  test("columns are averaged one by one, a missing day is waited out", () => {
    const panel = Matrix.fromRows([
      [10, 1],
      [NAN, 3],
      [30, 5],
      [50, 7],
      [70, 9],
    ]);
    const average = averageDailyVolume(panel, { window: 2 });
    expectClose(
      average.toRows(),
      [
        [NAN, NAN],
        [NAN, NAN],
        [NAN, 2],
        [NAN, 4],
        [40, 6],
      ],
      bits,
    );
  });

  test("misuse is refused by name", () => {
    expect(
      refusal(() =>
        averageDailyVolume([
          [1, 2],
          [3, -4],
        ]),
      ),
    ).toBe("range: volume must not be negative, got -4 in row 1, column 1");
    expect(refusal(() => averageDailyVolume(volume, { lag: 0.5 }))).toBe(
      "range: lag must be an integer ≥ 0, got 0.5",
    );
    expect(refusal(() => averageDailyVolume(volume, { window: 0 }))).toContain("range: window");
    const own = Float64Array.from(volume);
    expect(refusal(() => averageDailyVolume(own, { out: own }))).toContain(
      "option: out must not share memory",
    );
  });
});

describe("applyBuffer", () => {
  test("changes of less than 15 % of what is held are not made, long or short", () => {
    expectClose(applyBuffer([110, 114, 115, 120, 85, 86], 100), [100, 100, 115, 120, 85, 100], bits);
    expectClose(applyBuffer([-110, -115, -85, -86], -100), [-100, -115, -85, -100], bits);
  });

  test("a position is opened from flat, closed and turned round, whatever its side", () => {
    expect(applyBuffer(1, 0)).toBe(1);
    expect(applyBuffer(-1, 0)).toBe(-1);
    expect(applyBuffer(0, 0)).toBe(0);
    expect(applyBuffer(0, 100)).toBe(0);
    expect(applyBuffer(0, -100)).toBe(0);
    expect(applyBuffer(-1, 100)).toBe(-1);
    expect(applyBuffer(1, -100)).toBe(1);
  });

  test("a missing target changes nothing", () => {
    expectClose(applyBuffer([NAN, NAN], [100, 0]), [100, 0], bits);
  });

  test("a buffer of 0 lets every change through", () => {
    expectClose(applyBuffer([100.0000001, 100], 100, { buffer: 0 }), [100.0000001, 100], bits);
  });

  test("huge and tiny positions are told apart as well", () => {
    expect(applyBuffer(-1.7e308, 1.7e308)).toBe(-1.7e308);
    expect(applyBuffer(5e-324, 1e-323)).toBe(5e-324);
    expect(applyBuffer(1.01e-320, 1e-320)).toBe(1e-320);
  });

  test("the seed never changes a short, and has no answer from flat", () => {
    const parity = "seed";
    expectClose(applyBuffer([-50, 0, 200], -100, { parity }), [-100, -100, -100], bits);
    expect(applyBuffer(100, 0, { parity })).toBeNaN();
  });

  test("misuse is refused by name", () => {
    expect(refusal(() => applyBuffer(1, NAN))).toBe("not-finite: current must be a finite number, got NaN");
    expect(refusal(() => applyBuffer(Number.NEGATIVE_INFINITY, 1))).toBe(
      "not-finite: target must be finite or NaN, got -Infinity",
    );
    expect(refusal(() => applyBuffer(1, 1, { buffer: 1 }))).toBe("range: buffer must be in [0, 1), got 1");
    expect(refusal(() => applyBuffer([1, 2], [1, 2, 3]))).toContain("shape: current must be");
  });
});

describe("PositionBuffer", () => {
  test("compares with what it holds, not with the last target", () => {
    // 100 is held through 110 and 114; 116 is 16 % away.
    expectClose(bufferedPositions([100, 110, 114, 116, 116, 0, 5]), [100, 100, 100, 116, 116, 0, 5], bits);
    expectClose(bufferedPositions([105, NAN, 130], { initial: 100, buffer: 0.1 }), [100, 100, 130], bits);
  });

  test("each column of a panel is held by itself", () => {
    const held = bufferedPositions([
      [100, -100],
      [110, -110],
      [120, -120],
    ]);
    expectClose(
      held.toRows(),
      [
        [100, -100],
        [100, -100],
        [120, -120],
      ],
      bits,
    );
  });

  test("broken states are refused by field", () => {
    const { state } = new PositionBuffer();
    expect(refusal(() => PositionBuffer.from(undefined as never))).toBe(
      "data: state must be an object, got undefined",
    );
    expect(refusal(() => PositionBuffer.from({ ...state, version: 2 } as never))).toBe(
      "data: state.version must be 1, got 2",
    );
    expect(refusal(() => PositionBuffer.from({ ...state, buffer: 1 }))).toBe(
      "data: state.buffer must be in [0, 1), got 1",
    );
    expect(refusal(() => PositionBuffer.from({ ...state, position: null as never }))).toBe(
      "data: state.position must be a finite number, got null",
    );
    expect(refusal(() => new PositionBuffer().push("3" as never))).toBe(
      'data: target must be a finite number or NaN, got "3"',
    );
    expect(refusal(() => new PositionBuffer({ initial: NAN }))).toContain("not-finite: initial");
  });
});

describe("decayPosition", () => {
  test("half is left after a half-life, the sign stays", () => {
    expectClose(decayPosition([1000, 1000, -1000], [0, 10, 20]), [1000, 500, -250], bits);
    expectClose(decayPosition(1, 1, { halfLife: 2 }), Math.SQRT1_2, rounding());
    expect(decayPosition(-1e300, 1e9)).toBe(-0);
    expect(decayPosition(1, NAN)).toBeNaN();
  });

  test("misuse is refused by name", () => {
    expect(refusal(() => decayPosition(1, -1))).toBe(
      "range: age must be non-negative and finite, or NaN, got -1",
    );
    expect(refusal(() => decayPosition(1, 1, { halfLife: -1 }))).toBe(
      "range: halfLife must be positive and finite, got -1",
    );
  });
});

describe("PositionDecay", () => {
  test("counts from the change of sign, flat being a sign of its own", () => {
    const decayed = decayedPositions([100, 100, 80, -80, -80, 0, 100], { halfLife: 1 });
    expectClose(decayed, [100, 50, 20, -80, -40, 0, 100], bits);
  });

  test("or from any change of the target", () => {
    const decayed = decayedPositions([100, 100, 80, 80, 80], { halfLife: 1, restart: "change" });
    expectClose(decayed, [100, 50, 80, 40, 20], bits);
  });

  test("a missing target is no answer, and time goes on; before the first there is no age", () => {
    expectClose(decayedPositions([NAN, 100, NAN, 100], { halfLife: 1 }), [NAN, 100, NAN, 25], bits);
  });

  test("broken states are refused by field", () => {
    const stream = new PositionDecay();
    stream.push(3);
    const { state } = stream;
    expect(refusal(() => PositionDecay.from({ ...state, halfLife: 0 }))).toBe(
      "data: state.halfLife must be positive and finite, got 0",
    );
    expect(refusal(() => PositionDecay.from({ ...state, age: 0.5 }))).toBe(
      "data: state.age must be an integer ≥ 0, got 0.5",
    );
    expect(refusal(() => PositionDecay.from({ ...state, target: undefined as never }))).toBe(
      "data: state.target must be a finite number or null, got undefined",
    );
    expect(refusal(() => PositionDecay.from({ ...state, restart: "never" as never }))).toContain(
      "option: state.restart must be one of 'sign', 'change'",
    );
    expect(refusal(() => new PositionDecay({ restart: "never" as never }))).toContain("option: restart");
    expect(refusal(() => stream.push(Number.POSITIVE_INFINITY))).toBe(
      "not-finite: target must be a finite number or NaN, got Infinity",
    );
  });
});
