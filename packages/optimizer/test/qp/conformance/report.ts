import type { Comparison } from "./compare.ts";
import { isSame, promises, steady } from "./promises.ts";
import type { ConformanceResult, MarosMeszarosResult } from "./run-conformance.ts";

/** The page, in Markdown; a function of the data and the code alone. */
export function conformanceReport(result: ConformanceResult): string {
  const { data, raw, sequences, marosMeszaros } = result;
  const worst = [...raw, ...sequences].reduce((a, b) => (b.distance > a.distance ? b : a));
  const others = [...raw, ...sequences].filter((c) => !(c.status && isSame(c) && c.distance <= 1));
  return [
    "# Conformance of the quadratic programs",
    "",
    "Written by `npm run conformance`, which fails when a promise is broken. The reference is native OSQP 1.x, direct solver,",
    "double precision; the optima of the Maros–Mészáros problems are known to nine digits and more.",
    "",
    `Data: ${data.origin}.${data.skipped.length === 0 ? "" : ` Skipped: ${data.skipped.join("; ")}.`}`,
    "",
    ...table(
      ["promise", "found", ""],
      promises(result).map(({ what, figure, kept }) => [what, figure, kept ? "kept" : "**broken**"]),
    ),
    "",
    ...table(
      ["", "solves", "status", "iterations", "rho updates", "polish", "point", "all", "rounding-sensitive"],
      [
        counts("raw cases", raw),
        counts("sequences", sequences),
        ...(marosMeszaros.length === 0
          ? []
          : [
              counts(
                "Maros–Mészáros",
                marosMeszaros.map((r) => r.comparison),
              ),
            ]),
      ],
    ),
    "",
    `Point: x, y and objective within max(1e-7, 100 × what the order of elimination moves). The farthest is ${worst.name}, at`,
    `${figure(worst.distance)} of what is allowed. Rounding-sensitive are those whose count the data mark as depending on`,
    "rounding; of them only the status is compared.",
    "",
    ...(others.length === 0 ? [] : [`Not equal: ${others.map(({ name }) => name).join("; ")}.`, ""]),
    ...(marosMeszaros.length === 0 ? [] : marosMeszarosTable(marosMeszaros)),
  ].join("\n");
}

function counts(name: string, list: readonly Comparison[]): string[] {
  const counted = steady(list);
  const of = (holds: (c: Comparison) => boolean): string => String(counted.filter(holds).length);
  return [
    name,
    String(list.length),
    String(list.filter((c) => c.status).length),
    of((c) => c.iterations),
    of((c) => c.rhoUpdates),
    of((c) => c.polish),
    of((c) => c.distance <= 1),
    of((c) => c.status && isSame(c) && c.distance <= 1),
    String(list.length - counted.length),
  ];
}

function marosMeszarosTable(list: readonly MarosMeszarosResult[]): string[] {
  return [
    "## Maros–Mészáros",
    "",
    "Error: relative distance of the objective from the optimum, first where OSQP's defaults end, then with `accurate`, whose",
    "violation and certified gap (NaN where no bound can be had) stand beside it.",
    "",
    ...table(
      [
        "problem",
        "n",
        "m",
        "status",
        "iterations, ours",
        "reference",
        "error",
        "accurate by",
        "error",
        "violation",
        "certified gap",
      ],
      list.map(({ comparison, size, status, iterations, objectiveError, accurate }) => [
        comparison.name + (comparison.roundingSensitive ? " (rounding-sensitive)" : ""),
        ...[...size].map(String),
        comparison.status ? status : `${status} (the reference's is another)`,
        ...[...iterations].map(String),
        figure(objectiveError),
        accurate.status === "solved" ? accurate.by : accurate.status,
        figure(accurate.objectiveError),
        figure(accurate.violation),
        figure(accurate.certifiedGap),
      ]),
    ),
    "",
  ];
}

/** Columns as wide as their widest cell, as the formatter has them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, k) => Math.max(3, cell.length, ...rows.map((row) => row[k]!.length)));
  const line = (cells: readonly string[], fill: string): string =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k]!, fill)).join(" | ")} |`;
  return [
    line(head, " "),
    line(
      head.map(() => "-"),
      "-",
    ),
    ...rows.map((row) => line(row, " ")),
  ];
}

function figure(value: number): string {
  return Number.isFinite(value) && value !== 0 ? value.toExponential(1) : String(value);
}
