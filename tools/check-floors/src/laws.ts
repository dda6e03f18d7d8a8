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
  readonly optionalDependencies?: Readonly<Record<string, string>>;
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
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
  return names
    .filter((name) => name.startsWith(SCOPE) && !FLOORS[own]?.includes(name.slice(SCOPE.length)))
    .map((name) => `${manifest.path}: ${own} may not depend on ${name}`);
}

/** What ECMAScript computes to the same bits everywhere. */
const EXACT_MATH = new Set(
  "abs ceil floor round trunc sign sqrt min max fround imul clz32 PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2".split(
    " ",
  ),
);
const IMPURE = new Set([
  "Math.random",
  "Date.now",
  "performance.now",
  "crypto.getRandomValues",
  "crypto.randomUUID",
]);

/** `a.b` or `a["b"]` of two names; undefined for anything else. */
function memberOf(node: ts.Node): { object: string; member: string } | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    return { object: node.expression.text, member: node.name.text };
  }
  if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const key = node.argumentExpression;
    return { object: node.expression.text, member: ts.isStringLiteralLike(key) ? key.text : "[…]" };
  }
  return undefined;
}

/** Why a piece of code may give other bits elsewhere or at another time; undefined when it may not. */
function impurity(node: ts.Node): string | undefined {
  const access = memberOf(node);
  if (access !== undefined) {
    const name = `${access.object}.${access.member}`;
    if (IMPURE.has(name)) return `${name} makes results depend on more than the arguments`;
    if (access.object === "Math" && !EXACT_MATH.has(access.member)) {
      return `${name} differs between engines; use core-linalg's own`;
    }
  }
  if (ts.isVariableDeclaration(node) && node.initializer?.getText() === "Math") {
    return "Math under another name hides what differs between engines";
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken) {
    const exponent = node.right.getText();
    if (!/^-?\d+$/.test(exponent) && node.left.getText() !== "2") {
      return `** ${exponent} differs between engines; use core-linalg's exp and log`;
    }
  }
  const clock = ts.isNewExpression(node) ? (node.arguments ?? []).length === 0 : ts.isCallExpression(node);
  if (clock && (node as ts.NewExpression).expression.getText() === "Date") {
    return "the clock makes results depend on more than the arguments";
  }
  return undefined;
}

/** The same bits everywhere: no engine-dependent function outside special/, no clock and no global randomness. */
export function checkDeterminism({ path, text }: SourceFile): string[] {
  const own = packageOf(path);
  if (own === undefined || !path.startsWith(`packages/${own}/src/`)) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const complaints: string[] = [];
  const visit = (node: ts.Node): void => {
    const why = impurity(node);
    if (why !== undefined && !(path.includes("/special/") && why.includes("engines"))) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      complaints.push(`${path}:${line + 1}: ${why}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
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
