import type { Entry } from "./run-ladders.ts";

/** What was measured where. */
export interface BenchRun {
  readonly node: string;
  readonly processor: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly entries: readonly Entry[];
}

export function showSeconds(seconds: number): string {
  const [unit, scale] = seconds < 1e-3 ? ["µs", 1e6] : seconds < 1 ? ["ms", 1e3] : ["s", 1];
  return `${(seconds * scale).toPrecision(3)} ${unit}`;
}

export function showEntry({ ladder, size, peer, duel, reason }: Entry): string[] {
  if (duel === undefined) return [ladder, size, peer, "–", "–", `not run: ${reason}`];
  const { median, lower, upper } = duel.ratio;
  const ratio = `${median.toPrecision(3)}× (${lower.toPrecision(3)} … ${upper.toPrecision(3)})`;
  return [ladder, size, peer, showSeconds(duel.ours), showSeconds(duel.theirs), ratio];
}

/** The run as a table to be read: peer's time ÷ ours, above 1 where ours is faster. */
export function markdownReport({ node, processor, versions, entries }: BenchRun): string {
  const cells = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  return [
    `Node ${node}, ${processor}; ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}.`,
    "Ratios are the peer's time ÷ ours, the median of interleaved pairs with its 95 % interval; parity was checked first.",
    "",
    cells(["problem", "size", "peer", "ours", "peer's", "ratio"]),
    cells(["---", "---", "---", "---", "---", "---"]),
    ...entries.map((entry) => cells(showEntry(entry))),
    "",
  ].join("\n");
}
