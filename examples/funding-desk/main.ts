// The desk's funding: the deck's table, one day seen by three packages, a month on a statement, and what it saves to
// optimise with funding, measured.
//   npm run example funding-desk -- [--seed SEED] [--markets N] [--data FOLDER] [--out FOLDER]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  accrueFunding,
  breakevenAlpha,
  type FundingSchedule,
  flatHaircut,
  fundingSchedule,
  fundingSensitivity,
  MarketCalendar,
  marginFinancing,
  priceFunding,
  regTMargin,
  roundHalfAway,
  scenarioMargin,
} from "@astra-quant/funding";
import Table from "cli-table3";
import { InvalidArgumentError } from "commander";
import Papa from "papaparse";
import { DECK, LAST_DAY } from "../market-simulator/deck.ts";
import { simulateMarket } from "../market-simulator/simulate.ts";
import { exampleCommand, runExample, someText } from "../run-example.ts";
import { DECK_BOOK, DECK_SCHEDULE, SPREADS } from "./desk-terms.ts";
import { type FundedMarket, fundedMarket, marketFromFolder } from "./load-prices.ts";
import {
  acrossDays,
  acrossMarkets,
  type Comparison,
  compareConducts,
  type Measured,
} from "./measure-saving.ts";
import { oneDayThreeWays } from "./one-day-three-ways.ts";

const NEXT_DAY = "2026-02-05";
const EQUITY = 1_000_000;
/** Five years of trading days for each simulated market. */
const HISTORY = 1260;

const cents = (amount: number): string => roundHalfAway(amount, 2).toFixed(2);
const percent = (fraction: number): string => `${(100 * fraction).toFixed(2)} %`;
const bps = ({ value, standardError }: Measured): string =>
  `${(10_000 * value).toFixed(1)} ± ${(10_000 * standardError).toFixed(1)} bp`;

function print(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  console.log(`\n${title}`);
  console.log(table.toString());
}

function printDeck(): void {
  const { rows, total, hurdle, longHurdle } = priceFunding(DECK_BOOK, DECK_SCHEDULE);
  print(
    "The deck's book for one day",
    ["name", "side", "notional", "rate", "day"],
    [
      ...rows.map(({ asset, side, notional, annualRate, daily }) => [
        asset,
        side,
        notional.toFixed(0),
        percent(roundHalfAway(annualRate, 4)),
        cents(daily),
      ]),
      ["total", "", "", "", cents(total)],
    ],
  );
  const { onEquity } = breakevenAlpha(DECK_BOOK, DECK_SCHEDULE, { equity: EQUITY });
  console.log(
    `the longs alone must earn ${percent(roundHalfAway(longHurdle, 4))} a year; the book, its shorts' income included, ${percent(hurdle)} of gross`,
  );
  console.log(
    `with ${EQUITY.toLocaleString("en-US")} of own money, which pays for longs first, the book is paid ${percent(-onEquity)} of it a year`,
  );
  const changes = Object.entries(fundingSensitivity(DECK_BOOK, DECK_SCHEDULE));
  print(
    "What if 25 bp more",
    ["of", "a day", "a year"],
    changes.map(([driver, { daily, annual }]) => [driver, cents(daily), cents(annual)]),
  );
}

function printThreeWays(): void {
  const gross = 1 / EQUITY;
  const weights = Float64Array.from(DECK_BOOK, (line) => (line as { notional: number }).notional * gross);
  const assets = DECK_BOOK.map(({ asset }) => asset);
  const ways = oneDayThreeWays(assets, weights, EQUITY, DECK_SCHEDULE, { from: LAST_DAY, to: NEXT_DAY });
  print(
    "One book, one day, three packages",
    ["as", "dollars"],
    [
      ["priced by funding", cents(ways.priced)],
      ["a cost in the optimizer's objective", cents(ways.optimised)],
      ["carried by the backtest", cents(ways.carried)],
    ],
  );
}

function printMonth({ baseRate }: FundedMarket): void {
  const schedule: FundingSchedule = fundingSchedule({ baseRate, ...SPREADS, missingFixing: "carry-forward" });
  const trades = DECK.map(({ asset, shares, mark }) => ({ asset, shares, price: mark, date: "2026-01-02" }));
  const month = accrueFunding([{ asset: "AAPL", shares: 0, price: DECK[0]!.mark }], schedule, {
    from: "2026-01-02",
    to: "2026-02-01",
    trades,
    calendar: new MarketCalendar("US-NYSE"),
    rounding: "statement",
  });
  print(
    "A month's statement, bought and sold short on Friday 2 January, settled T+1",
    ["name", "base", "spread", "rebate", "borrow", "total"],
    [
      ...month.positions.map(({ asset, components: part, total }) => [
        asset,
        ...[part.base, part.spread, part.rebate, part.borrow, total].map(cents),
      ]),
      ["total", ...Object.values(month.components).map(cents), cents(month.total)],
    ],
  );
}

function printMargin(): void {
  const models = [
    regTMargin(),
    regTMargin({ stage: "maintenance" }),
    flatHaircut({ long: 0.3 }),
    scenarioMargin(),
  ];
  print(
    `What a rule of margin frees, on equity of ${EQUITY.toLocaleString("en-US")}`,
    ["model", "required", "excess", "taken out, a day"],
    models.map((model) => {
      const { required, excess, daily } = marginFinancing(DECK_BOOK, DECK_SCHEDULE, {
        model,
        equity: EQUITY,
      });
      return [model.name, required.toFixed(0), excess.toFixed(0), cents(daily)];
    }),
  );
}

interface Saving {
  readonly funding: Measured;
  readonly before: Measured;
  readonly after: Measured;
}

function savingAcross(comparisons: readonly Comparison[]): Saving {
  const gain = (figure: "funding" | "before" | "after"): Measured =>
    acrossMarkets(comparisons.map(({ blind, aware }) => aware[figure] - blind[figure]));
  return { funding: gain("funding"), before: gain("before"), after: gain("after") };
}

function printConducts(title: string, comparisons: readonly Comparison[]): void {
  const average = (who: keyof Comparison, figure: "funding" | "before" | "after" | "gross" | "net"): number =>
    comparisons.reduce((sum, comparison) => sum + comparison[who][figure], 0) / comparisons.length;
  print(
    title,
    ["weights chosen", "gross", "net", "funding a year", "return before it", "after it"],
    (["blind", "aware"] as const).map((who) => [
      who === "blind" ? "blind to funding" : "with funding in the objective",
      average(who, "gross").toFixed(2),
      average(who, "net").toFixed(3),
      percent(average(who, "funding")),
      percent(average(who, "before")),
      percent(average(who, "after")),
    ]),
  );
}

/** The same terms, under which two names are hard to borrow. */
const HARD_TO_BORROW = { GS: 400, MS: 400 } as const;

const TERMS = {
  "one borrow fee for all": SPREADS,
  "two names hard to borrow": {
    ...SPREADS,
    borrowFeeBps: HARD_TO_BORROW,
    generalCollateralBps: SPREADS.borrowFeeBps,
  },
} as const;

type TermsName = keyof typeof TERMS;

function measureSimulated(markets: readonly FundedMarket[], terms: TermsName): Comparison[] {
  return markets.map(({ prices, baseRate }) =>
    compareConducts(prices, fundingSchedule({ baseRate, ...TERMS[terms] })),
  );
}

function printMeasured(terms: TermsName, comparisons: readonly Comparison[]): void {
  const { funding, before, after } = savingAcross(comparisons);
  printConducts(
    `${comparisons.length} SIMULATED markets of five years, monthly weights, ${terms}`,
    comparisons,
  );
  console.log(`funding saved a year: ${bps(funding)} of capital; the deck says about 15`);
  console.log(`return before funding changes by ${bps(before)}, after it by ${bps(after)}`);
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 2 && count <= 1000) return count;
  throw new InvalidArgumentError("a whole number from 2 to 1000 is expected.");
}

function run(): void {
  const options = exampleCommand("funding-desk", "Prices, accrues and optimises the desk's funding")
    .option("--seed <seed>", "the seed of the simulated markets", someText, "astra")
    .option("--markets <n>", "how many simulated markets measure the saving", countOf, 12)
    .option("--data <folder>", "measure it on prices_daily.csv and tbill_3m.csv there too", someText)
    .option("--out <folder>", "write saving.csv there", someText)
    .parse()
    .opts<{ seed: string; markets: number; data?: string; out?: string }>();

  const real = options.data === undefined ? undefined : marketFromFolder(options.data);
  console.log(`SIMULATED base rates and prices, seed '${options.seed}'; marks and terms are the deck's`);
  printDeck();
  printThreeWays();
  printMonth(fundedMarket(simulateMarket({ seed: options.seed })));
  printMargin();

  const markets = Array.from({ length: options.markets }, (_, k) =>
    fundedMarket(simulateMarket({ seed: `${options.seed}/${k}`, days: HISTORY, sessions: 1 })),
  );
  const measured = (Object.keys(TERMS) as TermsName[]).map((terms) => {
    const comparisons = measureSimulated(markets, terms);
    printMeasured(terms, comparisons);
    return { terms, comparisons };
  });
  if (real !== undefined) {
    const schedule = fundingSchedule({ baseRate: real.baseRate, ...SPREADS, missingFixing: "carry-forward" });
    const comparison = compareConducts(real.prices, schedule);
    printConducts(`Monthly weights on ${real.prices.rows} days of ${options.data}`, [comparison]);
    const saved = comparison.aware.funding - comparison.blind.funding;
    console.log(`funding saved a year: ${(10_000 * saved).toFixed(1)} bp of capital`);
    console.log(`return after it changes by ${bps(acrossDays(comparison))}`);
  }
  if (options.out !== undefined) {
    mkdirSync(options.out, { recursive: true });
    const rows = measured.flatMap(({ terms, comparisons }) =>
      comparisons.map(({ blind, aware }, market) => [
        terms,
        market,
        blind.funding,
        aware.funding,
        blind.after,
        aware.after,
        "simulated",
      ]),
    );
    const fields = [
      "terms",
      "market",
      "funding_blind",
      "funding_aware",
      "return_blind",
      "return_aware",
      "source",
    ];
    writeFileSync(
      join(options.out, "saving.csv"),
      `${Papa.unparse({ fields, data: rows }, { newline: "\n" })}\n`,
    );
  }
}

runExample(run);
