import { fileURLToPath } from "node:url";
import { defaultClientConditions, defaultServerConditions } from "vite";
import type { ViteUserConfig } from "vitest/config";

const source = "@astra-quant/source";

const config: ViteUserConfig = {
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    include: ["{packages,tools}/*/test/**/*.test.ts", "{examples,docs,bench}/test/**/*.test.ts"],
    setupFiles: [fileURLToPath(new URL("tools/testkit/src/pinned-seed.ts", import.meta.url))],
    // Long enough for a machine with other work to do; a time is never what a test is about.
    testTimeout: 60_000,
    // The second reporter leaves the counts where the checks of a release read them.
    reporters: ["default", ["json", { outputFile: "node_modules/.cache/test-results.json" }]],
  },
};

export default config;
