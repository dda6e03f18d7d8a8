/** What a regression says of a bar, in the order in which it is written. */
export const FIGURES = ["intercept", "slope", "innovation", "innovationStd", "zScore"] as const;

/** One of the figures of a bar; the meaning of each is that of `KalmanRegressionStep`. */
export type KalmanRegressionFigure = (typeof FIGURES)[number];
