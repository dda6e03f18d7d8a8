import type { CrisisScenario } from "./scenario.ts";

const crisis = (
  name: string,
  crash: number,
  days: number,
  volatilityMultiple: number,
  story: string,
): CrisisScenario => Object.freeze({ name, crash, days, volatilityMultiple, correlation: 0.8, story });

/**
 * Six crises as moves of the market: what it lost, over how many trading days, and how many times its usual volatility it
 * showed. They are rules of thumb for a book's betas, not measurements; correlations are raised to a mean of 0.8 (high
 * stress) in all of them.
 */
export const CRISES: Readonly<
  Record<
    "blackMonday1987" | "ltcm1998" | "dotCom2000" | "financialCrisis2008" | "flashCrash2010" | "covid2020",
    CrisisScenario
  >
> = Object.freeze({
  blackMonday1987: crisis("Black Monday 1987", -0.2, 1, 5, "a crash within one day"),
  ltcm1998: crisis("LTCM crisis 1998", -0.15, 5, 3, "liquidity dries up"),
  dotCom2000: crisis("Dot-com crash 2000", -0.3, 20, 2.5, "a bubble bursts"),
  financialCrisis2008: crisis("Financial crisis 2008", -0.4, 60, 4, "the system itself is at stake"),
  flashCrash2010: crisis("Flash crash 2010", -0.1, 1, 10, "machines sell to machines"),
  covid2020: crisis("COVID crash 2020", -0.35, 15, 6, "a shock from outside markets"),
});
