import { CompensatedSum, compensatedSum, Matrix } from "@astra-quant/core-linalg";

/** Amounts of one kind: of each position on each day, and of the account besides. */
export interface Journal {
  /** Days × positions. */
  readonly positions: Matrix;
  readonly account: Float64Array;
}

/** A journal of nothing. */
export function emptyJournal(days: number, positions: number): Journal {
  return { positions: Matrix.zeros(days, positions), account: new Float64Array(days) };
}

/** The sums of a journal. */
export interface JournalSums {
  readonly total: number;
  readonly days: Float64Array;
  readonly positions: Float64Array;
  readonly account: number;
}

function addStrided(
  sum: CompensatedSum,
  data: Float64Array,
  from: number,
  count: number,
  stride: number,
): CompensatedSum {
  for (let i = 0, k = from; i < count; i++, k += stride) sum.add(data[k]!);
  return sum;
}

/** Without drift. */
export function sumJournal({ positions: { rows, columns, data }, account }: Journal): JournalSums {
  const whole = new CompensatedSum();
  const days = account.map((besides, t) => {
    addStrided(whole, data, t * columns, columns, 1).add(besides);
    const day = addStrided(new CompensatedSum(), data, t * columns, columns, 1);
    day.add(besides);
    return day.value;
  });
  const ofPosition = (j: number): number => addStrided(new CompensatedSum(), data, j, rows, columns).value;
  return {
    total: whole.value,
    days,
    positions: new Float64Array(columns).map((_, j) => ofPosition(j)),
    account: compensatedSum(account),
  };
}
