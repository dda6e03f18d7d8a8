import { normalPdf, normalQuantile, studentTPdf, studentTQuantile } from "@astra-quant/core-linalg";
import { QuantError, requireKnownOptions, requirePositive, show } from "@astra-quant/core-linalg/guards";
import type { TailLoss } from "./tail-loss.ts";

/** The shape of one return: normal, or Student's t of ν > 2 degrees of freedom, scaled to the variance asked for. */
export type ReturnShape = "normal" | { readonly studentT: number };

/** ν of a t that has a variance. */
export function requireDegrees(name: string, value: unknown): number {
  const nu = requirePositive(name, value);
  if (nu > 2) return nu;
  throw new QuantError("range", `${name} must be > 2 for a covariance to exist, got ${nu}`, {
    argument: name,
    value: nu,
  });
}

/** ν of a t, undefined for a normal. */
export function degreesOfShape(distribution: ReturnShape): number | undefined {
  if (distribution === "normal") return undefined;
  if (typeof distribution === "object" && distribution !== null) {
    requireKnownOptions(distribution, ["studentT"], "distribution");
    return requireDegrees("distribution.studentT", distribution.studentT);
  }
  throw new QuantError("option", `distribution must be 'normal' or { studentT }, got ${show(distribution)}`, {
    argument: "distribution",
  });
}

/** Value at risk and expected shortfall of the law of mean 0 and variance 1. */
export function unitTail(distribution: ReturnShape, alpha: number): TailLoss {
  const nu = degreesOfShape(distribution);
  if (nu === undefined) {
    // q = −Φ⁻¹(α),  e = φ(q) ÷ α
    const q = -normalQuantile(alpha);
    return { valueAtRisk: q, expectedShortfall: normalPdf(q) / alpha };
  }
  // t of scale √((ν − 2) ÷ ν):  e = f(t) ÷ α · (ν + t²) ÷ (ν − 1)
  const t = -studentTQuantile(alpha, nu);
  const scale = Math.sqrt((nu - 2) / nu);
  const mean = ((studentTPdf(t, nu) / alpha) * (nu + t * t)) / (nu - 1);
  return { valueAtRisk: t * scale, expectedShortfall: mean * scale };
}
