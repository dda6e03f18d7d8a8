import type { Matrix } from "@astra-quant/core-linalg";

/** A position of one sign in one asset, from the first bar that earned with it to the last. */
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
  /** What the prices' moves brought, in money, before costs. */
  readonly pricePnl: number;
}

/**
 * The trades that held positions (time × assets) make: runs of one sign, so a reversal ends one trade and begins
 * the next. Row 0 holds nothing.
 */
export function tradesOf(positions: Matrix, pricePnlAt: (row: number, asset: number) => number): Trade[] {
  const { rows, columns, data } = positions;
  const sides = new Int8Array(columns);
  const firstRows = new Int32Array(columns);
  const pnl = new Float64Array(columns);
  const trades: Trade[] = [];
  for (let t = 1; t <= rows; t++) {
    for (let asset = 0; asset < columns; asset++) {
      const side = t < rows ? Math.sign(data[t * columns + asset]!) : 0;
      const held = sides[asset]!;
      if (side !== held) {
        if (held !== 0) {
          trades.push({
            asset,
            side: held as 1 | -1,
            firstRow: firstRows[asset]!,
            lastRow: t - 1,
            open: t === rows,
            pricePnl: pnl[asset]!,
          });
        }
        sides[asset] = side;
        firstRows[asset] = t;
        pnl[asset] = 0;
      }
      if (side !== 0) pnl[asset]! += pricePnlAt(t, asset);
    }
  }
  return trades.sort((a, b) => a.asset - b.asset || a.firstRow - b.firstRow);
}
