import { describe, expect, test } from "vitest";
import { checkDeterminism, checkImports, checkIndex, checkManifest } from "../src/laws.ts";

const at = (path: string, text: string) => ({ path, text });

describe("imports", () => {
  test("a neighbour may not be imported, a floor below may", () => {
    const path = "packages/risk/src/var/x.ts";
    expect(checkImports(at(path, 'import { a } from "@astra-quant/optimizer";'))).toHaveLength(1);
    expect(checkImports(at(path, 'export { a } from "@astra-quant/backtest";'))).toHaveLength(1);
    expect(checkImports(at(path, 'import type { A } from "@astra-quant/kalman";'))).toHaveLength(1);
    expect(checkImports(at(path, 'import { a } from "@astra-quant/core-linalg/guards";'))).toEqual([]);
    expect(checkImports(at("packages/backtest/src/x.ts", 'import { a } from "@astra-quant/risk";'))).toEqual(
      [],
    );
  });

  test("a dynamic import counts", () => {
    expect(checkImports(at("packages/risk/src/x.ts", 'await import("@astra-quant/signals");'))).toHaveLength(
      1,
    );
  });

  test("nobody goes around a package's door", () => {
    expect(
      checkImports(at("packages/risk/src/x.ts", 'import "../../core-linalg/src/matrix/matrix.ts";')),
    ).not.toEqual([]);
    expect(
      checkImports(at("examples/astra/x.ts", 'import "../../packages/risk/src/index.ts";')),
    ).toHaveLength(1);
    expect(checkImports(at("packages/risk/test/x.test.ts", 'import "../src/index.ts";'))).toEqual([]);
  });

  test("sources use no development tools, and tools use no packages", () => {
    expect(checkImports(at("packages/risk/src/x.ts", 'import "@astra-quant/testkit";'))).toHaveLength(1);
    expect(checkImports(at("tools/testkit/src/x.ts", 'import "@astra-quant/risk";'))).toHaveLength(1);
  });
});

test("a manifest may not promise what the floors forbid", () => {
  const path = "packages/kalman/package.json";
  expect(checkManifest({ path, dependencies: { "@astra-quant/risk": "workspace:^" } })).toHaveLength(1);
  expect(checkManifest({ path, optionalDependencies: { "@astra-quant/risk": "*" } })).toHaveLength(1);
  expect(checkManifest({ path, dependencies: { "@astra-quant/core-linalg": "workspace:^" } })).toEqual([]);
});

test("engine-dependent functions, clocks and global randomness are refused in sources only", () => {
  const path = "packages/risk/src/x.ts";
  expect(checkDeterminism(at(path, "const a = Math.exp(1);\nconst b = Math.sqrt(2);"))).toEqual([
    "packages/risk/src/x.ts:1: Math.exp differs between engines; use core-linalg's own",
  ]);
  expect(checkDeterminism(at(path, "Math.random(); // no"))).toHaveLength(1);
  expect(checkDeterminism(at(path, "// Math.exp is not used"))).toEqual([]);
  const hidden = [
    "  * Math.exp(1)",
    'Math["pow"](2, x)',
    "const { log } = Math;",
    "const M = Math;",
    "x ** 0.5",
    "x ** y",
    "new Date",
    "Date()",
    "crypto.getRandomValues(x)",
  ];
  for (const code of hidden) expect(checkDeterminism(at(path, `f(1\n${code})`)).length, code).toBe(1);
  const exact = ['"Math.exp"', "x ** 2", "2 ** k", "x ** -1", "new Date(0)", "a /* Math.log */"];
  expect(exact.flatMap((code) => checkDeterminism(at(path, code)))).toEqual([]);
  expect(checkDeterminism(at("packages/risk/test/x.test.ts", "Math.exp(1)"))).toEqual([]);
  expect(checkDeterminism(at("packages/core-linalg/src/special/x.ts", "Math.exp(1)"))).toEqual([]);
});

test("an index only re-exports", () => {
  const path = "packages/risk/src/index.ts";
  expect(checkIndex(at(path, 'export { a } from "./a.ts";'))).toEqual([]);
  expect(checkIndex(at(path, "export const a = 1;"))).toHaveLength(1);
});
