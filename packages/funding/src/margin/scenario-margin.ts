import { compensatedSum, QuantError } from "@astra-quant/core-linalg";
import {
  requireFiniteVector,
  requireKnownOptions,
  show,
  type VectorLike,
} from "@astra-quant/core-linalg/guards";
import { requireRecord } from "../schedule/record.ts";
import type { MarginModel } from "./margin-model.ts";

export interface ScenarioMarginOptions {
  /** Simple returns that are tried. @defaultValue ten equal steps from −15 % to +15 % */
  readonly moves?: VectorLike;
  /** The group of each asset: assets of one group move together and offset each other. @defaultValue each on its own */
  readonly groups?: Readonly<Record<string, string>>;
}

/** The moves of a portfolio-margin account in single stocks: ten of equal size, 15 % at most. */
const MOVES: readonly number[] = [-0.15, -0.12, -0.09, -0.06, -0.03, 0.03, 0.06, 0.09, 0.12, 0.15];

/**
 * Margin in the style of a portfolio-margin account: each group's worst loss over the same moves of all its assets, and
 * the sum over groups. A group that gains under every move asks for nothing. Positions are linear; a model with options
 * of its own is any other object of the shape {@link MarginModel}.
 *
 * @throws QuantError "data" for moves or groups that cannot be read, "not-finite" for a move that is none,
 *   "range" for one below −1.
 */
export function scenarioMargin(options: ScenarioMarginOptions = {}): MarginModel {
  requireKnownOptions(options, ["moves", "groups"]);
  const moves = requireFiniteVector("moves", options.moves ?? MOVES).slice();
  if (moves.length === 0) {
    throw new QuantError("data", "moves must have at least one return, got none", { argument: "moves" });
  }
  moves.forEach((move, i) => {
    if (move >= -1) return;
    throw new QuantError("range", `moves[${i}] must be a return of −1 or more, got ${move}`, {
      argument: "moves",
    });
  });
  const { groups = {} } = options;
  for (const [asset, group] of requireRecord("groups", "an object of names by asset", groups)) {
    if (typeof group === "string") continue;
    throw new QuantError("data", `groups.${asset} must be a name, got ${show(group)}`, {
      argument: "groups",
    });
  }
  const groupOf = (asset: string): string =>
    Object.hasOwn(groups, asset) ? `group ${groups[asset]}` : `asset ${asset}`;
  return {
    name: "scenario margin",
    requirement(positions) {
      const net = new Map<string, number[]>();
      for (const { asset, notional } of positions) {
        const group = groupOf(asset);
        net.set(group, [...(net.get(group) ?? []), notional]);
      }
      const worst = new Map(
        Array.from(net, ([group, notionals]) => {
          const exposure = compensatedSum(notionals);
          // the move of the worst loss, or none where every move gains
          const move = moves.reduce(
            (found, tried) => (exposure * tried < exposure * found ? tried : found),
            0,
          );
          return [group, move];
        }),
      );
      const each = Float64Array.from(
        positions,
        ({ asset, notional }) => 0 - notional * worst.get(groupOf(asset))!,
      );
      return { total: compensatedSum(each), positions: each };
    },
  };
}
