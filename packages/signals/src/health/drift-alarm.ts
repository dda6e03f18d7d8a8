/** What a detector of drift says of one row. */
export interface DriftAlarm {
  /** How far the series has moved, ≥ 0. */
  readonly statistic: number;
  readonly alarm: boolean;
}
