import { compensatedSum, isoTime } from "@astra-quant/core-linalg";
import { icByRegime, type LookAheadProof } from "@astra-quant/signals";
import Table from "cli-table3";
import { number, percent, tiny } from "../astra/format.ts";
import type { Judgement, Verdict } from "./judge-pipeline.ts";
import type { Pipeline } from "./run-pipeline.ts";
import type { TradedComposite } from "./trade-composite.ts";
import type { Universe } from "./universe.ts";
import type { Weighing } from "./weigh-factors.ts";

type Cell = string | number;

function print(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  console.log(`\n${title}`);
  console.log(table.toString());
}

const icOf = ({ ic, interval }: Verdict["ic"]): string =>
  `${number(ic, 4)} [${number(interval.lower, 4)}, ${number(interval.upper, 4)}]`;

function rowOf(name: string, { ic, decay, portfolios, turnover }: Verdict): Cell[] {
  const { meanSpread } = portfolios;
  return [
    name,
    icOf(ic),
    number(ic.tStatistic, 1),
    decay.map((at) => number(at.ic, 3)).join(" "),
    percent(252 * (meanSpread?.mean ?? Number.NaN), 1),
    percent(turnover, 1),
  ];
}

const VERDICT_HEAD = [
  "",
  "mean IC, 95 %",
  "t",
  "IC 1, 5, 20 days on",
  "top third − bottom, a year",
  "turnover a day",
];

export function printFactors({ data }: Pipeline, { factors, discoveries, best }: Judgement): void {
  const { index } = data.prices;
  print(
    `1  Factors, each name against the others of its day, ${isoTime(index[0]!)} to ${isoTime(index.at(-1)!)}`,
    VERDICT_HEAD,
    Object.entries(factors).map(([name, verdict]) => rowOf(name, verdict)),
  );
  const found = Object.keys(factors).filter((_, i) => discoveries.discoveries[i]);
  const list =
    found.length === 0 ? "none differs" : `${found.join(", ")} differ${found.length === 1 ? "s" : ""}`;
  console.log(
    `of ${discoveries.tests} tried, ${list} from 0 by more than chance, at most one find in twenty being false`,
  );
  console.log(
    `${best.name} is the best; the best of ${discoveries.tests} without skill would show ${number(best.expectedMaximum, 4)}: it has skill with probability ${number(best.probability)}`,
  );
}

export function printHealth({ data, factors, weighings }: Pipeline): void {
  const last = data.prices.rows - 1;
  print(
    "2  Health on the last day: five components in [0, 1], smoothed; below 0.3 a factor is excluded, above 0.35 readmitted",
    ["", "score", "level", "stability", "turnover", "trend", "acceleration", "admitted", "months admitted"],
    Object.entries(factors).map(([name, { health }]) => {
      const { score, components: c, admitted } = health[last]!;
      const months = weighings.filter(({ exclusions }) => exclusions[name] === undefined).length;
      return [
        name,
        ...[score, c.level, c.stability, c.turnover, c.trend, c.acceleration].map((x) => number(x)),
        admitted ? "yes" : "no",
        `${months} of ${weighings.length}`,
      ];
    }),
  );
  for (const [name, { health }] of Object.entries(factors)) {
    for (const reason of health[last]!.reasons) console.log(`  ${name}: ${reason}`);
  }
}

export function printRegime({ factors, regime }: Pipeline): void {
  if (regime === undefined) {
    console.log("\n3  Too few days for a model of the market's regimes: no weights");
    return;
  }
  const [calm, wild] = regime.row(regime.rows - 1);
  const state = Float64Array.from({ length: regime.rows }, (_, t) => (regime.get(t, 1) > 0.5 ? 1 : 0));
  print(
    `3  The market's regime: calm with probability ${number(calm!)}, wild with ${number(wild!)}; mean IC in each, ± standard error`,
    ["", "calm", "wild"],
    Object.entries(factors).map(([name, { ic }]) => [
      name,
      ...icByRegime(ic, state).map((of) => `${number(of.ic, 4)} ± ${number(of.standardError, 4)}`),
    ]),
  );
}

function printWeighing(since: string, weighing: Weighing): void {
  const { factors, base, upper, weights, status, certifiedGap, reasons, exclusions } = weighing;
  print(
    `4  Weights since ${since}: ½ health + ½ logistic(Sharpe), by risk budget, then the program that charges for correlation`,
    ["", "IC expected", "health", "Sharpe", "base", "at most", "weight"],
    Object.entries(factors).map(([name, { ic, health, sharpe }]) => [
      name,
      number(ic, 4),
      number(health),
      number(sharpe),
      number(base[name]!),
      number(upper[name]!),
      number(weights[name]!),
    ]),
  );
  const proof = status === "optimal" ? `: no other weights do better by more than ${tiny(certifiedGap)}` : "";
  console.log(`${status}${proof}`);
  for (const [name, why] of Object.entries(exclusions)) console.log(`  ${name} ${why}`);
  for (const reason of reasons.filter((text) => !text.endsWith("is excluded"))) console.log(`  ${reason}`);
}

export function printWeights({ data, weighings }: Pipeline): void {
  const last = weighings.at(-1);
  if (last === undefined) return;
  const day = ({ row }: Weighing): string => isoTime(data.prices.index[row]!);
  printWeighing(day(last), last);
  const flat = weighings.filter(({ status }) => status === "flat").length;
  const said =
    flat === 0
      ? "some factor was admitted every time"
      : `${flat} times every factor was excluded, and the composite flat`;
  console.log(`weighed ${weighings.length} times since ${day(weighings[0]!)}: ${said}`);
}

export function printComposite({ data, composite, fused }: Pipeline): void {
  const { columns } = data.prices;
  const today = composite.values.row(composite.rows - 1);
  const order = columns.map((_, j) => j).sort((i, j) => today[j]! - today[i]! || i - j);
  if (fused === undefined) {
    print(
      `5  Composite after ${isoTime(composite.index.at(-1)!)}; no hourly bars of these days, so the days stand alone`,
      ["", "composite"],
      order.map((j) => [columns[j]!, number(today[j]!)]),
    );
    return;
  }
  const { signal, confidence } = fused;
  const hour = signal.values.row(signal.rows - 1);
  const agree = confidence.values.row(confidence.rows - 1);
  print(
    `5  Composite after ${isoTime(composite.index.at(-1)!)}; with the hours at ${isoTime(signal.index.at(-1)!)}: 0.7 of the day before's + 0.3 of theirs`,
    ["", "daily composite", "with the hours", "confidence"],
    order.map((j) => [columns[j]!, number(today[j]!), number(hour[j]!), number(agree[j]!)]),
  );
  console.log(
    "the hours are momentum, volatility, RSI and price action in equal parts; confidence is 1 where day and hours agree, 0 where they contradict",
  );
}

export function printJudgement({ composite, equal }: Judgement, proof: LookAheadProof): void {
  if (composite === undefined || equal === undefined) return;
  print("6  The composite since the first weights, beside the five in equal parts", VERDICT_HEAD, [
    rowOf("composite", composite),
    rowOf("equal parts", equal),
  ]);
  console.log(`look-ahead: ${proof.reason}, from prices to composite`);
}

export function printBook({ book, resampled }: TradedComposite): void {
  const { summary, pnl, turnover, firstBar, periodsPerYear, events } = book;
  const years = summary.observations / periodsPerYear;
  const total = (series: Float64Array): number => compensatedSum(series);
  const span = ({ lower, upper }: { lower: number; upper: number }, show: (x: number) => string): string =>
    `[${show(lower)}, ${show(upper)}]`;
  print(
    "7  The composite traded: a million, gross 1, weekly, in whole shares, after commissions, spread and funding",
    ["", "since the first weights", "95 % of resampled histories"],
    [
      ["return a year", percent(summary.cagr, 1), span(resampled.cagr, (x) => percent(x, 1))],
      [
        "Sharpe",
        `${number(summary.sharpe)} ± ${number(summary.sharpeStandardError)}`,
        span(resampled.sharpe, number),
      ],
      [
        "deepest drawdown",
        percent(summary.maxDrawdown, 1),
        span(resampled.maxDrawdown, (x) => percent(x, 1)),
      ],
      ["traded a year", `${number(total(turnover.slice(firstBar)) / years, 1)}×`, ""],
      ["earned by prices", number(total(pnl.price), 0), ""],
      ["paid for trading", number(total(pnl.cost), 0), ""],
      ["paid for funding", number(total(pnl.carry), 0), ""],
    ],
  );
  for (const warning of book.warnings) console.log(`  ${warning}`);
  for (const { row, reason } of events.slice(0, 3)) console.log(`  day ${row}: ${reason}`);
  if (events.length > 3) console.log(`  and ${events.length - 3} events more`);
}

export function printSource({ source, prices, benchmark }: Universe): void {
  console.log(
    `${source}; ${prices.columns.length - 1} names against ${benchmark}, ${prices.rows} days. A positive score asks for a long position.`,
  );
}
