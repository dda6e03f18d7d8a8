import { Matrix } from "@astra-quant/core-linalg";
import { QuantError } from "@astra-quant/core-linalg/guards";
import { assetReturns, unitRows } from "./day-returns.ts";
import { degreesOf, drawsFrom, type Shocks } from "./draws.ts";
import type { Plan } from "./plan.ts";

/** Numbers that a simulation of every asset may hold: 512 MB. */
const MOST_NUMBERS = 2 ** 26;
/** Shocks of a block. */
const BLOCK = 16_384;

/** Refuses what asset by asset is not to be had. */
export function requireAssetPlan(plan: Plan, numbers: number, what: string): void {
  const refuse = (code: "option" | "range", message: string): never => {
    throw new QuantError(code, message, { sampling: plan.sampling });
  };
  if (plan.loadings.length !== plan.L.rows)
    refuse("option", `${what} needs shocks of 'assets', got 'portfolio'`);
  if (plan.sampling !== "independent") {
    refuse("option", `${what} needs sampling 'independent', got '${plan.sampling}'`);
  }
  if (numbers > MOST_NUMBERS) refuse("range", `${what} must hold at most 2^26 numbers, got ${numbers}`);
}

/** The assets' returns of every day of some consecutive paths, block by block: paths·days × n, means included. */
export function* assetDays(plan: Plan): Generator<Matrix> {
  const { L, law, mean, stretch, days, scenarios } = plan;
  const n = L.rows;
  const factor = law.name === "copula" ? unitRows(L) : L;
  const draws = drawsFrom(plan, 0);
  const size = Math.min(scenarios, Math.max(1, Math.floor(BLOCK / (days * n))));
  for (let done = 0; done < scenarios; ) {
    const rows = Math.min(size, scenarios - done) * days;
    const shocks: Shocks = {
      normals: new Float64Array(rows * n),
      chiSquares: new Float64Array(degreesOf(plan) === undefined ? 0 : rows),
    };
    draws.next(shocks);
    const returns = assetReturns(law, factor, shocks);
    for (let t = 0; t < rows; t++) {
      for (let j = 0; j < n; j++) returns.data[t * n + j] = mean[j]! + stretch * returns.data[t * n + j]!;
    }
    yield returns;
    done += rows / days;
  }
}

/**
 * What a unit of each asset, held at its weight day by day, brings to every path's return: Σ_t V_(t−1) r_t, V the
 * portfolio's growth until then. Weighted and added over the assets it is the path's compounded return, exactly.
 */
export function unitContributions(plan: Plan): Matrix {
  const { weights: w, days, scenarios } = plan;
  const n = w.length;
  const contributions = new Matrix(scenarios, n);
  let path = 0;
  for (const { data, rows } of assetDays(plan)) {
    for (let t = 0; t < rows; path++) {
      let growth = 1;
      for (const end = t + days; t < end; t++) {
        let r = 0;
        for (let j = 0; j < n; j++) {
          const own = data[t * n + j]!;
          contributions.data[path * n + j]! += growth * own;
          r += w[j]! * own;
        }
        growth *= 1 + r;
      }
    }
  }
  return contributions;
}
