// Reads every source and manifest of the project and fails when a law of the house is broken.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { checkDeterminism, checkImports, checkIndex, checkManifest } from "./src/laws.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const SKIPPED = new Set(["node_modules", "dist", "generated", "kernels", "fixtures", ".snippets", ".turbo"]);

function filesBelow(folder: string, wanted: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // The AssemblyScript sources at packages/*/kernels have laws of their own; src/kernels is ordinary TypeScript.
    const skipped = SKIPPED.has(entry.name) && !(entry.name === "kernels" && folder.endsWith("src"));
    if (entry.isDirectory()) return skipped ? [] : filesBelow(path, wanted);
    return wanted.test(entry.name) ? [path] : [];
  });
}

const name = (file: string): string => relative(root, file).split(sep).join("/");
const folders = ["packages", "tools", "examples", "bench", "docs"].map((folder) => join(root, folder));

const sources = folders.flatMap((folder) => filesBelow(folder, /\.[cm]?[jt]sx?$/));
const manifests = folders.flatMap((folder) => filesBelow(folder, /^package\.json$/));

const complaints = [
  ...sources.flatMap((file) => {
    const source = { path: name(file), text: readFileSync(file, "utf8") };
    return [...checkImports(source), ...checkDeterminism(source), ...checkIndex(source)];
  }),
  ...manifests.flatMap((file) =>
    checkManifest({ ...JSON.parse(readFileSync(file, "utf8")), path: name(file) }),
  ),
];

for (const complaint of complaints) console.error(complaint);
console.log(
  `floors: ${sources.length} sources and ${manifests.length} manifests, ${complaints.length} complaints`,
);
process.exitCode = complaints.length > 0 ? 1 : 0;
