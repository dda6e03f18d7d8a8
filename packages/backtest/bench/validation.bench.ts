import {
  backtestOverfitting,
  pairBars,
  pairReturns,
  resampleEquity,
  sweepRecord,
} from "@astra-quant/backtest";
import { type Ladder, ladder, within } from "@astra-quant/bench";
import { createRandom, Matrix, mean, std } from "@astra-quant/core-linalg";

const BPS = 1;
const vector = (data: Float64Array) => ({ shape: [data.length], data });

/** A pair whose spread comes back, and positions that a threshold takes in it. */
function pair(bars: number) {
  const random = createRandom("bench");
  const [x, y, slope] = [new Float64Array(bars), new Float64Array(bars), new Float64Array(bars).fill(1.8)];
  const position = new Int8Array(bars);
  let [price, spread, side] = [50, 0, 0];
  for (let t = 0; t < bars; t++) {
    price *= 1 + 0.0003 * random.normal();
    spread = 0.97 * spread + 0.03 * random.normal();
    x[t] = price;
    y[t] = 12 + 1.8 * price + spread;
    if (Math.abs(spread) > 0.12) side = -Math.sign(spread);
    else if (Math.abs(spread) < 0.03) side = 0;
    position[t] = side;
  }
  return { x, y, slope, position };
}

const point: Ladder = ladder({
  name: "one point of a pair sweep",
  sizes: [1000, 100_000],
  describe: (bars) => `${bars} bars`,
  prepare: (bars) => {
    const { position, ...given } = pair(bars);
    const prepared = pairBars({ ...given, bps: BPS });
    const out = new Float64Array(bars);
    const inputs = {
      x: vector(given.x),
      y: vector(given.y),
      slope: vector(given.slope),
      position: vector(Float64Array.from(position)),
      bps: BPS,
    };
    return {
      ours: () => {
        const record = sweepRecord(pairReturns(prepared, position, { out }), { periodsPerYear: 98_280 });
        return [record.sharpe, record.totalReturn, record.maxDrawdown];
      },
      peers: {
        "numba, a loop over bars": { python: "pair_point_numba", inputs },
        numpy: { python: "pair_point_numpy", inputs },
      },
      disagreement: within(1e-10),
    };
  },
});

const overfitting: Ladder = ladder({
  name: "probability of backtest overfitting",
  sizes: [
    { rows: 252, strategies: 20, blocks: 8 },
    { rows: 1260, strategies: 100, blocks: 10 },
    { rows: 1260, strategies: 100, blocks: 16 },
  ],
  describe: ({ rows, strategies, blocks }) => `${rows}×${strategies}, ${blocks} blocks`,
  prepare: ({ rows, strategies, blocks }) => {
    const draws = createRandom("bench").fillNormal(new Float64Array(rows * strategies));
    const returns = new Matrix(rows, strategies, draws);
    const inputs = { returns: { shape: [rows, strategies], data: draws }, blocks };
    return {
      ours: () => backtestOverfitting(returns, { blocks, periodsPerYear: 252 }).probability,
      peers: { numpy: { python: "overfitting_numpy", inputs } },
      disagreement: within(1e-15),
    };
  },
});

const PATHS = 200;
const LENGTH = 10;

const resampling: Ladder = ladder({
  name: "resampled drawdowns",
  sizes: [252, 2520],
  describe: (days) => `${PATHS} paths of ${days} days`,
  prepare: (days) => {
    const returns = createRandom("bench")
      .fillNormal(new Float64Array(days))
      .map((z) => 0.0003 + 0.01 * z);
    const options = { seed: "bench", periodsPerYear: 252, count: PATHS, blockLength: LENGTH };
    return {
      ours: () => resampleEquity(returns, options).paths.maxDrawdown,
      peers: {
        arch: { python: "resample_arch", inputs: { returns: vector(returns), paths: PATHS, length: LENGTH } },
      },
      // Other draws: the drawdowns must agree in law, here in their mean.
      disagreement: (ours, theirs) => {
        const [a, b] = [ours, theirs].map((outcome) => Float64Array.from(outcome as Float64Array));
        const error = Math.sqrt((std(a!) ** 2 + std(b!) ** 2) / PATHS);
        const distance = Math.abs(mean(a!) - mean(b!));
        return distance <= 5 * error ? undefined : `mean drawdowns differ by ${distance}, error ${error}`;
      },
    };
  },
});

const ladders: readonly Ladder[] = [point, overfitting, resampling];
export default ladders;
