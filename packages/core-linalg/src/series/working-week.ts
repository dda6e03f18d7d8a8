import { requireInteger } from "../guards/numbers.ts";
import { QuantError } from "../guards/quant-error.ts";

/** 1970-01-01, day 0, was a Thursday. */
const FIRST_WEEKDAY = 4;
const WEEK = 7;

/** The days that are on no weekend, numbered from 1970-01-01 on; days before it have negative numbers. */
export class WorkingWeek {
  /** How many of the first i days of 1970 are workdays. */
  readonly #within: Int32Array = new Int32Array(WEEK + 1);
  readonly #length: number;

  constructor(weekend: readonly number[]) {
    weekend.forEach((weekday, i) => {
      requireInteger(`weekend[${i}]`, weekday, 0, 6);
    });
    for (let i = 0; i < WEEK; i++) {
      const free = weekend.includes((i + FIRST_WEEKDAY) % WEEK);
      this.#within[i + 1] = this.#within[i]! + (free ? 0 : 1);
    }
    this.#length = this.#within[WEEK]!;
    if (this.#length === 0) {
      throw new QuantError("range", "weekend must leave a day for business, got all seven", {
        argument: "weekend",
      });
    }
  }

  includes(day: number): boolean {
    return this.before(day + 1) > this.before(day);
  }

  /** How many workdays there are from 1970 up to, not including, that day. */
  before(day: number): number {
    const weeks = Math.floor(day / WEEK);
    return weeks * this.#length + this.#within[day - weeks * WEEK]!;
  }

  /** The workday with so many before it. */
  workday(number: number): number {
    const weeks = Math.floor(number / this.#length);
    const rest = number - weeks * this.#length;
    let i = 0;
    while (this.#within[i + 1]! <= rest) i++;
    return weeks * WEEK + i;
  }
}
