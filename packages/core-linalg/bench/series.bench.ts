import { type Ladder, ladder, within } from "@astra-quant/bench";
import { asOfJoin, createRandom, Matrix, Panel, resampleBars } from "@astra-quant/core-linalg";

const random = createRandom("bench");
const MINUTE = 60_000;

/** A column of normals at times about `step` apart. */
function panel(name: string, rows: number, step: number): Panel {
  const index = Float64Array.from(
    { length: rows },
    (_, t) => (t + 1) * step + Math.floor(random.uniform() * step),
  );
  const values = new Matrix(rows, 1, random.fillNormal(new Float64Array(rows)));
  return new Panel({ index, columns: [name], values });
}

const tensor = ({ rows, columns, data }: Matrix) => ({ shape: [rows, columns], data });
const times = ({ index }: Panel) => ({ shape: [index.length], data: index });

const join: Ladder = ladder({
  name: "as-of join",
  sizes: [1000, 100_000, 1_000_000],
  describe: (rows) => `${rows} rows`,
  prepare: (rows) => {
    const trades = panel("trade", rows, 2000);
    const quotes = panel("quote", rows, 1000);
    const first = new Panel({
      index: [0, ...quotes.index],
      columns: ["quote"],
      values: [[0], ...quotes.values.toRows()],
    });
    const inputs = {
      left: times(trades),
      right: times(first),
      a: tensor(trades.values),
      b: tensor(first.values),
    };
    const out = new Matrix(rows, 2);
    return {
      ours: () => asOfJoin(trades, first, { out }).values.data,
      peers: { pandas: { python: "as_of_join", inputs } },
      disagreement: within(0),
    };
  },
});

const bars: Ladder = ladder({
  name: "one-minute bars to five",
  sizes: [1000, 100_000, 1_000_000],
  describe: (rows) => `${rows} rows`,
  prepare: (rows) => {
    const fine = new Panel({
      index: Float64Array.from({ length: rows }, (_, t) => t * MINUTE),
      columns: ["open", "high", "low", "close", "volume"],
      values: new Matrix(rows, 5, random.fillUniform(new Float64Array(5 * rows))),
    });
    return {
      ours: () => resampleBars(fine, { every: "5m" }).panel.values.data,
      peers: {
        pandas: { python: "resample_bars", inputs: { index: times(fine), values: tensor(fine.values) } },
      },
      disagreement: within(1e-14),
    };
  },
});

const ladders: readonly Ladder[] = [join, bars];
export default ladders;
