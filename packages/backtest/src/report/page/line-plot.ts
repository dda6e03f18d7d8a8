import type { AxisText } from "../number-text.ts";
import { type Frame, frame, type Tone } from "./frame.ts";
import { ACROSS, areaPath, bandPath, DOWN, linePath } from "./path.ts";
import { rangeOf, valueScale } from "./value-scale.ts";

export interface PlotLine {
  readonly tone: Tone;
  readonly values: Float64Array;
  /** How it is named at its right end; not at all where this is left out. */
  readonly label?: { readonly name: string; readonly value: string };
  /** With the area to 0 filled. @defaultValue false */
  readonly filled?: boolean;
  /** Drawn finer, as what others are held against. @defaultValue false */
  readonly fine?: boolean;
}

export interface LinePlot extends Omit<Frame, "drawing" | "ends" | "scale"> {
  /** The last is drawn on top. */
  readonly lines: readonly PlotLine[];
  readonly axis: AxisText;
  /** Values that the plot must hold; the first of them gets a line. @defaultValue [] */
  readonly levels?: readonly number[];
  /** Around the first line. */
  readonly band?: { readonly upper: Float64Array; readonly lower: Float64Array };
  /** Entries at which something happened. @defaultValue [] */
  readonly marks?: readonly number[];
  /** @defaultValue false */
  readonly logarithmic?: boolean;
}

const lastFinite = (values: Float64Array): number =>
  values.findLast((value) => Number.isFinite(value)) ?? Number.NaN;

export function linePlot(plot: LinePlot): string {
  const { lines, axis, levels = [], band, marks = [], logarithmic = false, height: pixels } = plot;
  const shown = lines.map(({ values }) => values);
  const range = rangeOf(band === undefined ? shown : [...shown, band.upper, band.lower], logarithmic);
  const scale = valueScale(range, { height: pixels, axis, levels, logarithmic });
  const height = (value: number): number => scale.height(value);
  const base = levels[0] === undefined ? Number.NaN : height(levels[0]);
  const drawing = lines.map(({ tone, values, filled = false, fine = false }) => {
    const area = filled ? `<path class="area ${tone}" d="${areaPath(values, height, base)}"/>` : "";
    return `${area}<path class="line ${tone}${fine ? " fine" : ""}" d="${linePath(values, height)}"/>`;
  });
  const entries = Math.max(1, (lines[0]?.values.length ?? 1) - 1);
  const at = (k: number): string => `M${Math.round((ACROSS * k) / entries)} 0V${DOWN * pixels}`;
  return frame({
    ...plot,
    scale,
    drawing: [
      band === undefined
        ? ""
        : `<path class="band ${lines[0]!.tone}" d="${bandPath(band.upper, band.lower, height)}"/>`,
      Number.isFinite(base) ? `<path class="base" d="M0 ${Math.round(DOWN * base)}H${ACROSS}"/>` : "",
      marks.length === 0 ? "" : `<path class="mark" d="${marks.map(at).join("")}"/>`,
      ...drawing,
    ].join(""),
    ends: lines.flatMap(({ tone, values, label }) =>
      label === undefined ? [] : [{ tone, ...label, y: height(lastFinite(values)) }],
    ),
  });
}
