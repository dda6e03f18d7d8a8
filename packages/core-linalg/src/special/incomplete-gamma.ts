import { continuedFraction } from "./continued-fraction.ts";
import {
  type DoubleDouble,
  exactSum,
  fromDouble,
  negative,
  product,
  quotient,
  scaled,
  sum,
} from "./double-double.ts";
import { expOfPair } from "./extended-exp.ts";
import { HALF_LOG_TWO_PI, preciseLogGamma, STIRLING_FROM, stirlingCorrection } from "./log-gamma.ts";
import { preciseLog } from "./precise-log.ts";
import { rememberingLast } from "./remembering-last.ts";

/** The regularised incomplete gamma functions at z: what a gamma variable of shape a does there. */
export interface GammaShares {
  /** P(a, z), the probability of at most z. */
  readonly lower: number;
  /** Q(a, z), the probability of more than z. */
  readonly upper: number;
  readonly density: number;
}

const logGammaOf: (a: number) => DoubleDouble = rememberingLast(preciseLogGamma);

/** log(zᵃ e^(−z) ÷ Γ(a)). For large a the terms that cancel are combined first: a log(z ÷ a) + (a − z). */
function logPower(a: number, z: number): DoubleDouble {
  if (a < STIRLING_FROM) {
    const power = product(preciseLog(fromDouble(z)), fromDouble(a));
    return sum(sum(power, fromDouble(-z)), negative(logGammaOf(a)));
  }
  const stretch = product(preciseLog(quotient(fromDouble(z), fromDouble(a))), fromDouble(a));
  const main = sum(stretch, exactSum(a, -z));
  const scale = sum(scaled(preciseLog(fromDouble(a)), 0.5), negative(HALF_LOG_TWO_PI));
  return sum(sum(main, scale), fromDouble(-stirlingCorrection(a)));
}

/** Σ zⁿ ÷ ((a + 1) … (a + n)). */
function lowerSeries(a: number, z: number): number {
  let term = 1;
  let total = 1;
  for (let n = 1; term > total * 2 ** -56; n++) {
    term *= z / (a + n);
    total += term;
  }
  return total;
}

/** P, Q and the density zᵃ⁻¹ e^(−z) ÷ Γ(a): P by its power series below a + 1, Q by its continued fraction above. */
export function gammaShares(a: number, z: number): GammaShares {
  if (Number.isNaN(z)) return { lower: z, upper: z, density: z };
  if (z <= 0) return { lower: 0, upper: 1, density: 0 };
  if (z === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0, density: 0 };
  const power = expOfPair(logPower(a, z));
  const density = power / z;
  if (z < a + 1) {
    const lower = (power / a) * lowerSeries(a, z);
    return { lower, upper: 1 - lower, density };
  }
  const fraction = continuedFraction(
    (m) => m * (a - m),
    (m) => z - a + 1 + 2 * m,
  );
  const upper = power / fraction;
  return { lower: 1 - upper, upper, density };
}
