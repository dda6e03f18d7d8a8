/** The numbers behind a health score, in units of the information coefficient. */
export interface HealthInputs {
  /** Of the recent window. */
  readonly meanIc: number;
  /** Standard deviation (n − 1) of the recent window. */
  readonly icStd: number;
  /** Mean turnover-adjusted coefficient of the recent window. */
  readonly turnoverAdjustedIc: number;
  /** The recent window's mean less that of the window before. */
  readonly velocity: number;
  /** That velocity less the one of a window earlier. */
  readonly acceleration: number;
}
