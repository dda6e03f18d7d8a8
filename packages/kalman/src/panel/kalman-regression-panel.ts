import { Matrix, type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  requireKnownOptions,
  requireMatrix,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { type PanelSeries, regressionPanel } from "../kernels/regression-panel.ts";
import { type KalmanRegressionOptions, OPTION_NAMES, settingsOf } from "../regression/options.ts";
import { RegressionFilter } from "../regression/regression-filter.ts";
import type { KalmanRegressionState } from "../regression/state.ts";

export interface KalmanRegressionPanelOptions
  extends Omit<KalmanRegressionOptions, "delta" | "observationVariance" | "intercept"> {
  /**
   * As in `KalmanRegressionOptions`; one for all pairs or one a pair.
   * @defaultValue 1e-5, and 0 with `forgetting`
   */
  readonly delta?: number | VectorLike;
  /**
   * As in `KalmanRegressionOptions`; one for all pairs or one a pair.
   * @defaultValue 1e-3
   */
  readonly observationVariance?: number | VectorLike;
  /** Where the series go: five matrices of bars × pairs, none of them X or Y. Without it new ones are made. */
  readonly out?: PanelSeries;
}

/** One matrix of bars × pairs for each series of `KalmanRegressionSeries`, and one entry a pair for the rest. */
export interface KalmanRegressionPanel extends PanelSeries {
  readonly logLikelihood: Float64Array;
  /** Bars where x or y was NaN. */
  readonly missing: Int32Array;
  /** The filters after the last bar: `KalmanRegression.from(states[pair])` goes on from here. */
  readonly states: readonly KalmanRegressionState[];
}

const SERIES = ["intercept", "slope", "innovation", "innovationStd", "zScore"] as const;

/** A number for each pair, undefined to leave the default. */
function perPair(name: string, given: number | VectorLike | undefined, pairs: number): (j: number) => object {
  if (given === undefined) return () => ({});
  if (!isVector(given)) return () => ({ [name]: given });
  const values = requireVector(name, given, pairs);
  return (j) => ({ [name]: values[j]! });
}

function requireOut(out: PanelSeries | undefined, x: Matrix, y: Matrix): PanelSeries {
  const { rows, columns } = x;
  if (out !== undefined) requireKnownOptions(out, SERIES, "out");
  const taken: Float64Array[] = [x.data, y.data];
  const matrices = SERIES.map((name) => {
    const given = out?.[name];
    if (out === undefined) return [name, new Matrix(rows, columns)] as const;
    const data = (given as Partial<Matrix> | undefined)?.data;
    if (!(data instanceof Float64Array) || given?.rows !== rows || given.columns !== columns) {
      throw new QuantError(
        "shape",
        `out.${name} must be a Matrix of ${rows}×${columns}, got ${show(given)}`,
        {
          argument: `out.${name}`,
        },
      );
    }
    if (taken.some((other) => other.buffer === data.buffer)) {
      throw new QuantError("option", `out.${name} must not share memory with X, Y or another output`, {
        argument: `out.${name}`,
      });
    }
    taken.push(data);
    return [name, given] as const;
  });
  return Object.fromEntries(matrices) as unknown as PanelSeries;
}

/**
 * The Kalman regressions of many pairs at once, column j of Y on column j of X: each column has the bits that
 * `kalmanRegression` gives for that pair.
 *
 * @param X - prices of the hedges, bars × pairs; NaN where missing
 * @param Y - prices of the targets, of the same shape
 * @throws QuantError as `kalmanRegression` does
 */
export function kalmanRegressionPanel(
  X: MatrixLike,
  Y: MatrixLike,
  options: KalmanRegressionPanelOptions = {},
): KalmanRegressionPanel {
  requireKnownOptions(options, [...OPTION_NAMES.filter((name) => name !== "intercept"), "out"]);
  const { delta, observationVariance, out, ...others } = options;
  const x = requireMatrix("X", X);
  const y = requireMatrix("Y", Y);
  const { rows, columns } = x;
  if (y.rows !== rows || y.columns !== columns) {
    throw new QuantError("shape", `Y must be ${rows}×${columns} as X is, got ${y.rows}×${y.columns}`, {
      argument: "Y",
    });
  }
  const deltaOf = perPair("delta", delta, columns);
  const varianceOf = perPair("observationVariance", observationVariance, columns);
  const settings = Array.from({ length: columns }, (_, j) =>
    settingsOf({ ...others, ...deltaOf(j), ...varianceOf(j) }),
  );
  const series = requireOut(out, x, y);
  const nameOf = (name: string, entry: number) =>
    `${name.toUpperCase()}[${Math.floor(entry / columns)}][${entry % columns}]`;
  const filters = regressionPanel(
    { x, y, nameOf },
    () => settings.map((each) => new RegressionFilter(each)),
    series,
  );
  return {
    ...series,
    logLikelihood: Float64Array.from(filters, (filter) => filter.logLikelihood),
    missing: Int32Array.from(filters, (filter) => filter.missing),
    states: filters.map((filter) => filter.toState()),
  };
}
