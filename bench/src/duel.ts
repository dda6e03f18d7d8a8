import { medianOf, medianRatio, type Ratio } from "./ratio.ts";
import { calibrate, type Timer } from "./timer.ts";

export interface DuelSettings {
  /** Pairs to time. */
  readonly pairs: number;
  /** Seconds that one side of a pair lasts. */
  readonly slice: number;
  /** Seconds of warming up a side. */
  readonly warmUp: number;
}

export interface Duel {
  readonly ratio: Ratio;
  /** Median seconds a call. */
  readonly ours: number;
  readonly theirs: number;
}

/** Times two contestants in alternating pairs: noise that lasts longer than a pair meets both alike. */
export async function duel(
  ours: Timer,
  theirs: Timer,
  { pairs, slice, warmUp }: DuelSettings,
): Promise<Duel> {
  const ourRepetitions = await calibrate(ours, slice, warmUp);
  const theirRepetitions = await calibrate(theirs, slice, warmUp);
  const ourTimes: number[] = [];
  const theirTimes: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const oursFirst = pair % 2 === 0;
    if (oursFirst) ourTimes.push((await ours(ourRepetitions)) / ourRepetitions);
    theirTimes.push((await theirs(theirRepetitions)) / theirRepetitions);
    if (!oursFirst) ourTimes.push((await ours(ourRepetitions)) / ourRepetitions);
  }
  return {
    ratio: medianRatio(theirTimes.map((time, i) => time / ourTimes[i]!)),
    ours: medianOf(ourTimes),
    theirs: medianOf(theirTimes),
  };
}
