/** What a limit asks for, severest last: each asks for all that stands before it too. */
export const LIMIT_ACTIONS = ["none", "warn", "halt-new", "reduce", "liquidate"] as const;

/**
 * - `warn`: look
 * - `halt-new`: nothing is opened or enlarged
 * - `reduce`: positions are cut to a part of themselves
 * - `liquidate`: everything is closed
 */
export type LimitAction = (typeof LIMIT_ACTIONS)[number];

export function severity(action: LimitAction): number {
  return LIMIT_ACTIONS.indexOf(action);
}
