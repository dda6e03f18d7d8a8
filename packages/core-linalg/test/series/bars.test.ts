import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  asOfJoin,
  barsFromTicks,
  isoTime,
  Panel,
  parseTime,
  type ResampleOptions,
  resample,
  resampleBars,
  timeZoneOffsets,
} from "../../src/index.ts";

const NaN_ = Number.NaN;
const at = (...times: string[]): number[] => times.map(parseTime);
const closes = (times: readonly number[], values: readonly number[] = times.map((_, t) => t)): Panel =>
  new Panel({ index: times, columns: ["close"], values: values.map((value) => [value]) });
const spans = (panel: Panel, options: ResampleOptions): string[][] => {
  const { starts, ends } = resample(panel, options);
  return Array.from(starts, (start, b) => [isoTime(start), isoTime(ends[b]!)]);
};

describe("a bar", () => {
  const minutes = closes(at("2024-01-02T09:30", "2024-01-02T09:34", "2024-01-02T09:35", "2024-01-02T09:41"));

  test("is named by its end unless asked otherwise, and says when it began and ended", () => {
    const bars = resample(minutes, { every: "5m" });
    expect(Array.from(bars.panel.index)).toEqual(Array.from(bars.ends));
    expect(Array.from(bars.ends, isoTime)).toEqual([
      "2024-01-02T09:35:00Z",
      "2024-01-02T09:40:00Z",
      "2024-01-02T09:45:00Z",
    ]);
    expectClose(bars.panel.column("close"), [1, 2, 3], bits);
    expectClose(bars.counts, [2, 1, 1], bits);
    const named = resample(minutes, { every: "5m", label: "start" });
    expect(Array.from(named.panel.index)).toEqual(Array.from(bars.starts));
  });

  test("holds the row on its border at the side that is closed", () => {
    expectClose(resample(minutes, { every: "5m", closed: "right" }).panel.column("close"), [0, 2, 3], bits);
    expect(spans(minutes, { every: "5m", closed: "right" })[0]).toEqual([
      "2024-01-02T09:25:00Z",
      "2024-01-02T09:30:00Z",
    ]);
    expectClose(resample(minutes, { every: 300_000 }).panel.column("close"), [1, 2, 3], bits);
  });

  test("that has no row is left out, or kept with a count of 0", () => {
    const gap = closes(at("2024-01-02T09:30", "2024-01-02T09:45"));
    expect(resample(gap, { every: "5m" }).panel.rows).toBe(2);
    const kept = resample(gap, { every: "5m", empty: "keep" });
    expectClose(kept.panel.column("close"), [0, NaN_, NaN_, 1], bits);
    expectClose(kept.counts, [1, 0, 0, 1], bits);
    expectClose(
      resample(gap, { every: "5m", empty: "keep", aggregate: "sum" }).panel.values,
      [0, 0, 0, 1],
      bits,
    );
  });

  test("that is the last one is complete once the data are known up to its end", () => {
    const day = closes(at("2024-01-02T09:30", "2024-01-02T16:00"));
    expect(resample(day, { every: "1h" }).complete).toBe(false);
    expect(resample(day, { every: "1h", until: "2024-01-02T16:59:59.999" }).complete).toBe(false);
    expect(resample(day, { every: "1h", until: new Date("2024-01-02T17:00Z") }).complete).toBe(true);
    expect(resample(day, { every: "1h", closed: "right" }).complete).toBe(true);
    const dropped = resample(day, { every: "1h", incomplete: "drop" });
    expect([dropped.complete, dropped.panel.rows, dropped.counts.length]).toEqual([true, 1, 1]);
    expect(() => resample(day, { every: "1h", until: "2024-01-02T15:00" })).toThrow(
      'until must not be before the last row, 2024-01-02T16:00:00Z, got "2024-01-02T15:00"',
    );
  });

  test("joined as of its end shows no row its own future", () => {
    const bars = resample(minutes.rename({ close: "bar" }), { every: "5m" }).panel;
    expectClose(asOfJoin(minutes, bars).column("bar"), [NaN_, NaN_, 1, 2], bits);
  });

  test("of a panel without rows is none", () => {
    const none = resample(closes([]), { every: "1d", timeZone: "Asia/Tokyo" });
    expect([none.panel.rows, none.complete]).toEqual([0, true]);
    expect(resampleBars(closes([]), { every: "1M", empty: "keep" }).panel.rows).toBe(0);
  });
});

describe("the calendar cuts", () => {
  test("bars of a fixed length from the beginning of each day on, wherever the data begin", () => {
    expect(spans(closes(at("2024-01-02T23:59", "2024-01-03T00:08")), { every: "7m" })).toEqual([
      ["2024-01-02T23:55:00Z", "2024-01-03"],
      ["2024-01-03T00:07:00Z", "2024-01-03T00:14:00Z"],
    ]);
    expect(
      spans(closes(at("2024-01-02T08:00", "2024-01-02T10:45")), { every: "1h", dayStart: "09:30" }),
    ).toEqual([
      ["2024-01-02T07:30:00Z", "2024-01-02T08:30:00Z"],
      ["2024-01-02T10:30:00Z", "2024-01-02T11:30:00Z"],
    ]);
  });

  test("days of a zone where its clocks change: 23 and 25 hours", () => {
    const noons = closes(at("2024-03-10T16:00", "2024-11-03T17:00"));
    const options = { every: "1d", timeZone: "America/New_York" };
    expect(spans(noons, options)).toEqual([
      ["2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z"],
      ["2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z"],
    ]);
    expect(spans(noons, { ...options, dayStart: "18:00" })[1]).toEqual([
      "2024-11-02T22:00:00Z",
      "2024-11-03T23:00:00Z",
    ]);
  });

  test("the hour that a zone has twice as two hours", () => {
    const twice = closes(at("2024-11-03T05:30", "2024-11-03T06:30"));
    expect(spans(twice, { every: "1h", timeZone: "America/New_York" })).toEqual([
      ["2024-11-03T05:00:00Z", "2024-11-03T06:00:00Z"],
      ["2024-11-03T06:00:00Z", "2024-11-03T07:00:00Z"],
    ]);
  });

  test("a day that begins in the hour that is jumped over, at what the clocks show then", () => {
    const early = closes(at("2024-03-10T07:29:59", "2024-03-10T07:30"));
    expect(spans(early, { every: "1d", timeZone: "America/New_York", dayStart: "02:30" })).toEqual([
      ["2024-03-09T07:30:00Z", "2024-03-10T07:30:00Z"],
      ["2024-03-10T07:30:00Z", "2024-03-11T06:30:00Z"],
    ]);
  });

  test("a day that begins in the hour that comes twice, at its first passing", () => {
    const late = closes(at("2024-11-03T05:29", "2024-11-03T05:30", "2024-11-03T06:10", "2024-11-03T06:40"));
    expect(spans(late, { every: "1d", timeZone: "America/New_York", dayStart: "01:30" })).toEqual([
      ["2024-11-02T05:30:00Z", "2024-11-03T05:30:00Z"],
      ["2024-11-03T05:30:00Z", "2024-11-04T06:30:00Z"],
    ]);
    const second = closes(at("2024-11-03T06:10")); // the clocks show 1:10 for the second time
    expect(spans(second, { every: "1d", timeZone: "America/New_York", dayStart: "01:30" })).toEqual([
      ["2024-11-03T05:30:00Z", "2024-11-04T06:30:00Z"],
    ]);
  });

  test("days east of Greenwich, by half an hour longer", () => {
    expect(spans(closes(at("2024-04-07")), { every: "1d", timeZone: "Australia/Lord_Howe" })).toEqual([
      ["2024-04-06T13:00:00Z", "2024-04-07T13:30:00Z"],
    ]);
  });

  test("a zone's midnight that does not exist, and a day that a zone left out", () => {
    const saoPaulo = closes(at("2018-11-04T02:59", "2018-11-04T03:00"));
    expect(spans(saoPaulo, { every: "1d", timeZone: "America/Sao_Paulo" })).toEqual([
      ["2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"],
      ["2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"],
    ]);
    const apia = closes(at("2011-12-30T09:00", "2011-12-30T11:00"));
    expect(spans(apia, { every: "1d", timeZone: "Pacific/Apia", empty: "keep" })).toEqual([
      ["2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"],
      ["2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"],
    ]);
  });

  test("weeks from Monday or from the day asked for, quarters and years from January", () => {
    const wednesday = closes(at("2024-05-15"));
    expect(spans(wednesday, { every: "1w" })).toEqual([["2024-05-13", "2024-05-20"]]);
    expect(spans(wednesday, { every: "1w", weekStart: 0 })).toEqual([["2024-05-12", "2024-05-19"]]);
    expect(spans(wednesday, { every: "1M" })).toEqual([["2024-05-01", "2024-06-01"]]);
    expect(spans(wednesday, { every: "3M" })).toEqual([["2024-04-01", "2024-07-01"]]);
    expect(spans(wednesday, { every: "1y" })).toEqual([["2024-01-01", "2025-01-01"]]);
    expect(spans(closes(at("1969-12-31")), { every: "1y" })).toEqual([["1969-01-01", "1970-01-01"]]);
    expect(spans(closes(at("1960-02-29")), { every: "1w", weekStart: 6 })).toEqual([
      ["1960-02-27", "1960-03-05"],
    ]);
    expect(spans(closes(at("0001-03-01")), { every: "1000y" })[0]![1]).toBe("0970-01-01");
  });

  test("with offsets of the caller's as with the zone that they were read from", () => {
    const index = Array.from({ length: 400 }, (_, i) => Date.UTC(2024, 0, 1) + i * 79_200_000);
    const pinned = JSON.parse(
      JSON.stringify(timeZoneOffsets("Europe/London", "2023-01", "2026-01"), (_, value) =>
        value instanceof Float64Array ? Array.from(value) : value,
      ),
    );
    for (const every of ["5h", "1d", "1w", "1M"]) {
      const named = resample(closes(index), { every, timeZone: "Europe/London" });
      const given = resample(closes(index), { every, timeZone: pinned });
      expectClose(given.panel.index, named.panel.index, bits);
      expectClose(given.panel.values, named.panel.values, bits);
    }
  });

  test("no zone is not the machine's own", () => {
    expect(() => timeZoneOffsets(undefined as never, 0, 1)).toThrow(
      'timeZone must be an IANA zone such as "America/New_York", got undefined',
    );
  });

  test("zones by names that mean UTC like UTC", () => {
    const index = at("2024-01-02T23:30", "2024-01-03T00:30");
    for (const timeZone of ["Etc/UTC", "Etc/GMT", "Africa/Abidjan"]) {
      expect(spans(closes(index), { every: "1d", timeZone })).toEqual(spans(closes(index), { every: "1d" }));
    }
  });
});

describe("rules", () => {
  const panel = new Panel({
    index: [0, 1, 2, 3],
    columns: ["10", "9", "x"],
    values: [
      [NaN_, 1, -0],
      [4, NaN_, 1e308],
      [2, NaN_, 1e308],
      [NaN_, 3, 5],
    ],
  });

  test("are one for all columns or one a column, in the panel's order", () => {
    expectClose(resample(panel, { every: "1d" }).panel.values, [2, 3, 5], bits);
    expectClose(
      resample(panel, { every: 2, aggregate: "mean" }).panel.values,
      [4, 1, 5e307, 2, 3, 5e307],
      bits,
    );
    const some = resample(panel, { every: "1d", aggregate: { x: "max", "10": "first" } }).panel;
    expect(some.columns).toEqual(["10", "x"]);
    expectClose(some.values, [4, 1e308], bits);
    expect(resample(panel, { every: "1d", aggregate: {} }).panel.columns).toEqual([]);
  });

  test("pass over missing values; infinities count, but in no sum", () => {
    const wild = closes([0, 1, 2], [Number.POSITIVE_INFINITY, NaN_, Number.NEGATIVE_INFINITY]);
    const value = (aggregate: ResampleOptions["aggregate"] & string): number =>
      resample(wild, { every: "1d", aggregate }).panel.values.data[0]!;
    expect([value("min"), value("max"), value("count")]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      2,
    ]);
    expect(value("sum")).toBeNaN();
    const nothing = closes([0], [NaN_]);
    expect(resample(nothing, { every: "1d", aggregate: "mean" }).panel.values.data[0]).toBeNaN();
    expect(resample(nothing, { every: "1d", aggregate: "count" }).panel.values.data[0]).toBe(0);
  });

  test("sum what is small beside what is large", () => {
    const sums = resample(closes([0, 1, 2], [1e16, 1, -1e16]), { every: "1d", aggregate: "sum" });
    expect(sums.panel.values.data[0]).toBe(1);
  });

  test("of bars are known by name; other columns need one", () => {
    const bars = new Panel({
      index: at("2024-01-02", "2024-01-03"),
      columns: ["volume", "high", "trades"],
      values: [
        [5, 2, 1],
        [6, 1, 4],
      ],
    });
    expect(() => resampleBars(bars, { every: "1w" })).toThrow(
      'column "trades" is none of open, high, low, close, volume and has no rule in aggregate',
    );
    const weekly = resampleBars(bars, { every: "1w", aggregate: { trades: "sum" } }).panel;
    expect(weekly.columns).toEqual(["volume", "high", "trades"]);
    expectClose(weekly.values, [11, 2, 5], bits);
  });
});

describe("barsFromTicks", () => {
  test("takes trades of one moment in their order", () => {
    const { panel } = barsFromTicks(
      { times: [0, 0, 0], prices: [3, 1, 2], volumes: [1, 2, NaN_] },
      { every: "1s" },
    );
    expect(panel.columns).toEqual(["open", "high", "low", "close", "volume"]);
    expectClose(panel.values, [3, 3, 1, 2, 3], bits);
    expect(Array.from(panel.index)).toEqual([1000]);
  });

  test("has no volume column without volumes", () => {
    expect(barsFromTicks({ times: [], prices: [] }, { every: "1s" }).panel.columns).toEqual([
      "open",
      "high",
      "low",
      "close",
    ]);
  });

  test("refuses lists that do not fit, and times that descend", () => {
    expect(() => barsFromTicks({ times: [0, 1], prices: [1] }, { every: "1s" })).toThrow(
      "prices must have 2 entries, got 1",
    );
    expect(() => barsFromTicks({ times: [5, 4], prices: [1, 2] }, { every: "1s" })).toThrow(
      "times[1], 1970-01-01T00:00:00.004Z, is earlier than the one before it",
    );
    expect(() => barsFromTicks({ times: [NaN_], prices: [1] }, { every: "1s" })).toThrow(
      "times[0] must be finite, got NaN",
    );
    expect(() => barsFromTicks({ times: [], price: [] } as never, { every: "1s" })).toThrow(
      "unknown option 'price'; did you mean 'prices'?",
    );
  });
});

describe("what is no bar is refused", () => {
  const panel = closes([0, 1]);
  test.each([
    [
      { every: "5min" },
      'every must be milliseconds or a count and one of s, m, h, d, w, M, y, as in "5m" or "1M", got "5min"',
    ],
    [{ every: "m" }, 'got "m"'],
    [{ every: "-5m" }, 'got "-5m"'],
    [{}, "got undefined"],
    [{ every: 0 }, "every must be an integer ≥ 1 and ≤ 86400000, got 0"],
    [{ every: 1.5 }, "every must be an integer ≥ 1 and ≤ 86400000, got 1.5"],
    [{ every: NaN_ }, "every must be an integer ≥ 1 and ≤ 86400000, got NaN"],
    [{ every: "0d" }, "every in d must be an integer ≥ 1 and ≤ 1000, got 0"],
    [{ every: "36h" }, "every in h must be an integer ≥ 1 and ≤ 24, got 36"],
    [{ every: "1001y" }, "every in y must be an integer ≥ 1 and ≤ 1000, got 1001"],
    [{ every: "1d", label: "left" }, "label must be one of 'start', 'end', got \"left\""],
    [{ every: "1d", closed: "both" }, "closed must be one of 'left', 'right', got \"both\""],
    [{ every: "1d", empty: true }, "empty must be one of 'skip', 'keep', got true"],
    [{ every: "1d", incomplete: "hide" }, "incomplete must be one of 'keep', 'drop', got \"hide\""],
    [{ every: "1d", weekStart: 7 }, "weekStart must be an integer ≥ 0 and ≤ 6, got 7"],
    [{ every: "1d", dayStart: "9:30" }, 'dayStart must be a time of day such as "09:30", got "9:30"'],
    [{ every: "1d", dayStart: "24:00" }, 'got "24:00"'],
    [{ every: "1d", until: "later" }, 'until must be an ISO date, a Date or epoch milliseconds, got "later"'],
    [
      { every: "1d", timeZone: "Mars/Base" },
      'timeZone must be an IANA zone such as "America/New_York", got "Mars/Base"',
    ],
    [{ every: "1d", timeZone: null }, 'timeZone must be an IANA zone such as "America/New_York", got null'],
    [{ every: "1d", timeZone: 5 }, 'timeZone must be an IANA zone such as "America/New_York", got 5'],
    [
      { every: "1d", timeZone: { transitions: [1] } },
      "timeZone.offsets must be a vector of numbers, got undefined",
    ],
    [
      { every: "1d", timeZone: { transitions: [1], offsets: [0] } },
      "timeZone.offsets must have 2 entries, got 1",
    ],
    [
      { every: "1d", timeZone: { transitions: [2, 1], offsets: [0, 0, 0] } },
      "timeZone.transitions[1] must be an integer ≥ 3, got 1",
    ],
    [
      { every: "1d", timeZone: { transitions: [], offsets: [1e9] } },
      "timeZone.offsets[0] must be an integer ≥ -86400000 and ≤ 86400000, got 1000000000",
    ],
    [{ every: "1d", timezone: "UTC" }, "unknown option 'timezone'; did you mean 'timeZone'?"],
    [
      { every: "1d", aggregate: "median" },
      "aggregate must be one of 'first', 'last', 'min', 'max', 'sum', 'mean', 'count', got \"median\"",
    ],
    [{ every: "1d", aggregate: { close: "avg" } }, "aggregate of close must be one of"],
    [
      { every: "1d", aggregate: { open: "first" } },
      'aggregate names "open", which is no column of the panel',
    ],
    [{ every: "1d", aggregate: null }, "aggregate must be one of"],
  ])("%j", (options, message) => {
    expect(() => resample(panel, options as never)).toThrow(message);
  });

  test("nor are times beyond the calendar", () => {
    expect(() => resample(closes([0, 1e300]), { every: "1d" })).toThrow(
      "row 1: time 1e+300 is beyond the calendar",
    );
    expect(spans(closes([-8.6e15]), { every: "1000y" }).length).toBe(1);
  });

  test("nor is anything but a panel", () => {
    expect(() => resample([[1]] as never, { every: "1d" })).toThrow("panel must be a Panel, got Array(1)");
    expect(() => resample(panel, undefined as never)).toThrow("options must be an object, got undefined");
  });
});
