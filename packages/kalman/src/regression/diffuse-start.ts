import { diffuseLogDensity, logDensity } from "../state-space/log-density.ts";
import type { KnownLine } from "./line-fold.ts";
import type { Knowledge } from "./state.ts";

/** A line on its way from a diffuse start; of a level alone the variance is R · n00. */
export interface StartingLine extends KnownLine {
  known: Knowledge;
  anchor: number;
  /** Bars observed before the line was known. */
  settledBars: number;
  /** What those bars add to the log-likelihood besides their squares. */
  settled: number;
}

// F∞ = 1 + x²: the variance of the first y per unit of diffuse variance.
function settleLevel(line: StartingLine, x: number, y: number): void {
  line.known = "level";
  line.anchor = x;
  line.level = y + 0;
  line.n00 = 1;
  line.settled += diffuseLogDensity(1 + x * x);
}

function sharpenLevel(line: StartingLine, y: number): void {
  const growth = line.n00 + 1; // S ÷ R
  const S = line.observationVariance * growth;
  const v = y - line.level;
  line.n00 /= growth;
  line.level += line.n00 * v;
  line.settled += logDensity(0, S);
  line.squares += (v * v) / S;
}

// slope = (y − level) ÷ h with h = x − anchor, so its variance is (var(level) + R) ÷ h².
function settleSlope(line: StartingLine, x: number, y: number): void {
  const { anchor, n00 } = line;
  const h = x - anchor;
  line.known = "line";
  line.slope = (y - line.level) / h + 0;
  line.n01 = -n00 / h;
  line.n11 = (n00 + 1) / (h * h);
  line.d = n00 / (h * h);
  line.settled += diffuseLogDensity((h * h) / (1 + anchor * anchor));
}

/**
 * Takes one bar of a line that is not yet known. The first settles the level alone, and further bars at the same x only
 * sharpen it. The first bar at another x settles the slope. This is the limit of a prior variance that grows without bound,
 * taken on paper.
 */
export function takeAtStart(line: StartingLine, x: number, y: number): void {
  if (line.known === "level") {
    const { inflation, g00 } = line.steps();
    line.n00 = line.n00 * inflation + g00;
  }
  if (Number.isNaN(x) || Number.isNaN(y)) {
    line.missing++;
    return;
  }
  line.observations++;
  line.settledBars++;
  if (line.known === "nothing") settleLevel(line, x, y);
  else if (x === line.anchor) sharpenLevel(line, y);
  else settleSlope(line, x, y);
}
