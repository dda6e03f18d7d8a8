import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** How to start a browser with nobody looking, on a profile of its own, at a page. */
const HEADLESS: Readonly<Record<string, (profile: string, page: string) => string[]>> = {
  chromium: (profile, page) => [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--user-data-dir=${profile}`,
    page,
  ],
  "firefox-esr": (profile, page) => ["--headless", "--no-remote", "--profile", profile, page],
};

/** The browsers that this knows how to start. */
export const BROWSERS: readonly string[] = Object.keys(HEADLESS);

const PATIENCE = 120_000;

async function bundledPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("page.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    conditions: ["@astra-quant/source"],
    write: false,
  });
  return outputFiles[0]!.text;
}

/** The fingerprints as the browser computes them. */
export async function fingerprintsIn(browser: string, seed: string): Promise<Record<string, string>> {
  const script = await bundledPage();
  const profile = mkdtempSync(join(tmpdir(), "astra-browser-"));
  let report: (body: string) => void = () => {};
  const reported = new Promise<string>((resolve) => {
    report = resolve;
  });
  const server = createServer((request, response) => {
    if (request.method !== "POST") {
      const isScript = request.url?.startsWith("/page.js");
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(
        isScript ? script : '<!doctype html><meta charset="utf-8"><script src="/page.js"></script>',
      );
      return;
    }
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      response.end();
      report(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const page = `http://127.0.0.1:${port}/?seed=${encodeURIComponent(seed)}`;
  const child = spawn(browser, HEADLESS[browser]!(profile, page), { stdio: "ignore", detached: true });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    setTimeout(
      () => reject(new Error(`${browser} gave no answer in ${PATIENCE / 1000} s`)),
      PATIENCE,
    ).unref();
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  try {
    return JSON.parse(await Promise.race([reported, failed])) as Record<string, string>;
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid); // the browser with all its helpers
    server.close();
    server.closeAllConnections();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}
