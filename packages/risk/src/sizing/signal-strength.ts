import { tanh } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { FINITE, type Figure, type FigureOf, mapFigure, type OutFigure, SHARE } from "./figure.ts";

export interface SignalStrengthOptions<X extends Figure> extends OutFigure<X> {
  /** How steep the tangent is at 0, positive. @defaultValue 2 */
  readonly gain?: number;
  /** What the signal is trusted with, in [0, 1]: one number, one an asset, or one an entry. @defaultValue 1 */
  readonly confidence?: Figure;
}

/**
 * How much of a position a signal calls for: `confidence` · tanh(`gain` · signal), in [−1, 1]; the sign is the
 * signal's. A signal of any size is bounded, and a small one counts `gain` times itself. A missing signal or confidence
 * (NaN) gives NaN.
 *
 * @param signal - a number, a vector, a time × assets matrix or a panel; the answer has its form
 * @throws QuantError "not-finite" for an infinite signal, "range" for a confidence outside [0, 1] or a gain that is not
 *   positive, "shape" for a confidence that does not fit.
 */
export function signalStrength<X extends Figure>(
  signal: X,
  options: SignalStrengthOptions<X> = {},
): FigureOf<X> {
  requireKnownOptions(options, ["gain", "confidence", "out"]);
  const { gain = 2, confidence = 1, out } = options;
  requirePositive("gain", gain);
  return mapFigure("signal", signal, FINITE, out, (beside) => {
    const trust = beside("confidence", confidence, SHARE);
    return (value, k) => tanh(gain * value) * trust(k);
  });
}
