import type { AxisText } from "../number-text.ts";
import { type Frame, frame, type Tone } from "./frame.ts";
import { escapeText } from "./markup.ts";
import { ACROSS, DOWN } from "./path.ts";
import { rangeOf, valueScale } from "./value-scale.ts";

/** A bar that stands on 0. */
export interface PlotBar {
  /** Fractions of the width. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly tone: Tone;
  /** What it says when pointed at. */
  readonly hint: string;
}

export interface BarPlot extends Omit<Frame, "drawing" | "ends" | "scale"> {
  readonly bars: readonly PlotBar[];
  readonly axis: AxisText;
}

/** Of a bar's width: the gap beside it. */
const GAP = 0.12;

export function barPlot(plot: BarPlot): string {
  const { bars, axis, height: pixels } = plot;
  const range = rangeOf([bars.map(({ value }) => value)]);
  const scale = valueScale(range, { height: pixels, axis, levels: [0], logarithmic: false });
  const zero = Math.round(DOWN * scale.height(0));
  const rectangles = bars
    .filter(({ value }) => value !== 0)
    .map(({ from, to, value, tone, hint }) => {
      const gap = (GAP * (to - from)) / 2;
      const [x, width] = [Math.round(ACROSS * (from + gap)), Math.round(ACROSS * (to - from - 2 * gap))];
      const top = Math.round(DOWN * scale.height(value));
      const [y, tall] = [Math.min(top, zero), Math.max(Math.abs(zero - top), DOWN)];
      return `<rect class="bar ${tone}" x="${x}" y="${y}" width="${width}" height="${tall}"><title>${escapeText(hint)}</title></rect>`;
    });
  return frame({
    ...plot,
    scale,
    drawing: `${rectangles.join("")}<path class="base" d="M0 ${zero}H${ACROSS}"/>`,
  });
}
