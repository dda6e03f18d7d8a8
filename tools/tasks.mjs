// The root scripts: each installs what it needs, then works. Plain Node, so that it runs straight after a clone.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const windows = process.platform === "win32";

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: windows,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    ...options,
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const node = (...args) => run(process.execPath, args);
const pnpm = (...args) => run("npx", ["--yes", manifest.packageManager, ...args]);
const bin = (name, ...args) => node(join(root, "node_modules", name.package, name.file), ...args);

const TSC = { package: "typescript", file: "bin/tsc" };
const BIOME = { package: "@biomejs/biome", file: "bin/biome" };
const VITEST = { package: "vitest", file: "vitest.mjs" };

/** Changes whenever the lockfile or a manifest of the workspace does. */
function installStamp() {
  const folders = ["packages", "tools"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name)),
  );
  const hash = createHash("sha256").update(process.version);
  for (const folder of [".", "examples", "bench", "docs", ...folders]) {
    const file = join(root, folder, "package.json");
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.update(readFileSync(join(root, "pnpm-lock.yaml"))).digest("hex");
}

function install() {
  const stampFile = join(root, "node_modules/.installed");
  const stamp = installStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  console.error("Installing dependencies (only when they changed) …");
  // The installer talks on stderr: stdout belongs to the task.
  run("npx", ["--yes", manifest.packageManager, "install", "--frozen-lockfile", "--reporter=silent"], {
    stdio: ["ignore", 2, 2],
  });
  writeFileSync(stampFile, stamp);
}

const kernels = () => node(join(root, "tools/build-kernels/build-kernels.mjs"));
const typescript = (file, ...args) => node("--import", "tsx", file, ...args);
const fromSource = (file, ...args) =>
  node("--conditions=@astra-quant/source", "--import", "tsx", file, ...args);
const build = () => pnpm("exec", "turbo", "run", "build", "--filter=./packages/*");

/** The examples by name: each a folder with a main.ts. */
const examples = () =>
  readdirSync(join(root, "examples")).filter((name) => existsSync(join(root, "examples", name, "main.ts")));

/** A wrong argument: one line, exit code 2. */
function refuse(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}

const tasks = {
  astra: (args) => fromSource("examples/astra/main.ts", ...args),
  example: ([name = "", ...args]) => {
    if (!examples().includes(name)) refuse(`no example '${name}'; examples: ${examples().join(", ")}`);
    fromSource(`examples/${name}/main.ts`, ...args);
  },
  typecheck: () => bin(TSC, "--noEmit"),
  lint: () => {
    bin(BIOME, "check", "--error-on-warnings");
    typescript("tools/check-floors/main.ts");
  },
  test: (args) => {
    tasks.typecheck();
    tasks.lint();
    bin(VITEST, "run", ...args);
  },
  conformance: () => {
    fromSource("packages/optimizer/test/qp/conformance/main.ts");
    fromSource("packages/optimizer/test/portfolio/conformance/main.ts");
  },
  build: () => build(),
  bench: (args) => {
    build();
    typescript("bench/main.ts", ...args);
  },
};

const [name = "", ...args] = process.argv.slice(2);
if (!Object.hasOwn(tasks, name)) refuse(`no task '${name}'; tasks: ${Object.keys(tasks).join(", ")}`);
install();
kernels();
tasks[name](args);
