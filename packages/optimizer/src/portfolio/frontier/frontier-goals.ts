import type { FrontierPoint } from "./frontier-point.ts";
import type { FrontierGoal } from "./frontier-root.ts";

/** A goal that is met to this part of its size is met. */
const MET = 4 * Number.EPSILON;
/** The ratio hardly feels its γ: the same, looser. */
const RATIO_MET = 1e-13;
const NEWTON_STEPS = 8;

/** V(t) = v₀ + growth t² at the square of the volatility. */
export function atVolatility(volatility: number, ends: (point: FrontierPoint) => boolean): FrontierGoal {
  const target = volatility * volatility;
  return {
    side: ({ variance }) => rounded(variance - target, MET * target),
    aim: ({ t, variance, growth }) => Math.sqrt(t * t + (target - variance) / growth),
    ends,
  };
}

/** R(t) = r₀ + growth t at the reward. */
export function atReward(reward: number, ends: (point: FrontierPoint) => boolean): FrontierGoal {
  return {
    side: (point) => rounded(point.reward - reward, MET * reward),
    aim: ({ t, reward: R, growth }) => t + (reward - R) / growth,
    ends,
  };
}

/** V(t) = t R(t), where R/√V is greatest: v₀ = t r₀. */
export function atBestRatio(ends: (point: FrontierPoint) => boolean): FrontierGoal {
  return {
    side: ({ t, reward, variance }) => rounded(t * reward - variance, RATIO_MET * variance),
    aim: ({ t, reward, variance, growth }) => (variance - growth * t * t) / (reward - growth * t),
    ends,
  };
}

/** 1/t = γ + radius/√V, where a mean within the ellipsoid of that radius is the worst for the portfolio. */
export function atWorstMean(
  gamma: number,
  radius: number,
  ends: (point: FrontierPoint) => boolean,
): FrontierGoal {
  return {
    side: ({ t, variance }) => rounded(t * (gamma + radius / Math.sqrt(variance)) - 1, MET),
    aim: ({ t, variance, growth }) => {
      const least = variance - growth * t * t;
      let root = t;
      for (let step = 0; step < NEWTON_STEPS; step++) {
        const V = least + growth * root * root;
        const volatility = Math.sqrt(V);
        root -= (root * (gamma + radius / volatility) - 1) / (gamma + (radius * least) / (V * volatility));
      }
      return root;
    },
    ends,
  };
}

function rounded(difference: number, tolerance: number): number {
  return Math.abs(difference) <= Math.abs(tolerance) ? 0 : difference;
}
