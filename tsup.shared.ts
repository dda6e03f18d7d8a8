import type { Options } from "tsup";

/** One build recipe for all seven packages: ESM and CJS with declarations, chunks shared between subpaths. */
export function packageBuild(entry: string[]): Options {
  return {
    entry,
    format: ["esm", "cjs"],
    target: "es2022",
    platform: "neutral",
    splitting: true,
    clean: true,
    treeshake: true,
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  };
}
