import {
  mean,
  normalQuantile,
  quantile,
  ranks,
  std,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { numberOrMissing } from "../signal/number-or-missing.ts";
import { scoreRows } from "./row-scores.ts";

export interface CrossSectionalScoresOptions<X extends TableLike> {
  /**
   * "z": (x − mean) ÷ standard deviation (ddof 1); "robust": (x − median) ÷ (1.4826 · MAD), with MAD the median distance
   * from the median; "rank": evenly from −1 to 1, 2 (rank − ½) ÷ n − 1, equal values sharing the mean of their ranks;
   * "normal-rank": the normal quantile of (rank − ½) ÷ n.
   *
   * @defaultValue "z"
   */
  readonly method?: "z" | "robust" | "rank" | "normal-rank";
  /** Scores beyond ± this are brought back to it. @defaultValue none are */
  readonly limit?: number;
  /** Assets that must be present at a time; with fewer it has no scores. @defaultValue 2 */
  readonly minAssets?: number;
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/** What makes the median distance of normal values their standard deviation. */
const MAD_TO_STD = 1.482602218505602;

/** Writes (x − center) ÷ scale over the values; NaN where they do not differ. */
function centre(values: Float64Array, center: number, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i] = scale > 0 ? (values[i]! - center) / scale : Number.NaN;
}

const METHODS = {
  z: (values: Float64Array) => centre(values, mean(values), std(values)),
  robust: (values: Float64Array) => {
    const middle = quantile(values, 0.5);
    const distances = values.map((x) => Math.abs(x - middle));
    centre(values, middle, MAD_TO_STD * quantile(distances, 0.5));
  },
  rank: (values: Float64Array) => {
    const n = values.length;
    values.set(ranks(values).map((rank) => (2 * (rank - 0.5)) / n - 1));
  },
  "normal-rank": (values: Float64Array) => {
    const n = values.length;
    values.set(ranks(values).map((rank) => normalQuantile((rank - 0.5) / n)));
  },
};

/**
 * Each asset's score against the others of the same time, without a unit. A row is scored by itself, so nothing looks
 * ahead, and a stream is this of one row.
 *
 * `signal` is time × assets (a matrix or `Panel`); the answer has its form and size. A value that is not finite is missing
 * and has no score. NaN for the whole row where fewer than `minAssets` are present, and by "z" and "robust" where they do
 * not differ (by "robust": where more than half are alike).
 *
 * @throws QuantError "option" for an unknown method, "range" for a limit that is not positive or minAssets that is no
 *   integer ≥ 2, "shape" for a signal or `out` of a wrong form.
 */
export function crossSectionalScores<X extends TableLike>(
  signal: X,
  options: CrossSectionalScoresOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["method", "limit", "minAssets", "out"]);
  const { method = "z", limit = Number.POSITIVE_INFINITY, minAssets = 2, out } = options;
  requireOneOf("method", method, ["z", "robust", "rank", "normal-rank"]);
  if (limit !== Number.POSITIVE_INFINITY) requirePositive("limit", limit);
  requireInteger("minAssets", minAssets, 2);
  const scoresOf = METHODS[method];
  return scoreRows(signal, out, (values) => {
    if (values.length < minAssets) {
      values.fill(Number.NaN);
      return;
    }
    scoresOf(values);
    for (let i = 0; i < values.length; i++) {
      values[i] = Math.min(Math.max(numberOrMissing(values[i]!), -limit), limit);
    }
  });
}
