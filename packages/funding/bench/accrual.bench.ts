import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom, isoTime } from "@astra-quant/core-linalg";
import { accrueFunding, fundingSchedule } from "@astra-quant/funding";

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 0, 1);

/** A book of as many longs as shorts, charged at fixings of every weekday: amounts by day, position and component. */
const accrual: Ladder = ladder({
  name: "a book's funding, day by day",
  sizes: [
    [6, 30],
    [50, 365],
    [500, 365],
    [2000, 365],
  ],
  describe: ([positions, days]) => `${positions} positions × ${days} days`,
  prepare: ([positions, days]) => {
    const random = createRandom("funding");
    const notionals = Float64Array.from(
      { length: positions! },
      (_, i) => (i % 2 === 0 ? 1 : -1) * Math.round(1e8 * random.uniform()) * 0.01,
    );
    const fees = Float64Array.from(notionals, () => Math.round(1000 * random.uniform()));
    const calendarDays = Array.from({ length: days! + 3 }, (_, t) => FROM + (t - 3) * DAY);
    const dates = calendarDays.filter((time) => ![0, 6].includes(new Date(time).getUTCDay()));
    const rates = Float64Array.from(dates, () => Math.round(0.035e6 + 1000 * random.uniform()) / 1e6);
    const assets = Array.from(notionals, (_, i) => `A${i}`);
    const book = assets.map((asset, i) => ({ asset, notional: notionals[i]! }));
    const schedule = fundingSchedule({
      baseRate: { dates, rates },
      longSpreadBps: 50,
      shortSpreadBps: 25,
      borrowFeeBps: Object.fromEntries(assets.map((asset, i) => [asset, fees[i]!])),
    });
    const period = { from: isoTime(FROM), to: isoTime(FROM + days! * DAY) };
    const vector = (data: Float64Array) => ({ shape: [data.length], data });
    const inputs = {
      notionals: vector(notionals),
      fees: vector(fees),
      fixing_days: vector(Float64Array.from(dates, (time) => (time - FROM) / DAY)),
      rates: vector(rates),
      days: days!,
    };
    return {
      ours: () => accrueFunding(book, schedule, period).amounts.data,
      peers: {
        numpy: { python: "numpy_accrual", inputs },
        pandas: { python: "pandas_accrual", inputs },
      },
      disagreement: within(1e-14),
    };
  },
});

const ladders: readonly Ladder[] = [accrual];
export default ladders;
