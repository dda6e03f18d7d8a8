import type { HeadlineFigure } from "../data/headline-figures.ts";
import {
  countText,
  moneyText,
  percentText,
  percentWithError,
  probabilityText,
  ratioText,
  ratioWithError,
} from "../number-text.ts";
import type { TearSheetData } from "../tear-sheet-data.ts";
import { escapeText, joined } from "./markup.ts";

const WRITE = {
  fraction: percentText,
  probability: probabilityText,
  ratio: ratioText,
  times: (x: number) => `${ratioText(x)}×`,
  bars: countText,
  count: countText,
} as const;

function figureText({ value, standardError, unit }: HeadlineFigure): string {
  if (unit === "bars" && !Number.isNaN(value))
    return `${countText(value)} <small>${value === 1 ? "bar" : "bars"}</small>`;
  if (standardError === null || Number.isNaN(value) || Number.isNaN(standardError)) {
    return escapeText(WRITE[unit](value));
  }
  const write = unit === "fraction" ? percentWithError : ratioWithError;
  const { value: text, error } = write(value, standardError);
  return `${text} <small>± ${error}</small>`;
}

function list(kind: string, figures: readonly HeadlineFigure[]): string {
  const entries = figures.map((figure) => `<div><dt>${figure.name}</dt><dd>${figureText(figure)}</dd></div>`);
  return `<dl class="${kind}">${entries.join("\n")}</dl>`;
}

const badge = (text: string): string => `<span class="badge">${text}</span>`;

function yearsText(years: number): string {
  if (years >= 0.1) return `${years.toFixed(1)} years`;
  return years >= 0.01 ? `${years.toFixed(2)} years` : "less than 0.01 years";
}

/** Title, what was tested, warnings, and the figures, in this order: words before numbers. */
export function headline(data: TearSheetData, title: string, currency: string): string {
  const { bars, years, span, equity, warnings, stamp, ruin } = data;
  const facts = [
    `${span.from} to ${span.to}`,
    `${countText(bars)} bars (${yearsText(years)})`,
    `from ${moneyText(equity[0]!, currency)} to ${moneyText(equity.at(-1)!, currency)}`,
  ];
  return joined(
    "<header>",
    `<h1>${escapeText(title)}${stamp.lookAhead ? badge("LOOK-AHEAD") : ""}${ruin === null ? "" : badge("RUIN")}</h1>`,
    `<p class="lede">${escapeText(facts.join(" · "))}</p>`,
    warnings.length === 0
      ? ""
      : `<div class="warnings" role="note"><strong>Before believing a figure</strong><ul>${warnings.map((words) => `<li>${escapeText(words)}</li>`).join("")}</ul></div>`,
    list("headline", data.headline),
    list("further", data.further),
    "</header>",
  );
}
