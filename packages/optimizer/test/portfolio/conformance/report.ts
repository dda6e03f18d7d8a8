import {
  type AgreementCount,
  type GoldenCount,
  METHODS,
  type MethodCount,
  type RandomCount,
} from "./run-portfolios.ts";

export interface PortfolioConformance {
  readonly golden: readonly GoldenCount[] | undefined;
  readonly random: readonly RandomCount[];
  readonly agreement: AgreementCount;
}

/** What must hold of the counts, in words; empty when all of it does. */
export function brokenPromises({ golden = [], random, agreement }: PortfolioConformance): string[] {
  const broken: string[] = [];
  for (const { assets, cases, methods } of golden) {
    for (const method of ["auto", "interior-point", "osqp"] as const) {
      if (methods[method].optimal < cases)
        broken.push(`${method} left a golden case of ${assets} assets open`);
    }
    for (const method of METHODS) {
      if (methods[method].worst > 1e-12)
        broken.push(`${method} missed a golden objective of ${assets} assets`);
    }
  }
  for (const { mostAssets, failed } of random) {
    if (failed.length > 0)
      broken.push(`without a proof, up to ${mostAssets} assets: seeds ${failed.join(", ")}`);
  }
  for (const method of METHODS) {
    if (agreement.methods[method].worst > 1e-8) broken.push(`${method} disagrees with auto`);
  }
  if (agreement.methods.auto.optimal < agreement.problems) broken.push("auto stalled");
  return broken;
}

/** The page, in Markdown; a function of the counts alone. */
export function portfolioReport(result: PortfolioConformance): string {
  const { golden, random, agreement } = result;
  const broken = brokenPromises(result);
  return [
    "# Conformance of the portfolios",
    "",
    "Written by `npm run conformance`, which fails when a promise is broken.",
    broken.length === 0 ? "All promises are kept." : `**Broken: ${broken.join("; ")}.**`,
    "",
    "## Certified optima",
    "",
    "How many cases each method ends optimal, and the furthest that its objective is from the certified optimum, relative to",
    "max(1, |objective|). Only `auto` promises never to stall; `native` begins from nothing and knows no second way.",
    "",
    ...(golden === undefined
      ? ["Skipped: the folder of certified optima is absent.", ""]
      : [
          ...table(
            ["assets", "cases", ...METHODS],
            golden.map(({ assets, cases, methods }) => [
              String(assets),
              String(cases),
              ...METHODS.map((method) => shown(methods[method])),
            ]),
          ),
          "",
        ]),
    "## Random problems",
    "",
    "Dense covariances, singular ones, factor models and duplicated assets; bounds, fixed weights, gross, net, groups, group",
    "gross, exposures, one that says another twice, turnover, participation; equalities, bands of no width, limits that leave",
    "one point; trading costs, funding with rebates, quadratic costs. Proven is a relative gap of at most 1e-9 (or 1e-14 of",
    "utility, where nothing is worth doing) and a violation of at most 1e-9. Unbounded is right only where a weight has no end.",
    "",
    ...table(
      [
        "assets up to",
        "median",
        "problems",
        "singular",
        "proven",
        "unbounded",
        "failed",
        "worst relative gap",
        "worst violation",
      ],
      random.map((r) => [
        ...[r.mostAssets, r.median, r.count, r.singular, r.optimal, r.unbounded, r.failed.length].map(String),
        figure(r.worstGap),
        figure(r.worstViolation),
      ]),
    ),
    "",
    `Every method on ${agreement.problems} of them, all bounded: how many end optimal, and the furthest from the utility that`,
    "`auto` finds, relative to its terms.",
    "",
    ...table([...METHODS], [METHODS.map((method) => shown(agreement.methods[method]))]),
    "",
  ].join("\n");
}

function shown({ optimal, worst }: MethodCount): string {
  return `${optimal}, ${figure(worst)}`;
}

function figure(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}

/** Columns as wide as their widest cell, as the formatter has them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, k) => Math.max(3, cell.length, ...rows.map((row) => row[k]!.length)));
  const line = (cells: readonly string[], fill = " "): string =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k]!, fill)).join(" | ")} |`;
  return [
    line(head),
    line(
      head.map(() => "-"),
      "-",
    ),
    ...rows.map((row) => line(row)),
  ];
}
