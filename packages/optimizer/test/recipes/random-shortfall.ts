import { createRandom } from "@astra-quant/core-linalg";
import type { MinimumCvarOptions } from "../../src/index.ts";
import { randomPortfolio } from "../portfolio/random-portfolios.ts";

/** A minimum CVaR of every kind of limit and linear cost, which some weights meet. */
export interface RandomShortfall {
  readonly scenarios: readonly Float64Array[];
  readonly options: MinimumCvarOptions;
}

const CONFIDENCES = [0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999];

/** Scenarios that tie, repeat, are constant, fewer than the assets, of one factor, or of unlike likelihood. */
export function randomShortfall(seed: number, mostAssets: number, mostScenarios: number): RandomShortfall {
  const { spec } = randomPortfolio(seed, mostAssets);
  const random = createRandom(`shortfall ${seed}`);
  const n = spec.expectedReturns.length;
  const chance = (p: number): boolean => random.uniform() < p;
  const S = chance(0.2)
    ? 2 + Math.floor(n * random.uniform())
    : 2 + Math.floor(mostScenarios * random.uniform());
  const size = chance(0.1) ? 1e-4 : chance(0.1) ? 100 : 0.02;
  const isRounded = chance(0.2);
  const isOfFactor = chance(0.3);
  const loadings = random.fillNormal(new Float64Array(n));
  const scenarios = Array.from({ length: S }, () => {
    const factor = random.normal();
    const own = random.fillNormal(new Float64Array(n));
    return own.map((e, i) => {
      const r = size * (isOfFactor ? loadings[i]! * factor + 0.1 * e : e + 0.03);
      return isRounded ? Math.round((4 * r) / size) * (size / 4) : r;
    });
  });
  if (chance(0.2)) for (let s = 1; s < S; s += 2) scenarios[s] = scenarios[s - 1]!.slice();
  if (chance(0.1)) scenarios[0] = new Float64Array(n).fill(-size);
  if (chance(0.1)) for (const r of scenarios) r[0] = 0;
  if (chance(0.1) && n > 1) for (const r of scenarios) r[1] = r[0]!;
  const likely = Float64Array.from({ length: S }, (_, s) =>
    s > 0 && chance(0.2) ? 0 : random.uniform() + 0.01,
  );
  const total = likely.reduce((sum, p) => sum + p, 0);
  const { linear, funding } = spec.costs ?? {};
  const { net = {}, ...limits } = spec.constraints;
  return {
    scenarios,
    options: {
      confidence: chance(0.5)
        ? CONFIDENCES[Math.floor(CONFIDENCES.length * random.uniform())]!
        : 0.02 + 0.96 * random.uniform(),
      currentWeights: spec.currentWeights,
      constraints: { net, ...limits },
      costs: { ...(linear !== undefined && { linear }), ...(funding !== undefined && { funding }) },
      ...(chance(0.3) && { probabilities: likely.map((p) => p / total) }),
      ...(chance(0.2) && { benchmark: random.fillNormal(new Float64Array(n)).map((b) => b / n) }),
    },
  };
}
