// The same seed gives the same bits: fingerprints of everything the packages compute, here and in browsers.
//   npm run example same-bits -- [--seed SEED] [--out FOLDER] [--browsers chromium firefox-esr]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import { exampleCommand, runExample, someText } from "../run-example.ts";
import { fingerprints } from "./fingerprints.ts";
import { BROWSERS, fingerprintsIn } from "./run-in-browser.ts";

async function run(): Promise<void> {
  const command = exampleCommand(
    "same-bits",
    "Fingerprints of everything the packages compute, in Node and in browsers",
  );
  const { seed, out, browsers } = command
    .option("--seed <seed>", "the seed of everything drawn", someText, "astra")
    .option("--out <folder>", "write fingerprints.json there", someText)
    .addOption(
      new Option("--browsers <names...>", "installed browsers to compare with").choices(BROWSERS).default([]),
    )
    .parse()
    .opts<{ seed: string; out?: string; browsers: string[] }>();

  const here = fingerprints(seed);
  console.log(`seed '${seed}' in Node ${process.version}`);
  for (const [name, print] of Object.entries(here)) console.log(`  ${name.padEnd(12)} ${print}`);
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "fingerprints.json"), `${JSON.stringify(here, null, 2)}\n`);
  }

  for (const browser of browsers) {
    const there = await fingerprintsIn(browser, seed);
    const different = Object.keys(here).filter((name) => here[name] !== there[name]);
    const verdict = different.length === 0 ? "the same bits" : `DIFFERENT ${different.join(", ")}`;
    console.log(`${browser}: ${verdict}`);
    if (different.length > 0) process.exitCode = 1;
  }
}

runExample(run);
