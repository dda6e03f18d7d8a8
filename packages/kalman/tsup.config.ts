import type { Options } from "tsup";
import { packageBuild } from "../../tsup.shared.ts";

const config: Options = packageBuild(["src/index.ts"]);
export default config;
