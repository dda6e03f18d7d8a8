import { Matrix, type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  requireKnownOptions,
  requireMatrix,
  requireOneOf,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { type AskedSeries, type PanelSeries, regressionPanel } from "../kernels/regression-panel.ts";
import { FIGURES, type KalmanRegressionFigure } from "../regression/figures.ts";
import { type KalmanRegressionOptions, OPTION_NAMES, settingsOf } from "../regression/options.ts";
import { RegressionFilter } from "../regression/regression-filter.ts";
import type { KalmanRegressionState } from "../regression/state.ts";

export interface KalmanRegressionPanelOptions<Figure extends KalmanRegressionFigure = KalmanRegressionFigure>
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
  /**
   * Which figures are wanted of every bar: what nobody asks for takes neither memory nor the time to write it.
   * @defaultValue those of `out`, and without it all five
   */
  readonly figures?: readonly Figure[];
  /** Where the series go: a matrix of bars × pairs for each figure, none of them X or Y. Without it new ones are made. */
  readonly out?: PanelSeries<Figure>;
}

/** What a panel of regressions says besides the figures of its bars. */
interface PanelAccount {
  readonly logLikelihood: Float64Array;
  /** Bars where x or y was NaN. */
  readonly missing: Int32Array;
  /** The filters after the last bar: `KalmanRegression.from(states[pair])` goes on from here. */
  readonly states: readonly KalmanRegressionState[];
}

/** One matrix of bars × pairs for each figure that is asked for, and one entry a pair for the rest. */
export type KalmanRegressionPanel<Figure extends KalmanRegressionFigure = KalmanRegressionFigure> =
  PanelSeries<Figure> & PanelAccount;

const NAMES = [...OPTION_NAMES.filter((name) => name !== "intercept"), "figures", "out"];

/** A number for each pair, undefined to leave the default. */
function perPair(name: string, given: number | VectorLike | undefined, pairs: number): (j: number) => object {
  if (given === undefined) return () => ({});
  if (!isVector(given)) return () => ({ [name]: given });
  const values = requireVector(name, given, pairs);
  return (j) => ({ [name]: values[j]! });
}

function requireFigures(figures: unknown): readonly KalmanRegressionFigure[] {
  if (!Array.isArray(figures)) {
    throw new QuantError("option", `figures must be an array of names, got ${show(figures)}`, {
      argument: "figures",
    });
  }
  return Array.from(figures, (figure, i) => {
    const name = requireOneOf(`figures[${i}]`, figure, FIGURES);
    if (figures.indexOf(name) === i) return name;
    throw new QuantError("option", `figures[${i}] must not repeat an earlier one, got ${show(name)}`, {
      argument: `figures[${i}]`,
      value: name,
    });
  });
}

/** The matrices of `out` for the figures, or new ones. */
function requireOut(
  figures: readonly KalmanRegressionFigure[],
  out: object | undefined,
  x: Matrix,
  y: Matrix,
): AskedSeries {
  const { rows, columns } = x;
  if (out === undefined) return Object.fromEntries(figures.map((name) => [name, new Matrix(rows, columns)]));
  requireKnownOptions(out, figures, "out");
  const taken: Float64Array[] = [x.data, y.data];
  const given: AskedSeries = out;
  for (const name of figures) {
    const series = given[name];
    const data = series?.data;
    if (!(data instanceof Float64Array) || series?.rows !== rows || series.columns !== columns) {
      throw new QuantError(
        "shape",
        `out.${name} must be a Matrix of ${rows}×${columns}, got ${show(series)}`,
        { argument: `out.${name}` },
      );
    }
    if (taken.some((other) => other.buffer === data.buffer)) {
      throw new QuantError("option", `out.${name} must not share memory with X, Y or another output`, {
        argument: `out.${name}`,
      });
    }
    taken.push(data);
  }
  return given;
}

/**
 * The Kalman regressions of many pairs at once, column j of Y on column j of X: each column has the bits that
 * `kalmanRegression` gives for that pair.
 *
 * @param X - prices of the hedges, bars × pairs; NaN where missing
 * @param Y - prices of the targets, of the same shape
 * @returns a matrix for each figure asked for; its bits do not depend on which others are
 * @throws QuantError as `kalmanRegression` does, and "option" for figures that are unknown or named twice, or an `out` that
 *   holds others or shares memory
 */
export function kalmanRegressionPanel<Figure extends KalmanRegressionFigure = KalmanRegressionFigure>(
  X: MatrixLike,
  Y: MatrixLike,
  options: KalmanRegressionPanelOptions<Figure> = {},
): KalmanRegressionPanel<Figure> {
  requireKnownOptions(options, NAMES);
  const { delta, observationVariance, figures, out, ...others } = options;
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
  const shared = !isVector(delta) && !isVector(observationVariance);
  const settings = Array.from({ length: shared ? 1 : columns }, (_, j) =>
    settingsOf({ ...others, ...deltaOf(j), ...varianceOf(j) }),
  );
  if (out !== undefined) requireKnownOptions(out, FIGURES, "out");
  const asked = figures ?? (out === undefined ? FIGURES : FIGURES.filter((name) => name in out));
  const series = requireOut(requireFigures(asked), out, x, y);
  const nameOf = (name: string, entry: number) =>
    `${name.toUpperCase()}[${Math.floor(entry / columns)}][${entry % columns}]`;
  const filters = regressionPanel(
    { x, y, nameOf },
    () => Array.from({ length: columns }, (_, j) => new RegressionFilter(settings[shared ? 0 : j]!)),
    series,
  );
  return {
    ...(series as PanelSeries<Figure>),
    logLikelihood: Float64Array.from(filters, (filter) => filter.logLikelihood),
    missing: Int32Array.from(filters, (filter) => filter.missing),
    states: filters.map((filter) => filter.toState()),
  };
}
