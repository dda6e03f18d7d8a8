import { parameterSweep, sweepPoints } from "@astra-quant/backtest";
import { createRandom } from "@astra-quant/core-linalg";
import { kalmanRegression, pairSignal } from "@astra-quant/kalman";
import { describe, expect, test } from "vitest";
import * as strategy from "../pair-sweep/pair-strategy.ts";
import { simulatePair } from "../pair-sweep/simulate-pair.ts";
import { thresholdPositions } from "../pair-sweep/threshold-positions.ts";

/** z-scores with gaps, and some that stand exactly on a threshold. */
function scores(seed: number, thresholds: readonly number[]): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: 300 }, () => {
    const luck = random.uniform();
    if (luck < 0.05) return Number.NaN;
    const z = luck < 0.15 ? thresholds[random.integer(thresholds.length)]! : 1.5 * random.normal();
    return luck < 0.1 ? -z : z;
  });
}

describe("the swept pair", () => {
  test("takes the positions of pairSignal", () => {
    const random = createRandom("thresholds");
    for (let seed = 0; seed < 300; seed++) {
      const enter = 0.2 + 2 * random.uniform();
      const exit = seed % 10 === 0 ? enter : enter * random.uniform();
      const zScore = scores(seed, [enter, exit, 0]);
      const out = new Int8Array(zScore.length);
      expect(thresholdPositions(zScore, { enter, exit }, 0, out)).toEqual(
        pairSignal(zScore, { enter, exit }),
      );
    }
  });

  test("runs its filter once for all thresholds of it, and gives the figures of each point alone", async () => {
    const data = { ...simulatePair(2000, "test"), bps: 0.5 };
    const filter = { delta: 1e-8, observationVariance: 1e-2 };
    const points = [
      { ...filter, enter: 1, exit: 0.2 },
      { ...filter, enter: 1.5, exit: 0.2 },
    ];
    const sweep = { parameters: points, module: strategy, data, periodsPerYear: 98_280, blocks: 4 };
    const { best } = await parameterSweep<
      strategy.PairPoint,
      strategy.PairData,
      ReturnType<typeof strategy.prepare>
    >(sweep);
    expect(best.length).toBe(2);
    for (const { index, record } of best) {
      for await (const alone of sweepPoints({ ...sweep, parameters: [points[index]!] })) {
        expect(alone).toMatchObject({ status: "done", record });
      }
    }
    const { zScore } = kalmanRegression(data.x, data.y, filter);
    const position = pairSignal(zScore.slice(500), { enter: 1, exit: 0.2 });
    expect(best.find(({ index }) => index === 0)!.record.trades).toBeGreaterThan(5);
    expect(position.some((side) => side !== 0)).toBe(true);
  });
});
