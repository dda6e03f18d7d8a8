// What the sweep runs, in this thread or in workers: filter, signal, returns. The filter is the dear part, so a worker keeps
// the last one; in a grid whose first axes are the filter's, all thresholds of one filter come one after the other.
import {
  type PairBars,
  pairBars,
  pairReturns,
  type SweepRecord,
  type SweepRecordOptions,
  sweepRecord,
} from "@astra-quant/backtest";
import { kalmanRegression } from "@astra-quant/kalman";
import { thresholdPositions } from "./threshold-positions.ts";

export interface PairData {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Cost of trading, in basis points of the money traded. */
  readonly bps: number;
}

export type PairPoint = {
  readonly delta: number;
  readonly observationVariance: number;
  readonly enter: number;
  readonly exit: number;
};

interface Filtered {
  readonly name: string;
  readonly zScore: Float64Array;
  readonly bars: PairBars;
}

interface Desk extends PairData {
  filtered: Filtered | undefined;
  readonly position: Int8Array;
  readonly returns: Float64Array;
}

/** Bars before this one are not traded: the filter is still finding its place. */
const WARM_UP = 500;

export function prepare(data: PairData): Desk {
  const bars = data.x.length;
  return {
    ...data,
    filtered: undefined,
    position: new Int8Array(bars),
    returns: new Float64Array(bars),
  };
}

function filteredBy({ delta, observationVariance }: PairPoint, desk: Desk): Filtered {
  const name = `${delta} ${observationVariance}`;
  if (desk.filtered?.name === name) return desk.filtered;
  const { x, y, bps } = desk;
  const { zScore, slope } = kalmanRegression(x, y, { delta, observationVariance });
  desk.filtered = { name, zScore, bars: pairBars({ x, y, slope, bps }) };
  return desk.filtered;
}

export function evaluate(point: PairPoint, desk: Desk, context: Required<SweepRecordOptions>): SweepRecord {
  const { zScore, bars } = filteredBy(point, desk);
  const position = thresholdPositions(zScore, point, WARM_UP, desk.position);
  return sweepRecord(pairReturns(bars, position, { out: desk.returns }), context);
}
