// Ours against peers, on built code: npm run bench -- --help
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import { type Ladder, markdownReport, PythonPeers, runLadders, showEntry } from "./src/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

function pairCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a positive integer is expected.");
}

const command = new Command("npm run bench --")
  .description("Times every package against its peers; parity is checked before any clock starts.")
  .option("--only <text>", "only problems whose name contains this", "")
  .option("--pairs <count>", "pairs timed for each peer", pairCount, 31)
  .option("--quick", "a smoke run: the two smallest sizes, five short pairs", false)
  .option("--out <folder>", "where results.json and results.md go", join(root, "bench/results"))
  .parse();
const { only, pairs, quick, out } = command.opts<{
  only: string;
  pairs: number;
  quick: boolean;
  out: string;
}>();

async function findLadders(): Promise<Ladder[]> {
  const folders = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name, "bench"));
  const files = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".bench.ts"))
      .map((name) => join(folder, name)),
  );
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(file).href) as Promise<{ default: Ladder[] }>),
  );
  return modules.flatMap((module) => module.default).filter(({ name }) => name.includes(only));
}

const found = await findLadders();
const ladders = quick ? found.map((rungs) => ({ ...rungs, sizes: rungs.sizes.slice(0, 2) })) : found;
if (ladders.length === 0) command.error(`error: no problem's name contains '${only}'`);

const python = await PythonPeers.start();
const settings = quick ? { pairs: 5, slice: 0.005, warmUp: 0.05 } : { pairs, slice: 0.03, warmUp: 0.3 };
try {
  const entries = await runLadders(ladders, python, settings, (entry) => {
    console.log(showEntry(entry).join("  "));
  });
  const run = {
    node: process.version,
    processor: cpus()[0]?.model ?? "unknown processor",
    versions: python?.versions ?? {},
    entries,
  };
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "results.json"), `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(join(out, "results.md"), markdownReport(run));
  console.log(`written to ${out}: results.json, results.md`);
} finally {
  python?.stop();
}
