import { posix } from "node:path";
import ts from "typescript";

const SCOPE = "@astra-quant/";

/** What each package may lean on: only floors below its own; neighbours never meet. */
export const FLOORS: Readonly<Record<string, readonly string[]>> = {
  "core-linalg": [],
  optimizer: ["core-linalg"],
  risk: ["core-linalg"],
  kalman: ["core-linalg"],
  signals: ["core-linalg"],
  funding: ["core-linalg"],
  backtest: ["core-linalg", "risk"],
};

/** One source file, its path relative to the project's root with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A package's manifest, as far as the laws read it. */
export interface Manifest {
  readonly path: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1];
}

function importsOf({ text }: SourceFile): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** Imports only go down the floors, and never around the door of another package. */
export function checkImports(file: SourceFile): string[] {
  const own = packageOf(file.path);
  const inSource = own !== undefined && file.path.startsWith(`packages/${own}/src/`);
  const complaints: string[] = [];
  for (const name of importsOf(file)) {
    if (name.startsWith(".")) {
      const target = posix.normalize(posix.join(posix.dirname(file.path), name));
      const boundary =
        own === undefined ? /^packages\/[^/]+\/src\// : new RegExp(`^(?!packages/${own}/)packages/`);
      if (boundary.test(target))
        complaints.push(`${file.path}: '${name}' goes around a package's door; import it by name`);
      if (inSource && !target.startsWith(`packages/${own}/src/`)) {
        complaints.push(`${file.path}: '${name}' leaves the package's src`);
      }
      continue;
    }
    if (!name.startsWith(SCOPE)) continue;
    const target = name.slice(SCOPE.length).split("/")[0]!;
    if (inSource && target !== own && !FLOORS[own]?.includes(target)) {
      complaints.push(
        `${file.path}: ${own} may not import ${name}; it stands on ${FLOORS[own]?.join(", ") || "nothing"}`,
      );
    }
    if (file.path.startsWith("tools/") && target in FLOORS) {
      complaints.push(`${file.path}: tools import nothing of the packages, got ${name}`);
    }
  }
  return complaints;
}

/** A manifest may not promise what the floors forbid. */
export function checkManifest(manifest: Manifest): string[] {
  const own = packageOf(manifest.path);
  if (own === undefined) return [];
  const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return names
    .filter((name) => name.startsWith(SCOPE) && !FLOORS[own]?.includes(name.slice(SCOPE.length)))
    .map((name) => `${manifest.path}: ${own} may not depend on ${name}`);
}

const ENGINE_DEPENDENT =
  /\bMath\.(exp|log|log2|log10|log1p|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b/;
const IMPURE = /\b(Math\.random|Date\.now|performance\.now)\b|\bnew Date\(\)/;

/** The same bits everywhere: no engine-dependent function outside special/, no clock and no global randomness. */
export function checkDeterminism({ path, text }: SourceFile): string[] {
  const own = packageOf(path);
  if (own === undefined || !path.startsWith(`packages/${own}/src/`)) return [];
  const complaints: string[] = [];
  text.split("\n").forEach((line, i) => {
    const code = line.replace(/^\s*(\*|\/\/|\/\*).*/, "");
    const call = ENGINE_DEPENDENT.exec(code)?.[0];
    if (call && !path.includes("/special/")) {
      complaints.push(`${path}:${i + 1}: ${call} differs between engines; use core-linalg's own`);
    }
    const impure = IMPURE.exec(code)?.[0];
    if (impure)
      complaints.push(`${path}:${i + 1}: ${impure} makes results depend on more than the arguments`);
  });
  return complaints;
}

/** A package's index is a table of contents: re-exports and nothing else. */
export function checkIndex({ path, text }: SourceFile): string[] {
  if (!/^packages\/[^/]+\/src\/index\.ts$/.test(path)) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  const strangers = source.statements.filter(
    (s) => !ts.isExportDeclaration(s) || s.moduleSpecifier === undefined,
  );
  return strangers.length === 0 ? [] : [`${path}: an index only re-exports`];
}
