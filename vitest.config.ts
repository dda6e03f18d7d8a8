import { defaultClientConditions, defaultServerConditions } from "vite";
import type { ViteUserConfig } from "vitest/config";

const source = "@astra-quant/source";

const config: ViteUserConfig = {
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    include: ["{packages,tools}/*/test/**/*.test.ts", "{examples,docs,bench}/test/**/*.test.ts"],
    reporters: ["default"],
  },
};

export default config;
