import { breaks, FIGURES, isReleased, type LimitName } from "./limit-figure.ts";
import type { FullRung, Ladders } from "./limit-ladder.ts";
import type { Measured } from "./measure.ts";
import type { RiskEvent } from "./observation.ts";

/** A limit that is broken and not yet released. */
export interface Standing {
  readonly limit: LimitName;
  /** Of limits by asset. */
  readonly asset?: string;
  /** The rung it stands on: 1 is the mildest. */
  readonly level: number;
  /** The figure when last seen. */
  readonly value: number;
  /** The number of the event that broke it, this rung or a worse one. */
  readonly since: number;
}

export function keyOf({ limit, asset }: { readonly limit: LimitName; readonly asset?: string }): string {
  return asset === undefined ? limit : `${limit}:${asset}`;
}

/** The rung that a figure leaves a limit on: up to the worst that it breaks at once, down as far as it is released. */
export function nextLevel(rungs: readonly FullRung[], loss: boolean, level: number, value: number): number {
  let broken = 0;
  while (broken < rungs.length && breaks(loss, value, rungs[broken]!.at)) broken++;
  let next = Math.max(level, broken);
  while (next > broken && isReleased(loss, value, rungs[next - 1]!.release)) next--;
  return next;
}

/** A position that is no longer listed is no longer held. */
function closedPositions(before: readonly Standing[], event: RiskEvent): Measured[] {
  const { positions } = event;
  if (positions === undefined) return [];
  return before
    .filter(({ asset }) => asset !== undefined && !Object.hasOwn(positions, asset))
    .map(({ limit, asset }) => ({ limit, asset: asset!, value: 0 }));
}

/** What stands after an event; what was not seen stays as it was. */
export function advanceStanding(
  ladders: Ladders,
  before: readonly Standing[],
  seen: readonly Measured[],
  event: RiskEvent,
  sequence: number,
): readonly Standing[] {
  const standing = new Map(before.map((one) => [keyOf(one), one]));
  for (const figure of [...seen, ...closedPositions(before, event)]) {
    const { limit, value } = figure;
    const was = standing.get(keyOf(figure));
    const level = nextLevel(ladders[limit], FIGURES[limit].loss, was?.level ?? 0, value);
    const worse = was === undefined || level > was.level;
    if (level === 0) standing.delete(keyOf(figure));
    else standing.set(keyOf(figure), { ...figure, level, since: worse ? sequence : was.since });
  }
  return [...standing.values()];
}
