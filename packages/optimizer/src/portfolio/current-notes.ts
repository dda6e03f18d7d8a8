import { limitUse } from "./problem/limit-use.ts";
import type { PortfolioProblem } from "./problem/problem.ts";

const OVERRUN = 1e-9;
const MOST_NAMED = 3;

/** One sentence for each limit that the weights before trading do not meet. */
export function currentNotes(problem: PortfolioProblem, names: readonly string[]): string[] {
  const { current, boxes, rows, sizes } = problem;
  const notes: string[] = [];
  for (const { name, lower, upper } of boxes) {
    if (name === "participation") continue;
    const outside = Array.from(current.keys()).filter(
      (i) => current[i]! < lower[i]! - OVERRUN || current[i]! > upper[i]! + OVERRUN,
    );
    for (const i of outside.slice(0, MOST_NAMED)) {
      const w = current[i]!;
      const [side, end] = w < lower[i]! ? ["min", lower[i]!] : ["max", upper[i]!];
      notes.push(`currentWeights of ${names[i]} is ${shown(w)}, outside ${name}.${side} ${shown(end)}`);
    }
    const more = outside.length - MOST_NAMED;
    if (more > 0) notes.push(`currentWeights of ${more} more are outside their bounds`);
  }
  const use = limitUse(problem, current);
  rows.forEach(({ name, min, max }, r) => {
    const value = use.rows[r]!;
    const size = OVERRUN * Math.max(1, Math.abs(value));
    if (value < min - size)
      notes.push(`currentWeights have ${name} ${shown(value)}, below its min ${shown(min)}`);
    if (value > max + size)
      notes.push(`currentWeights have ${name} ${shown(value)}, above its max ${shown(max)}`);
  });
  sizes.forEach(({ name, of, max }, s) => {
    const value = use.sizes[s]!;
    if (of === "weights" && value > max + OVERRUN * Math.max(1, value)) {
      notes.push(`currentWeights have ${name} ${shown(value)}, above its max ${shown(max)}`);
    }
  });
  return notes;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}
