import { rollingMean, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireInteger,
  requireKnownOptions,
  requireTable,
} from "@astra-quant/core-linalg/guards";

export interface AverageDailyVolumeOptions<X extends TableLike> {
  /** Days averaged. @defaultValue 20 */
  readonly window?: number;
  /** Days by which the last one averaged lies back; 0 takes in the day itself, whose volume nobody knows yet. @defaultValue 1 */
  readonly lag?: number;
  /** An array of the answer's form and size that shares no memory with the input. */
  readonly out?: TableOf<X>;
}

/**
 * The average volume of the `window` days that end `lag` days before each one, shares a day, in the form of `volume`.
 * NaN until there are so many, and while one of them is missing.
 *
 * @param volume - shares traded a day, ≥ 0: a vector, a time × assets matrix or a panel
 * @throws QuantError "range" for a negative volume, a window or a lag that are no such integers.
 */
export function averageDailyVolume<X extends TableLike>(
  volume: X,
  options: AverageDailyVolumeOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["window", "lag", "out"]);
  const { window = 20, lag = 1, out } = options;
  requireInteger("lag", lag, 0);
  const table = requireTable("volume", volume);
  const { rows, columns, data } = table;
  const negative = data.findIndex((shares) => shares < 0);
  if (negative >= 0) {
    const [row, column] = [Math.floor(negative / columns), negative % columns];
    throw new QuantError(
      "range",
      `volume must not be negative, got ${data[negative]} in row ${row}, column ${column}`,
      { argument: "volume", row, column, value: data[negative] },
    );
  }
  const average = rollingMean(volume, window, out === undefined ? {} : { out });
  const answer = requireTable("average", average).data;
  const shift = Math.min(rows, lag) * columns;
  answer.copyWithin(shift, 0, answer.length - shift);
  answer.fill(Number.NaN, 0, shift);
  return average;
}
