/** How a solve ended, in OSQP's words. */
export type QpStatus =
  | "solved"
  | "solved inaccurate"
  | "primal infeasible"
  | "primal infeasible inaccurate"
  | "dual infeasible"
  | "dual infeasible inaccurate"
  | "maximum iterations reached"
  | "run time limit reached"
  | "problem non convex"
  | "interrupted"
  | "unsolved";

/** OSQP's numbers for them. */
export const STATUS_VALUES: Readonly<Record<QpStatus, number>> = {
  solved: 1,
  "solved inaccurate": 2,
  "primal infeasible": 3,
  "primal infeasible inaccurate": 4,
  "dual infeasible": 5,
  "dual infeasible inaccurate": 6,
  "maximum iterations reached": 7,
  "run time limit reached": 8,
  "problem non convex": 9,
  interrupted: 10,
  unsolved: 11,
};

const UNFINISHED: readonly QpStatus[] = [
  "run time limit reached",
  "problem non convex",
  "interrupted",
  "unsolved",
];

/** Statuses to which the method came of itself, on a convex problem. */
export function isOwnEnd(status: QpStatus): boolean {
  return !UNFINISHED.includes(status);
}

const WITH_POINT: readonly QpStatus[] = [
  "solved",
  "solved inaccurate",
  "maximum iterations reached",
  "run time limit reached",
  "interrupted",
];

/** Statuses that come with a point x and multipliers y. */
export function hasPoint(status: QpStatus): boolean {
  return WITH_POINT.includes(status);
}
