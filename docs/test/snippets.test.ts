import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test, vi } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shelf = join(root, "docs/.snippets");
mkdirSync(shelf, { recursive: true });
// a run of one's own: another may be under way
const folder = mkdtempSync(join(shelf, "run-"));

interface Snippet {
  readonly page: string;
  readonly code: string;
}

function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(join(root, page), "utf8");
  return Array.from(text.matchAll(/^```ts\n(.*?)^```/gms), (match) => ({ page, code: match[1]! }));
}

const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}/README.md`);
const guides = readdirSync(join(root, "docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);

describe("what the documentation shows runs", () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const page of ["README.md", ...packages, ...guides]) {
    snippetsOf(page).forEach(({ code }, i) => {
      test(`${page}, example ${i + 1}`, async () => {
        const file = join(folder, `${page.replace(/\W+/g, "-")}-${i}.ts`);
        writeFileSync(file, code);
        const said = vi.spyOn(console, "log").mockImplementation(() => {});
        await import(file);
        expect(said).toHaveBeenCalled();
        for (const value of said.mock.calls.flat()) expect(value).not.toBeUndefined();
        said.mockRestore();
      });
    });
  }

  test("every package's README has an example", () => {
    for (const page of packages) expect(snippetsOf(page).length, page).toBeGreaterThan(0);
  });
});
