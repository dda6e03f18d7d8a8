import { bits, expectClose, ordinaryNumber } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  asOfJoin,
  BusinessCalendar,
  backwardFill,
  forwardFill,
  innerJoin,
  Matrix,
  outerJoin,
  Panel,
  resample,
  resampleBars,
} from "../../src/index.ts";

const DAY = 86_400_000;
const cell = fc.oneof(
  { weight: 4, arbitrary: ordinaryNumber },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

function panelOf(name: string, span: number): fc.Arbitrary<Panel> {
  const row = fc.tuple(fc.integer({ min: -span, max: span }), cell);
  return fc.uniqueArray(row, { maxLength: 40, selector: ([time]) => time }).map((rows) => {
    const sorted = [...rows].sort(([a], [b]) => a - b);
    const values = new Matrix(
      rows.length,
      1,
      Float64Array.from(sorted, ([, value]) => value),
    );
    return new Panel({ index: sorted.map(([time]) => time), columns: [name], values });
  });
}

describe("joins", () => {
  test("as-of is a search through all rows", () => {
    const directions = fc.constantFrom("backward" as const, "forward" as const, "nearest" as const);
    const tolerance = fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined });
    fc.assert(
      fc.property(
        panelOf("a", 60),
        panelOf("b", 60),
        directions,
        fc.boolean(),
        tolerance,
        (a, b, direction, exact, far) => {
          const wanted = Array.from(a.index, (time) => {
            const rows = Array.from(b.index, (other, row) => ({ row, distance: other - time }))
              .filter(({ distance }) => direction !== "backward" || distance <= 0)
              .filter(({ distance }) => direction !== "forward" || distance >= 0)
              .filter(({ distance }) => exact || distance !== 0)
              .sort((p, q) => Math.abs(p.distance) - Math.abs(q.distance) || p.distance - q.distance);
            const best = rows[0];
            const known = best !== undefined && Math.abs(best.distance) <= (far ?? Number.POSITIVE_INFINITY);
            return known ? b.values.data[best.row]! : Number.NaN;
          });
          const options = {
            direction,
            allowExactMatches: exact,
            ...(far === undefined ? {} : { tolerance: far }),
          };
          expectClose(asOfJoin(a, b, options).column("b"), wanted, bits);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("as-of never looks ahead: later rows change nothing", () => {
    fc.assert(
      fc.property(panelOf("a", 60), panelOf("b", 60), fc.integer({ min: -60, max: 60 }), (a, b, now) => {
        const known = asOfJoin(a.between(-61, now), b.between(-61, now));
        expectClose(asOfJoin(a, b).between(-61, now).values, known.values, bits);
      }),
    );
  });

  test("the inner rows are the outer rows that both have", () => {
    fc.assert(
      fc.property(panelOf("a", 30), panelOf("b", 30), (a, b) => {
        const both = new Set(a.index.filter((time) => b.index.includes(time)));
        const outer = outerJoin(a, b);
        expect(new Set(outer.index)).toEqual(new Set([...a.index, ...b.index]));
        const inner = innerJoin(a, b);
        expect(new Set(inner.index)).toEqual(both);
        expectClose(
          asOfJoin(inner.select(["a"]), outer.select(["b"]), { tolerance: 0 }).values,
          inner.values,
          bits,
        );
      }),
    );
  });
});

describe("fills", () => {
  test("backwards are forwards in a mirror", () => {
    const limit = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(cell), limit, (x, most) => {
        const options = most === undefined ? {} : { limit: most };
        const mirrored = forwardFill([...x].reverse(), options).reverse();
        expectClose(backwardFill(x, options), mirrored, bits);
      }),
    );
  });
});

describe("bars", () => {
  const every = fc.constantFrom("7m", "1h", "5h", "1d", "3d", "1w", "1M", "1y", 250_001);
  const timeZone = fc.constantFrom("UTC", "America/New_York", "Australia/Lord_Howe", "America/Havana");
  const dayStart = fc.constantFrom("00:00", "01:30", "02:15", "18:00");
  const closed = fc.constantFrom("left" as const, "right" as const);
  const at2024 = panelOf("close", 400 * 24 * 60).map(
    ({ index, columns, values }) =>
      new Panel({ index: index.map((t) => Date.UTC(2024) + t * 60_000), columns, values }),
  );

  test("hold every row once, within their ends, and follow each other", () => {
    fc.assert(
      fc.property(at2024, every, timeZone, dayStart, closed, (panel, length, zone, opens, side) => {
        const options = { every: length, timeZone: zone, dayStart: opens, closed: side };
        const { starts, ends, counts } = resample(panel, options);
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(panel.rows);
        let row = 0;
        for (let b = 0; b < starts.length; b++) {
          expect(starts[b]!).toBeLessThan(ends[b]!);
          if (b > 0) expect(starts[b]!).toBeGreaterThanOrEqual(ends[b - 1]!);
          expect(counts[b]).toBeGreaterThan(0);
          for (let k = 0; k < counts[b]!; k++, row++) {
            const time = panel.index[row]!;
            const inside =
              side === "left" ? starts[b]! <= time && time < ends[b]! : starts[b]! < time && time <= ends[b]!;
            expect(inside).toBe(true);
          }
        }
      }),
    );
  });

  test("with the empty ones kept leave no time out", () => {
    fc.assert(
      fc.property(
        at2024,
        fc.constantFrom("5h", "1d", "1M"),
        timeZone,
        dayStart,
        (panel, length, zone, opens) => {
          const options = { every: length, timeZone: zone, dayStart: opens };
          const kept = resample(panel, { ...options, empty: "keep" });
          for (let b = 1; b < kept.starts.length; b++) expect(kept.starts[b]).toBe(kept.ends[b - 1]);
          const full = Array.from(kept.starts).filter((_, b) => kept.counts[b]! > 0);
          expectClose(full, resample(panel, options).starts, bits);
        },
      ),
    );
  });

  test("of bars are the bars of the whole", () => {
    fc.assert(
      fc.property(at2024, timeZone, (close, zone) => {
        const columns = ["open", "high", "low", "close"];
        const values = new Matrix(close.rows, 4);
        for (let k = 0; k < values.data.length; k++) values.data[k] = close.values.data[k >> 2]!;
        const ticks = new Panel({ index: close.index, columns, values });
        const hours = resampleBars(ticks, { every: "1h", timeZone: zone, label: "start" }).panel;
        const twice = resampleBars(hours, { every: "1d", timeZone: zone });
        const once = resampleBars(ticks, { every: "1d", timeZone: zone });
        expectClose(twice.panel.index, once.panel.index, bits);
        expectClose(twice.panel.values, once.panel.values, bits);
      }),
    );
  });

  test("of what is known so far are those of the whole, the last one aside", () => {
    fc.assert(
      fc.property(at2024, every, fc.nat({ max: 40 }), (panel, length, rows) => {
        const whole = resample(panel, { every: length });
        const known = resample(panel.slice(0, rows), { every: length, incomplete: "drop" });
        expectClose(known.panel.values, whole.panel.slice(0, known.panel.rows).values, bits);
        expectClose(known.ends, whole.ends.slice(0, known.panel.rows), bits);
      }),
    );
  });
});

describe("business days", () => {
  const day = fc.integer({ min: -3000, max: 3000 });
  const calendars = fc
    .tuple(fc.subarray([0, 1, 2, 3, 4, 5], { maxLength: 5 }), fc.array(day, { maxLength: 60 }))
    .map(([weekend, free]) => new BusinessCalendar({ weekend, holidays: free.map((d) => d * DAY) }));

  test("are counted as one by one", () => {
    fc.assert(
      fc.property(calendars, day, fc.integer({ min: 0, max: 90 }), (calendar, first, length) => {
        const open = Array.from({ length }, (_, i) => (first + i) * DAY).filter((d) =>
          calendar.isBusinessDay(d),
        );
        expect(calendar.between(first * DAY, (first + length) * DAY)).toBe(open.length);
        expectClose(calendar.range(first * DAY, (first + length - 1) * DAY), open, bits);
      }),
    );
  });

  test("add up over any three days, and adding undoes counting", () => {
    fc.assert(
      fc.property(calendars, day, day, day, (calendar, i, j, k) => {
        const [a, b, c] = [i * DAY, j * DAY, k * DAY];
        expect(calendar.between(a, b) + calendar.between(b, c)).toBe(calendar.between(a, c));
        const start = calendar.roll(a, "following");
        const end = calendar.roll(b, "following");
        expect(calendar.add(start, calendar.between(start, end))).toBe(end);
      }),
    );
  });
});
