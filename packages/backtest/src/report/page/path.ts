import { thinnedRows } from "../thinned-rows.ts";

/** Units of a drawing across; down there are ten to the pixel. */
export const ACROSS = 10_000;
export const DOWN = 10;

/** A run of points without a gap, in the drawing's units. */
interface Run {
  readonly x: number[];
  readonly y: number[];
}

function runsOf(values: Float64Array, rows: Int32Array, height: (value: number) => number): Run[] {
  const last = Math.max(1, values.length - 1);
  const runs: Run[] = [];
  let open: Run | null = null;
  for (const t of rows) {
    const y = height(values[t]!);
    if (!Number.isFinite(y)) {
      open = null;
      continue;
    }
    if (open === null) {
      open = { x: [], y: [] };
      runs.push(open);
    }
    open.x.push(Math.round((ACROSS * t) / last));
    open.y.push(Math.round(DOWN * y));
  }
  return runs;
}

const pair = (x: number, y: number): string => `${x}${y < 0 ? "" : " "}${y}`;

/** Moves from point to point, each from where the pen is. */
function moves({ x, y }: Run): string {
  if (x.length === 1) return "h0";
  let text = "l";
  for (let i = 1; i < x.length; i++) {
    const step = pair(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!);
    text += i === 1 || step.startsWith("-") ? step : ` ${step}`;
  }
  return text;
}

const start = ({ x, y }: Run): string => `M${pair(x[0]!, y[0]!)}`;

/** A line through the values; what is not finite is a gap. `height` gives pixels from above. */
export function linePath(values: Float64Array, height: (value: number) => number): string {
  return runsOf(values, thinnedRows(values), height)
    .map((run) => start(run) + moves(run))
    .join("");
}

/** The area between the values and a level, in pixels from above. */
export function areaPath(values: Float64Array, height: (value: number) => number, level: number): string {
  return runsOf(values, thinnedRows(values), height)
    .map((run) => `${start(run)}${moves(run)}V${Math.round(DOWN * level)}H${run.x[0]}Z`)
    .join("");
}

/** The area between two lines, drawn where the first of them needs points. */
export function bandPath(
  upper: Float64Array,
  lower: Float64Array,
  height: (value: number) => number,
): string {
  const rows = thinnedRows(upper);
  const below = runsOf(lower, rows, height);
  return runsOf(upper, rows, height)
    .map((run, i) => {
      const back = { x: below[i]!.x.toReversed(), y: below[i]!.y.toReversed() };
      return `${start(run)}${moves(run)}V${back.y[0]}${moves(back)}Z`;
    })
    .join("");
}
