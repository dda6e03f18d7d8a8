import { niceTicks } from "../nice-ticks.ts";
import { countText } from "../number-text.ts";
import type { TearSheetData } from "../tear-sheet-data.ts";
import { calendarTicks } from "./calendar-ticks.ts";

/** A mark under a plot. */
export interface AxisTick {
  /** 0 at the left end, 1 at the right. */
  readonly at: number;
  readonly text: string;
}

/** Of the distance of `most` ticks: labels closer than this would touch. */
const APART = 0.6;

function firstAtOrAfter(dates: Float64Array, moment: number): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dates[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bars stand side by side, whatever time lies between them: a tick is at the first bar of its year, month, day or hour. */
export function timeAxis({ dates, firstRow, bars }: TearSheetData, most: number): AxisTick[] {
  if (dates === null) {
    const { values } = niceTicks(firstRow, firstRow + bars, most);
    const whole = values.filter(Number.isInteger);
    return whole.map((row, i) => ({
      at: (row - firstRow) / bars,
      text: i === 0 ? `row ${countText(row)}` : countText(row),
    }));
  }
  const ticks: AxisTick[] = [];
  for (const { at, text } of calendarTicks(dates[0]!, dates.at(-1)!, most)) {
    const place = firstAtOrAfter(dates, at) / bars;
    const before = ticks.at(-1);
    if (before === undefined || place - before.at >= APART / most) ticks.push({ at: place, text });
  }
  return ticks;
}
