import { quantile } from "@astra-quant/core-linalg";
import type { ReturnGrid } from "../data/return-grid.ts";
import { countText, decimalsFor, numberText, percentText } from "../number-text.ts";
import type { TearSheetData } from "../tear-sheet-data.ts";
import { section, sentence } from "./section.ts";
import { type Cell, table } from "./table.ts";

const SHADES = 5;
/** The share of cells below the deepest shade: one crash does not bleach the rest. */
const DEEPEST = 0.95;

interface GridWords {
  readonly title: string;
  readonly note: string;
  /** Heads of the first and of the last column. */
  readonly row: string;
  readonly all: string;
}

function wordsFor(by: ReturnGrid["by"], barsPerCell: number | null): GridWords {
  if (by === "month") return { title: "Returns by month", note: "", row: "Year", all: "Year" };
  if (by === "day") return { title: "Returns by day", note: "", row: "Week of", all: "Week" };
  return {
    title: barsPerCell === 1 ? "Returns by bar" : `Returns by blocks of ${countText(barsPerCell!)} bars`,
    note: "; there are no dates, so a line is twelve blocks from the row that it names",
    row: "Row",
    all: "Line",
  };
}

export function returnGridTable({ returnGrid, ruin }: TearSheetData): string {
  const { by, barsPerCell, columns, rows } = returnGrid;
  const sizes = rows.flatMap(({ cells }) => Array.from(cells, Math.abs).filter(Number.isFinite));
  const deepest = quantile(sizes, DEEPEST);
  const decimals = Math.max(1, Math.min(3, decimalsFor(100 * deepest) - 1));
  const shade = (x: number): string => {
    const k = Math.min(SHADES, Math.ceil((SHADES * Math.abs(x)) / deepest));
    return k > 0 ? `${x < 0 ? "loss" : "gain"}${k}` : "";
  };
  const text = (x: number): string => (Number.isNaN(x) ? "" : numberText(100 * x, decimals));
  const { title, note, row, all } = wordsFor(by, barsPerCell);
  return section(
    title,
    `percent, compounded${note}${ruin === null ? "" : "; a ruin counts as a loss of everything"}`,
    table({
      caption: `${title}, in percent`,
      head: [row, ...columns, all],
      rows: rows.map(({ name, cells, total }) => [
        name,
        ...Array.from(cells, (x): Cell => ({ text: text(x), kind: shade(x) })),
        { text: text(total), kind: "total" },
      ]),
      kind: "grid-table",
    }),
  );
}

export function drawdownsTable({ drawdowns }: TearSheetData): string {
  if (drawdowns.length === 0) return section("Worst drawdowns", "none: the equity only rose");
  return section(
    "Worst drawdowns",
    "from high to recovery, the deepest first",
    table({
      caption: "Worst drawdowns",
      head: ["Depth", "From", "Trough", "Recovered", "Bars down", "Bars in all"],
      rows: drawdowns.map(({ depth, names, periodsDown, periods }) => [
        percentText(depth),
        { text: names.start },
        { text: names.trough },
        { text: names.recovery ?? "not yet" },
        { text: countText(periodsDown) },
        { text: countText(periods) },
      ]),
    }),
  );
}

const MOST_EVENTS = 20;

/** How many of each kind, the most frequent first. */
function countsByKind(events: TearSheetData["events"]): string {
  const counts = new Map<string, number>();
  for (const { kind } of events) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([kind, count]) => `${kind} ${countText(count)}`)
    .join(", ");
}

/** Those of the whole book before those of single assets, as many as are listed, in the order of time. */
function listedEvents(events: TearSheetData["events"]): TearSheetData["events"] {
  const [ofTheBook, ofAssets] = [true, false].map((whole) =>
    events.filter(({ asset }) => (asset === undefined) === whole),
  );
  return [...ofTheBook!, ...ofAssets!].slice(0, MOST_EVENTS).sort((a, b) => a.row - b.row);
}

export function eventsTable({ events }: TearSheetData): string {
  if (events.length === 0) return "";
  const more = events.length - MOST_EVENTS;
  return section(
    "Events",
    "what kept the book from its targets, and why",
    table({
      caption: "Events",
      head: ["When", "Asset", "Kind", "Reason"],
      rows: listedEvents(events).map(({ moment, assetName, kind, reason }) => [
        moment,
        { text: assetName ?? "book" },
        { text: kind },
        { text: reason },
      ]),
      kind: "words",
    }),
    sentence(more <= 0 ? "" : `And ${countText(more)} more; in all ${countsByKind(events)}.`),
  );
}
