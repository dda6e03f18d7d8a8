/** How a solve ended, in OSQP's words. */
export type QpStatus =
  | "solved"
  | "solved inaccurate"
  | "primal infeasible"
  | "primal infeasible inaccurate"
  | "dual infeasible"
  | "dual infeasible inaccurate"
  | "maximum iterations reached"
  | "problem non convex";

/** OSQP's numbers for them. */
export const STATUS_VALUES: Readonly<Record<QpStatus, number>> = {
  solved: 1,
  "solved inaccurate": 2,
  "primal infeasible": 3,
  "primal infeasible inaccurate": 4,
  "dual infeasible": 5,
  "dual infeasible inaccurate": 6,
  "maximum iterations reached": 7,
  "problem non convex": 9,
};

/** Statuses that come with a point x and multipliers y. */
export function hasPoint(status: QpStatus): boolean {
  return status === "solved" || status === "solved inaccurate" || status === "maximum iterations reached";
}
