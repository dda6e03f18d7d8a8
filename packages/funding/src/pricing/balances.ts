/** How a group of positions in one currency is financed on a day; amounts in that currency, ≥ 0. */
export interface Financing {
  /** What is borrowed to hold longs, and any loan besides, after netting. */
  readonly debit: number;
  /** The part of `debit` that is not for longs: the account's own money was less than nothing. */
  readonly loan: number;
  /** Collateral of shorts that earns the rebate rate, after netting. */
  readonly shortCredit: number;
  /** Proceeds of shorts that pay for longs. */
  readonly netted: number;
  /** The account's own money that is left over. */
  readonly cash: number;
  /** The fraction of each long's notional that is borrowed. */
  readonly longShare: number;
  /** The fraction of each short's collateral that earns the rebate rate. */
  readonly shortShare: number;
}

/** What the financing of a group is made of. */
export interface Exposure {
  /** Σ notional of longs. */
  readonly longs: number;
  /** Σ |notional| of shorts. */
  readonly shorts: number;
  /** Σ collateral of shorts. */
  readonly collateral: number;
  /** The account's own money; absent when longs are taken to be wholly debit-financed. */
  readonly equity: number | undefined;
  /** The fraction of short proceeds that may pay for longs. */
  readonly netting: number;
}

/**
 * Own money first tops up the collateral of shorts above their proceeds, then pays for longs; what is left is cash, what
 * is missing is borrowed. Netting then lets short proceeds repay the debit.
 */
export function finance({ longs, shorts, collateral, equity, netting }: Exposure): Financing {
  const own = equity === undefined ? 0 : equity - (collateral - shorts);
  const ofLongs = Math.max(0, Math.min(longs, longs - own));
  const ofLoan = Math.max(0, 0 - own);
  const gross = ofLongs + ofLoan;
  const netted = netting * Math.min(gross, collateral);
  const kept = gross > 0 ? (gross - netted) / gross : 1;
  return {
    debit: gross - netted,
    loan: ofLoan * kept,
    shortCredit: collateral - netted,
    netted,
    cash: Math.max(0, own - longs),
    longShare: longs > 0 ? (ofLongs / longs) * kept : 0,
    shortShare: collateral > 0 ? (collateral - netted) / collateral : 0,
  };
}
