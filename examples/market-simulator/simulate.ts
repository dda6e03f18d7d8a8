import { createRandom, exp, Matrix, Panel, type Random } from "@astra-quant/core-linalg";
import { BASE_RATE_PERCENT, BENCHMARK, DECK, LAST_DAY } from "./deck.ts";

/** A market as the desk needs it. Everything in it is simulated. */
export interface Market {
  /** Daily closes in dollars, the benchmark last. */
  readonly prices: Panel;
  /** The 3-month bill, in percent a year. */
  readonly rates: Panel;
  /** One-minute closes of the pair: x is Citigroup's stand-in, y is JPM's. */
  readonly pair: Panel;
}

export interface SimulateOptions {
  readonly seed: string | number;
  /** Trading days of history. @defaultValue 505 */
  readonly days?: number;
  /** Sessions of one-minute bars. @defaultValue 5 */
  readonly sessions?: number;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const TRADING_DAYS = 252;
const SESSION_MINUTES = 390;
const DEGREES_OF_FREEDOM = 5;

/** Prices are quoted to a hundredth of a cent, so that a file of them holds the very same numbers. */
const quoted = (price: number): number => Math.round(price * 1e4) / 1e4;

/** A Student t draw with five degrees of freedom, scaled to unit variance: fat tails. */
function fatTailed(random: Random): number {
  let squares = 0;
  for (let i = 0; i < DEGREES_OF_FREEDOM; i++) squares += random.normal() ** 2;
  const t = random.normal() / Math.sqrt(squares / DEGREES_OF_FREEDOM);
  return t * Math.sqrt((DEGREES_OF_FREEDOM - 2) / DEGREES_OF_FREEDOM);
}

/** The last `count` weekdays up to and including `last`, at midnight UTC. */
function weekdays(count: number, last: string): Float64Array {
  const days = new Float64Array(count);
  for (let at = Date.parse(last), left = count; left > 0; at -= DAY) {
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days[--left] = at;
  }
  return days;
}

/** Volatility that clusters: GARCH(1,1) around `level`, fed with fat-tailed shocks. */
function clusteredShocks(random: Random, count: number, level: number): Float64Array {
  const [reaction, memory] = [0.08, 0.9];
  const shocks = new Float64Array(count);
  let variance = level * level;
  for (let t = 0; t < count; t++) {
    shocks[t] = Math.sqrt(variance) * fatTailed(random);
    variance = (1 - reaction - memory) * level * level + reaction * shocks[t]! ** 2 + memory * variance;
  }
  return shocks;
}

/** Daily log returns to closes that end exactly at `mark`. */
function closesEndingAt(mark: number, logReturns: Float64Array): Float64Array {
  const closes = new Float64Array(logReturns.length + 1);
  let distance = 0;
  closes[logReturns.length] = quoted(mark);
  for (let t = logReturns.length - 1; t >= 0; t--) {
    distance += logReturns[t]!;
    closes[t] = quoted(mark * exp(-distance));
  }
  return closes;
}

function simulatePrices(random: Random, index: Float64Array): Panel {
  const steps = index.length - 1;
  const market = clusteredShocks(random.fork("market"), steps, 0.0085).map(
    (shock) => 0.09 / TRADING_DAYS + shock,
  );
  const sectors = {
    technology: clusteredShocks(random.fork("technology"), steps, 0.006),
    banks: clusteredShocks(random.fork("banks"), steps, 0.006),
  };
  const closes = DECK.map(({ asset, sector, mark, beta, ownVolatility, drift }) => {
    const own = clusteredShocks(random.fork(asset), steps, ownVolatility);
    const logReturns = market.map((m, t) => drift / TRADING_DAYS + beta * m + sectors[sector][t]! + own[t]!);
    return closesEndingAt(mark, logReturns);
  });
  closes.push(closesEndingAt(BENCHMARK.mark, market));
  const values = new Matrix(index.length, closes.length);
  closes.forEach((series, j) => {
    series.forEach((close, t) => {
      values.data[t * closes.length + j] = close;
    });
  });
  return new Panel({ index, columns: [...DECK.map(({ asset }) => asset), BENCHMARK.asset], values });
}

/** A slow random walk in whole half-basis points that ends at the deck's base rate. */
function simulateRates(random: Random, index: Float64Array): Panel {
  const rates = new Float64Array(index.length).fill(BASE_RATE_PERCENT);
  for (let t = rates.length - 2; t >= 0; t--) {
    rates[t] = Math.round((rates[t + 1]! + 0.012 * random.normal()) * 200) / 200;
  }
  return new Panel({ index, columns: ["rate_pct"], values: new Matrix(rates.length, 1, rates) });
}

/** y = intercept + slope · x + a spread that returns to zero with a half-life of about a minute and a half. */
function simulatePair(random: Random, sessions: number): Panel {
  const days = weekdays(sessions, LAST_DAY);
  const open = (9 * 60 + 31) * MINUTE;
  const index = Float64Array.from({ length: sessions * SESSION_MINUTES }, (_, k) => {
    return days[Math.floor(k / SESSION_MINUTES)]! + open + (k % SESSION_MINUTES) * MINUTE;
  });
  const values = new Matrix(index.length, 2);
  let x = 117.5;
  let spread = 0;
  let slope = 2.62;
  for (let t = 0; t < index.length; t++) {
    const overnight = t > 0 && t % SESSION_MINUTES === 0 ? 6 : 1;
    x += 0.035 * overnight * fatTailed(random);
    spread = 0.63 * spread + 0.15 * fatTailed(random);
    slope += 0.00005 * random.normal();
    values.data[2 * t] = quoted(x);
    values.data[2 * t + 1] = quoted(10 + slope * x + spread);
  }
  return new Panel({ index, columns: ["x", "y"], values });
}

/**
 * A seeded market for the deck's universe: one market and two sector factors, volatility that clusters, fat tails,
 * closes that end at the deck's marks, and an intraday pair that is cointegrated. Its numbers are simulated and say
 * nothing about the companies whose names they carry.
 */
export function simulateMarket({ seed, days = 505, sessions = 5 }: SimulateOptions): Market {
  const random = createRandom(seed);
  const index = weekdays(days, LAST_DAY);
  return {
    prices: simulatePrices(random.fork("prices"), index),
    rates: simulateRates(random.fork("rates"), index),
    pair: simulatePair(random.fork("pair"), sessions),
  };
}
