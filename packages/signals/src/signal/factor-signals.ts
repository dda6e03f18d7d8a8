import { type Panel, simpleReturns } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePanel } from "@astra-quant/core-linalg/guards";
import { BetaSignal, type BetaSignalWindows, betaSignal } from "../factors/beta.ts";
import { carrySignal } from "../factors/carry.ts";
import type { CarrySignalSettings } from "../factors/carry-settings.ts";
import { CarrySignal } from "../factors/carry-stream.ts";
import { MomentumSignal, type MomentumSignalSettings, momentumSignal } from "../factors/momentum.ts";
import { TailRiskSignal, type TailRiskSignalSettings, tailRiskSignal } from "../factors/tail-risk.ts";
import { VolatilitySignal, type VolatilitySignalWindows, volatilitySignal } from "../factors/volatility.ts";
import type { MarketData, Signal } from "./signal.ts";

/** The settings of each factor. */
export interface FactorSignalsOptions {
  readonly volatility?: VolatilitySignalWindows;
  readonly momentum?: MomentumSignalSettings;
  readonly tailRisk?: TailRiskSignalSettings;
  readonly beta?: BetaSignalWindows;
  readonly carry?: CarrySignalSettings;
}

/**
 * The five factors as {@link Signal}s: volatility, momentum, tailRisk, beta and carry.
 *
 * @throws QuantError as each factor does for its settings.
 */
export function factorSignals(options: FactorSignalsOptions = {}): readonly Signal[] {
  requireKnownOptions(options, ["volatility", "momentum", "tailRisk", "beta", "carry"]);
  const { volatility = {}, momentum = {}, tailRisk = {}, beta = {}, carry = {} } = options;
  return [
    {
      name: "volatility",
      warmUp: new VolatilitySignal(volatility).warmUp,
      evaluate: ({ returns }) => volatilitySignal(returns, volatility),
    },
    {
      name: "momentum",
      warmUp: new MomentumSignal(momentum).warmUp,
      evaluate: ({ returns, market }) => momentumSignal(returns, market, momentum),
    },
    {
      name: "tailRisk",
      warmUp: new TailRiskSignal(tailRisk).warmUp,
      evaluate: ({ returns }) => tailRiskSignal(returns, tailRisk),
    },
    {
      name: "beta",
      warmUp: new BetaSignal(beta).warmUp,
      evaluate: ({ returns, market }) => betaSignal(returns, market, beta),
    },
    {
      name: "carry",
      warmUp: new CarrySignal(carry).warmUp,
      evaluate: ({ prices, returns }) => carrySignal(prices, returns, prices.index, carry),
    },
  ];
}

/**
 * What the factors look at, from one panel of prices in which the benchmark has a column of its own.
 *
 * @throws QuantError "shape" for no panel, "data" when it has no such column, "range" for a price that is not positive and finite.
 */
export function marketDataOf(prices: Panel, benchmark: string): MarketData {
  const panel = requirePanel("prices", prices);
  const market = simpleReturns(panel.column(benchmark), { firstRow: "nan" });
  const assets = panel.select(panel.columns.filter((name) => name !== benchmark));
  return { prices: assets, returns: simpleReturns(assets, { firstRow: "nan" }), market };
}
