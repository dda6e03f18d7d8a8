import type { PositionLedger } from "../engine/ledger.ts";

/** A position of one sign in one asset, from the first bar that earned with it to the last. Money unless said otherwise. */
export interface Trade {
  /** The asset's column; 0 for the spread of a pair. */
  readonly asset: number;
  /** 1 long, −1 short. */
  readonly side: 1 | -1;
  readonly firstRow: number;
  /** Inclusive. */
  readonly lastRow: number;
  /** Still held at the last row: nothing is closed by force. */
  readonly open: boolean;
  /** Bars held. */
  readonly bars: number;
  /** The largest |value| held, that of both legs of a pair. */
  readonly size: number;
  /** What the prices' moves brought, before costs. */
  readonly pricePnl: number;
  /** What its trading cost, entry, changes and exit; ≤ 0 when it costs. */
  readonly cost: number;
  /** What holding it brought, negative when it cost. */
  readonly carry: number;
  /** The three together, in that order. */
  readonly pnl: number;
  /** `pnl` ÷ `size`, a fraction. */
  readonly return: number;
  /** The lowest that its P&L stood at the end of a bar before the exit was paid, ≤ 0. */
  readonly maxAdverse: number;
  /** And the highest, ≥ 0. */
  readonly maxFavourable: number;
}

/** A trade that is going on. */
class OpenTrade {
  size = 0;
  pricePnl = 0;
  cost = 0;
  carry = 0;
  lowest = 0;
  highest = 0;
  readonly #asset: number;
  readonly #side: 1 | -1;
  readonly #firstRow: number;

  constructor(asset: number, side: 1 | -1, firstRow: number) {
    this.#asset = asset;
    this.#side = side;
    this.#firstRow = firstRow;
  }

  hold(size: number, price: number, carry: number): void {
    this.size = Math.max(this.size, size);
    this.pricePnl += price;
    this.carry += carry;
    const pnl = this.pnl;
    this.lowest = Math.min(this.lowest, pnl);
    this.highest = Math.max(this.highest, pnl);
  }

  get pnl(): number {
    return this.pricePnl + this.cost + this.carry;
  }

  end(lastRow: number, open: boolean): Trade {
    const { size, pricePnl, cost, carry, pnl } = this;
    return {
      asset: this.#asset,
      side: this.#side,
      firstRow: this.#firstRow,
      lastRow,
      open,
      bars: lastRow - this.#firstRow + 1,
      size,
      pricePnl,
      cost,
      carry,
      pnl,
      return: pnl / size,
      maxAdverse: this.lowest,
      maxFavourable: this.highest,
    };
  }
}

/** One position over time: its side, and money by row. */
interface PositionHistory {
  readonly asset: number;
  readonly rows: number;
  valueAt(row: number): number;
  sizeAt(row: number): number;
  priceAt(row: number): number;
  costAt(row: number): number;
  carryAt(row: number): number;
}

/**
 * The trades of one position: runs of one sign, so a reversal ends one trade and begins the next, its cost being shared
 * in proportion to what it closed and opened.
 */
function tradesOfPosition(history: PositionHistory): Trade[] {
  const { asset, rows } = history;
  const trades: Trade[] = [];
  let trade: OpenTrade | undefined;
  let side = 0;
  for (let t = 1; t < rows; t++) {
    const value = history.valueAt(t);
    const now = Math.sign(value);
    if (now !== side) {
      const before = history.sizeAt(t - 1);
      const closed = now === 0 ? 1 : side === 0 ? 0 : before / (before + history.sizeAt(t));
      if (trade !== undefined) {
        trade.cost += closed * history.costAt(t);
        trades.push(trade.end(t - 1, false));
      }
      trade = now === 0 ? undefined : new OpenTrade(asset, now as 1 | -1, t);
      if (trade !== undefined) trade.cost += (1 - closed) * history.costAt(t);
      side = now;
    } else if (trade !== undefined) {
      trade.cost += history.costAt(t);
    }
    trade?.hold(history.sizeAt(t), history.priceAt(t), history.carryAt(t));
  }
  if (trade !== undefined) trades.push(trade.end(rows - 1, true));
  return trades;
}

/** The trades of every column, by asset and then by time. */
function tradesOf({ value, price, cost, carry }: PositionLedger): Trade[] {
  const { rows, columns } = value;
  return Array.from({ length: columns }, (_, asset) => {
    const at =
      ({ data }: { readonly data: Float64Array }) =>
      (row: number) =>
        data[row * columns + asset]!;
    const valueAt = at(value);
    return tradesOfPosition({
      asset,
      rows,
      valueAt,
      sizeAt: (row) => Math.abs(valueAt(row)),
      priceAt: at(price),
      costAt: at(cost),
      carryAt: at(carry),
    });
  }).flat();
}

/** The trades of a pair as one position: its side is that of y's leg, column 0, its money that of both. */
function tradesOfSpread({ value, price, cost, carry }: PositionLedger): Trade[] {
  const both =
    ({ data }: { readonly data: Float64Array }) =>
    (row: number) =>
      data[2 * row]! + data[2 * row + 1]!;
  return tradesOfPosition({
    asset: 0,
    rows: value.rows,
    valueAt: (row) => value.data[2 * row]!,
    sizeAt: (row) => Math.abs(value.data[2 * row]!) + Math.abs(value.data[2 * row + 1]!),
    priceAt: both(price),
    costAt: both(cost),
    carryAt: both(carry),
  });
}

/** How many trades there are in each column's values, without making them. */
function countTrades({ rows, columns, data }: PositionLedger["value"]): number {
  let count = 0;
  for (let k = columns; k < rows * columns; k++) {
    const value = data[k]!;
    const before = data[k - columns]!;
    count += (value > 0 ? 1 : 0) & (before > 0 ? 0 : 1);
    count += (value < 0 ? 1 : 0) & (before < 0 ? 0 : 1);
  }
  return count;
}

/** How positions are read as trades. */
export interface TradeReading {
  list(positions: PositionLedger): readonly Trade[];
  count(positions: PositionLedger): number;
}

/** Every column on its own. */
export const assetTrades: TradeReading = { list: tradesOf, count: ({ value }) => countTrades(value) };

/** Both legs of a pair as one. */
export const spreadTrades: TradeReading = {
  list: tradesOfSpread,
  count: (positions) => tradesOfSpread(positions).length,
};
