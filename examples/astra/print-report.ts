import { isoTime } from "@astra-quant/core-linalg";
import Table from "cli-table3";
import pc from "picocolors";
import type { DeskReport } from "./desk.ts";
import type { Section } from "./sections.ts";

function printSection({ title, head, rows, notes, warnings }: Section, badge: string): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    colAligns: head.map((_, j) => (j === 0 ? "left" : "right")),
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  table.push(...rows.map((row) => [...row]));
  return [
    `${pc.bold(title)}${badge}`,
    table.toString(),
    ...notes.map((note) => pc.dim(`  ${note}`)),
    ...warnings.map((warning) => pc.yellow(`  warning: ${warning}`)),
    "",
  ].join("\n");
}

/** The whole report as text for a terminal. */
export function printReport({ market, returns }: DeskReport, sections: readonly Section[]): string {
  const badge = market.simulated ? pc.yellow("  [simulated]") : "";
  return [
    `${pc.bold("ASTRA")}  ${market.source}, ${returns.rows} daily returns to ${isoTime(returns.index.at(-1)!)}`,
    ...market.notes.map((note) => pc.dim(`  ${note}`)),
    "",
    ...sections.map((section) => printSection(section, badge)),
  ].join("\n");
}
