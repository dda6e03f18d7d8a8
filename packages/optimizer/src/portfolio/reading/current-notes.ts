import { limitUse } from "../problem/limit-use.ts";
import type { BoxLimit, PortfolioProblem } from "../problem/problem.ts";

const OVERRUN = 1e-9;
const MOST_NAMED = 3;

/** One sentence for each limit that the weights before trading do not meet. */
export function currentNotes(problem: PortfolioProblem, names: readonly string[]): string[] {
  const { current, boxes, rows, sizes } = problem;
  const notes: string[] = [];
  for (const box of boxes) if (box.name !== "participation") addBoxNotes(box, current, names, notes);
  const use = limitUse(problem, current);
  for (let r = 0; r < rows.length; r++) {
    const { name, min, max } = rows[r]!;
    const value = use.rows[r]!;
    const size = OVERRUN * Math.max(1, Math.abs(value));
    if (value < min - size)
      notes.push(`currentWeights have ${name} ${shown(value)}, below its min ${shown(min)}`);
    if (value > max + size)
      notes.push(`currentWeights have ${name} ${shown(value)}, above its max ${shown(max)}`);
  }
  for (let s = 0; s < sizes.length; s++) {
    const { name, of, max } = sizes[s]!;
    const value = use.sizes[s]!;
    if (of === "weights" && value > max + OVERRUN * Math.max(1, value)) {
      notes.push(`currentWeights have ${name} ${shown(value)}, above its max ${shown(max)}`);
    }
  }
  return notes;
}

function addBoxNotes(
  { name, lower, upper }: BoxLimit,
  current: Float64Array,
  names: readonly string[],
  notes: string[],
): void {
  let more = -MOST_NAMED;
  for (let i = 0; i < current.length; i++) {
    const w = current[i]!;
    if (!(w < lower[i]! - OVERRUN || w > upper[i]! + OVERRUN)) continue;
    if (++more > 0) continue;
    const end = w < lower[i]! ? `min ${shown(lower[i]!)}` : `max ${shown(upper[i]!)}`;
    notes.push(`currentWeights of ${names[i]} is ${shown(w)}, outside ${name}.${end}`);
  }
  if (more > 0) notes.push(`currentWeights of ${more} more are outside their bounds`);
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}
