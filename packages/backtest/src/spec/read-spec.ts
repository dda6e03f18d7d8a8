import { QuantError } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireCostTerms } from "../costs/cost-term.ts";
import { ConstantWeights, DriftingShares, DriftingValues, type Holdings } from "../engine/holdings.ts";
import type { Plan } from "../engine/plan.ts";
import { requireBorrow } from "../fills/borrow.ts";
import { cashAccount } from "../fills/cash-account.ts";
import { Fills } from "../fills/fill.ts";
import { noPrice } from "../fills/no-price.ts";
import { requireParticipation } from "../fills/participation.ts";
import type { Restraint } from "../fills/restraint.ts";
import { wholeShares } from "../fills/whole-shares.ts";
import { requireCashRates } from "../financing/cash-interest.ts";
import { requireCarry } from "../financing/financing.ts";
import { requireOverlays } from "../overlay/overlay.ts";
import { OverlayChain } from "../overlay/overlay-chain.ts";
import { type Rebalance, requireRebalance } from "../rebalance/rebalance.ts";
import { type Axes, requireAxes } from "./axes.ts";
import { type BacktestSpec, SPEC_NAMES } from "./backtest-spec.ts";
import { requireDecisions } from "./decisions.ts";
import { requireLag } from "./lag.ts";
import { type Market, requireMarket } from "./market.ts";

/** Whole shares are counted at prices; without them there is nothing to count. */
function requireWhole({ shares = "fractional" }: BacktestSpec, { prices }: Market): boolean {
  const whole = requireOneOf("shares", shares, ["fractional", "whole"]) === "whole";
  if (!whole || prices !== undefined) return whole;
  throw new QuantError("option", "shares 'whole' are counted at prices; got returns", { argument: "shares" });
}

function ruleName(spec: BacktestSpec, whole: boolean): Rebalance {
  const { rebalance, positions } = spec;
  if (positions !== undefined) {
    if (rebalance === undefined) return "every-bar"; // shares that do not change make no trade
    throw new QuantError(
      "option",
      "rebalance is for weights and signals: positions are traded where they change",
      {
        argument: "rebalance",
      },
    );
  }
  if (whole && rebalance === "constant-weights") {
    throw new QuantError("option", "shares 'whole' cannot keep constant weights: choose another rebalance", {
      argument: "rebalance",
    });
  }
  return rebalance ?? (whole ? "every-bar" : "constant-weights");
}

/** In their order: prices to trade at, what lenders lend, the market's volume, the account's cash, whole shares. */
function requireFills(spec: BacktestSpec, market: Market, whole: boolean): Fills | undefined {
  const { columns, tradable, prices } = market;
  const account = requireOneOf("account", spec.account ?? "margin", ["margin", "cash"]);
  const restraints: Restraint[] = [];
  if (tradable !== undefined) restraints.push(noPrice(tradable, columns));
  if (spec.borrow !== undefined) restraints.push(requireBorrow(spec.borrow, market));
  if (spec.participation !== undefined) restraints.push(requireParticipation(spec.participation, market));
  if (account === "cash") restraints.push(cashAccount(columns));
  if (whole) restraints.push(wholeShares(prices!.data, columns));
  return restraints.length === 0 ? undefined : new Fills(restraints, columns);
}

/** A spec as the engine takes it, every part of it lawful. */
export function readSpec(spec: BacktestSpec): {
  readonly plan: Plan;
  readonly axes: Axes;
  readonly periodsPerYear: number;
} {
  requireKnownOptions(spec, SPEC_NAMES, "spec");
  const periodsPerYear = requirePositive("periodsPerYear", spec.periodsPerYear);
  const costs = requireCostTerms(spec.costs ?? []);
  const overlays = requireOverlays(spec.overlays ?? []);
  const market = requireMarket(
    spec,
    requireOneOf("missingPrices", spec.missingPrices ?? "refuse", ["refuse", "carry", "close"]),
  );
  const { rows, columns, prices } = market;
  const axes = requireAxes(spec, market);
  const lag = requireLag(spec.lag ?? 1, spec.allowLookAhead ?? false);
  const missing = requireOneOf("missingWeights", spec.missingWeights ?? "refuse", ["refuse", "hold"]);
  const decisions = requireDecisions(spec, market, lag, missing);
  const capital = requirePositive("capital", spec.capital ?? 1);
  const whole = requireWhole(spec, market);
  const rule = requireRebalance(ruleName(spec, whole), rows, axes.dates);
  const fills = requireFills(spec, market, whole);
  const holdings = ((): Holdings => {
    if (!rule.drifts) return new ConstantWeights(columns);
    if (prices === undefined) return new DriftingValues(columns);
    const wanted = decisions.unit === "share" ? { wanted: decisions.table.data } : {};
    return new DriftingShares(columns, prices.data, { ...wanted, lag, whole });
  })();
  const book = {
    rows,
    columns,
    assets: axes.assets ?? Array.from({ length: columns }, (_, j) => String(j)),
    ...(axes.dates !== undefined && { dates: axes.dates }),
    periodsPerYear,
    capital,
  };
  const plan: Plan = {
    market,
    decisions,
    lag,
    capital,
    rule,
    holdings,
    costs,
    ...(overlays.length > 0 && { overlays: new OverlayChain(overlays, book) }),
    ...(fills !== undefined && { fills }),
    ...(spec.financing !== undefined && { carry: requireCarry(spec.financing, market, axes.dates) }),
    ...(spec.cash !== undefined && { cash: requireCashRates(spec.cash, rows, axes.dates) }),
    sourceOf: (column) => `${market.name} in column ${column}`,
  };
  return { plan, axes, periodsPerYear };
}
