import { escapeText, joined } from "./markup.ts";
import { ACROSS, DOWN } from "./path.ts";
import type { AxisTick } from "./time-axis.ts";
import type { ValueScale } from "./value-scale.ts";

/** Colours of the page, by their classes: blue, orange, green, purple, grey and ink. */
export type Tone = "blue" | "orange" | "green" | "purple" | "grey" | "ink";

/** A text at the right end of a plot, on the height of what it names. */
export interface EndLabel {
  readonly tone: Tone;
  readonly name: string;
  readonly value: string;
  /** Pixels from above. */
  readonly y: number;
}

export interface Frame {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, in a sentence. */
  readonly description: string;
  /** Pixels; the width is that of the page. */
  readonly height: number;
  readonly scale: ValueScale;
  readonly ticks: readonly AxisTick[];
  /** Those that a telephone shows. @defaultValue ticks */
  readonly fewTicks?: readonly AxisTick[];
  /** SVG, `ACROSS` wide and `DOWN` to the pixel. */
  readonly drawing: string;
  readonly ends?: readonly EndLabel[];
}

/** Pixels between two labels. */
const LABELS_APART = 17;

const rounded = (pixels: number): number => Math.round(pixels);

/** Pushes labels apart, from above and then from below, keeping their order. */
function spread(ends: readonly EndLabel[], height: number): EndLabel[] {
  const labels = ends.filter(({ y }) => Number.isFinite(y)).sort((a, b) => a.y - b.y);
  const places = labels.map(({ y }) => y);
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i]!, places[i - 1]! + LABELS_APART);
  let floor = height;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i]!, floor);
    floor = places[i]! - LABELS_APART;
  }
  return labels.map((label, i) => ({ ...label, y: places[i]! }));
}

const labelled = (kind: string, labels: readonly string[]): string =>
  labels.length === 0 ? "" : `<div class="${kind}" aria-hidden="true">${labels.join("")}</div>`;

const below = (kind: string, ticks: readonly AxisTick[]): string =>
  labelled(
    kind,
    ticks.map(({ at, text }) => `<span style="left:${rounded(1000 * at) / 10}%">${escapeText(text)}</span>`),
  );

/**
 * A plot as wide as its place: the drawing is stretched, its strokes and the texts around it are not. The texts are HTML,
 * so they keep their size on a telephone.
 */
export function frame({
  id,
  title,
  description,
  height,
  scale,
  ticks,
  fewTicks,
  drawing,
  ends = [],
}: Frame): string {
  const grid = scale.ticks.map(({ y }) => `M0 ${rounded(DOWN * y)}H${ACROSS}`).join("");
  return joined(
    `<div class="plot${ends.length > 0 ? " named" : ""}">`,
    `<div class="frame${ticks.length > 0 ? " timed" : ""}" style="height:${height}px">`,
    labelled(
      "y",
      scale.ticks.map(({ y, text }) => `<span style="top:${rounded(y)}px">${escapeText(text)}</span>`),
    ),
    `<svg viewBox="0 0 ${ACROSS} ${DOWN * height}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeText(title)}</title><desc id="${id}-d">${escapeText(description)}</desc>`,
    `<path class="grid" d="${grid}"/>`,
    drawing,
    "</svg>",
    fewTicks === undefined ? below("x", ticks) : below("x many", ticks) + below("x few", fewTicks),
    "</div>",
    labelled(
      "ends",
      spread(ends, height).map(
        ({ tone, name, value, y }) =>
          `<span class="${tone}" style="top:${rounded(y)}px">${escapeText(name)} <b>${escapeText(value)}</b></span>`,
      ),
    ),
    "</div>",
  );
}
