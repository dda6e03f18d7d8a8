/** The largest whole number of lots that is no larger in size: towards zero for longs and shorts alike, never −0. */
export function wholeLots(shares: number, lotSize: number): number {
  return Math.trunc(shares / lotSize) * lotSize + 0;
}
