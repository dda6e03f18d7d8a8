// The strategy as a worker can load it: workers know no TypeScript by themselves.
import { register } from "tsx/esm/api";

register();
export const { prepare, evaluate } = await import("./pair-strategy.ts");
