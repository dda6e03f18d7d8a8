import type { Matrix } from "@astra-quant/core-linalg";
import { requireFinite } from "@astra-quant/core-linalg/guards";

/** The assets' simple returns over a bar, from row − 1 to row; the array is good until the next call. */
export type BarReturns = (row: number) => Float64Array;

/** Rows of a table of returns. */
export function rowsOf({ columns, data }: Matrix): BarReturns {
  return (row) => data.subarray(row * columns, (row + 1) * columns);
}

/** p_t ÷ p_{t−1} − 1, worked out bar by bar: a table of them would be as large as the prices. */
export function movesOf({ columns, data }: Matrix): BarReturns {
  const moves = new Float64Array(columns);
  return (row) => {
    const now = row * columns;
    const before = now - columns;
    for (let j = 0; j < columns; j++) moves[j] = data[now + j]! / data[before + j]! - 1;
    return moves;
  };
}

/** (p_t + d_t) ÷ p_{t−1} − 1: with what a share pays added to what its price moves. */
export function totalMovesOf(prices: Matrix, dividends: Matrix): BarReturns {
  const { columns, data } = prices;
  const movesAt = movesOf(prices);
  return (row) => {
    const moves = movesAt(row);
    for (let j = 0; j < columns; j++) {
      const paid = dividends.data[row * columns + j]!;
      if (paid !== 0)
        moves[j] =
          moves[j]! + requireFinite(`dividends[${row}][${j}]`, paid) / data[(row - 1) * columns + j]!;
    }
    return moves;
  };
}
