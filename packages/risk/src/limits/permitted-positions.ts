import type { VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  QuantError,
  requireApart,
  requireFiniteVector,
  requireKnownOptions,
  show,
} from "@astra-quant/core-linalg/guards";
import { type LimitAction, severity } from "./limit-action.ts";
import type { LimitDecision } from "./risk-limits.ts";

export interface PermittedPositionsOptions {
  /** n positions held now, signed, in the unit of the targets. */
  readonly current: VectorLike;
  /** n names, as the positions of the decision's event were called. @defaultValue their indices, from "0" */
  readonly assets?: readonly string[];
  /** n entries; receives the positions. */
  readonly out?: Float64Array;
}

interface Restraint {
  readonly action: LimitAction;
  readonly keep: number;
}

function restraintOn(asset: string, { breaches }: LimitDecision): Restraint {
  const about = breaches.filter((breach) => breach.asset === undefined || breach.asset === asset);
  return {
    action: about[0]?.action ?? "none", // severest first
    keep: about.reduce((least, { keep }) => Math.min(least, keep), 1),
  };
}

function permitted(target: number, current: number, { action, keep }: Restraint): number {
  if (severity(action) < severity("halt-new")) return target + 0;
  if (Math.sign(target) !== Math.sign(current)) return 0;
  return Math.sign(target) * Math.min(Math.abs(target), Math.abs(current) * keep) + 0;
}

function requireAssets(assets: readonly string[] | undefined, n: number): readonly string[] {
  if (assets === undefined) return Array.from({ length: n }, (_, i) => String(i));
  if (Array.isArray(assets) && assets.length === n) return assets;
  const got = Array.isArray(assets) ? assets.length : show(assets);
  throw new QuantError("shape", `assets must have ${n} entries, got ${got}`, { argument: "assets" });
}

/**
 * What a decision leaves of the positions that are wanted. Up to `warn` all of it; from `halt-new` on nothing is opened,
 * enlarged or turned round, and closing is always permitted; a cut leaves at most its part of what is held; after
 * `liquidate` nothing. A limit on one asset restrains that position alone.
 *
 * @param targets - n positions wanted, signed
 * @throws QuantError "not-finite" for a NaN, "shape" for lengths that do not fit.
 */
export function permittedPositions(
  targets: VectorLike,
  decision: LimitDecision,
  options: PermittedPositionsOptions,
): Float64Array {
  requireKnownOptions(options, ["current", "assets", "out"]);
  if (!Array.isArray(decision?.breaches)) {
    throw new QuantError("data", `decision must be one of RiskLimits, got ${show(decision)}`, {
      argument: "decision",
    });
  }
  const wanted = requireFiniteVector("targets", targets);
  const current = requireFiniteVector("current", options.current, wanted.length);
  const assets = requireAssets(options.assets, wanted.length);
  const answer = outputVector(options.out, wanted.length);
  requireApart(answer, "targets", wanted);
  requireApart(answer, "current", current);
  for (let i = 0; i < wanted.length; i++) {
    answer[i] = permitted(wanted[i]!, current[i]!, restraintOn(assets[i]!, decision));
  }
  return answer;
}
