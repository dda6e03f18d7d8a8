import { createRandom, exp, Matrix, Panel, type Random } from "@astra-quant/core-linalg";
import type { Bars } from "@astra-quant/signals";
import type { Universe } from "./universe.ts";

/** Names that nobody trades. */
const NAMES =
  "ALDER ASPEN BEECH BIRCH CEDAR EBONY ELDER HAZEL HOLLY LARCH LINDEN MAPLE OLIVE POPLAR ROWAN WILLOW".split(
    " ",
  );
const DAYS = 1764;
const SESSIONS = 40;
const HOURS = 7;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LAST_DAY = Date.UTC(2026, 1, 4);

/** Weekdays up to and including the last, at midnight UTC. */
function weekdays(count: number): Float64Array {
  const days = new Float64Array(count);
  for (let at = LAST_DAY, left = count; left > 0; at -= DAY) {
    if (![0, 6].includes(new Date(at).getUTCDay())) days[--left] = at;
  }
  return days;
}

/** Log returns of the market: half-years of calm and wild weeks between them. */
function marketReturns(random: Random, count: number): Float64Array {
  let wild = false;
  return Float64Array.from({ length: count }, () => {
    if (random.uniform() < (wild ? 0.04 : 0.01)) wild = !wild;
    return 0.0003 + (wild ? 0.018 : 0.007) * random.normal();
  });
}

/**
 * Log returns of a name: its part of the market, and a drift of its own that lasts for months. Momentum sees it, and so
 * does the tail signal, whose right tail it lengthens; mean reversion, in carry, bets against it.
 */
function ownReturns(random: Random, market: Float64Array): Float64Array {
  const beta = 0.6 + 0.8 * random.uniform();
  const own = 0.009 + 0.008 * random.uniform();
  let drift = 0;
  return market.map((r) => {
    drift = 0.985 * drift + 0.000_25 * random.normal();
    return beta * r + drift + own * random.normal();
  });
}

function levels(logReturns: Float64Array, start: number): Float64Array {
  let sum = 0;
  return logReturns.map((r) => {
    sum += r;
    return start * exp(sum);
  });
}

/** Hourly bars of the last sessions, 10:00 to 16:00 in New York's winter, that end at the day's close. */
function hourlyBars(random: Random, prices: Panel): Bars<Panel> {
  const { rows, columns } = prices;
  const count = SESSIONS * HOURS;
  const index = Float64Array.from({ length: count }, (_, k) => {
    return prices.index[rows - SESSIONS + Math.floor(k / HOURS)]! + (15 + (k % HOURS)) * HOUR;
  });
  const [open, high, low, close] = Array.from({ length: 4 }, () => new Matrix(count, columns.length)) as [
    Matrix,
    Matrix,
    Matrix,
    Matrix,
  ];
  columns.forEach((name, j) => {
    const daily = prices.column(name);
    const source = random.fork(name);
    let last = daily[rows - SESSIONS - 1]!;
    for (let k = 0; k < count; k++) {
      const target = daily[rows - SESSIONS + Math.floor(k / HOURS)]!;
      const left = HOURS - (k % HOURS);
      const now = left === 1 ? target : last + (target - last) / left + 0.003 * last * source.normal();
      const reach = 0.001 * now * source.uniform();
      open.set(k, j, last);
      close.set(k, j, now);
      high.set(k, j, Math.max(last, now) + reach);
      low.set(k, j, Math.min(last, now) - reach);
      last = now;
    }
  });
  const panel = (values: Matrix): Panel => new Panel({ index, columns, values });
  return { open: panel(open), high: panel(high), low: panel(low), close: panel(close) };
}

/** A seeded universe of sixteen names and their market, seven years of days and two months of hours. */
export function simulateUniverse(seed: string): Universe {
  const random = createRandom(seed);
  const market = marketReturns(random.fork("market"), DAYS);
  const closes = NAMES.map((name) => {
    const source = random.fork(name);
    return levels(ownReturns(source, market), 20 + 80 * source.uniform());
  });
  closes.push(levels(market, 100));
  const values = new Matrix(DAYS, closes.length);
  closes.forEach((series, j) => {
    series.forEach((price, t) => {
      values.set(t, j, price);
    });
  });
  const prices = new Panel({ index: weekdays(DAYS), columns: [...NAMES, "MARKET"], values });
  return {
    source: `SIMULATED universe, seed '${seed}': names drift for months, which momentum and the tails can see and mean reversion bets against`,
    simulated: true,
    prices,
    benchmark: "MARKET",
    hourly: hourlyBars(random.fork("hours"), prices.select(NAMES)),
  };
}
