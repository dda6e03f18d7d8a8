import type { Options } from "tsup";
import { packageBuild } from "../../tsup.shared.ts";

const config: Options = {
  ...packageBuild([]),
  entry: {
    index: "src/index.ts",
    arrow: "src/arrow/index.ts",
    guards: "src/guards/index.ts",
    kernels: "src/kernels/index.ts",
  },
};
export default config;
