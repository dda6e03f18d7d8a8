const DAY = 86_400_000;

/** The day of the year in UTC, 1 on the first of January. */
export function dayOfYear(epoch: number): number {
  // The same time of day on the first of January.
  return (epoch - new Date(epoch).setUTCMonth(0, 1)) / DAY + 1;
}
