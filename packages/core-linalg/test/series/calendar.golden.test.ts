import { bits, expectClose, fixture } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { BusinessCalendar, type RollConvention, timeZoneOffsets } from "../../src/index.ts";

const truth = fixture(import.meta.url, "calendar.json");
const DAY = 86_400_000;
const moments: readonly number[] = truth.days.map((day: number) => day * DAY);
const holidays = truth.holidays.map((day: number) => day * DAY).reverse();

describe("BusinessCalendar is numpy's busday functions", () => {
  for (const wanted of truth.calendars) {
    const { weekend } = wanted;
    const calendar = new BusinessCalendar({ weekend, holidays });
    const days = (what: (moment: number, i: number) => number) => moments.map((m, i) => what(m, i) / DAY);

    test(`weekend ${JSON.stringify(weekend)}: is_busday, busday_count, busday_offset`, () => {
      expectClose(
        moments.map((moment) => Number(calendar.isBusinessDay(moment))),
        wanted.open,
        bits,
      );
      expectClose(
        moments.map((moment, i) => Math.abs(calendar.between(moment, truth.others[i] * DAY))),
        wanted.between,
        bits,
      );
      expectClose(
        days((moment, i) => calendar.add(moment, truth.steps[i])),
        wanted.away,
        bits,
      );
    });

    test(`weekend ${JSON.stringify(weekend)}: the four conventions`, () => {
      for (const convention of [
        "following",
        "preceding",
        "modified-following",
        "modified-preceding",
      ] satisfies RollConvention[]) {
        expectClose(
          days((moment) => calendar.roll(moment, convention)),
          wanted[convention],
          bits,
        );
      }
    });
  }
});

describe("timeZoneOffsets tells the changes that Python's zoneinfo tells", () => {
  const { from, until, changes } = truth.zones;
  for (const [zone, { transitions, offsets }] of Object.entries<{ transitions: number[]; offsets: number[] }>(
    changes,
  )) {
    test(zone, () => {
      const read = timeZoneOffsets(zone, from, until);
      expectClose(read.transitions, transitions, bits);
      expectClose(read.offsets, offsets, bits);
    });
  }
});
