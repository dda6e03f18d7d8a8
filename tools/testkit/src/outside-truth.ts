import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { solver, type Tolerance } from "./tolerance.ts";

const root: string = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** The folder of outside truth and real prices that may lie beside the project. */
export const sharedFolder: string = join(root, "..", "shared");

/** The tolerance that each golden file's own README states. */
const STATED: Readonly<Record<string, number>> = {
  "covariance.json": 1e-12,
  "optimise.json": 1e-9,
  "risk.json": 1e-10,
  "kalman.json": 1e-10,
  "factors.json": 1e-9,
  "funding.json": 1e-12,
  "metrics.json": 1e-10,
  "execution.json": 1e-10,
};

function shared(path: string): string | undefined {
  const file = join(sharedFolder, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The text of a file of real prices, or undefined where that folder is absent. */
export function realData(name: string): string | undefined {
  return shared(join("data", name));
}

/** A suite that cannot run here: counted as skipped, and said in words, since a reporter may keep titles to itself. */
function skip(suite: string, reason: string): void {
  console.warn(`skipped: ${suite} (${reason})`);
  describe.skip(`${suite} (skipped: ${reason})`, () => {
    test("needs the files", () => {});
  });
}

/**
 * A suite over a golden file. Where the file is absent the suite is skipped, and its title says so. The body
 * gets the file's content and the tolerance that its README states.
 */
// biome-ignore lint/suspicious/noExplicitAny: a golden file has a shape of its own
export function describeGolden(file: string, body: (truth: any, tolerance: Tolerance) => void): void {
  const text = shared(join("golden", file));
  if (text === undefined) {
    skip(`golden ${file}`, "the folder of outside truth is absent");
    return;
  }
  describe(`golden ${file}`, () => body(JSON.parse(text), solver(STATED[file] ?? 1e-9)));
}

/** A suite over golden files that are plain text; skipped, and saying so, where one is absent. */
export function describeGoldenText(files: readonly string[], body: (texts: readonly string[]) => void): void {
  const texts = files.map((file) => shared(join("golden", file)));
  const title = `golden ${files.join(", ")}`;
  if (texts.every((text) => text !== undefined)) describe(title, () => body(texts));
  else skip(title, "the folder of outside truth is absent");
}

/** A suite that needs files of real prices; skipped, and saying so, where they are absent. */
export function describeRealData(names: readonly string[], body: (texts: readonly string[]) => void): void {
  const texts = names.map(realData);
  if (texts.every((text) => text !== undefined))
    describe(`real prices: ${names.join(", ")}`, () => body(texts));
  else skip(`real prices: ${names.join(", ")}`, "the folder of real prices is absent");
}

/** A compact fixture that the project carries: JSON in the `fixtures` folder beside the test. */
// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
export function fixture(testUrl: string, name: string): any {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, testUrl), "utf8"));
}
