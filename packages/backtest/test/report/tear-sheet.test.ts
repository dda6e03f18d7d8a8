import { describe, expect, test } from "vitest";
import { backtest, type ReportedResult, tearSheet, tearSheetData } from "../../src/index.ts";
import { elementsOf, type PageElement, parsePage, pathPoints } from "./parse-page.ts";
import { days, sampleResult } from "./sample-results.ts";

const YEAR = { periodsPerYear: 252 };
const dated = (rows: number, seed: string): ReportedResult => ({
  ...sampleResult(rows, seed),
  dates: days(rows),
});
const headings = (page: PageElement): string[] => elementsOf(page, "h2").map(({ text }) => text);
const classed = (page: PageElement, name: string, kind: string): PageElement[] =>
  elementsOf(page, name).filter(({ attributes }) => attributes.get("class")?.split(" ").includes(kind));

/** Every line and area lies within its drawing, and nothing unprintable was printed. */
function expectSound(html: string): PageElement {
  expect(html.match(/.{0,60}(?:NaN|(?<!is )undefined|Infinity|\[object|null).{0,20}/)?.[0]).toBe(undefined);
  const page = parsePage(html);
  for (const svg of elementsOf(page, "svg")) {
    const [, , width, height] = svg.attributes.get("viewBox")!.split(" ").map(Number);
    for (const path of elementsOf(svg, "path")) {
      const outside = pathPoints(path.attributes.get("d")!).filter(
        ([x, y]) => !(x >= 0 && x <= width! && y >= 0 && y <= height!),
      );
      expect(outside).toEqual([]);
    }
    for (const { attributes } of elementsOf(svg, "rect")) {
      const [x, y, w, h] = ["x", "y", "width", "height"].map((key) => Number(attributes.get(key)));
      expect(x! >= 0 && x! + w! <= width! + 1 && y! >= 0 && y! + h! <= height! + 10).toBe(true);
    }
  }
  return page;
}

describe("a tear sheet", () => {
  const result = dated(600, "sheet");
  const html = tearSheet(result, { title: "A book" });
  const page = expectSound(html);

  test("stands alone: no script, nothing to fetch, one style", () => {
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|https?:|\son\w+=/i);
    expect(elementsOf(page, "style")).toHaveLength(1);
    expect(html.startsWith("<!doctype html>")).toBe(true);
  });

  test("holds every chart and table, in the order of reading", () => {
    expect(headings(page)).toEqual([
      "Equity",
      "Returns by month",
      "Profit by source",
      "Exposure",
      "Turnover",
      "Rolling Sharpe ratio",
      "Return per trade",
      "Holding time",
      "Worst drawdowns",
    ]);
    expect(elementsOf(page, "h1")[0]!.text).toBe("A book");
    expect(elementsOf(page, "title")[0]!.text).toBe("A book");
  });

  test("every picture has a title and a description that belong to it alone", () => {
    const pictures = elementsOf(page, "svg");
    expect(pictures).toHaveLength(8);
    const ids = elementsOf(page, "svg").flatMap(({ attributes }) =>
      attributes.get("aria-labelledby")!.split(" "),
    );
    expect(new Set(ids).size).toBe(16);
    for (const svg of pictures) {
      const [title, description] = svg.children;
      expect([title!.attributes.get("id"), description!.attributes.get("id")].join(" ")).toBe(
        svg.attributes.get("aria-labelledby"),
      );
      expect(title!.text.length * description!.text.length).toBeGreaterThan(0);
      expect(svg.attributes.get("role")).toBe("img");
    }
  });

  test("tables have captions, and heads for columns and rows", () => {
    for (const table of elementsOf(page, "table")) {
      expect(elementsOf(table, "caption")).toHaveLength(1);
      for (const row of elementsOf(elementsOf(table, "tbody")[0]!, "tr")) {
        expect(row.children[0]!.attributes.get("scope")).toBe("row");
        expect(row.children).toHaveLength(elementsOf(elementsOf(table, "thead")[0]!, "th").length);
      }
    }
  });

  test("the figures shown are the result's", () => {
    const texts = Object.fromEntries(
      elementsOf(page, "dl")
        .flatMap(({ children }) => children)
        .map(({ children: [name, value] }) => [name!.text, value!.text]),
    );
    const { summary } = result;
    expect(texts.Trades).toBe(result.trades.length.toLocaleString("en-US"));
    expect(texts["Sharpe ratio"]).toBe(
      `${summary.sharpe.toFixed(2)} ± ${summary.sharpeStandardError.toFixed(2)}`.replace("-", "−"),
    );
    expect(texts["Longest under water"]).toBe(`${summary.longestUnderwater} bars`);
  });

  test("the line of the equity goes through its highest and its lowest value", () => {
    const { equity } = tearSheetData(result);
    const [line] = classed(page, "path", "line");
    const heights = pathPoints(line!.attributes.get("d")!).map(([, y]) => y);
    expect(heights).toHaveLength(equity.length);
    expect(heights.indexOf(Math.min(...heights))).toBe(equity.indexOf(Math.max(...equity)));
    expect(heights.indexOf(Math.max(...heights))).toBe(equity.indexOf(Math.min(...equity)));
  });

  test("a line stands at the heights that the ticks beside it say", () => {
    const { equity } = tearSheetData(result);
    const [axis] = classed(page, "div", "y");
    const ticks = axis!.children.map(({ text, attributes }) => ({
      value: 1e6 * Number(text.replace("m", "")),
      y: 10 * Number(/top:(\d+)px/.exec(attributes.get("style")!)![1]),
    }));
    const [upper, lower] = [ticks.at(-1)!, ticks[0]!];
    const perUnit = (upper.value - lower.value) / (upper.y - lower.y);
    const points = pathPoints(classed(page, "path", "line")[0]!.attributes.get("d")!);
    points.forEach(([x, y], k) => {
      expect(x).toBe(Math.round((10_000 * k) / (equity.length - 1)));
      // Labels stand on whole pixels, which are ten units.
      const off = (lower.value + perUnit * (y - lower.y) - equity[k]!) / perUnit;
      expect(Math.abs(off)).toBeLessThan(11);
    });
  });

  test("bins hold every trade", () => {
    const chart = elementsOf(page, "svg").find(
      (svg) => svg.attributes.get("aria-labelledby") === "trade-returns-t trade-returns-d",
    );
    const counts = elementsOf(chart!, "rect").map(({ text }) => Number(text.split(" ")[0]));
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(result.trades.length);
  });

  test("the foot names hash, bars a year and look-ahead", () => {
    const foot = elementsOf(page, "footer")[0]!.text;
    expect(foot).toContain(`Result ${result.hash} · 252 bars a year · lag 1 · no look-ahead`);
    expect(tearSheet({ ...result, lag: 3 })).toContain("· lag 3 ·");
  });

  test("the same result gives the same bytes", () => {
    expect(tearSheet(dated(600, "sheet"), { title: "A book" })).toBe(html);
    expect(tearSheet(dated(600, "other"), { title: "A book" })).not.toBe(html);
  });

  test("leaves the result as it was", () => {
    const before = structuredClone({ equity: result.equity, returns: result.returns, pnl: result.pnl });
    tearSheet(result, { benchmark: { returns: result.returns } });
    expect({ equity: result.equity, returns: result.returns, pnl: result.pnl }).toEqual(before);
  });
});

describe("words come before numbers", () => {
  const result = dated(300, "words");
  const first = (html: string): string => elementsOf(parsePage(html), "header")[0]!.text;

  test("warnings stand above the figures", () => {
    const text = first(tearSheet({ ...result, warnings: ["Rests on 3 trades", "Too short"] }));
    expect(text.indexOf("Rests on 3 trades")).toBeLessThan(text.indexOf("Total return"));
    expect(text).toContain("Too short");
    expect(first(tearSheet({ ...result, warnings: [] }))).not.toContain("Before believing");
  });

  test("look-ahead and ruin are stamped beside the title", () => {
    const ahead = backtest({
      prices: [1, 2, 3, 2],
      weights: [1, 1, 1, 1],
      lag: 0,
      allowLookAhead: true,
      ...YEAR,
    });
    expect(first(tearSheet(ahead))).toContain("LOOK-AHEAD");
    expect(tearSheet(ahead)).toContain("look-ahead: bars earned with weights that knew their return");
    const ruined = backtest({ prices: [1, 2, 8, 9], weights: [-1, -1, -1, -1], ...YEAR });
    expect(first(tearSheet(ruined))).toContain("RUIN");
    expectSound(tearSheet(ruined));
  });

  test("events are listed with their reasons, and beyond twenty counted by kind", () => {
    const events = Array.from({ length: 45 }, (_, i) => ({
      row: 1 + i,
      kind: i % 3 === 0 ? "halt" : "borrow",
      reason: `reason ${i}`,
    }));
    const page = expectSound(tearSheet({ ...result, events }));
    expect(headings(page)).toContain("Events");
    const text = page.text;
    expect(text).toContain("reason 19");
    expect(text).not.toContain("reason 20");
    expect(text).toContain("And 25 more; in all borrow 30, halt 15.");
  });

  test("what befell the whole book is marked, and listed before what befell one asset", () => {
    const events = Array.from({ length: 45 }, (_, i) => ({
      row: 1 + i,
      kind: i % 10 === 9 ? "halt" : "borrow",
      reason: `reason ${i}.`,
      ...(i % 10 !== 9 && { asset: 0 }),
    }));
    const page = expectSound(tearSheet({ ...result, events }));
    for (const i of [0, 16, 19, 29, 39]) expect(page.text).toContain(`reason ${i}.`);
    for (const i of [17, 20, 30]) expect(page.text).not.toContain(`reason ${i}.`);
    const marks = pathPoints(classed(page, "path", "mark")[0]!.attributes.get("d")!);
    expect(marks).toHaveLength(2 * 4);
  });

  test("a benchmark is drawn, named and measured", () => {
    const page = expectSound(tearSheet(result, { benchmark: { name: "Index", returns: result.returns } }));
    expect(page.text).toContain("Against Index: beta 1.00 ± 0.00");
    expect(classed(page, "path", "fine")).toHaveLength(1);
  });
});

describe("whatever is written on it, it stays a page", () => {
  const evil = `</title><script>alert("1")</script>&'"\u0000\ud800<!--`;
  const result = dated(80, "escape");

  test("texts of the user are escaped wherever they go", () => {
    const html = tearSheet(
      {
        ...result,
        warnings: [evil],
        events: [{ row: 2, asset: 0, kind: evil, reason: evil }],
        assets: [evil, "B"],
        hash: evil,
        pnl: { ...result.pnl, [evil]: result.pnl.price } as never,
      },
      { title: evil, currency: evil, benchmark: { name: evil, returns: result.returns } },
    );
    const page = expectSound(html);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<!--");
    expect(html).not.toContain("\u0000");
    expect(html).not.toMatch(/\p{Cs}/u);
    expect(elementsOf(page, "h1")[0]!.text).toBe(
      evil.replace("\u0000", "\ufffd").replace("\ud800", "\ufffd"),
    );
    expect(elementsOf(page, "li")[0]!.text).toContain(`</title><script>alert("1")</script>&'"`);
  });
});

describe("extremes", () => {
  test("two rows, flat books, and no trades are drawn", () => {
    expectSound(tearSheet(backtest({ prices: [100, 101], weights: [1, 1], ...YEAR })));
    const page = expectSound(tearSheet(backtest({ prices: [1, 2, 3, 4], weights: [0, 0, 0, 0], ...YEAR })));
    expect(page.text).toContain("none: nothing was held");
    expect(page.text).toContain("none: the equity only rose");
  });

  test("capital of any size", () => {
    for (const capital of [1e-300, 1e-150, 1e-6, 1, 1e15, 1e300]) {
      const { equity } = backtest({ prices: [100, 120, 90, 110], weights: [1, 1, 1, 1], capital, ...YEAR });
      expect(equity[0]).toBe(capital);
      for (const scale of ["linear", "log"] as const) {
        expectSound(
          tearSheet(backtest({ prices: [100, 120, 90, 110], weights: [1, 1, 1, 1], capital, ...YEAR }), {
            scale,
            currency: "€",
          }),
        );
      }
    }
  });

  test("growth over twenty powers of ten, on either scale", () => {
    const prices = Array.from({ length: 70 }, (_, t) => 2 ** t);
    const result = backtest({ prices, weights: prices.map(() => 1), ...YEAR });
    for (const scale of ["linear", "log"] as const) expectSound(tearSheet(result, { scale }));
  });

  test("what is not positive has no place on a logarithmic scale, and leaves a gap", () => {
    const ruined = backtest({ prices: [1, 1.2, 8, 9], weights: [-1, -1, -1, -1], ...YEAR });
    const page = expectSound(tearSheet(ruined, { scale: "log" }));
    const line = classed(page, "path", "line")[0]!;
    expect(pathPoints(line.attributes.get("d")!)).toHaveLength(2);
  });

  test("no dates, dates, and dates within days", () => {
    const result = sampleResult(500, "dates");
    expect(headings(expectSound(tearSheet(result)))).toContain("Returns by blocks of 21 bars");
    const minutes = result.equity.map((_, t) => Date.UTC(2024, 2, 4, 14, 30 + t));
    const intraday = { ...result, dates: minutes, periodsPerYear: 98_280 };
    expect(headings(expectSound(tearSheet(intraday)))).toContain("Returns by day");
  });

  test("a hundred thousand bars make a page as light as a thousand", () => {
    const rows = 100_000;
    const prices = Float64Array.from({ length: rows }, (_, t) => 100 + 10 * Math.abs(((t * 0.618) % 2) - 1));
    const weights = prices.map((_, t) => ((t >> 7) & 1 ? 1 : -1));
    const long = {
      ...backtest({ prices, weights, periodsPerYear: 98_280 }),
      dates: days(rows, "1800-01-01"),
    };
    const html = tearSheet({ ...long, periodsPerYear: 252 });
    expectSound(html);
    expect(html.length).toBeLessThan(500_000);
  });
});

describe("misuse is named", () => {
  const result = sampleResult(30, "misuse");

  test("of options", () => {
    expect(() => tearSheet(result, { titel: "x" } as never)).toThrow(
      "unknown option 'titel'; did you mean 'title'?",
    );
    expect(() => tearSheet(result, { title: 7 as never })).toThrow("title must be a text, got 7");
    expect(() => tearSheet(result, { currency: null as never })).toThrow("currency must be a text, got null");
    expect(() => tearSheet(result, { scale: "logarithmic" as never })).toThrow(
      "scale must be one of 'linear', 'log', got \"logarithmic\"",
    );
  });
});
