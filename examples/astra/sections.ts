import { type DeskReport, TERMS, TRADING_DAYS } from "./desk.ts";
import { count, money, number, percent, tiny, wholeMoney } from "./format.ts";

/** A heading, a table, and the sentences that say what it means: printed and shown on the page alike. */
export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
  /** A line to be read before any figure. */
  readonly warnings: readonly string[];
}

const section = (
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  notes: readonly string[],
  warnings: readonly string[] = [],
): Section => ({ title, head, rows, notes, warnings });

const sideOf = (amount: number): string => (amount > 0 ? "long" : amount < 0 ? "short" : "flat");

function book({ book }: DeskReport): Section {
  const rows = book.rows.map(({ asset, shares, price, notional }) => [
    asset,
    count(shares),
    money(price),
    wholeMoney(notional),
    sideOf(shares),
  ]);
  return section("Book", ["name", "shares", "price", "notional", "side"], rows, [
    `gross ${wholeMoney(book.gross)}, net ${wholeMoney(book.net)} (${percent(book.net / book.gross, 1)} of gross)`,
  ]);
}

function funding({ funding, market }: DeskReport): Section {
  const rows = funding.rows.map(({ asset, side, annualRate, daily }) => [
    asset,
    side,
    percent(annualRate, 3),
    money(daily),
  ]);
  return section("Funding", ["name", "side", "rate a year", "a day"], rows, [
    `base rate ${percent(market.baseRate, 3)}; longs pay +${TERMS.longSpreadBps} bp, shorts receive −${TERMS.shortSpreadBps} bp less ${TERMS.borrowFeeBps} bp borrow; ACT/360`,
    `total carry ${money(funding.total)} a day; hurdle ${percent(funding.hurdle)} a year on gross (${percent(funding.longHurdle)} if the longs alone had to pay)`,
  ]);
}

function collateral({ returns, collateral }: DeskReport): Section {
  const rows = returns.columns.map((asset, j) => [
    asset,
    percent(collateral.weights[j]!),
    percent(1 / returns.columns.length),
  ]);
  return section("Minimum variance, long only", ["name", "weight", "equal weight"], rows, [
    `status ${collateral.status}; volatility ${percent(collateral.volatility * Math.sqrt(TRADING_DAYS))} a year; certified gap ${tiny(collateral.relativeGap)} of the objective`,
  ]);
}

function inventory({ returns, inventory }: DeskReport): Section {
  const rows = returns.columns.map((asset, j) => {
    const weight = inventory.weights[j]!;
    return [asset, percent(weight), sideOf(weight)];
  });
  const prices = inventory.binding.map(
    ({ constraint, shadowPrice }) =>
      `${constraint} (${number(1e4 * TRADING_DAYS * 0.1 * shadowPrice, 0)} bp of utility a year per 0.1)`,
  );
  return section("Long/short inventory", ["name", "weight", "side"], rows, [
    `status ${inventory.status}; gross ${number(inventory.gross)}× of ${TERMS.grossLimit}×, net ${percent(inventory.net)} of ±${percent(TERMS.netLimit, 0)}; volatility ${percent(inventory.volatility * Math.sqrt(TRADING_DAYS))} a year`,
    `certified gap ${tiny(inventory.relativeGap)} of the objective, violation ${tiny(inventory.violation)}`,
    prices.length > 0 ? `binding: ${prices.join("; ")}` : "no limit binds",
    `expected returns are sample means of ${returns.rows} days: with risk aversion ${TERMS.riskAversion} they rule the result, so read it as the notebook's exercise, not as advice`,
  ]);
}

function risk({ returns, simulated, parametric, historical }: DeskReport): Section {
  const { capital, horizonDays, confidence } = TERMS;
  const { standardError: error } = simulated;
  const line = (name: string, value: number, se: string) => [
    name,
    percent(value),
    se,
    money(capital * value),
  ];
  const rows = [
    line(`value at risk, ${horizonDays} days`, simulated.valueAtRisk, `± ${percent(error.valueAtRisk)}`),
    line(
      `expected shortfall, ${horizonDays} days`,
      simulated.expectedShortfall,
      `± ${percent(error.expectedShortfall)}`,
    ),
    line(`parametric value at risk, ${horizonDays} days`, parametric.valueAtRisk, "a formula"),
  ];
  if (historical !== undefined) {
    const { valueAtRisk, expectedShortfall, standardError: of } = historical;
    rows.push(
      line("historical value at risk, 1 day", valueAtRisk, `± ${percent(of.valueAtRisk)}`),
      line("historical expected shortfall, 1 day", expectedShortfall, `± ${percent(of.expectedShortfall)}`),
    );
  }
  const short =
    historical === undefined
      ? [`${returns.rows} returns are too few to have seen one day in a hundred: no historical value at risk`]
      : [];
  return section(
    "Value at risk of the inventory",
    ["figure", "of capital", "standard error", `on ${wholeMoney(capital)}`],
    rows,
    [
      `${percent(confidence, 0)} confidence, losses positive; ${count(simulated.scenarios)} normal scenarios without drift, compounded daily`,
      "a quantile, not a worst case: one outcome in a hundred is worse, and the shortfall is the mean of those",
    ],
    short,
  );
}

function pair({ market, filter, filterChoice, quietBars, position, backtest }: DeskReport): Section {
  const { x, y } = market.pairNames;
  const last = filter.slope.length - 1;
  const held = position.reduce((bars, p) => bars + (p === 0 ? 0 : 1), 0);
  const { summary, pnl } = backtest;
  const sum = (series: Float64Array) => series.reduce((total, v) => total + (Number.isNaN(v) ? 0 : v), 0);
  const rows = [
    ["beta now", `${number(filter.slope[last]!, 4)} ${y} per ${x}`],
    ["z-score now", number(filter.zScore[last]!)],
    [
      "position now",
      position[last] === 0 ? "flat" : position[last]! > 0 ? `long ${y}, short ${x}` : `short ${y}, long ${x}`,
    ],
    ["bars", `${count(filter.slope.length)}, ${count(held)} of them in position`],
    ["trades", count(backtest.trades.length)],
    ["return after costs", percent(summary.totalReturn, 3)],
    ["of it price, cost", `${percent(sum(pnl.price), 3)}, ${percent(sum(pnl.cost), 3)}`],
    ["maximum drawdown", percent(summary.maxDrawdown, 3)],
    [
      "Sharpe, annualised",
      `${number(summary.sharpe)} ± ${number(summary.sharpeStandardError)} (${count(backtest.trades.length)} trades)`,
    ],
  ];
  return section(
    `Kalman pair ${y} on ${x}`,
    ["figure", "value"],
    rows,
    [
      `delta ${filterChoice.delta}, observation variance ${filterChoice.observationVariance}: the likeliest decades on the first ${quietBars} bars, which are not traded`,
      `enter beyond |z| = ${TERMS.enter}, exit within ${TERMS.exit}; dollar hedge; ${TERMS.pairCostBps} bp a leg; fills one bar after the signal`,
    ],
    backtest.warnings,
  );
}

export function reportSections(report: DeskReport): Section[] {
  return [book, funding, collateral, inventory, risk, pair].map((write) => write(report));
}
