import type { RunLaw } from "./block-merge.ts";

// A run's record: how many values, the first of them, and the sum of what the others lie above it.
const REFERENCE = 1;
const SUM = 2;

/** The law of sums: a window's mean, or its sum. */
export function runSums(asMean: boolean): RunLaw {
  return {
    width: 3,
    push(runs, from, to, x) {
      const count = runs[from]!;
      const present = Number.isFinite(x);
      const reference = count === 0 && present ? x : runs[from + REFERENCE]!;
      runs[to] = present ? count + 1 : count;
      runs[to + REFERENCE] = reference;
      runs[to + SUM] = runs[from + SUM]! + (present ? x - reference : 0);
    },
    answer(runs, early, late) {
      const earlyCount = runs[early]!;
      const count = earlyCount + runs[late]!;
      const level = runs[runs[late]! > 0 ? late + REFERENCE : early + REFERENCE]!;
      const gap = earlyCount > 0 ? earlyCount * (runs[early + REFERENCE]! - level) : 0;
      const deviations = runs[early + SUM]! + runs[late + SUM]! + gap;
      return asMean ? level + deviations / count : count * level + deviations;
    },
  };
}
