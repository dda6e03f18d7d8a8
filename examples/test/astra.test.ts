import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRandom } from "@astra-quant/core-linalg";
import { describeGolden, describeRealData, expectClose, sharedFolder, solver } from "@astra-quant/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "astra-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const flags = (name: string, args: readonly string[]): string[] => [
  "--conditions=@astra-quant/source",
  "--import",
  "tsx",
  `examples/${name}/main.ts`,
  ...args,
];

function example(name: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, flags(name, args), {
    cwd: root,
    encoding: "utf8",
  });
  return { status, out: stdout, err: stderr };
}

const written = (name: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder, name)).map((file) => [file, readFileSync(join(folder, name, file), "utf8")]),
  );

/** Figures of `--json`, as far as the tests read them. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the report's own
const figures = (run: Run): any => JSON.parse(run.out);

describe("astra on the simulated market", { timeout: 60_000 }, () => {
  let first: Run;
  beforeAll(() => {
    first = example("astra", "--json", "--out", join(folder, "first"));
  });

  test("leaves the page and the three exports, and says that they are simulated", () => {
    expect(first.err).toBe("");
    expect(first.status).toBe(0);
    const files = written("first");
    expect(Object.keys(files).sort()).toEqual([
      "pair.html",
      "report.html",
      "scenarios.csv",
      "signals.csv",
      "weights.csv",
    ]);
    expect(files["report.html"]).toContain("Every number on this page comes from a simulated market");
    for (const csv of ["weights.csv", "signals.csv", "scenarios.csv"]) {
      const [header, ...rows] = files[csv]!.trimEnd().split("\n");
      expect(header!.endsWith(",source")).toBe(true);
      expect(rows.every((row) => row.endsWith(",simulated"))).toBe(true);
    }
  });

  test("the page stands alone: no script, nothing fetched, six charts in two widths", () => {
    const page = written("first")["report.html"]!;
    expect(page).not.toMatch(/<script|<link|src=|@import|url\((?!#)/);
    expect(page.match(/<svg/g)).toHaveLength(12);
    expect(page).not.toMatch(/NaN|undefined|\[object/);
  });

  test("the pair has a tear sheet beside it, which says first that the market is simulated", () => {
    const page = written("first")["pair.html"]!;
    expect(page).toContain("Kalman pair");
    expect(page).not.toMatch(/<script|<link|src=|@import|url\(/);
    expect(page.indexOf("The market is simulated")).toBeLessThan(page.indexOf("Total return"));
  });

  test("the same seed leaves the same bytes, another seed other numbers", () => {
    const again = example("astra", "--json", "--out", join(folder, "again"));
    expect(again.out).toBe(first.out);
    expect(written("again")).toEqual(written("first"));
    const other = figures(example("astra", "--json", "--seed", "7", "--out", join(folder, "other")));
    expect(other.valueAtRisk.valueAtRisk).not.toBe(figures(first).valueAtRisk.valueAtRisk);
  });

  test("the book at the deck's marks costs the deck's 41.48 dollars a day", () => {
    const { book, funding } = figures(first);
    expect(Math.round(book.gross)).toBe(2_117_637);
    expect(Math.round(book.net)).toBe(78_271);
    expect(funding.total.toFixed(2)).toBe("-41.48");
  });

  test("the inventory is certified, within its limits, and names those that bind", () => {
    const { inventory, minimumVariance } = figures(first);
    expect(inventory.status).toBe("optimal");
    expect(minimumVariance.status).toBe("optimal");
    const constraints = inventory.binding.map(({ constraint }: { constraint: string }) => constraint);
    expect(constraints).toContain("gross.max");
    const weights = Object.values<number>(minimumVariance.weights);
    expectClose(
      weights.reduce((sum, w) => sum + w, 0),
      1,
      solver(1e-9),
    );
  });

  test("a folder with the simulator's own files gives the same report", () => {
    example("market-simulator", "--out", join(folder, "market"));
    const run = example(
      "astra",
      "--json",
      "--data",
      join(folder, "market"),
      "--out",
      join(folder, "from-files"),
    );
    const [a, b] = [figures(first), figures(run)];
    expect(b.valueAtRisk).toEqual(a.valueAtRisk);
    expect(b.inventory.weights).toEqual(a.inventory.weights);
    expect(b.pair.summary).toEqual(a.pair.summary);
    expect(b.simulated).toBe(true);
    expect(b.source).toMatch(/^SIMULATED prices of /);
  });

  test("a reader that leaves early ends it quietly", async () => {
    const child = spawn(process.execPath, flags("astra", ["--out", join(folder, "unread")]), { cwd: root });
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
    });
    const [status] = await once(child, "close");
    expect(said).toBe("");
    expect(status).toBe(0);
  });
});

test("twelve names have twelve colours, all named beside the chart, and few days are warned of", () => {
  example("market-simulator", "--out", join(folder, "many"));
  const random = createRandom("many names");
  const names = Array.from({ length: 12 }, (_, j) => `N${j}`);
  const rows = Array.from({ length: 30 }, (_, t) => {
    return [`2026-01-${String(t + 1).padStart(2, "0")}`, ...names.map(() => 100 + random.normal())].join(",");
  });
  const text = [["date", ...names].join(","), ...rows].join("\n");
  writeFileSync(join(folder, "many", "prices_daily.csv"), text);
  const asked = [
    "--data",
    join(folder, "many"),
    "--universe",
    names.join(","),
    "--out",
    join(folder, "many"),
  ];
  const run = example("astra", ...asked);
  expect(run.err).toBe("");
  expect(run.out).toContain("warning: 29 returns are too few to have seen one day in a hundred");
  const page = readFileSync(join(folder, "many", "report.html"), "utf8");
  const keys = Array.from(page.matchAll(/<i style="background:([^"]+)"><\/i>(N\d+) /g));
  expect(new Set(keys.map(([, colour]) => colour)).size).toBe(12);
  expect(new Set(keys.map(([, , name]) => name)).size).toBe(12);
}, 60_000);

describe("astra refuses in one line with exit code 2", { timeout: 60_000 }, () => {
  const refused = (...args: string[]): string => {
    const { status, out, err } = example("astra", "--out", join(folder, "refused"), ...args);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    return err;
  };

  test("a wrong option, and names without a folder", () => {
    expect(refused("--sed", "7")).toMatch(/unknown option '--sed'.*did you mean/i);
    expect(refused("--universe", "A,B")).toMatch(/--universe/);
    expect(refused("--data", ".", "--universe", "A,A")).toMatch(/A is named twice/);
    expect(refused("stray")).toMatch(/argument/);
    for (const option of ["--data", "--seed", "--out"]) {
      expect(refused(option, "")).toMatch(/argument '' is invalid. a value is expected/);
    }
    expect(refused("--data", "--json")).toMatch(/argument '--json' is invalid/);
  });

  test("the other examples refuse alike", () => {
    for (const name of ["market-simulator", "factor-pipeline"]) {
      const wrong = example(name, "--sed", "7");
      expect(wrong.status).toBe(2);
      expect(wrong.err).toBe("error: unknown option '--sed' (Did you mean --seed?)\n");
      const unwritable = example(name, "--out", join(root, "package.json", "below"));
      expect(unwritable.status).toBe(2);
      expect(unwritable.err.trimEnd().split("\n")).toHaveLength(1);
    }
  });

  test("a folder that is not there, and files that are broken", () => {
    expect(refused("--data", join(folder, "nowhere"))).toMatch(/prices_daily.csv is not in/);
    example("market-simulator", "--out", join(folder, "broken"));
    const file = (name: string) => join(folder, "broken", name);
    const prices = readFileSync(file("prices_daily.csv"), "utf8");
    expect(refused("--data", join(folder, "broken"), "--universe", "AAPL,ZZZ")).toMatch(/no column "ZZZ"/);
    writeFileSync(file("prices_daily.csv"), prices.replace("2024-03-05", "2024-03-04"));
    expect(refused("--data", join(folder, "broken"))).toMatch(
      /prices_daily.csv: line 5: 2024-03-04 occurs twice/,
    );
    const [header, ...days] = prices.trimEnd().split("\n");
    const last = days.at(-1)!.split(",");
    const zero = [last[0], "0", ...last.slice(2)].join(",");
    writeFileSync(file("prices_daily.csv"), [header, ...days.slice(0, -1), zero].join("\n"));
    expect(refused("--data", join(folder, "broken"))).toBe(
      "error: prices_daily.csv: AAPL must be positive, got 0 at 2026-02-04\n",
    );
    const twin = (line: string) => `${line},${line.startsWith("date") ? "TWIN" : line.split(",")[1]}`;
    writeFileSync(file("prices_daily.csv"), [header!, ...days].map(twin).join("\n"));
    expect(refused("--data", join(folder, "broken"), "--universe", "AAPL,MSFT,TWIN")).toMatch(
      /but TWIN does not move or moves exactly as the names before it/,
    );
    writeFileSync(file("prices_daily.csv"), Buffer.from(prices.replace("AAPL", "CAFÉ"), "latin1"));
    expect(refused("--data", join(folder, "broken"))).toBe("error: prices_daily.csv is not UTF-8 text\n");
    writeFileSync(file("prices_daily.csv"), prices);
    writeFileSync(file("pair_1min.csv"), "timestamp,x\n2024-01-02T09:31:00,1\n");
    expect(refused("--data", join(folder, "broken"))).toMatch(/pair_1min.csv: there is no column "y"/);
  });

  test("--help explains and succeeds", () => {
    const { status, out } = example("astra", "--help");
    expect(status).toBe(0);
    for (const option of ["--data", "--universe", "--seed", "--out", "--json"]) expect(out).toContain(option);
  });
});

describeRealData(["prices_daily.csv", "pair_1min.csv", "tbill_3m.csv"], () => {
  const real = (...args: string[]) =>
    figures(
      example(
        "astra",
        "--json",
        "--data",
        join(sharedFolder, "data"),
        "--out",
        join(folder, "real"),
        ...args,
      ),
    );

  test("runs on the first six names that are no index, and not as simulated", { timeout: 60_000 }, () => {
    const report = real();
    expect(Object.keys(report.inventory.weights)).toEqual(["AAPL", "AMD", "BAC", "BBY", "CVX", "GE"]);
    expect(report.simulated).toBe(false);
    expect(report.asOf).toBe("2017-12-29");
    expect(report.funding.baseRate).toBe(0.0137);
  });

  describeGolden("optimise.json", (truth, tolerance) => {
    test("gives the reference inventory of the reference universe", { timeout: 60_000 }, () => {
      const { inventory, minimumVariance } = real("--universe", truth.u6_last504.tickers.join(","));
      const wanted = truth.u6_last504.long_short_utility.find(
        (c: { gamma: number; gross_limit: number; net_limit: number }) =>
          c.gamma === 0.5 && c.gross_limit === 2 && c.net_limit === 0.05,
      );
      expectClose(Object.values<number>(inventory.weights), wanted.weights, tolerance);
      expectClose(
        Object.values<number>(minimumVariance.weights),
        truth.u6_last504.min_variance_long_only.weights,
        tolerance,
      );
    });
  });
});
